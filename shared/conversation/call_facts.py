"""The facts that every LLM is told of its call: when it began, as people in India say it."""

from datetime import datetime

from shared.telephony.timestamps import IST


def facts_of(began: datetime, *, number_known: bool) -> str:
    """Two sentences for the end of the system prompt, where a provider's cache loses least by them.

    They stay true however long the call is: nothing in them is "now".

    Args:
        began: Aware, in any zone.
        number_known: Whether the person's number came with the call. The number itself is left to
            tools: what an LLM knows, it may say.
    """
    indian = began.astimezone(IST)
    day = f"{indian:%A}, {indian.day} {indian:%B %Y}"
    known = "known to the system, though not shown to you" if number_known else "not known"
    return (
        f"The call began on {day}, at {indian:%H:%M} in India (IST). "
        f"The number of the phone you talk to is {known}."
    )
