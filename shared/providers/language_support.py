"""Which of a provider's languages a code such as `hi-IN` stands for, or that it has none for it."""

from collections.abc import Callable, Collection
from types import FunctionType

from pipecat.transcriptions.language import Language


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
    it during the call. The table is inside of it; only `resolve_language` gets to see it.
    """

    def hand_out(_: Language, table: dict[Language, str], use_base_code: bool = True) -> object:
        return table

    assert isinstance(convert, FunctionType)
    surroundings = {**convert.__globals__, "resolve_language": hand_out}
    return frozenset(FunctionType(convert.__code__, surroundings)(Language.EN))
