"""Who answers the phone. This is the file to edit first.

`answer` is asked once per call, before the first word, and returns the `Persona` that takes it:
what the bot is told, what it says first, in which language and with which voice. Everything that
Exotel knows of the call is in `caller`.
"""

from dataclasses import dataclass, replace

from shared.bot import Caller, HangUp, Persona, Say, Transfer, TurnSettings

STYLE = """
You are on the phone: what you write is spoken aloud. Answer in one or two short sentences, in plain
words, without lists, markdown, emojis or abbreviations. Say numbers as people say them. If you
didn't understand, say so and ask. Never invent facts about the business.
"""

RECEPTION = Persona(
    instructions="You are Asha, who answers the phone of Sunrise Dental in Bengaluru. You tell the "
    "opening hours (Monday to Saturday, ten to seven) and take wishes for appointments. If you "
    "can't understand the caller, offer the keys: 1 for the opening hours, 0 for a person." + STYLE,
    opening="Hello, this is Asha at Sunrise Dental. How can I help you?",
    keys={  # what they say is sound beforehand: they work while no provider does
        "1": Say("We are open from Monday to Saturday, from ten in the morning until seven."),
        "9": HangUp("Thank you for calling Sunrise Dental. Goodbye."),
        "0": Transfer("pressed 0"),
    },
)

BILLING = Persona(
    instructions="You are Asha of Sunrise Dental's billing desk. You explain invoices and "
    "payments, and take a message when you don't know." + STYLE,
    opening="Sunrise Dental, billing desk. What is it about?",
)

HINDI_RECEPTION = Persona(
    instructions="Aap Asha hain, Sunrise Dental ki receptionist. Hindi mein jawab dijiye." + STYLE,
    opening="नमस्ते, सनराइज़ डेंटल में आपका स्वागत है। मैं आपकी क्या मदद कर सकती हूँ?",
    language="hi-IN",
)

# Their openings are turned into sound when the process starts, so these callers wait for nothing.
# The first one also answers when `answer` fails.
PERSONAS = (RECEPTION, BILLING, HINDI_RECEPTION)

# Which ExoPhone was rung decides the desk.
DESKS = {
    "+918047000001": BILLING,
    "+918047000002": HINDI_RECEPTION,
    "+918047000003": replace(RECEPTION, turns=TurnSettings.relaxed()),  # lets them take their time
}


async def answer(caller: Caller) -> Persona:
    """Decide who answers this call, within two seconds: the caller hears nothing meanwhile."""
    persona = DESKS.get(caller.called_number, RECEPTION)
    customer = await find_customer(caller.number)
    if customer is None:
        return persona
    knowing = replace(
        persona, instructions=f"{persona.instructions}\nThe caller is {customer.name}, a patient."
    )
    if not customer.vip:
        return knowing
    return replace(
        knowing,
        opening=f"Hello {customer.name}, good to hear you. What can I do for you?",
        instructions=f"{knowing.instructions} Offer that Doctor Rao herself calls back.",
    )


@dataclass(frozen=True)
class Customer:
    """What this example knows of the people who ring."""

    name: str
    vip: bool = False


async def find_customer(number: str) -> Customer | None:
    """Look a caller up; in your bot, a query to your database or CRM."""
    return {
        "+919812345678": Customer("Meera", vip=True),
        "+919812345679": Customer("Arjun"),
    }.get(number)
