"""The words by which answers are read in any language, spelled as `words_said.read` does."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from shared.languages.answers.clause_word_lists import ClauseWords
from shared.languages.answers.word_lists import AnswerWords
from shared.languages.catalogue import WORDS
from shared.languages.word_split import strip_nukta

_Lists = TypeVar("_Lists", AnswerWords, ClauseWords)


def _spelled(lists: _Lists) -> _Lists:
    parts = {each.name: _of(getattr(lists, each.name)) for each in fields(lists)}
    return replace(lists, **parts)


def _of(part: Any) -> Any:
    if isinstance(part, Mapping):
        return {strip_nukta(word): value for word, value in part.items()}
    return type(part)(map(strip_nukta, part))


ANSWER = _spelled(WORDS.answer_words)
CLAUSE = _spelled(WORDS.clause_words)
