"""Who speaks first: the rule by which the bot's opening begins, over what is heard of the person.

It knows no clock: all its times are seconds of whatever clock the user of it reads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from shared.telephony.connect_mode import ConnectMode

RING_SECS = 45.0  # for which Exotel rings when nobody told it; its documents say 30
DIAL_SECS = 15.0  # from the open socket until the person's phone rings
HELLO_SECS = 0.8  # after the answer, in which the person may say hello first
PAUSE_SECS = 0.3  # after the voice detector's own 0.2 s of silence: they have said it
LONGEST_SECS = 3.0  # of noise or speech at the answer; the opening waits no longer
OVERLAP_SECS = 1.0  # a hello into the first second of the opening is no interruption of it
ANNOUNCEMENT_SECS = 12.0  # for a call screen, or an operator, to come to an end
ANNOUNCEMENT_PAUSE_SECS = 1.0  # of silence: then it has
UNHEARD_SECS = 5.0  # for an opening to become sound; from then on the person is answered
LATE_WORDS_SECS = 2.0  # from the end of the hello to its transcript, with the slowest recognition


@dataclass(frozen=True, slots=True)
class AtOnce:
    """The opening begins with the call: the person rang us."""


@dataclass(frozen=True, slots=True)
class AfterHello:
    """The person has just answered: they may say hello first, and the opening answers it.

    Args:
        passed: Seconds since the answer, when the pipeline starts.
    """

    passed: float = 0.0


@dataclass(frozen=True, slots=True)
class WhenSpokenTo:
    """The person is still being dialled: nothing is said until there are words of theirs.

    A voice is not enough: ringback, caller tunes and line noise pass for one.

    Args:
        ring_secs: Seconds from the start of the stream, after which nobody will answer.
        on_nobody: Called once, when they have passed without a word.
    """

    ring_secs: float
    on_nobody: Callable[[], None]


OpeningPolicy = AtOnce | AfterHello | WhenSpokenTo


def opening_policy_for(
    mode: ConnectMode | None,
    *,
    passed: float,
    ring_secs: int | None,
    on_nobody: Callable[[], None],
) -> OpeningPolicy:
    """Who speaks first: whoever rang us is greeted at once, whoever we rang may say hello.

    Args:
        mode: How the call was dialled; None if it came in.
        passed: Seconds since the socket opened.
        ring_secs: For which the phone rings, if anybody told Exotel.
        on_nobody: Called when nobody answers.
    """
    if mode is None:
        return AtOnce()
    if mode.traits.opens_on_answer:
        return AfterHello(passed)
    return WhenSpokenTo((ring_secs or RING_SECS) + DIAL_SECS, on_nobody)


class HelloTimer:
    """Waits for the hello of somebody whom we rang, and tells it from what they say later.

    Args:
        opening_policy: What is waited for.

    Attributes:
        due: When the wait ends, as far as is known by now.
        over: Whether what is heard from here on is for the bot to answer.
    """

    def __init__(self, opening_policy: AfterHello | WhenSpokenTo) -> None:
        self.due = inf
        self.over = False
        self._needs_words = isinstance(opening_policy, WhenSpokenTo)
        match opening_policy:
            case AfterHello(passed):
                self._secs = HELLO_SECS - passed
            case WhenSpokenTo(ring_secs):
                self._secs = ring_secs
        self._nobody_at = inf  # when waiting for words makes no more sense
        self._pause = PAUSE_SECS
        self._latest = inf  # once somebody is noticed
        self._hello_until = inf  # a voice that begins before says hello
        self._voice_since: float | None = None
        self._quiet_since = -inf
        self._late_until = -inf

    def start(self, now: float) -> None:
        """Take note that the call has begun."""
        self.due = self._nobody_at = now + self._secs

    @property
    def nobody(self) -> bool:
        """Whether the wait has been for words, and there were none."""
        return self._needs_words and self._latest == inf

    def voice(self, now: float) -> bool:
        """Take note of what sounds like a voice; tell whether it counts as the hello."""
        if now >= self._hello_until:
            self.over = True
            return False
        self._voice_since = now
        if not self._needs_words:
            self._notice(now)
        if self._latest < inf:
            self.due = self._latest
        return True

    def quiet(self, now: float) -> None:
        """Take note that the voice has stopped."""
        if now < self._words_until():  # else it was more than a hello
            self._late_until = now + LATE_WORDS_SECS
        self._voice_since, self._quiet_since = None, now
        if self._latest < inf:
            self.due = min(self._latest, now + self._pause)

    def words(self, now: float, *, final: bool) -> bool:
        """Take note of a transcript; tell whether it counts as the hello.

        Args:
            now: When it came.
            final: Whether it covers all that was said; else more of it is on its way.
        """
        if now >= self._words_until():
            self.over = True
            return False
        self._notice(now)
        if self._voice_since is not None:
            self.due = self._latest
        else:
            said_by = self._quiet_since if final else now
            self.due = min(self._latest, said_by + self._pause)
        return True

    def forget(self) -> None:
        """Take note that what was noticed was not the person: the phone still rings."""
        self._latest = inf
        self.due = self._nobody_at

    def wait_for_announcement(self, now: float) -> None:
        """Take note that a machine speaks, which goes on after its pauses."""
        self._latest = now + ANNOUNCEMENT_SECS
        self._pause = ANNOUNCEMENT_PAUSE_SECS
        self.due = self._latest if self._voice_since is not None else now + self._pause

    def begin(self, now: float) -> None:
        """Take note that the opening is on its way."""
        self._hello_until = now + UNHEARD_SECS

    def heard(self, now: float) -> None:
        """Take note that the opening has become sound."""
        self._hello_until = now + OVERLAP_SECS

    def finished(self, now: float) -> None:
        """Take note that the opening has been said."""
        self._hello_until = min(self._hello_until, now)

    def _notice(self, now: float) -> None:
        if self._latest == inf:
            self._latest = now + LONGEST_SECS

    def _words_until(self) -> float:
        """Until when words are those of a hello: one still being said, or one just said."""
        if self._voice_since is not None:
            return max(self._hello_until, self._voice_since + OVERLAP_SECS)
        return max(self._hello_until, self._late_until)
