"""The bot of the hearing benchmark: that of the demos, and one who speaks Hindi at a number."""

from shared.bot import Caller, Persona
from shared.providers.offline.bot import RECEPTION, STYLE

HINDI_NUMBER = "+918047000002"
HINDI_RECEPTION = Persona(
    instructions="You are Asha, who answers the phone of Sunrise Dental in Hindi." + STYLE,
    opening="नमस्ते, सनराइज़ डेंटल में आपका स्वागत है। मैं आपकी क्या मदद कर सकती हूँ?",
    language="hi-IN",
)
PERSONAS = (RECEPTION, HINDI_RECEPTION)


async def answer(caller: Caller) -> Persona:
    """Decide by the number that was rung."""
    return HINDI_RECEPTION if caller.called_number == HINDI_NUMBER else RECEPTION
