"""Waits for the person behind a call screen, or behind an operator who connects.

It knows no clock: all its times are seconds of whatever clock the user of it reads.
"""

from math import inf

from shared.conversation.answering_machine.recognition import only_asks_to_wait
from shared.languages.machine_phrases import AnsweredBy

PERSON_SECS = 45.0  # from the latest words of a call screen, for the person to come
# For the LLM, which talks with whoever comes.
NOTE = (
    "A call screening assistant or an operator has answered, and hears what you say first. When "
    "the person comes to the phone, tell them in a sentence who you are and why you call."
)


class CallScreen:
    """Follows what is said from the moment at which somebody asks who calls.

    Attributes:
        met: Whether there is one.
    """

    def __init__(self) -> None:
        self.met = False
        self._until = -inf

    def hear(self, text: str, machine: AnsweredBy | None, now: float) -> None:
        """Take note of words of the call screen's, or the operator's."""
        if machine or only_asks_to_wait(text):
            self.met = True
            self._until = now + PERSON_SECS

    def answered(self) -> None:
        """Take note that somebody talks with the bot."""
        self._until = -inf

    def person_may_come(self, now: float) -> bool:
        """Whether nobody is to be asked whether they are still there."""
        return now < self._until

    def only_asks_to_wait(self, text: str) -> bool:
        """Whether it says "stay on the line", which wants no answer."""
        return self.met and only_asks_to_wait(text)
