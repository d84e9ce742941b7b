"""The hello timer: when the opening of a call that we placed begins, by what the person says.

It knows no clock: all its times are seconds of whatever clock the user of it reads.
"""

from math import inf

from shared.conversation.greeting.policy import AfterHello, WhenSpokenTo

HELLO_SECS = 0.8  # after the answer, in which the person may say hello first
PAUSE_SECS = 0.3  # after the voice detector's own 0.2 s of silence: they have said it
LONGEST_SECS = 3.0  # of noise or speech at the answer; the opening waits no longer
OVERLAP_SECS = 1.0  # a hello into the first second of the opening is no interruption of it
ANNOUNCEMENT_SECS = 12.0  # for a call screen, or an operator, to come to an end
ANNOUNCEMENT_PAUSE_SECS = 1.0  # of silence: then it has
UNHEARD_SECS = 5.0  # for an opening to become sound; from then on the person is answered
LATE_WORDS_SECS = 2.0  # from the end of the hello to its transcript, with the slowest recognition


class HelloTimer:
    """The wait for the hello of somebody whom we rang, told from what they say later.

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
        """The call has begun."""
        self.due = self._nobody_at = now + self._secs

    @property
    def nobody(self) -> bool:
        """Whether the wait has been for words, and there were none."""
        return self._needs_words and self._latest == inf

    def end(self) -> None:
        """Wait for no hello any longer: what is heard from here on is for the bot to answer."""
        self.over = True

    def voice_started(self, now: float) -> bool:
        """A voice is heard; tells whether it counts as the hello."""
        if now >= self._hello_until:
            self.over = True
            return False
        self._voice_since = now
        if not self._needs_words:
            self._notice(now)
        if self._latest < inf:
            self.due = self._latest
        return True

    def voice_stopped(self, now: float) -> None:
        """The voice has stopped."""
        if now < self._words_until():  # else it was more than a hello
            self._late_until = now + LATE_WORDS_SECS
        self._voice_since, self._quiet_since = None, now
        if self._latest < inf:
            self.due = min(self._latest, now + self._pause)

    def transcribed(self, now: float, *, final: bool) -> bool:
        """A transcript has come; tells whether it counts as the hello.

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

    def keep_waiting(self) -> None:
        """Wait on: what was noticed was not the person, and the phone still rings."""
        self._latest = inf
        self.due = self._nobody_at

    def wait_for_announcement(self, now: float) -> None:
        """Wait until a machine has finished, which goes on after its pauses."""
        self._latest = now + ANNOUNCEMENT_SECS
        self._pause = ANNOUNCEMENT_PAUSE_SECS
        self.due = self._latest if self._voice_since is not None else now + self._pause

    def opening_began(self, now: float) -> None:
        """The opening is on its way."""
        self._hello_until = now + UNHEARD_SECS

    def opening_heard(self, now: float) -> None:
        """The opening has become sound."""
        self._hello_until = now + OVERLAP_SECS

    def opening_ended(self, now: float) -> None:
        """The opening has been said."""
        self._hello_until = min(self._hello_until, now)

    def _notice(self, now: float) -> None:
        if self._latest == inf:
            self._latest = now + LONGEST_SECS

    def _words_until(self) -> float:
        """The time until which words are a hello's: one still being said, or one just said."""
        if self._voice_since is not None:
            return max(self._hello_until, self._voice_since + OVERLAP_SECS)
        return max(self._hello_until, self._late_until)
