"""Digits that are said instead of typed: read, or masked; in English, Hindi and both mixed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared.languages.hindi import numbers, roman_numbers
from shared.languages.word_split import strip_nukta

MASK = "[digits]"  # what the LLM sees of them
LEAST = 4  # digits in a row that are a number of unknown length, among other words

_ENGLISH = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
_ENGLISH += "fifteen sixteen seventeen eighteen nineteen"
_ROMAN_HINDI = """
    shunya=0 sifar=0 ek=1 teen=3 char=4 chaar=4 paanch=5 panch=5 chhah=6 chhe=6 che=6 chah=6
    saat=7 aath=8 nau=9 das=10
"""
_OTHER_SPELLINGS = """
    oh=0 nought=0 naught=0 niner=9 जीरो=0 सिफर=0 पांच=5 छः=6 छ=6 छे=6 ग्यारा=11 बारा=12 वन=1 टू=2
    थ्री=3 फोर=4 फाइव=5 सिक्स=6 सेवन=7 एट=8 नाइन=9
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SCALES = {"hundred": 100, "thousand": 1_000, "सौ": 100, "हजार": 1_000, "hazaar": 1_000}
_SCALES |= {"sau": 100, "hazar": 1_000, "hajar": 1_000, "hajaar": 1_000}
_TIMES = {"double": 2, "triple": 3, "treble": 3, "डबल": 2, "ट्रिपल": 3}
# Digits only beside others: "to" and "for" are what a recogniser writes for 2 and 4, "do" and "दो"
# are 2, and also ask for something.
_AMBIGUOUS = {"to": "2", "too": "2", "do": "2", "दो": "2", "for": "4", "ate": "8", "won": "1"}
_AMBIGUOUS |= {"o": "0", "tree": "3"}
# Likewise, or if it is all that is said: "which one", "one moment".
_ONE = frozenset({"one", "ek", "एक", "वन"})
_BESIDE = _ONE | _AMBIGUOUS.keys()
# They may stand around an answer; anything else makes it more than an answer.
_FILLERS = frozenset(
    """my the is it its it's that's are was pin number code password passcode otp digit digits mpin
    ok okay yes yeah yep uh um er so well here sure please sir madam and then have i
    mera meri mere hai ji haan han toh to number aur phir sahab
    मेरा मेरी मेरे पिन नंबर कोड ओटीपी पासवर्ड है हैं जी हाँ हां तो और फिर अच्छा ये यह वो वह ठीक""".split()  # noqa: SIM905
)
# Who says one of these has a question, or takes something back.
_DOUBTS = frozenset(
    """what which why how who where when can could would should do does did don't dont not no isn't
    wrong sorry wait change forgot forget forgotten lost
    kya kaun kyon kyu kaise kab kahan nahi nahin galat bhool
    क्या कौन क्यों कैसे कब कहां कहाँ नहीं गलत भूल रुकिए माफ""".split()  # noqa: SIM905
)
_ASKS = frozenset({"is", "was", "are", "kya", "क्या"})  # as the first word
_ENDS = {"hash": "#", "pound": "#", "हैश": "#", "star": "*", "स्टार": "*"}
_NAMES_LENGTH = frozenset("digit digits figure figures ank anko ankon अंक अंकों डिजिट".split())  # noqa: SIM905
_TOKEN = re.compile(r"[^\s.,;:!?…।\"()\[\]/–—-]+")


def _numbers() -> dict[str, int]:
    """Every number word, spelled as it is looked up, with its value."""
    known = {word: value for value, word in enumerate(_ENGLISH.split())}
    known |= {word: value for value, word in zip(range(20, 100, 10), _TENS.split(), strict=True)}
    known |= {strip_nukta(word): value for value, word in enumerate(numbers.WORDS)}
    for pair in (_ROMAN_HINDI + _OTHER_SPELLINGS).split():
        word, _, value = pair.partition("=")
        known[word] = int(value)
    return {word: value for word, value in known.items() if word not in _AMBIGUOUS}


NUMBERS = _numbers()


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, where it stands, and whether it is said of a number."""

    word: str
    start: int
    end: int
    counts: bool


def mask_digits(text: str) -> str:
    """The text with every number in it masked, whether written in digits or in words."""
    masked, at = [], 0
    for run in _runs(_tokens(text)):
        masked += [text[at : run[0].start], MASK]
        at = run[-1].end
    return "".join((*masked, text[at:]))


def only_digits(text: str) -> bool:
    """Whether a masked text says nothing but digits."""
    return bool(text) and not text.replace(MASK, "").strip()


def spoken_keys(text: str, length: int) -> str:
    """The keys that somebody says who was asked for `length` of them, 0 for any number; or "".

    They are an answer if nothing else is said but what goes with it ("my PIN is …"), however many
    they are: as with a keypad, the rest may follow. Among other words they must be as many as
    asked for, and what goes with them no question and no doubt.
    """
    tokens = _tokens(text)
    if tokens and tokens[0].word in _ASKS:
        return ""
    runs = [_keys(run) for run in _runs(tokens)]
    others = {token.word for token in tokens if not token.counts} - _FILLERS
    ends = "".join(_ENDS[word] for word in others if word in _ENDS)
    if others <= _ENDS.keys():
        return _once(runs) + ends
    if "?" in text or others & _DOUBTS:
        return ""
    fitting = [run for run in runs if (len(run) == length if length else len(run) >= LEAST)]
    return fitting[0] if len(fitting) == 1 else ""


def _once(runs: Sequence[str]) -> str:
    """What is said twice, to be sure, counts once."""
    said = "".join(runs)
    half = said[: len(said) // 2]
    return half if len(half) >= LEAST and half * 2 == said else said


def _tokens(text: str) -> list[_Token]:
    found = [(strip_nukta(each[0].lower()), *each.span()) for each in _TOKEN.finditer(text)]
    words = [word for word, _, _ in found]
    counts = [_counts(words, place) for place in range(len(words))]
    for places in (range(len(words)), range(len(words) - 1, -1, -1)):
        for place in places:
            counts[place] |= words[place] in _BESIDE and any(
                counts[beside] for beside in (place - 1, place + 1) if 0 <= beside < len(words)
            )
    if not any(counts) and set(words) - _ONE <= _FILLERS:
        counts = [word in _ONE for word in words]
    return [_Token(*each, counts=number) for each, number in zip(found, counts, strict=True)]


def _counts(words: Sequence[str], place: int) -> bool:
    """Whether a word is a number by itself, or multiplies the one beside it."""
    word = words[place]
    beside = [*words[max(place - 1, 0) : place], *words[place + 1 : place + 2]]
    known = _value(word) is not None
    if known and words[place + 1 : place + 2] and words[place + 1] in _NAMES_LENGTH:
        return (
            place > 0 and _value(words[place - 1]) is not None
        )  # "four digit", no "1 2 3 4 digits"
    if word in {*_SCALES, *_TIMES}:
        return any(map(_is_number, beside))
    return known and word not in _ONE


def _is_number(word: str) -> bool:
    return _value(word) is not None or word in _SCALES or word in _AMBIGUOUS


def _value(word: str) -> int | None:
    if word.isdecimal():
        return int(word)
    return NUMBERS[word] if word in NUMBERS else roman_numbers.value_of(word)


def _runs(tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    """The numbers, each as the words of it that stand together."""
    run: list[_Token] = []
    for token in tokens:
        if token.counts:
            run.append(token)
        elif run and token.word not in {"and", "aur", "और"}:
            yield run
            run = []
    if run:
        yield run


def _keys(run: Sequence[_Token]) -> str:
    """The digits of a number: "double five 24 sixty eight" is 552468, "five hundred" is 500."""
    words = [token.word for token in run]
    if any(word in _SCALES for word in words):
        return str(_cardinal(words))
    keys, times, tens = "", 1, False
    for word in words:
        if word in _TIMES:
            times = _TIMES[word]
            continue
        digits = _digits(word)
        if tens and len(digits) == 1 and digits != "0":  # "twenty" "four"
            keys = keys[:-1] + digits
        else:
            keys += digits * times
        times, tens = 1, word in _TENS.split()
    return keys


def _cardinal(words: Sequence[str]) -> int:
    total = current = 0
    for word in words:
        if (size := _SCALES.get(word, 0)) > 100:
            total, current = total + max(current, 1) * size, 0
        elif size:
            current = max(current, 1) * size
        elif word not in _TIMES:
            current += int(_digits(word))
    return total + current


def _digits(word: str) -> str:
    """ASCII digits of a word that counts."""
    if word.isdecimal():
        return "".join(str(int(digit)) for digit in word)
    return _AMBIGUOUS.get(word) or str(_value(word))
