"""Questions in what the bot says, with a question mark or without."""

import re

from shared.languages.catalogue import WORDS

MOVED_ON_WORDS = 25  # said about something else: then a question is forgotten

_QUESTION = re.compile("|".join((r"\?", *WORDS.questions)), re.IGNORECASE)


def is_question(sentence: str) -> bool:
    """Whether a sentence wants an answer."""
    return bool(_QUESTION.search(sentence))
