"""Speech detection in what the simulated caller hears: spans of audible sound and answers."""

import pytest

from simulator.caller.listening import Listener, Span, first_answer, is_audible
from tests.support.scripted_bot import tone

SOUND, SILENCE = tone(0.02), bytes(320)


def listened(pattern: str) -> Listener:
    """Hear one frame per character: `#` is sound, `.` is silence, `|` a clear."""
    listener, at = Listener(), 0.0
    for character in pattern:
        if character == "|":
            listener.cut()
            continue
        listener.hear(SOUND if character == "#" else SILENCE, at)
        at += 0.02
    return listener


def test_silence_and_dither_are_no_utterance() -> None:
    assert is_audible(SOUND)
    assert not is_audible(SILENCE)
    assert not is_audible(b"\x05\x00\xfb\xff" * 80)
    assert not is_audible(b"\xff")


def test_short_pauses_belong_to_an_utterance_and_long_ones_split_it() -> None:
    spans = listened("..###" + "." * 14 + "##" + "." * 16 + "#").spans
    assert [(round(span.start, 2), round(span.end, 2)) for span in spans] == [
        (0.04, 0.42),
        (0.74, 0.76),
    ]


def test_a_clear_splits_an_utterance_however_short_the_pause() -> None:
    assert len(listened("###|.###").spans) == 2


def test_the_end_of_an_utterance_is_reported_once() -> None:
    listener = listened("###")
    told = [listener.hear(SILENCE, 0.06 + 0.02 * n) for n in range(40)]
    assert [word for word in told if word] == ["ended"]
    assert listener.speaking is None


@pytest.mark.parametrize(
    ("spans", "answer"),
    [
        ([], None),
        ([Span(0, 1)], None),
        ([Span(0, 1), Span(3.5, 4)], 3.5),
        ([Span(2.5, 4)], 3),  # before the caller has finished
        ([Span(2.1, 2.5), Span(3.2, 4)], 3.2),  # a word in between is no answer
        ([Span(1, 5)], None),  # what was going on when the caller began
        ([Span(1, 5), Span(6, 7)], 6),
        ([Span(9.5, 10)], None),  # after the caller has gone on
    ],
)
def test_an_answer_is_speech_that_begins_after_the_caller(
    spans: list[Span], answer: float | None
) -> None:
    assert first_answer(spans, began=2, ended=3, before=9) == answer
