"""Amounts of money as people in India say them: in lakhs and crores, in hundreds, in halves."""

from random import Random

from benchmarks.hearing.texts.numbers import HINDI_COUNTS, english
from benchmarks.hearing.texts.texts import Both


def amount(dice: Random) -> Both:
    """An amount in English, "|" where one may pause."""
    some, more = english(dice.randrange(2, 60)), english(dice.randrange(11, 99))
    forms = (
        f"{english(dice.randrange(11, 20))} hundred",
        f"{some} thousand rupees",
        f"{some} lakh | {more} thousand rupees",
        f"{some} thousand | {dice.choice(('two', 'five'))} hundred rupees",
        f"{english(dice.randrange(2, 10))} crore | {some} lakh",
        f"five hundred | and {more} rupees",
    )
    return (dice.choice(forms),) * 2


def hindi_amount(dice: Random) -> Both:
    """An amount in Hindi, "|" where one may pause."""
    some, more = dice.choice(HINDI_COUNTS), dice.choice(HINDI_COUNTS)
    forms = (
        ("{0} सौ रुपये", "{0} sau rupaye"),
        ("{0} हज़ार रुपये", "{0} hazaar rupaye"),
        ("{0} लाख | {1} हज़ार रुपये", "{0} lakh | {1} hazaar rupaye"),
        ("साढ़े तीन हज़ार", "saadhe teen hazaar"),
    )
    spoken, written = dice.choice(forms)
    return spoken.format(some[0], more[0]), written.format(some[1], more[1])
