"""Whether words sound as if more of them were to come: in English and in Hindi."""

from enum import Enum, auto

from shared.languages.word_split import bare_words


class Completeness(Enum):
    """What a caller's words look like when they pause."""

    OPEN = auto()  # they stop in the middle
    CODE = auto()  # as many digits as a PIN or an OTP has, which may be a part of a phone number
    FEW = auto()  # a digit or two, and nothing else
    SHORT = auto()  # a whole answer of a word or two
    ANY = auto()  # nobody can tell


PHONE_DIGITS = 10  # of a number in India, without its prefix
CODES = (4, 6)  # digits
SHORT_WORDS = 3

_DIGITS = frozenset(
    """zero oh nought one two three four five six seven eight nine
    शून्य जीरो ज़ीरो एक दो तीन चार पांच पाँच छह छः छे सात आठ नौ
    shunya ek do teen char paanch panch chhah che saat aath nau""".split()  # noqa: SIM905
)
_TIMES = {"double": 2, "triple": 3, "डबल": 2, "ट्रिपल": 3}
# Words, and pairs of them, that hardly ever end a sentence; and sentences that they do end.
_GO_ON = frozenset(
    """a an the my your his our their and or but because if is was i we to for from of at with about
    by into until um uh er erm actually maybe
    मेरा मेरी मेरे मुझे हमें आपका आपकी और या कि अगर क्योंकि लेकिन पर का की के को से में मैं हम जो
    mera meri mere mujhe aur ya ki agar kyunki lekin par ka ke ko se mein main hum jo
    matlab""".split()  # noqa: SIM905
)
_PAIRS = frozenset(
    (
        *("tell me", "give me", "show me", "send me", "let me"),
        *(
            "would like",
            "i'd like",
            "we'd like",
            "i want",
            "i need",
            "i have",
            "we need",
            "we want",
        ),
        *("can you", "could you", "will you", "would you", "do you", "what are", "how are"),
    )
)
_WHOLE = (
    "all i need",
    "all i want",
    "what i need",
    "what i want",
    "what it is",
    "it is",
    "this is",
)
_ANSWERS = frozenset("yes no yeah yep nope ok okay haan han ji nahi nahin हाँ हां जी नहीं".split())  # noqa: SIM905


def classify(text: str) -> Completeness:
    """What the words look like that have been said so far."""
    words = bare_words(text)
    digits, alone = _trailing_digits(words)
    if digits in CODES:
        return Completeness.CODE
    if 3 <= digits < PHONE_DIGITS:
        return Completeness.OPEN
    if alone and 0 < digits < 3:
        return Completeness.FEW
    short = 0 < len(words) <= SHORT_WORDS
    if words and _goes_on(words) and not text.rstrip().endswith("?"):
        return Completeness.OPEN
    return Completeness.SHORT if short else Completeness.ANY


def _goes_on(words: list[str]) -> bool:
    said = " ".join(words)
    if said.endswith(_WHOLE) or (words[0] in _ANSWERS and len(words) <= SHORT_WORDS):
        return False
    return words[-1] in _GO_ON or " ".join(words[-2:]) in _PAIRS


def _trailing_digits(words: list[str]) -> tuple[int, bool]:
    """How many digits the words end with, and whether there is nothing before them.

    `nine double eight 7 6` are five.
    """
    count = 0
    for position in range(len(words) - 1, -1, -1):
        word = words[position]
        if word.isdecimal():
            count += len(word)
        elif word in _DIGITS:
            count += 1
            if position and words[position - 1] in _TIMES:
                count += _TIMES[words[position - 1]] - 1
        elif word not in _TIMES:
            return count, False
    return count, True
