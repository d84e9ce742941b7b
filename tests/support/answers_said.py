"""What callers say, whole or cut in a pause, with how complete it is as an answer.

A line is the completeness that is right, or several, then a bar and the words.
"""

_TABLE = """
[]
OPEN | my number is 98765
OPEN | I would like to
OPEN | because
EXTENDABLE | m e e r a
ANY WHOLE | सोमवार को
[phone_number]
OPEN | 98765
WHOLE | nine eight seven six five four three two one zero
[email]
OPEN | john dot smith at gmail dot
WHOLE | john dot smith at gmail dot com
"""


def _rows() -> list[tuple[str, str, str]]:
    """The kind that was asked for, the words, and the levels that are right."""
    rows, kind = [], ""
    for line in filter(None, map(str.strip, _TABLE.splitlines())):
        if line.startswith("["):
            kind = line.strip("[]")
        else:
            levels, _, text = line.partition(" | ")
            rows.append((kind, text, levels))
    return rows


SAID = _rows()
