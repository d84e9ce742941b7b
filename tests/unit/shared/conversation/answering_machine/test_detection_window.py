"""The time after the answer in which a machine is looked for, and how long a voice talked in it."""

from pipecat.frames.frames import (
    BotStartedSpeakingFrame,
    BotStoppedSpeakingFrame,
    Frame,
    InterruptionFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)

from shared.conversation.answering_machine.detection_window import (
    PAUSE_SECS,
    WINDOW_SECS,
    AnswerWindow,
)

NOW = 100.0


def window(*frames: tuple[float, type[Frame]]) -> AnswerWindow:
    """A window that opens now, after these frames so many seconds from now."""
    window = AnswerWindow()
    window.open(NOW)
    for at, kind in frames:
        window.follow(kind(), NOW + at)
    return window


def test_the_detection_window_is_open_for_some_time_after_the_answer_only() -> None:
    assert not AnswerWindow().is_open(NOW)
    assert window().is_open(NOW + WINDOW_SECS - 0.1)
    assert not window().is_open(NOW + WINDOW_SECS)


def test_the_detection_window_closes_when_the_bot_has_been_heard_out() -> None:
    begins, ends = (1.0, BotStartedSpeakingFrame), (4.0, BotStoppedSpeakingFrame)
    assert window(begins).is_open(NOW + 2.0)
    assert not window(begins, ends).is_open(NOW + 4.0)
    assert window(begins, (2.0, InterruptionFrame), ends).is_open(NOW + 4.0)


def test_speech_in_the_detection_window_is_counted_through_short_pauses() -> None:
    speech = window(
        (1.0, VADUserStartedSpeakingFrame),
        (2.0, VADUserStoppedSpeakingFrame),
        (2.0 + PAUSE_SECS / 2, VADUserStartedSpeakingFrame),
    )
    assert speech.talked(NOW + 4.0) == 3.0


def test_speech_that_has_just_ended_still_counts_in_the_detection_window() -> None:
    speech = window((1.0, VADUserStartedSpeakingFrame), (3.0, VADUserStoppedSpeakingFrame))
    assert speech.talked(NOW + 3.0 + PAUSE_SECS / 2) == 2.0
    assert speech.talked(NOW + 3.0 + PAUSE_SECS) == 0.0
    speech.follow(VADUserStartedSpeakingFrame(), NOW + 10.0)
    assert speech.talked(NOW + 11.0) == 1.0


def test_a_detection_window_without_a_voice_counts_no_speech() -> None:
    assert window().talked(NOW + 1.0) == 0.0
