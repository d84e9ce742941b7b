"""The lines of the scripted demo: what it asks at each step, and what may be answered there."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from shared.providers.offline.grammar import Phrase

OPENING = (
    "Hello! I am a scripted demo, no AI model is running. "
    "You can say: opening hours, book an appointment, or talk to an agent. Or press 1 or 2."
)
HOURS = (
    "We are open from Monday to Friday, from nine in the morning until six in the evening, "
    "and on Saturday until two. What else can I do for you?"
)
AGENT = "This is only a demo, so there is no agent to take over."
BOOKED = "You are booked for {day}. What else can I do for you?"
NOT_BOOKED = "I am sorry, that was not booked."
BOOKING = "One moment, please."
SORRY = "Sorry, I did not catch that."
SORRY_AGAIN = "Sorry, I still did not catch that."
GIVING_UP = "I am sorry, I cannot understand you on this line. Goodbye."
GREETING = "Hello."
ALL_RIGHT = "All right."
GOODBYE = "Thank you for calling. Goodbye!"

# To somebody whom the bot has rung. The persona's own opening says why.
NOTED = "Thank you, {day} is noted. Is there anything else?"
FAREWELL = "Thank you for your time. Goodbye!"


class Step(Enum):
    """Where in the conversation the bot is: what it has asked."""

    MENU = auto()  # whoever rang the bot
    DAY = auto()
    CONFIRM = auto()
    WHEN = auto()  # whom the bot rang
    AGREE = auto()
    MORE = auto()


@dataclass(frozen=True, slots=True)
class Question:
    """What the bot asks at a step.

    Attributes:
        spoken: The question.
        keys: The same question when only keys will do.
        phrases: What the caller may say.
        keypad: What the keys stand for.
    """

    spoken: str
    keys: str
    phrases: tuple[Phrase, ...]
    keypad: Mapping[str, Phrase]


DAYS = (Phrase.MONDAY, Phrase.TUESDAY, Phrase.WEDNESDAY, Phrase.THURSDAY, Phrase.FRIDAY)
_REQUESTS = (Phrase.OPENING_HOURS, Phrase.BOOK)
_ALWAYS = (Phrase.AGENT, Phrase.REPEAT, Phrase.WAIT, Phrase.GOODBYE)
_KEYPAD_ALWAYS = {"0": Phrase.AGENT, "9": Phrase.GOODBYE, "*": Phrase.REPEAT}

_KEYPAD_DAYS = {str(key): day for key, day in enumerate(DAYS, start=1)}

_WHEN = Question(  # fits whatever the opening was about
    spoken="Please say a day from Monday to Friday, or goodbye.",
    keys="Please press a key from 1 for Monday to 5 for Friday, or 9 to end the call.",
    phrases=(*DAYS, Phrase.YES, Phrase.NO, Phrase.HELLO, *_ALWAYS),
    keypad={**_KEYPAD_DAYS, **_KEYPAD_ALWAYS},
)

QUESTIONS: Mapping[Step, Question] = {
    Step.MENU: Question(
        spoken="You can say: opening hours, book an appointment, or talk to an agent.",
        keys="Please press 1 for opening hours, 2 to book an appointment, or 9 to end the call.",
        phrases=(*_REQUESTS, Phrase.HELLO, *_ALWAYS),
        keypad={"1": Phrase.OPENING_HOURS, "2": Phrase.BOOK, **_KEYPAD_ALWAYS},
    ),
    Step.DAY: Question(
        spoken="Which day would you like, Monday to Friday?",
        keys="Please press a key from 1 for Monday to 5 for Friday.",
        phrases=(*DAYS, *_REQUESTS, *_ALWAYS),
        keypad={**_KEYPAD_DAYS, **_KEYPAD_ALWAYS},
    ),
    Step.CONFIRM: Question(
        spoken="{day}, is that right?",
        keys="Please press 1 to book {day}, or 2 to choose another day.",
        phrases=(Phrase.YES, Phrase.RIGHT, Phrase.NO, *_REQUESTS, *_ALWAYS),
        keypad={"1": Phrase.YES, "2": Phrase.NO, **_KEYPAD_ALWAYS},
    ),
    Step.WHEN: _WHEN,
    Step.AGREE: Question(
        spoken="{day}, is that right?",
        keys="Please press 1 for yes, or 2 for another day.",
        phrases=(Phrase.YES, Phrase.RIGHT, Phrase.NO, *DAYS, Phrase.HELLO, *_ALWAYS),
        keypad={"1": Phrase.YES, "2": Phrase.NO, **_KEYPAD_ALWAYS},
    ),
    Step.MORE: _WHEN,  # where "no" ends the call
}
