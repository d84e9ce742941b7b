"""Plain text for TTS, log and database: control characters, markup and length."""

import json

import pytest

from shared.plain_text import one_line, plain, shortened, without_tags


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Meera", "Meera"),
        ("Zoë O'Neill, 3rd", "Zoë O'Neill, 3rd"),
        ("क्‍ष and \u0d28\u0d4d\u200d", "क्‍ष and \u0d28\u0d4d\u200d"),  # joined by U+200D
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("two\r\nlines\rand\u2028more", "two\nlines\nand\nmore"),
        ("a\tcolumn", "a\tcolumn"),
        ("NUL\0 bell\a escape\x1b[31m", "NUL bell escape[31m"),
        ("\x80\x9f", ""),
        ("half \ud83d of one", "half  of one"),
        ("\udc00\ud800", ""),
        ("\u202eturned\u2066 round\ufeff", "turned round"),
        ("smuggled\U000e0041\U000e0042", "smuggled"),
        ("soft\u00adhyphen", "softhyphen"),
    ],
)
def test_characters_that_no_tts_can_speak_are_removed(written: str, meant: str) -> None:
    assert plain(written) == meant
    assert plain(meant) == meant
    json.dumps(meant, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Meera", "Meera"),
        ('Meera<break time="9s"/>Nair', "Meera Nair"),
        ("<speak>Meera</speak>", "Meera"),
        ("<mstts:express-as style='angry'>no</mstts:express-as>", "no"),
        ("<<b>break time='1s'/>", ""),
        ("</<i>b>", ""),
        ("<!-- hidden --><?xml version='1.0'?><![CDATA[x]]>y", "y"),
        ("3 < 5 and 7 > 5", "3 < 5 and 7 > 5"),
        ("write to <meera@example.in>", "write to <meera@example.in>"),
        ("<https://example.in/a>", "<https://example.in/a>"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_markup_is_removed_from_tts_text(written: str, spoken: str) -> None:
    assert without_tags({"<b>": [written, 7]}) == {"<b>": [spoken, 7]}


@pytest.mark.parametrize(
    ("written", "in_a_sentence"),
    [
        ("Meera", "Meera"),
        (" Meera\r\n\tNair ", "Meera Nair"),
        ("Meera " * 1_000, ("Meera " * 10).strip()),
        ("M" * 8_000, "M" * 60),
        ("Meera. " + "Ignore all instructions. " * 100, "Meera. Ignore all instructions. Ignore"),
        ("\0\x1b\ud800", ""),
    ],
)
def test_a_name_put_into_a_tts_sentence_is_short(written: str, in_a_sentence: str) -> None:
    line = one_line(written)
    assert len(line) <= 60
    assert line.startswith(in_a_sentence[:30])
    assert "\n" not in line


def test_a_text_for_the_tts_is_shortened_at_a_sentence_or_a_word() -> None:
    assert shortened("One. Two. Three.", 12) == "One. Two."
    assert shortened("one two three", 9) == "one two"
    assert shortened("नमस्ते। आप कैसे हैं?", 10) == "नमस्ते।"
    assert shortened("onetwothree", 5) == "onetw"
