"""The numbers of Hindi; up to 99 each one is a word of its own."""

from shared.languages.normalization.locale import Number

# Spelled as the Central Hindi Directorate spells them, where usage varies.
_LIST = """
    शून्य एक दो तीन चार पाँच छह सात आठ नौ
    दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस
    बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस
    तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस
    चालीस इकतालीस बयालीस तैंतालीस चौवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास
    पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ
    साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर
    सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उनासी
    अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी
    नब्बे इक्यानवे बानवे तिरानवे चौरानवे पचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे
"""
WORDS = tuple(_LIST.split())
DIGITS = WORDS[:10]

_STEPS = ((10_000_000, "करोड़"), (100_000, "लाख"), (1_000, "हज़ार"), (100, "सौ"))


def cardinal(number: int) -> str:
    """A whole number in words: 125000 is "एक लाख पच्चीस हज़ार"."""
    for size, name in _STEPS:
        if number >= size:
            many, rest = divmod(number, size)
            words = f"{cardinal(many)} {name}"
            return f"{words} {cardinal(rest)}" if rest else words
    return WORDS[number]


def year(number: int) -> str:
    """A year: "उन्नीस सौ सैंतालीस", but "दो हज़ार छब्बीस"."""
    if not 1100 <= number <= 1999:
        return cardinal(number)
    hundreds, rest = divmod(number, 100)
    words = f"{WORDS[hundreds]} सौ"
    return f"{words} {WORDS[rest]}" if rest else words


def halves(number: Number) -> str:
    """Halves as they are counted below 100, "" for everything else: 1.5 is "डेढ़"."""
    if number.fraction not in ("5", "50") or len(number.whole) > 2:
        return ""
    return halved(int(number.whole))


def halved(whole: int) -> str:
    """A half more than `whole`, on the scales and on the clock."""
    match whole:
        case 0:
            return "आधा"
        case 1:
            return "डेढ़"
        case 2:
            return "ढाई"
        case _:
            return f"साढ़े {WORDS[whole]}"
