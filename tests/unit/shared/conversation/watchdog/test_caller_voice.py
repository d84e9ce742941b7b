"""The caller's voice: an utterance, or no more than a cough."""

import pytest

from shared.conversation.watchdog.caller_voice import WORTH_SECS, CallerVoice


@pytest.mark.parametrize(
    ("secs", "is_utterance"), [(WORTH_SECS / 2, False), (WORTH_SECS, True), (5.0, True)]
)
def test_a_voice_that_lasts_is_an_utterance(secs: float, is_utterance: bool) -> None:
    voice = CallerVoice()
    voice.start(0.0)
    assert voice.is_heard
    assert voice.stop(secs) is is_utterance
    assert not voice.is_heard


def test_the_end_of_a_voice_that_never_began_is_no_utterance() -> None:
    assert not CallerVoice().stop(5.0)
