"""Who calls, and why. This is the file to edit for the calls that you place.

`answer` is asked when the person has picked up (or, in two-numbers mode, shortly before), and
returns the `Persona` that speaks. What `POST /start` was told is in `caller.context`.
"""

from dataclasses import replace

from shared.bot import Caller, Persona, one_line

STYLE = """
You are on the phone: what you write is spoken aloud, so answer in one or two short sentences of
plain words. When all is said, thank them and say goodbye.
"""

REMINDER = Persona(
    instructions="You are Asha of Sunrise Dental in Bengaluru, and you have rung a patient to "
    "remind them of tomorrow's appointment at ten. Ask whether they will come. If not, take a wish "
    "for another day." + STYLE,
    opening="Hello, this is Asha, the assistant of Sunrise Dental, about tomorrow's appointment.",
    voicemail="Hello, this is Asha of Sunrise Dental, about tomorrow's appointment. Please call us "
    "if you can't come.",
)

# Their openings are turned into sound when the process starts. The first one also speaks when
# `answer` fails.
PERSONAS = (REMINDER,)


async def answer(caller: Caller) -> Persona:
    """Decide who speaks in this call; `caller.number` is the person who was rung."""
    match caller.context:  # a name may be nothing that can be said
        case {"name": str(given), "amount_due": int() | float() as amount} if one_line(given):
            return invoice(one_line(given), amount)
        case {"name": str(given)} if name := one_line(given):
            return replace(
                REMINDER,
                instructions=f"{REMINDER.instructions}\nThe patient is {name}.",
                opening=f"Hello {name}, this is Asha, the assistant of Sunrise Dental, about "
                "tomorrow's appointment.",
            )
        case _:
            return REMINDER


def invoice(name: str, amount: float) -> Persona:
    """Asks for a payment that is due."""
    return Persona(
        instructions="You are Asha of Sunrise Dental in Bengaluru, and you have rung a patient, "
        f"{name}, whose invoice of {amount:g} rupees is due. Ask when they can pay, and offer help "
        "if they can't." + STYLE,
        opening=f"Hello {name}, this is Asha, the assistant of Sunrise Dental. Your invoice of "
        f"{amount:g} rupees is due. When can you pay it?",
        voicemail=f"Hello {name}, this is Asha of Sunrise Dental. Please call us back.",
    )
