"""Whether words sound as if more of them were to come: in English and in Hindi."""

from enum import Enum, auto


class Said(Enum):
    """What a caller's words look like when they pause."""

    OPEN = auto()  # they stop in the middle
    CODE = auto()  # as many digits as a PIN or an OTP has, which may be a part of a phone number
    SHORT = auto()  # a whole answer of a word or two
    ANY = auto()  # nobody can tell


PHONE_DIGITS = 10  # of a number in India, without its prefix
CODES = (4, 6)  # digits
SHORT_WORDS = 3

_AROUND = ".,;:!?…।\"'()-"  # a word
_DIGITS = frozenset(
    """zero oh nought one two three four five six seven eight nine
    शून्य जीरो ज़ीरो एक दो तीन चार पांच पाँच छह छः छे सात आठ नौ
    shunya ek do teen char paanch panch chhah che saat aath nau""".split()  # noqa: SIM905
)
_TIMES = {"double": 2, "triple": 3, "डबल": 2, "ट्रिपल": 3}
_GO_ON = frozenset(
    """a an the my your his her our their this that these those some any
    and or but because if so when which who what whose where than as
    to for from of in on at with about by into until
    i we you he she they it is are am was were be been has have had do does did
    can could will would shall should may might must want wants need like want wanna please
    um uh er erm well actually maybe let tell
    मेरा मेरी मेरे मुझे मुझको हमें आपका आपकी और या कि अगर तो क्योंकि लेकिन पर का की के को से में वो यह ये मैं हम जो
    mera meri mere mujhe aur ya ki agar kyunki lekin par ka ke ko se mein main hum jo
    matlab""".split()  # noqa: SIM905
)
# One of those above, and yet a whole answer.
_WHOLE = frozenset("please this that these those maybe what who where when which do did".split())  # noqa: SIM905
_PAIRS = frozenset(("tell me", "give me", "show me", "let me", "call me", "send me", "ask you"))
_ANSWERS = frozenset("yes no yeah yep nope ok okay haan han ji nahi nahin हाँ हां जी नहीं".split())  # noqa: SIM905


def look_of(text: str) -> Said:
    """What the words look like that have been said so far."""
    words = [bare for word in text.lower().split() if (bare := word.strip(_AROUND))]
    digits = _trailing_digits(words)
    if digits in CODES:
        return Said.CODE
    if 3 <= digits < PHONE_DIGITS:
        return Said.OPEN
    short = 0 < len(words) <= SHORT_WORDS
    if short and words[0] in _ANSWERS or len(words) == 1 and words[0] in _WHOLE:
        return Said.SHORT
    if words and (words[-1] in _GO_ON or " ".join(words[-2:]) in _PAIRS):
        return Said.OPEN
    return Said.SHORT if short else Said.ANY


def _trailing_digits(words: list[str]) -> int:
    """How many digits the words end with: `nine double eight 7 6` are five."""
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
            break
    return count
