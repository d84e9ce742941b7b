"""Services for a call, from the settings and its persona."""

import pytest

from shared.bot.persona import Persona
from shared.providers.offline.script import OPENING
from shared.providers.selection import MAX_SPOKEN, Providers
from shared.settings.settings import Settings
from shared.telephony.direction import Direction

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
def test_a_scripted_llm_has_its_own_opening_for_inbound_calls(
    llm: str, direction: Direction, opening: str
) -> None:
    providers = Providers.choose(Settings.parse({**VENDORS, "LLM": llm}))
    assert providers.adapt(PERSONA, direction).opening == opening


def test_a_strange_persona_is_made_fit_for_the_llm_and_the_tts() -> None:
    strange = Persona(
        instructions="The patient is \ud83dMeera\0.\nBe kind.",
        opening="Hello \x1bMeera. " + "How are you? " * 1_000,
        voicemail="Call " + "back " * 1_000,
    )
    providers = Providers.choose(Settings.parse(VENDORS))
    adapted = providers.adapt(strange, Direction.OUTBOUND)
    assert adapted.instructions == "The patient is Meera.\nBe kind."
    assert adapted.opening.startswith("Hello Meera. How are you?")
    assert len(adapted.opening) <= MAX_SPOKEN
    assert adapted.opening.endswith("?")
    assert len(adapted.voicemail) <= MAX_SPOKEN
    assert providers.adapt(adapted, Direction.OUTBOUND) == adapted
