"""Other people's words in our own sentences: marked as theirs, on one line, and short."""

import json
import re

MOST = 80  # characters of theirs that a sentence of ours takes in

# SIDs, addresses, paths, names of events: nothing in which a sentence could be written.
PLAIN = re.compile(r"[\w.:/@+%*#~=&?,;!$()\[\]-]+", re.ASCII)

# What ends a line, moves the cursor or hides what follows: C0 and C1, line and paragraph
# separators, and the marks that turn the direction of writing.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def quoted(said: str, most: int = MOST) -> str:
    """What somebody else wrote, for a log line: as it is, or in quotes unless it is one word."""
    if len(said) > most:
        said = said[: most - 1] + "…"
    return said if PLAIN.fullmatch(said) else json.dumps(said)


def escape_controls(text: str) -> str:
    """The text with whatever could end its line, or hide a part of it, written as an escape."""
    return CONTROL.sub(lambda found: json.dumps(found[0])[1:-1], text)
