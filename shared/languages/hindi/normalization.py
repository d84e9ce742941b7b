"""Rules by which Hindi is spoken; the English words in it stay as they are."""

from dataclasses import replace
from types import MappingProxyType
from unicodedata import normalize

from shared.languages.hindi.numbers import (
    DIGITS,
    WORDS,
    cardinal,
    halved,
    halves,
    year,
)
from shared.languages.hindi.vocabulary import (
    COUNTED,
    CURRENCIES,
    FORMULA,
    MONTHS,
    NAMING,
    SCALES,
    UNITS,
    WEB,
    WEEKDAYS,
    ZEROS,
)
from shared.languages.normalization.codes import code_rules, mask_rules, plate_rules
from shared.languages.normalization.dates import date_rules
from shared.languages.normalization.formulas import formula_rules
from shared.languages.normalization.locale import Clock, Date, Locale
from shared.languages.normalization.money import money_rules
from shared.languages.normalization.numerals import AFTER, BEFORE
from shared.languages.normalization.phones import phone_rules
from shared.languages.normalization.quantities import quantity_rules
from shared.languages.normalization.rules import Rule, rule
from shared.languages.normalization.short_dates import short_date_rules
from shared.languages.normalization.times import time_rules
from shared.languages.normalization.web import web_rules
from shared.languages.normalization.weekdays import weekday_rules
from shared.languages.normalization.written_words import WrittenWords

_SHORT = (
    (r"(?<![A-Za-z])(?:Dr|DR|dr)(?:\.[ ]?|[ ])(?=[A-Z\u0900-\u097f(])", "डॉक्टर "),
    (r"(?<![A-Za-z])Dr\.[ ]?$", "डॉक्टर"),
    (r"(?<![A-Za-z])Mr\.[ ]?(?=[A-Z\u0900-\u097f])", "मिस्टर "),
    (r"(?<![A-Za-z])Mrs\.[ ]?(?=[A-Z\u0900-\u097f])", "मिसेज़ "),
    (r"(?<![A-Za-z])Smt\.[ ]?(?=[A-Z\u0900-\u097f])", "श्रीमती "),
    (r"(?<![\u0900-\u097f])डॉ(?:\.|(?=[ ]))", "डॉक्टर"),
    (r"(?<![\u0900-\u097f])(?:नं|न)\.[ ]?(?=[0-9])", "नंबर "),
    (r"(?<![A-Za-z])[Nn]o\.[ ]?(?=[0-9])", "नंबर "),
    (r"#[ ]?(?=[0-9])", "नंबर "),
    (rf"{BEFORE}24(?:/|x|×)7(?![0-9A-Za-z/])", "चौबीसों घंटे सातों दिन"),
    (rf"{BEFORE}1/2{AFTER}(?!/)", "आधा"),
    (r"~[ ]?(?=[0-9₹])", "लगभग "),
)
_SIGNS = (
    (r"(?<=\w)&(?=\w)", " और "),
    ("&", "और"),
    (r"(?<=\S)[ ]?×[ ]?(?=\S)", " गुणा "),
    (r"(?<!\S)\*(?=[ ]?(?:दबा|बटन))", "स्टार"),
    (r"(?<!\S)\*(?!\S)[ ]?", ""),
    (r"(?<!\S)#(?=[\s,.!?]|$)", "हैश"),
)

_DEVANAGARI = str.maketrans("०१२३४५६७८९", "0123456789")

# A word with ड़ and the like as one character; our tables have two, as Unicode prefers.
_OTHER_CODES = r"[\u0900-\u097f]*[\u0958-\u095f][\u0900-\u097f]*"

_ORDINAL = rf"{BEFORE}([0-9]{{1,3}})[ -]?(व(?:ाँ|ां|ीं|ी|ें|े))(?![\u0900-\u097f])"


def hindi_rules(_region: str, written: WrittenWords) -> list[Rule]:
    """Every rule for Hindi, in their order; it is the same in every region."""
    locale = replace(_LOCALE, written=written)
    return [
        rule("[०-९]+", lambda found: found[0].translate(_DEVANAGARI)),
        rule(_OTHER_CODES, lambda found: normalize("NFC", found[0])),
        *formula_rules(FORMULA),
        *web_rules(locale),
        *plate_rules(DIGITS, written),
        *mask_rules(DIGITS, "आख़िरी अंक ", written),
        *weekday_rules(WEEKDAYS, "से", written),
        *short_date_rules(locale),
        *(rule(pattern, words) for pattern, words in _SHORT),
        *date_rules(locale),
        *time_rules(locale),
        *money_rules(locale),
        *phone_rules(DIGITS, "प्लस "),
        *code_rules(locale),
        rule(_ORDINAL, lambda found: _ordinal(int(found[1]), found[2])),
        *quantity_rules(locale),
        *(rule(pattern, words) for pattern, words in _SIGNS),
    ]


def _ordinal(number: int, suffix: str) -> str:
    """`5वीं` as "पाँचवीं"; the sixth is "छठी"."""
    return f"छठ{suffix[1]}" if number == 6 else f"{cardinal(number)}{suffix}"


def _date(date: Date) -> str:
    days = WORDS[date.day]
    if date.last_day:
        days = f"{days} से {WORDS[date.last_day]}"
    words = f"{days} {MONTHS[date.month - 1]}"
    return f"{words} {year(date.year)}" if date.year else words


def _clock(clock: Clock) -> str:
    """`10:30 am` as "सुबह साढ़े दस बजे", `18:20` as "शाम छह बजकर बीस मिनट"."""
    hour = clock.hour_of_dial
    match clock.minute:
        case 0:
            words = f"{WORDS[hour]} बजे"
        case 15:
            words = f"सवा {WORDS[hour]} बजे"
        case 30:
            words = f"{halved(hour)} बजे"
        case 45:
            words = f"पौने {WORDS[hour % 12 + 1]} बजे"
        case minute:
            words = f"{WORDS[hour]} बजकर {WORDS[minute]} मिनट"
    return f"{_part_of_day(clock)} {words}".lstrip()


def _part_of_day(clock: Clock) -> str:
    if clock.part or not (clock.half or not 1 <= clock.hour <= 12):
        return clock.part
    match clock.hour_of_day:
        case hour if 4 <= hour < 12:
            return "सुबह"
        case hour if 12 <= hour < 16:
            return "दोपहर"
        case hour if 16 <= hour < 20:
            return "शाम"
        case _:
            return "रात"


def _span(low: Clock, high: Clock) -> str:
    """The part of the day is said once, before the first time that is in it."""
    if high.half and not (low.half or low.part):
        earlier = low.hour % 12 < high.hour % 12
        other = "am" if high.half == "pm" else "pm"
        low = replace(low, half=high.half if earlier else other)
    last = _clock(high)
    if _part_of_day(low) == _part_of_day(high):
        last = last.removeprefix(_part_of_day(high)).lstrip()
    return f"{_clock(low)} से {last}"


_LOCALE = Locale(
    cardinal=cardinal,
    year=year,
    halves=halves,
    months=MONTHS,
    month_leads=False,
    date=_date,
    clock=_clock,
    span=_span,
    digits=DIGITS,
    point="दशमलव",
    minus="माइनस",
    plus="प्लस",
    to="से",
    by="बटा",
    percent="प्रतिशत",
    per="प्रति",
    and_parts=" ",
    scales=MappingProxyType(SCALES),
    zeros=MappingProxyType(ZEROS),
    currencies=MappingProxyType(CURRENCIES),
    units=MappingProxyType(UNITS),
    part_of_day="सुबह|दोपहर|शाम|रात",
    oclock="बजे",
    naming=NAMING,
    counted=COUNTED,
    web=MappingProxyType(WEB),
    written=WrittenWords(),
)
