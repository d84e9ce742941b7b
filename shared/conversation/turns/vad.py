"""Voice activity detection (VAD) for one call: Silero, on a model that all calls share."""

from copy import copy
from typing import Any

import numpy as np
import soxr
from numpy.typing import NDArray
from pipecat.audio.vad.silero import SileroOnnxModel, SileroVADAnalyzer
from pipecat.audio.vad.vad_analyzer import VADAnalyzer, VADParams, VADState

from shared.bot.turn_settings import TurnSettings
from shared.conversation.turns.caller_level import CallerLevel
from shared.conversation.turns.echo import EchoGate

# A moment so much fainter than the voice before it is silence, though Silero still hears the voice
# for 0.2 s after its end. On a noisy line nothing is so faint, and Silero alone decides.
FAINT = 10 ** (-30 / 10)  # of the power
FORGETTING = 10 ** (-10 * 0.032 / 10)  # of the voice before, in each window: 10 dB a second
MOMENTS = 100  # in a second

SILERO_RATES = (8_000, 16_000)  # Hz; audio at 24 kHz is brought down to 8


def vad_params(turn_settings: TurnSettings) -> VADParams:
    """A persona's settings in Pipecat's words."""
    return VADParams(
        confidence=turn_settings.confidence,
        start_secs=turn_settings.start_secs,
        stop_secs=turn_settings.stop_secs,
        min_volume=turn_settings.min_volume,
    )


class SharedSileroVAD(SileroVADAnalyzer):
    """Silero's voice detector for one call, on a model that other calls use too."""

    def __init__(
        self, model: SileroOnnxModel, params: VADParams, echo: EchoGate | None = None
    ) -> None:
        VADAnalyzer.__init__(self, params=params)  # the parent's own constructor loads a model
        self._echo = echo
        self._model = copy(model)
        self._model.reset_states()
        self._windows_since_reset = 0
        self._low_confidence_windows = 0
        self._model_rate = 0
        self._level = CallerLevel()
        self._is_alone = True
        self._loudest = 0.0  # power of the voice before
        self._lingering = False
        self._faint_secs = 0.0  # by now

    async def analyze_audio(self, buffer: bytes) -> VADState:
        """Judge a frame of the caller's audio.

        A window takes 0.15 ms, less than the way to a thread and back.
        """
        return self._run_analyzer(buffer)

    def set_sample_rate(self, sample_rate: int) -> None:
        """Prepare for audio of any of Exotel's rates, in Hz."""
        self._model_rate = sample_rate if sample_rate in SILERO_RATES else SILERO_RATES[0]
        VADAnalyzer.set_sample_rate(self, sample_rate)

    def num_frames_required(self) -> int:
        """Samples per window: 32 ms."""
        return self.sample_rate * 32 // 1_000

    def voice_confidence(self, buffer: bytes) -> float:
        """How sure the model is, from 0 to 1, that one window holds a voice."""
        samples = np.frombuffer(buffer, np.int16).astype(np.float32) / 32_768
        if self._model_rate != self.sample_rate:
            samples = soxr.resample(samples, self.sample_rate, self._model_rate, quality="LQ")
        confidence = float(self._model(samples, self._model_rate)[0].item())
        self._maybe_reset_model(confidence)
        power = float(np.dot(samples, samples)) / len(samples)
        if self._lingers(power, confidence) or self._echoes(samples, confidence):
            self._level.hear(power, voiced=False)
            return 0.0
        voiced = confidence >= self.params.confidence
        self._level.hear(power, voiced=voiced)
        self._is_alone = not (voiced and self._level.is_background(talking=self._talking))
        return confidence if self._is_alone else 0.0

    def _echoes(self, samples: NDArray[Any], confidence: float) -> bool:
        """Whether a voice is the bot's own. Looked at where one is heard only: it takes 0.2 ms."""
        if not self._echo:
            return False
        self._echo.hear(samples.astype(np.float32), self._model_rate)
        voiced = confidence >= self.params.confidence
        return voiced and self._echo.covers(self.sample_rate, talking=self._talking)

    def _run_analyzer(self, buffer: bytes) -> VADState:
        """Judge by Silero's windows; and on a clean line end a voice on time.

        Windows alone make 0.12 s of silence 0.14 on the average: whole ones, from wherever they
        happen to begin.
        """
        talked = self._talking
        super()._run_analyzer(buffer)
        self._time_silence(buffer)
        if self._talking and not talked:  # however faint it is after what came before
            self._faint_secs = 0.0
        if self._talking and self._faint_secs > self.params.stop_secs - 1e-3:
            self._vad_state, self._vad_stopping_count = VADState.QUIET, 0
            self._lingering = True
        return self._vad_state

    @property
    def _talking(self) -> bool:
        return self._vad_state in (VADState.SPEAKING, VADState.STOPPING)

    def _time_silence(self, buffer: bytes) -> None:
        samples = np.frombuffer(buffer, np.int16).astype(np.float32) / 32_768
        size = self.sample_rate // MOMENTS
        for at in range(0, len(samples), size):
            moment = samples[at : at + size]
            faint = np.dot(moment, moment) < self._loudest * FAINT * len(moment)
            self._faint_secs = self._faint_secs + len(moment) / self.sample_rate if faint else 0.0

    @property
    def silence_secs(self) -> float:
        """Seconds of silence so far: on a clean line, messages of 100 ms bring more than needed.

        Beside another voice it takes longer to be sure that the caller's is over.
        """
        beside_others = 0.0 if self._is_alone else self._level.faint_secs
        return max(self.params.stop_secs, self._faint_secs, beside_others)

    @property
    def voiced(self) -> bool:
        """Whether a voice is heard at this very moment."""
        return self._vad_state is VADState.SPEAKING

    def _lingers(self, power: float, confidence: float) -> bool:
        """Whether Silero still hears a voice that is over."""
        self._loudest = max(power, self._loudest * FORGETTING)
        faint = power < self._loudest * FAINT
        if self._talking:
            self._lingering = faint
        elif not faint or confidence < self.params.confidence:  # it has let go
            self._lingering = False
        return self._lingering
