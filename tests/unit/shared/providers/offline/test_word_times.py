import pytest

from shared.providers.offline.word_times import word_times


def test_words_begin_where_the_voice_says() -> None:
    assert word_times("Good bye.", [(0, 0.1), (5, 0.6)], 1.0) == [("Good", 0.1), ("bye.", 0.6)]


def test_a_word_without_an_anchor_lies_between_its_neighbours() -> None:
    times = dict(word_times("one two three", [(0, 0.0), (8, 0.8)], 1.2))
    assert times["two"] == pytest.approx(0.4)


def test_without_anchors_letters_share_the_time_evenly() -> None:
    assert word_times("ab cd", [], 1.0) == [("ab", 0.0), ("cd", pytest.approx(0.6))]


def test_no_words_take_no_time() -> None:
    assert word_times("", [], 0.0) == []
