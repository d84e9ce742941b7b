"""The outbound bot as it is shipped: its persona and opening, from what `/start` was told."""

from outbound.bot import REMINDER, answer
from shared.bot import Caller, Direction


def caller(context: object) -> Caller:
    return Caller("+919876543210", "+918047112233", direction=Direction.OUTBOUND, context=context)


async def test_without_a_start_context_the_persona_is_the_reminder() -> None:
    for context in (None, "nonsense", {}, {"name": 7}, {"amount_due": 7}):
        assert await answer(caller(context)) is REMINDER


async def test_a_name_is_spoken_in_the_opening() -> None:
    persona = await answer(caller({"name": "Meera"}))
    assert persona.opening.startswith("Hello Meera, this is Asha")
    assert "Meera" in persona.instructions


async def test_a_name_that_cannot_be_spoken_is_left_out_of_the_opening() -> None:
    for name in ("", " ", "\ud800", "\u00ad", "<br>", '<break time="9s"/>', "\n\t"):
        for context in ({"name": name}, {"name": name, "amount_due": 7}):
            assert await answer(caller(context)) is REMINDER


async def test_an_amount_is_spoken_in_the_opening() -> None:
    persona = await answer(caller({"name": "Meera", "amount_due": 1200.5}))
    assert "Your invoice of 1200.5 rupees is due" in persona.opening
    assert "1200.5 rupees" in persona.instructions
