"""The bot's sound on its way to the caller: when it ends, and whether the TTS makes any.

It knows no clock: all its times are seconds of whatever clock the user of it reads.
"""

from math import inf


class BotAudio:
    """All that was sent to the caller: by the TTS, and prompts that were prerendered.

    Attributes:
        until: When the last of it will have been played.
        tts_fails: Whether the TTS has failed since it was heard last.
    """

    def __init__(self) -> None:
        self.until = -inf
        self.tts_fails = False
        self._prompt_until = -inf

    def prompt_left(self, now: float) -> float:
        """Seconds until the prompt that is being played has been heard."""
        return max(self._prompt_until - now, 0.0)

    def send(self, now: float, secs: float, *, by_tts: bool) -> None:
        """So much is on its way, behind all that was sent before."""
        self.until = max(self.until, now) + secs
        if by_tts:
            self.tts_fails = False
        else:
            self._prompt_until = now + secs

    def interrupt(self, now: float) -> None:
        """Nothing of it will be played any more."""
        self.until = min(self.until, now)

    def tts_failed(self) -> None:
        """The TTS has reported an error."""
        self.tts_fails = True
