"""The state machine of a caller who waits for a response: what is due when it doesn't come.

It knows no clock: all its times are seconds of whatever clock the user of it reads.
"""

from collections.abc import Collection
from math import inf

from shared.conversation.watchdog.bot_audio import BotAudio
from shared.conversation.watchdog.caller_voice import CallerVoice
from shared.conversation.watchdog.interruptions import Interruptions
from shared.conversation.watchdog.pending_response import FailedAttempt, PendingResponse
from shared.conversation.watchdog.pending_tools import PendingTools
from shared.conversation.watchdog.stages import Audio, Due, Stage

MAX_UNHEARD = 3  # utterances in a row that nobody could make out
LATE_ERROR_SECS = 0.5  # from the end of a response until the error of the TTS that cut it short


class ResponseTimer:
    """Events and a time go in, and what is due comes out; nothing is done here.

    The states, by the stage whose work is awaited::

        IDLE ──voice stopped──▶ STT ──turn ended──▶ LLM ──TTS started──▶ TTS
         ├───────turn ended─────────────────────────▲ └──tools called──▶ TOOL ──result──▶ LLM
         └───────opening──────────────────────────────────────────────▶ TTS

        any ──response complete, caller interrupts, apology, end of the call──▶ IDLE

    What is due in a state, by the seconds of silence at the caller's end::

        STT       |------3 s------| REPROMPT; GIVE_UP the third time in a row
        LLM, TTS  |----2 s---| FALLBACK; where there is one, the response is made once more
                  |------3 s------| FILLER |------3 s------| APOLOGY; GIVE_UP the second time
        TOOL      |------3 s------| FILLER |------3 s------| FILLER |------3 s------| ...

    Attributes:
        stage: Whose work is awaited, or was last.
        failures: Responses in a row that failed.
        turn: How often the caller has said something that wants a response.
        opening_pending: Whether the response that is awaited is the opening.
        voice: The caller's.
        audio: The bot's, on its way to the caller.
        interruptions: Of the bot, and whose they are.
    """

    def __init__(self) -> None:
        self.stage = Stage.LLM
        self.failures = 0
        self.turn = 0
        self.opening_pending = False
        self.voice = CallerVoice()
        self.audio = BotAudio()
        self.interruptions = Interruptions()
        self._response: PendingResponse | None = None
        self._ended: tuple[float, PendingResponse, int] | None = None  # just now; with `failures`
        self._tools = PendingTools()
        self._llm_writes = False
        self._cut_off = False  # by a failure: the end of what is being said isn't the answer's
        self._not_understood = 0  # utterances in a row

    @property
    def awaited(self) -> bool:
        """Whether the caller waits for a response."""
        return self._response is not None

    @property
    def provider(self) -> str:
        """The kind of the provider whose work is awaited: "stt", "llm" or "tts"."""
        if self.stage is Stage.STT:
            return "stt"
        return "tts" if self.stage is Stage.TTS and not self._llm_writes else "llm"

    @property
    def due_at(self) -> float:
        """When the silence becomes too long, as far as is known by now."""
        if self._response is None or self.voice.is_heard:
            return inf
        return self._response.due_at(self.stage, self.audio.until)

    def poll(self, now: float) -> Due | None:
        """What is due now, if anything is; it is taken for done, but for the fallback."""
        if self._response is None or now < self.due_at:
            return None
        if self.stage is Stage.STT:
            self._not_understood += 1
            self.clear()
            return Due.REPROMPT if self._not_understood < MAX_UNHEARD else Due.GIVE_UP
        if now >= self._response.fallback_at(self.stage, self.audio.until):
            return Due.FALLBACK
        if self.stage is Stage.TOOL or not self._response.filler_said:
            self._response.filler_is_said(now)
            return Due.FILLER
        return self.response_failed()

    def await_response(self, now: float, stage: Stage = Stage.LLM) -> None:
        """Somebody works at a response, or at the next part of it."""
        if self._response is None:
            self._response = PendingResponse(asked_at=now, begun_at=now)
        if stage is Stage.LLM:
            self._not_understood = 0
            self._cut_off = False
        self.stage = stage

    def await_opening(self, now: float) -> None:
        """The bot speaks first."""
        self.opening_pending = True
        self.await_response(now, Stage.TTS)

    def clear(self) -> None:
        """Nobody waits any longer."""
        self._response = self._ended = None

    def voice_stopped(self, now: float) -> None:
        """The caller's voice is over; over the bot's own it asks for no response."""
        is_utterance = self.voice.stop(now)
        if is_utterance and self._response:
            self._response.caller_said_more(now)
        elif is_utterance and now >= self.audio.until:
            self.await_response(now, Stage.STT)

    def turn_ended(self, now: float) -> None:
        """The caller has said something that wants a response."""
        self.turn += 1
        self.await_response(now)

    def turn_without_response(self) -> None:
        """The STT has understood something that wants no response."""
        if self.stage is Stage.STT:
            self._not_understood = 0
            self.clear()

    def interrupted(self, now: float) -> str:
        """Nothing of the bot's will be played any more; a caller who spoke waits no longer.

        Returns the kind of the provider waited for in vain after a filler; else "".
        """
        self._tools.clear()
        self.audio.interrupt(now)
        if not self.interruptions.by_caller(now, talking=self.voice.is_heard):
            return ""
        overdue = self._response is not None and self._response.filler_said
        self.clear()
        if overdue:
            self.failures += 1
        return self.provider if overdue else ""

    def llm_writes(self, *, writes: bool) -> None:
        """The LLM has begun a response or ended it, whatever the TTS has made of it by now."""
        self._llm_writes = writes

    def response_started(self, now: float) -> None:
        """The beginning of a response has come out of the TTS."""
        if not self._tools:
            self.await_response(now)

    def tts_started(self, now: float) -> None:
        """The TTS works at a response."""
        if self._response and not self._tools.only:
            self.await_response(now, Stage.TTS)

    def audio_sent(self, now: float, secs: float, *, is_response: bool) -> None:
        """So much sound is on its way to the caller: of a response, or of a prompt."""
        self.audio.send(now, secs, by_tts=is_response)
        if self._response and is_response:
            self._response.audio_sent()
        if self.opening_pending:  # an opening that is heard is complete
            self.opening_pending = False
            self.clear()

    def response_ended(self, now: float) -> None:
        """The end of a response has come out of the TTS; one without a sound is none."""
        if self._response and self._response.audio is Audio.FLOWING and not self._cut_off:
            ended = now, self._response, self.failures
            self.failures = self._not_understood = 0
            self.clear()
            self._ended = ended

    def tts_failed(self, now: float) -> None:
        """The TTS has failed; the end of what it cut short may have come just before its error."""
        self.audio.tts_failed()
        if self._ended and not self._response and now - self._ended[0] <= LATE_ERROR_SECS:
            _, self._response, self.failures = self._ended
            self.stage = Stage.TTS
        self._ended = None

    def tools_called(self, calls: Collection[str], now: float) -> None:
        """The LLM calls tools, by their id."""
        self._tools.add(calls)
        self.await_response(now, Stage.TOOL)

    def tool_started(self, call: str, now: float) -> None:
        """A tool works, and all that the LLM said before has been made."""
        if self._tools.start(call):
            self.await_response(now, Stage.TOOL)

    def tool_ended(self, call: str, now: float, *, llm_responds: bool) -> None:
        """A tool is done; what the LLM makes of the last one's result is another response."""
        self._tools.end(call)
        if self._response and llm_responds and not self._tools:
            self._response = self._response.follow_up(now)
            self.await_response(now)

    def attempt_failed(self, now: float, failed: FailedAttempt) -> float | None:
        """Seconds until the response is made once more; None if it isn't."""
        self._cut_off = True
        response = self._response
        return response.next_attempt(now, failed, self.audio.until) if response else None

    def found_no_fallback(self) -> None:
        """Nobody else can make the response."""
        if self._response:
            self._response.found_no_fallback(self.stage)

    def response_failed(self) -> Due:
        """There will be no response."""
        self.failures += 1
        self.clear()
        return Due.APOLOGY if self.failures == 1 else Due.GIVE_UP
