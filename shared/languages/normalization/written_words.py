"""Words around figures and marks in a written text, by which it is known how to say these."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenWords:
    """A language's words in what an LLM writes; looked for in the texts of every language.

    They are regular expressions unless it says otherwise.

    Attributes:
        months: Each month's names from January, of which the first is the whole one; plain.
        weekdays: From Monday.
        weekday_alone: Stands behind a weekday that is no other word, as in "Sun closed".
        to: Stands between the ends of a range; plain.
        until: Likewise, of times and dates.
        through: Likewise, of weekdays.
        and_: Joins two.
        or_: Parts them.
        dated: Stands before figures that are a day, ...
        dated_then: ... and what may stand between.
        dates: Stands behind figures that are a day.
        perhaps_dated: Stands before figures that are a day unless they may be a part, as 2/3 may.
        perhaps_dates: Stands behind such figures.
        numbered: Stands before figures that are no day, such as "flat", ...
        numbered_then: ... and what may stand between.
        measured: Stands behind figures that are no day, such as "tablets".
        streets: Ends the name behind a house's number.
        opens: Stands before hours, as in "open 9.30-6.30".
        oclock: Stands behind a time.
        at: Stands before a time.
        measures: Stands behind figures that are no time.
        goes_on: Words that begin no sentence, so that a stop before them is that of `p.m.`.
        results: Stands before two numbers that are no hours, as in "won 3-1".
        percent: Stands for the sign.
        naming: Stands before digits that are a name and no number.
        code_purpose: Stands between such a word and `code_is`, with the gap before it.
        code_is: Stands before a code.
        code_verbs: Stands behind a code: "4821 is your OTP".
        possessives: Stands behind that.
        lone_possessives: Stands behind a code without a verb.
        code_names: Stands behind all of them.
        last_digits: Says that a number's last digits follow.
        letters: Names of Latin letters, as number plates are spelled.
        rupees: Stands before an amount, besides the signs.
        abbreviations: Short forms, with their full stop, which ends no sentence.
        before_numbers: Short forms without it; a number behind one begins no item of a list.
        before_prices: Words behind which a price is not that of an item.
        item_letters: What lists have for a, b, c: an alphabet each, plain.
        choices: Stands before a key that is offered.
        directions: Whole stage directions, in lower case, as in `(laughs)`.
        roles: Says who speaks, before a colon.
        lone_roles: Likewise, at the beginning of a text only.
        called: Stands before a bot's name in its instructions.
        says: Stands between a name and its colon.
        no_names: Is no name.
        spellings: Functions that make a regular expression of a name in Latin letters.
        titles: Stands before what it must be read aloud together with.
        telling: Tells how figures behind it are said, besides `naming`.
    """

    months: tuple[tuple[str, ...], ...] = ()
    weekdays: tuple[str, ...] = ()
    weekday_alone: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    and_: tuple[str, ...] = ()
    or_: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    dated_then: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    perhaps_dated: tuple[str, ...] = ()
    perhaps_dates: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    numbered_then: tuple[str, ...] = ()
    measured: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    oclock: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    goes_on: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    percent: tuple[str, ...] = ()
    naming: tuple[str, ...] = ()
    code_purpose: tuple[str, ...] = ()
    code_is: tuple[str, ...] = ()
    code_verbs: tuple[str, ...] = ()
    possessives: tuple[str, ...] = ()
    lone_possessives: tuple[str, ...] = ()
    code_names: tuple[str, ...] = ()
    last_digits: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    rupees: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    before_numbers: tuple[str, ...] = ()
    before_prices: tuple[str, ...] = ()
    item_letters: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    lone_roles: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    no_names: tuple[str, ...] = ()
    spellings: tuple[Callable[[str], str], ...] = ()
    titles: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a week or a year of which a part is missing: a place in it is a number.

        Raises:
            ValueError: If the weekdays or the months aren't whole.
        """
        if len(self.weekdays) % 7:
            raise ValueError(f"there are 7 weekdays, not {len(self.weekdays)}")
        if len(self.months) % 12:
            raise ValueError(f"there are 12 months, not {len(self.months)}")


def any_of(*patterns: Iterable[str]) -> str:
    """A regular expression for any of the given ones, the first first; without one for nothing."""
    return "|".join(each for group in patterns for each in group) or "(?!)"
