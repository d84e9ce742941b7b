"""Text from outside, without what no log, database, language model or voice can take."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_KEPT = "\n\t\u200c\u200d"  # without the joiners many words of India's scripts fall apart
_UNSEEN = ("Cc", "Cs", "Cf")  # control characters, halves of surrogate pairs, invisible marks


def plain(text: str) -> str:
    """The text as it was meant; its lines stay, however they end."""
    if text.isprintable():  # as nearly all is
        return text
    text = _LINE_ENDS.sub("\n", text)
    return "".join(
        char for char in text if char in _KEPT or unicodedata.category(char) not in _UNSEEN
    )
