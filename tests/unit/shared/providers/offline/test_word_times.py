"""Word times of eSpeak's audio, from the anchors that it reports."""

import pytest

from shared.providers.offline.word_times import word_times


def test_tts_words_begin_where_the_voice_says() -> None:
    assert word_times("Good bye.", [(0, 0.1), (5, 0.6)], 1.0) == [("Good", 0.1), ("bye.", 0.6)]


def test_a_tts_word_without_an_anchor_lies_between_its_neighbours() -> None:
    times = dict(word_times("one two three", [(0, 0.0), (8, 0.8)], 1.2))
    assert times["two"] == pytest.approx(0.4)


def test_tts_words_without_anchors_share_the_time_by_their_letters() -> None:
    assert word_times("ab cd", [], 1.0) == [("ab", 0.0), ("cd", pytest.approx(0.6))]


def test_a_tts_text_without_words_has_no_word_times() -> None:
    assert word_times("", [], 0.0) == []
