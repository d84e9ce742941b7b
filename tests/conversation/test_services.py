import pytest

from shared.calls.record import Direction
from shared.conversation.demo.script import OPENING
from shared.conversation.persona import Persona
from shared.conversation.providers import Providers
from shared.settings import Settings

PERSONA = Persona("You are Asha.", opening="Hello Meera. When can you pay it?")
KEYS = {"DEEPGRAM_API_KEY": "x", "OPENAI_API_KEY": "x", "CARTESIA_API_KEY": "x"}
VENDORS = {**KEYS, "CARTESIA_VOICE_ID": "x"}


@pytest.mark.parametrize(
    ("llm", "direction", "opening"),
    [
        ("scripted", Direction.INBOUND, OPENING),
        ("scripted", Direction.OUTBOUND, PERSONA.opening),
        ("openai", Direction.INBOUND, PERSONA.opening),
        ("openai", Direction.OUTBOUND, PERSONA.opening),
    ],
)
def test_a_scripted_mind_has_its_own_opening_for_whoever_rings_it(
    llm: str, direction: Direction, opening: str
) -> None:
    providers = Providers.choose(Settings.parse({**VENDORS, "LLM": llm}))
    assert providers.adapt(PERSONA, direction).opening == opening
