"""The evidence for an answering machine, and when it is enough, at times that the test makes up."""

from math import inf

import pytest

from shared.conversation.answering_machine.evidence import (
    CERTAIN_SECS,
    END_SECS,
    ENDLESS_SECS,
    PERSONAL_SECS,
    WORDS_SECS,
    Suspicion,
)
from shared.languages.machine_phrases import AnsweredBy

TONE = "Please leave a message after the tone."
OFF = "The number you are calling is switched off."
OWN = "Hi, you have reached Meera. I'm unable to come to the phone. I'll call you back."
NOW, SOON = 100.0, 0.05


def heard(*texts: str, now: float = NOW, final: bool = True) -> Suspicion:
    suspicion = Suspicion()
    for text in texts:
        suspicion.hear(text, now, final=final)
    return suspicion


@pytest.mark.parametrize(
    ("words", "secs"), [(TONE, CERTAIN_SECS), (OFF, END_SECS), (OWN, END_SECS)]
)
def test_an_answering_machine_is_dealt_with_when_it_has_finished(words: str, secs: float) -> None:
    suspicion = heard(words)
    assert not suspicion.is_due(NOW + SOON, 0.0)
    assert not suspicion.is_due(NOW + 0.2, secs - SOON)
    assert suspicion.is_due(NOW + 0.2, secs)


def test_a_suspected_machines_last_transcript_is_waited_for() -> None:
    suspicion = heard(OFF, final=False)
    assert not suspicion.is_due(NOW + 1.0, END_SECS)
    assert suspicion.is_due(NOW + 1.0, WORDS_SECS)
    suspicion.hear(f"{OFF} I am his wife.", NOW + 1.0, final=True)
    assert not suspicion.is_due(NOW + 5.0, 5.0)


def test_a_machine_too_soft_for_the_vad_has_finished_when_no_words_come() -> None:
    assert not heard(OFF).is_due(NOW + END_SECS - SOON, inf)
    assert heard(OFF).is_due(NOW + END_SECS + SOON, inf)


@pytest.mark.parametrize(("words", "secs"), [(OFF, ENDLESS_SECS), (OWN, PERSONAL_SECS)])
def test_a_machine_that_talks_without_an_end_is_not_heard_out(words: str, secs: float) -> None:
    suspicion = heard(words)
    assert not suspicion.is_due(NOW + secs - SOON, 0.0)
    assert suspicion.is_due(NOW + secs + SOON, 0.0)


@pytest.mark.parametrize("words", ["Hello?", "Hello, his phone is switched off, I am his wife."])
def test_a_person_is_never_due_as_an_answering_machine(words: str) -> None:
    assert not heard(words).is_due(NOW + 60.0, 60.0)


def test_a_voicemails_words_that_come_in_pieces_are_put_together() -> None:
    assert heard("Please leave a message after", "the tone.").machine is AnsweredBy.MAILBOX


def test_an_operators_sentence_may_come_in_pieces_too() -> None:
    suspicion = heard("The number you are calling")
    suspicion.is_over()
    suspicion.hear("is switched off.", NOW + 1.0, final=True)
    assert suspicion.machine is AnsweredBy.NOBODY


def test_what_an_operator_adds_is_the_operators() -> None:
    suspicion = heard("The number you are calling is busy.")
    assert suspicion.machine is AnsweredBy.HOLD
    suspicion.is_over()
    suspicion.hear("Please try again later.", NOW + 1.0, final=True)
    assert suspicion.machine is AnsweredBy.HOLD


@pytest.mark.parametrize(
    "words", ["Rohan here", "Hello?", "Hello, is my phone switched off?", "Yes, tell me"]
)
def test_who_comes_after_an_operator_is_no_machine_by_their_own_words(words: str) -> None:
    suspicion = heard("The person you are calling is on another call.")
    suspicion.is_over()
    suspicion.hear(words, NOW + 1.0, final=True)
    assert suspicion.machine is None


def test_the_llms_verdict_of_a_machine_holds_for_the_words_it_has_seen() -> None:
    suspicion = heard("This is Rohan, I am in the mountains today.")
    suspicion.told_by_llm(AnsweredBy.MAILBOX, suspicion.count, NOW)
    assert suspicion.is_due(NOW + 1.0, END_SECS)
    suspicion.hear("And I will be back on Monday.", NOW + 1.0, final=True)
    assert not suspicion.is_due(NOW + 2.0, END_SECS)


def test_the_llms_verdict_of_a_machine_is_not_believed_about_a_person() -> None:
    suspicion = heard("His phone is switched off, I am his wife.")
    suspicion.told_by_llm(AnsweredBy.NOBODY, suspicion.count, NOW)
    assert suspicion.machine is None
