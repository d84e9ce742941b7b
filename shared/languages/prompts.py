"""Prompts: what the bot says when its LLM isn't asked; they are sound before they are needed."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompts:
    """One language's lines; `replace(ENGLISH, goodbye="…")` makes a bot's own.

    Attributes:
        still_there: After the first silence of the caller's.
        hello: After the second.
        nobody: After the third; the call ends with it.
        one_moment: When an answer takes long.
        again: When the caller was heard and not understood.
        go_on: When an answer has become long; the caller is to say whether they want the rest.
        sorry: When an answer has failed; the caller is to ask once more.
        giving_up: When it has failed again; the call ends with it, or a person takes over.
        minute_left: A minute before the call has lasted as long as it may.
        time_is_up: When it has; the call ends with it.
        goodbye: When the LLM hangs up without a word.
        connecting: Before a person takes over.
        no_agent: When nobody can.
    """

    still_there: str
    hello: str
    nobody: str
    one_moment: str
    again: str
    go_on: str
    sorry: str
    giving_up: str
    minute_left: str
    time_is_up: str
    goodbye: str
    connecting: str
    no_agent: str

    def __iter__(self) -> Iterator[str]:
        """Each of them."""
        return iter(astuple(self))

    @property
    def excuses(self) -> tuple[str, ...]:
        """Those that are said in place of an answer."""
        return self.one_moment, self.again, self.sorry, self.giving_up
