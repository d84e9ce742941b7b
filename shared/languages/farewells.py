"""Farewells in what is said, in any language that is known."""

import re

from shared.languages.catalogue import WORDS

_FAREWELL = re.compile("|".join(WORDS.farewells), re.IGNORECASE)


def says_goodbye(text: str) -> bool:
    """Whether there is a goodbye in it."""
    return bool(_FAREWELL.search(text))
