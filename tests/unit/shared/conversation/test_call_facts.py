"""What the LLM knows of the moment and of the caller without being told by the bot's author."""

import locale
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from shared.bot.persona import Persona
from shared.conversation.call_facts import facts_of
from shared.conversation.tools import NO_TRANSFER, instructions_of
from shared.languages.normalization.labels import names_in

ASHA = Persona("You are Asha.")


@pytest.mark.parametrize(
    ("began", "told"),
    [
        (datetime(2026, 11, 28, 10, 1, 59, tzinfo=UTC), "Saturday, 28 November 2026, at 15:31"),
        # In India it is tomorrow from half past six in the evening, UTC.
        (datetime(2026, 11, 28, 18, 29, tzinfo=UTC), "Saturday, 28 November 2026, at 23:59"),
        (datetime(2026, 11, 28, 18, 30, tzinfo=UTC), "Sunday, 29 November 2026, at 00:00"),
        (datetime(2026, 12, 31, 20, 0, tzinfo=UTC), "Friday, 1 January 2027, at 01:30"),
        (datetime(2028, 2, 28, 19, 0, tzinfo=UTC), "Tuesday, 29 February 2028, at 00:30"),
        (
            datetime(2026, 7, 1, 9, 5, tzinfo=timezone(timedelta(hours=-7))),
            "Wednesday, 1 July 2026, at 21:35",
        ),
    ],
)
def test_day_and_time_are_indias_wherever_the_machine_is(began: datetime, told: str) -> None:
    assert facts_of(began, number_known=True).startswith(
        f"The call began on {told} in India (IST). "
    )


def test_a_locale_of_the_machine_changes_nothing() -> None:
    began = datetime(2026, 11, 28, 10, 1, tzinfo=UTC)
    usual, before = facts_of(began, number_known=True), locale.setlocale(locale.LC_TIME)
    for name in ("hi_IN.UTF-8", "de_DE.UTF-8", "C.UTF-8"):
        try:
            locale.setlocale(locale.LC_TIME, name)
        except locale.Error:
            continue
        try:
            assert facts_of(began, number_known=True) == usual
        finally:
            locale.setlocale(locale.LC_TIME, before)


def test_whether_the_number_is_known_is_told() -> None:
    began = datetime(2026, 11, 28, 10, 1, tzinfo=UTC)
    assert "is known to the system" in facts_of(began, number_known=True)
    assert "is not known." in facts_of(began, number_known=False)


def test_the_facts_stand_last_for_the_sake_of_a_providers_cache() -> None:
    assert instructions_of(ASHA, can_transfer=True, facts="F.") == "You are Asha.\nF."
    assert (
        instructions_of(ASHA, can_transfer=False, facts="F.") == f"You are Asha.\n{NO_TRANSFER}\nF."
    )


def test_a_persona_that_tells_the_time_itself_does_without() -> None:
    alone = replace(ASHA, call_facts=False)
    assert instructions_of(alone, can_transfer=True, facts="F.") == "You are Asha."


def test_the_facts_make_no_weekday_a_name_of_the_bots() -> None:
    facts = facts_of(datetime(2026, 11, 28, 10, 1, tzinfo=UTC), number_known=True)
    assert names_in(f"You are Asha.\n{facts}") == {"Asha"}
