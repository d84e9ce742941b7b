"""The bot of the demos, the benchmarks and the tests: nobody edits it, so they stay alike."""

from dataclasses import replace

from shared.bot import Caller, Direction, HangUp, Persona, Say, one_line

STYLE = (
    " You are on the phone: what you write is spoken aloud. Answer in one or two short sentences."
)

RECEPTION = Persona(
    instructions="You are Asha, who answers the phone of Sunrise Dental in Bengaluru. You tell the "
    "opening hours (Monday to Saturday, ten to seven) and take wishes for appointments." + STYLE,
    opening="Hello, this is Asha at Sunrise Dental. How can I help you?",
    keys={
        "1": Say("We are open from Monday to Saturday, from ten in the morning until seven."),
        "9": HangUp("Thank you for calling Sunrise Dental. Goodbye."),
    },
)

REMINDER = Persona(
    instructions="You are Asha of Sunrise Dental in Bengaluru, and you have rung a patient to "
    "remind them of tomorrow's appointment at ten. Ask whether they will come." + STYLE,
    opening="Hello, this is Asha, the assistant of Sunrise Dental, about tomorrow's appointment.",
    voicemail="Hello, this is Asha of Sunrise Dental, about tomorrow's appointment. Please call us "
    "if you can't come.",
)

PERSONAS = (RECEPTION, REMINDER)


async def answer(caller: Caller) -> Persona:
    """Decide by who rang whom, and by what `/start` was told."""
    if caller.direction is Direction.INBOUND:
        return RECEPTION
    match caller.context:
        case {"name": str(given), "amount_due": int() | float() as amount} if one_line(given):
            return _invoice(one_line(given), amount)
        case {"name": str(given)} if name := one_line(given):
            return replace(
                REMINDER,
                instructions=f"{REMINDER.instructions}\nThe patient is {name}.",
                opening=f"Hello {name}, this is Asha, the assistant of Sunrise Dental, about "
                "tomorrow's appointment.",
            )
        case _:
            return REMINDER


def _invoice(name: str, amount: float) -> Persona:
    """Asks for a payment that is due."""
    return Persona(
        instructions="You are Asha of Sunrise Dental in Bengaluru, and you have rung a patient, "
        f"{name}, whose invoice of {amount:g} rupees is due. Ask when they can pay." + STYLE,
        opening=f"Hello {name}, this is Asha, the assistant of Sunrise Dental. Your invoice of "
        f"{amount:g} rupees is due. When can you pay it?",
        voicemail=f"Hello {name}, this is Asha of Sunrise Dental. Please call us back.",
    )
