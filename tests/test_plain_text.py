import json

import pytest

from shared.plain_text import plain


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
def test_what_nobody_can_say_or_keep_goes(written: str, meant: str) -> None:
    assert plain(written) == meant
    assert plain(meant) == meant
    json.dumps(meant, ensure_ascii=False).encode()
