"""Numbers of a known kind, said in digits: a mobile number has ten of them, a PIN code six."""

from collections.abc import Collection, Sequence

from shared.languages.answers.characters import Run, last_run
from shared.languages.answers.kinds import NUMBER_KINDS, AnswerKind, Completeness
from shared.languages.answers.vocabulary import ANSWER
from shared.languages.number_kinds import LENGTHS

_MOBILE = ("6", "7", "8", "9")  # first digits in India
_LEAST_REFERENCE = 4  # digits
_CARD = ("4", "5", "6")  # first digits of most cards
_LONG = 3  # digits in a row that are a number in any sentence
_USUAL = {NUMBER_KINDS[name]: frozenset(lengths) for name, lengths in LENGTHS.items()}
_LENGTHS = _USUAL | {AnswerKind.REFERENCE: frozenset(range(_LEAST_REFERENCE, 21))}
FIXED = frozenset(
    {
        *(AnswerKind.PHONE_NUMBER, AnswerKind.PIN_CODE, AnswerKind.OTP, AnswerKind.PIN),
        *(AnswerKind.CVV, AnswerKind.CARD_NUMBER, AnswerKind.AADHAAR, AnswerKind.ACCOUNT_NUMBER),
        *(AnswerKind.PNR, AnswerKind.REFERENCE, AnswerKind.NUMBER),
    }
)


def number(
    words: Sequence[str], run: Run, kind: AnswerKind, lengths: Collection[int]
) -> Completeness:
    """The completeness of a number of this kind, which the words end with."""
    if run.opens:
        return Completeness.OPEN
    earlier = _corrected(words, run)
    digits = run.text
    if kind is AnswerKind.QUANTITY:
        return Completeness.EXTENDABLE if digits.endswith("0") else Completeness.ANY
    if kind is AnswerKind.PHONE_NUMBER:
        level = _fits(len(digits.lstrip("+")), lengths_of_phone(run), digits)
    elif kind is AnswerKind.NUMBER and not lengths:
        level = unasked(run, announced=True)
    else:
        level = _fits(len(digits), lengths or _LENGTHS[kind], digits)
    if earlier and level is Completeness.OPEN and len(earlier.text) > len(digits):
        return Completeness.EXTENDABLE  # the last digits once more
    return level


def unasked(run: Run, *, announced: bool) -> Completeness:
    """The completeness of a number of an unknown kind.

    Args:
        run: Its digits.
        announced: Whether it is known to be one that is said in digits, and not how many.
    """
    if run.opens:
        return Completeness.OPEN
    count = len(run.text.lstrip("+"))
    if is_mobile(run.text):
        if count < _LONG and not announced and not run.text.startswith("+"):
            return Completeness.EXTENDABLE
        level = _fits(count, (*lengths_of_phone(run), 12, 16), run.text, sure=(10, 12, 16))
    else:
        level = Completeness.WHOLE if count in (12, 16) else Completeness.EXTENDABLE
    may_be_card = count == 12 and run.text.startswith(_CARD)
    return Completeness.EXTENDABLE if may_be_card else level


def is_long(run: Run) -> bool:
    """Whether it has so many digits that it is a number in any sentence."""
    return len(run.text) >= _LONG


def is_number(run: Run) -> bool:
    """Whether it is the beginning of one in any sentence that tells a number."""
    return is_long(run) or is_mobile(run.text)


def is_mobile(digits: str) -> bool:
    """Whether it may be the beginning of a mobile number."""
    if digits.startswith(("+", "91")):
        return True
    return digits.removeprefix("0").startswith(_MOBILE)


def lengths_of_phone(run: Run) -> tuple[int, ...]:
    """How many digits a phone number may have that begins like this."""
    bare = run.text.lstrip("+")
    if run.text.startswith("+"):
        return (12,) if "91".startswith(bare[:2]) else tuple(range(8, 16))
    if bare.startswith("0091"):
        return (14,)
    if bare.startswith("091") and len(bare) > len("091") and bare[3] in _MOBILE:
        return (11, 13)
    if bare.startswith("0"):
        return (11,)
    if bare.startswith("91") and bare[2:3] in ("", *_MOBILE):
        said_apart = run.groups[0] == "91" and any(len(group) > 2 for group in run.groups)
        return (12,) if said_apart else (10, 12)
    if bare.startswith(("1800", "1860")):
        return (10, 11)
    if bare.startswith(_MOBILE):
        return (10,)
    return (8, 10)  # of a landline, without and with its area code


def _fits(
    count: int, lengths: Collection[int], text: str = "", sure: Collection[int] = ()
) -> Completeness:
    most = max(lengths)
    if count == most or count in sure:
        return Completeness.WHOLE
    if count > most:
        once, twice = text[:most], text[most:]  # said again, to be sure
        again = once.startswith(twice) and once != twice
        return Completeness.EXTENDABLE if again else Completeness.WHOLE
    return Completeness.EXTENDABLE if count in lengths else Completeness.OPEN


def _corrected(words: Sequence[str], run: Run) -> Run | None:
    """The number before that this one puts right."""
    begin = run.begin
    if not begin or words[begin - 1] not in ANSWER.corrections:
        return None
    while begin and words[begin - 1] in ANSWER.corrections:
        begin -= 1
    return last_run(words[:begin])
