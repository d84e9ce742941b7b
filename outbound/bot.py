"""Who calls, and why. This is the file to edit for the calls that Exotel dials for you."""

from pipecat.runner.types import RunnerArguments

from shared.calls.record import Direction
from shared.cloud import take_cloud_call
from shared.conversation.persona import Caller, Persona

REMINDER = Persona(
    instructions="You are Asha of Sunrise Dental in Bengaluru, and you have rung a patient to "
    "remind them of tomorrow's appointment at ten. Ask whether they will come. If not, take a wish "
    "for another day. Then thank them and say goodbye. You are on the phone: what you write is "
    "spoken aloud, so answer in one or two short sentences of plain words.",
    opening="Hello, this is Asha, the assistant of Sunrise Dental, about tomorrow's appointment.",
)

# Their openings are turned into sound when the process starts.
PERSONAS = (REMINDER,)


async def answer(caller: Caller) -> Persona:
    """Decide who speaks in this call; `caller.number` is the person who was rung."""
    return REMINDER


async def bot(runner_args: RunnerArguments) -> None:
    """Take a call on Pipecat Cloud, which looks for a function of this name."""
    await take_cloud_call(
        runner_args, answer=answer, personas=PERSONAS, direction=Direction.OUTBOUND
    )
