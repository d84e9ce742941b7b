"""The choice among a provider's languages: which one a code such as `hi-IN` stands for, if any."""

import sys
from collections.abc import Callable, Collection

from pipecat.transcriptions.language import Language

from shared.providers.patching import replaced


class UnknownLanguage(ValueError):
    """A provider doesn't have the language `code`; those in `known` it has."""

    def __init__(self, code: str, known: Collection[str]) -> None:
        super().__init__(code, known)
        self.code = code
        self.known = sorted(known)

    def __str__(self) -> str:
        return f"has no {self.code}; it has {', '.join(self.known)}"


def choose(code: str, known: Collection[str]) -> Language:
    """The language among `known` that is nearest to `code`.

    Some providers tell regions apart (`en-IN`), others know the language alone (`en`), and most do
    a bit of both. A code without a region takes India's.

    Raises:
        UnknownLanguage: If there is none.
    """
    base, _, region = code.partition("-")
    for candidate in (code, base if region else f"{base}-IN"):
        if candidate in known:
            return Language(candidate)
    raise UnknownLanguage(code, known)


def languages_of(convert: Callable[[Language], str]) -> frozenset[str]:
    """The languages in the table of one of Pipecat's `language_to_…_language` functions.

    For a language that isn't in its table, such a function guesses a code and the provider refuses
    it during the call. The table is inside of it, and it hands it to `resolve_language` alone.
    """
    tables: list[dict[Language, str]] = []

    def keep(language: Language, table: dict[Language, str], use_base_code: bool = True) -> str:
        tables.append(table)
        return ""

    with replaced(sys.modules[convert.__module__], "resolve_language", keep):
        convert(Language.EN)
    (table,) = tables
    return frozenset(table)
