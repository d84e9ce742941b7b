"""The call facts in the LLM's instructions: day, time, and whether the caller's number is known."""

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
def test_day_and_time_in_the_call_facts_are_indias_everywhere(began: datetime, told: str) -> None:
    assert facts_of(began, number_known=True).startswith(
        f"The call began on {told} in India (IST). "
    )


def test_a_locale_of_the_machine_changes_no_call_facts() -> None:
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


def test_the_call_facts_tell_whether_the_phone_number_is_known() -> None:
    began = datetime(2026, 11, 28, 10, 1, tzinfo=UTC)
    assert "is known to the system" in facts_of(began, number_known=True)
    assert "is not known." in facts_of(began, number_known=False)


def test_the_call_facts_stand_last_for_the_llm_providers_cache() -> None:
    assert instructions_of(ASHA, can_transfer=True, facts="F.") == "You are Asha.\nF."
    assert (
        instructions_of(ASHA, can_transfer=False, facts="F.") == f"You are Asha.\n{NO_TRANSFER}\nF."
    )


def test_a_persona_may_do_without_the_call_facts() -> None:
    alone = replace(ASHA, call_facts=False)
    assert instructions_of(alone, can_transfer=True, facts="F.") == "You are Asha."


def test_the_call_facts_make_no_weekday_a_name_of_the_personas() -> None:
    facts = facts_of(datetime(2026, 11, 28, 10, 1, tzinfo=UTC), number_known=True)
    assert names_in(f"You are Asha.\n{facts}") == {"Asha"}
