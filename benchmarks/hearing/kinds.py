"""The kinds of utterance that bots are tried with, in the order of the table."""

from enum import StrEnum


class Kind(StrEnum):
    """What an utterance is, and so what a bot has to make of it."""

    QUESTION = "complete questions"
    STATEMENT = "complete statements"
    YES_NO = "yes or no"
    NAME = "names"
    DAY = "days"
    QUANTITY = "small numbers"
    PHONE = "phone numbers"
    PIN = "PIN codes"
    OTP = "one-time passwords"
    CARD = "card numbers"
    AADHAAR = "Aadhaar numbers"
    IDENTITY = "identity numbers"
    REFERENCE = "references"
    AMOUNT = "amounts"
    DATE = "dates"
    TIME = "times"
    EMAIL = "e-mail addresses"
    SPELLING = "spelled names"
    ADDRESS = "addresses"
    OPEN = "open sentences"
    INTERRUPTION = "real interruptions"
    ASSENT = "assents"
    NOISE = "noises"
    ANSWER_NOISE = "noise after answer"
    OWN_ECHO = "the bot's echo, -25 dB"


OVER_THE_BOT = (Kind.INTERRUPTION, Kind.ASSENT, Kind.NOISE)  # they come while the bot speaks
OF_THE_LINE = (Kind.ANSWER_NOISE, Kind.OWN_ECHO)  # no utterances: the line makes them
ANSWERED = tuple(kind for kind in Kind if kind not in (*OVER_THE_BOT, *OF_THE_LINE))
ANSWERS_TO_ANYTHING = (Kind.QUESTION, Kind.STATEMENT, Kind.OPEN)  # whatever was asked
FIGURES = (Kind.PHONE, Kind.PIN, Kind.OTP, Kind.CARD, Kind.AADHAAR)  # as some STTs write them
