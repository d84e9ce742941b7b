"""The kinds of answers that a bot asks for, and how complete the words of one can be."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto


class AnswerKind(StrEnum):
    """The kind of an answer, by the name that a tool or a persona gives it."""

    OPEN = "open"  # anything
    YES_NO = "yes_no"
    PHONE_NUMBER = "phone_number"
    PIN_CODE = "pin_code"  # of an address
    OTP = "otp"
    PIN = "pin"
    CVV = "cvv"
    CARD_NUMBER = "card_number"
    AADHAAR = "aadhaar_number"
    PAN = "pan_number"
    ACCOUNT_NUMBER = "account_number"
    PNR = "pnr"
    REFERENCE = "reference_number"  # of an order, a ticket, a policy …
    NUMBER = "number"  # of whatever
    VEHICLE = "vehicle_number"
    IFSC = "ifsc_code"
    PASSPORT = "passport_number"
    VOTER_ID = "voter_id"
    GSTIN = "gstin"
    QUANTITY = "quantity"
    AMOUNT = "amount"
    DATE = "date"
    TIME = "time"
    EMAIL = "email"
    SPELLING = "spelling"
    NAME = "name"
    ADDRESS = "address"


class Completeness(Enum):
    """The completeness of a caller's words, and how much silence it takes until they are a turn.

    Attributes:
        WHOLE: By its form nothing is missing: the answer may come at once.
        ANY: Nobody can tell by the words: the sound decides, and about half a second of silence. A
            bare yes to a question that a yes answers is one too, for often its reason follows.
        EXTENDABLE: Whole as it is, but more is often said behind it: about 0.75 s.
        OPEN: Something is missing: up to about 1.7 s.
    """

    WHOLE = auto()
    ANY = auto()
    EXTENDABLE = auto()
    OPEN = auto()


@dataclass(frozen=True, slots=True)
class ExpectedAnswer:
    """An answer that has been asked for.

    Attributes:
        kind: What kind of one.
        lengths: How many digits or characters it may have; empty for as many as the kind usually
            has. Of a date, 4 among them means that it needs no year.
    """

    kind: AnswerKind
    lengths: frozenset[int] = frozenset()


WITH_YEAR = frozenset({6, 8})  # digits of a date that needs its year, as one of birth does

# By the names of `number_kinds.LENGTHS`.
NUMBER_KINDS: Mapping[str, AnswerKind] = {
    "phone": AnswerKind.PHONE_NUMBER,
    "post": AnswerKind.PIN_CODE,
    "otp": AnswerKind.OTP,
    "cvv": AnswerKind.CVV,
    "pin": AnswerKind.PIN,
    "aadhaar": AnswerKind.AADHAAR,
    "card": AnswerKind.CARD_NUMBER,
    "account": AnswerKind.ACCOUNT_NUMBER,
    "pnr": AnswerKind.PNR,
    "reference": AnswerKind.REFERENCE,
    "number": AnswerKind.NUMBER,
    "other": AnswerKind.NUMBER,
    "year": AnswerKind.NUMBER,
    "date": AnswerKind.DATE,
    "time": AnswerKind.TIME,
    "age": AnswerKind.QUANTITY,
    "rating": AnswerKind.QUANTITY,
    "amount": AnswerKind.AMOUNT,
    "quantity": AnswerKind.QUANTITY,
}


def answer_kind(name: str) -> AnswerKind:
    """The kind of that name.

    Raises:
        ValueError: If there is none.
    """
    try:
        return AnswerKind(name)
    except ValueError as error:
        kinds = ", ".join(AnswerKind)
        raise ValueError(f"{name!r} is no kind of answer; there are {kinds}") from error
