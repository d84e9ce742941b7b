"""The words of a language by which answers are read; see `shared.languages.word_lists`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.languages.word_lists import NONE, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWords:
    """The words that answers of a known kind are made of, or have around them.

    What is a tuple holds regular expressions of whole words. Signs, such as `@`, are known.

    Attributes:
        kinds: The names of what a bot asks for and callers tell, by the value of an `AnswerKind`.
        asked: What else a bot asks for such an answer by, in the same way.
        codes: What numbers and codes of any sort are called.
        births: Of dates those that need a year.
        tags: Make a question that a yes answers of what stands before them.
        polar: Begin such a question, besides those that no keys answer.
        requests: Make a request of it.
        statements: Begin what asks nothing, whatever verb follows.
        polar_ends: End such a question, if no question word stands in it.
        whats: Questions for something, though they begin as one that a yes answers.
        choices: Stands between two of which one is to be chosen.
        negatives: Words of a no; the words of a yes are those of a listener.
        polite: May stand before or behind whatever is said, such as "sir".
        hesitations: Sounds and words of somebody who searches for words.
        greetings: Such as "hello".
        holds: Bids the other wait.
        closings: Behind these nothing comes.
        inside: May stand between the parts of a number.
        corrections: Take back what was said before.
        after: Words that end a number or a name when they stand behind it, such as "hai".
        plus: Stands before the prefix of a country.
        scales: Words for a power of ten, with its zeros.
        halves: Numbers with a half in them.
        half_more: Stand before the number that they add to, as "saade" does.
        points: Stand between a number and its fraction.
        currencies: Names of money.
        letters: Names of letters, in words that mean nothing else.
        letters_too: Names of letters that mean something else, too.
        letter_for: Between a letter and a word that begins with it.
        capitals: Stand before a letter.
        at: What the sign of an e-mail address is called.
        at_rate: May stand behind that, as in "at the rate of".
        rates: Of these those that mean nothing else there.
        dot: What its point is called.
        address_signs: Other signs of one.
        underscores: Of these those that stand in nothing else.
        mail_hosts: Hosts of mail that are named without their ending.
        upi_handles: What stands behind the sign of a UPI ID, which has no point.
        host_ends: The ends of a host's name, such as "com".
        host_regions: Those that often have a country behind them.
        months: Their names.
        months_too: Of these those that mean something else, too.
        weekdays: Their names, also short ones.
        days: Words for a day, such as "tomorrow".
        ordinals: Words such as "fifth".
        ranges: Stand before the first of two.
        dated: Behind the number of a day, such as "tareekh".
        clock: Behind the number of an hour.
        parts_of_day: Such as "evening".
        before_hours: Stand before the number of an hour that they tell a part of.
        numbered: In addresses, what a number or a name follows.
        area_codes: What the PIN code is called.
        localities: Names that address parts end with, such as "road".
        beside: In addresses, what the name of a place follows.
        cities: Cities, and the states that people name behind a town.
        names: First names and surnames, in the letters that people spell them with.
        titles: Stand before a name.
        introductions: Words by which people tell their name.
        named: What answers are called, such as "number" and "address".
    """

    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    births: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    polar: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    polar_ends: tuple[str, ...] = ()
    whats: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    negatives: Words = NONE
    polite: Words = NONE
    hesitations: Words = NONE
    greetings: Words = NONE
    holds: tuple[str, ...] = ()
    closings: tuple[str, ...] = ()
    inside: Words = NONE
    corrections: Words = NONE
    after: Words = NONE
    plus: Words = NONE
    scales: Mapping[str, int] = field(default_factory=dict)
    halves: Words = NONE
    half_more: Words = NONE
    points: Words = NONE
    currencies: Words = NONE
    letters: Mapping[str, str] = field(default_factory=dict)
    letters_too: Mapping[str, str] = field(default_factory=dict)
    letter_for: Words = NONE
    capitals: Words = NONE
    at: Words = NONE
    at_rate: Words = NONE
    rates: Words = NONE
    dot: Words = NONE
    address_signs: Words = NONE
    underscores: Words = NONE
    mail_hosts: Words = NONE
    upi_handles: Words = NONE
    host_ends: Words = NONE
    host_regions: Words = NONE
    months: Words = NONE
    months_too: Words = NONE
    weekdays: Words = NONE
    days: Words = NONE
    ordinals: Words = NONE
    ranges: Words = NONE
    dated: Words = NONE
    clock: Words = NONE
    parts_of_day: Words = NONE
    before_hours: Words = NONE
    numbered: Words = NONE
    area_codes: Words = NONE
    localities: Words = NONE
    beside: Words = NONE
    cities: Words = NONE
    names: Words = NONE
    titles: Words = NONE
    introductions: Words = NONE
    named: Words = NONE
