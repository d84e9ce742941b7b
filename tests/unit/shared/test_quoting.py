"""Quotes around a stranger's text in a log line."""

import json

import pytest

from shared.quoting import MOST, escape_controls, quoted


@pytest.mark.parametrize(
    "said",
    ["203.0.113.9", "2001:db8::1", "/exotel/passthru", "/calls/0b9d6d2c", "wss://bot/ws?rate=8000"],
)
def test_one_word_stays_unquoted_in_the_log(said: str) -> None:
    assert quoted(said) == said


@pytest.mark.parametrize(
    "said",
    [
        "call deadbeef ended: caller hung up",
        "",
        " ",
        'a "quoted" word',
        "back\\slash",
        "two\nlines",
        "two\r\nlines",
        "\x1b[2K\x1b[1Aover",
        "next\x85line",
        "line\u2028separator",
        "right\u202eleft",
        "byte order\ufeff",
        "नमस्ते",
        "half \ud800 of a pair",
    ],
)
def test_other_text_in_the_log_is_quoted_on_one_line_and_printable(said: str) -> None:
    shown = quoted(said)
    assert json.loads(shown) == said
    assert shown.isascii()
    assert shown.isprintable()


@pytest.mark.parametrize("said", ["a" * 10_000, "a b " * 10_000, "\n" * 10_000])
def test_long_text_in_the_log_is_cut(said: str) -> None:
    assert len(json.loads(quoted(said))) == MOST
    assert len(json.loads(quoted(said, 10))) == 10


def test_our_own_log_lines_lose_only_what_would_end_them() -> None:
    assert escape_controls("the stream of call 1 failed: नमस्ते é “so”") == (
        "the stream of call 1 failed: नमस्ते é “so”"
    )
    assert escape_controls("a\nb\r\x1b[31mc\u2028d\u202ee\x00") == (
        "a\\nb\\r\\u001b[31mc\\u2028d\\u202ee\\u0000"
    )
