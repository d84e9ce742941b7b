"""A persona whose language a provider lacks is a fault at start-up, not in a call."""

import pytest

from shared.bot.persona import Persona
from shared.settings.settings import ConfigurationError, Settings
from shared.telephony.direction import Direction
from shared.web.app import build_app
from tests.support.bots import answer

KEYS = {
    "DEEPGRAM_API_KEY": "x",
    "OPENAI_API_KEY": "x",
    "CARTESIA_API_KEY": "x",
    "CARTESIA_VOICE_ID": "x",
}


def test_a_language_that_a_provider_lacks_is_named_at_start_up() -> None:
    persona = Persona(instructions="You speak Welsh.", language="cy-GB")
    with pytest.raises(ConfigurationError) as fault:
        build_app(
            Settings.parse(KEYS), answer=answer, personas=[persona], direction=Direction.INBOUND
        )
    assert "STT=deepgram" in str(fault.value)
    assert "hi" in str(fault.value)
