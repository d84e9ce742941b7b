"""Word times: when each word of a spoken text begins, to forget what was not said."""

import re
from collections.abc import Iterable

import numpy as np


def word_times(
    text: str, anchors: Iterable[tuple[int, float]], duration: float
) -> list[tuple[str, float]]:
    """Give every word of the text a start, in seconds from the start of its sound.

    Words between two anchors share the time between them by their number of letters. Voices that
    report no anchors get an estimate good to a word or two.
    """
    known = {0: 0.0, **dict(anchors), len(text): duration}
    offsets = sorted(known)
    words = list(re.finditer(r"\S+", text))
    starts = np.interp([word.start() for word in words], offsets, [known[o] for o in offsets])
    return [(word[0], float(start)) for word, start in zip(words, starts, strict=True)]
