"""The voice-activity and end-of-turn models: loaded once per process, shared by all its calls.

Pipecat loads both for every call: 60 ms in which no other call's audio moves, and 20 MB. Neither
ONNX session keeps anything between two runs, so one of each serves everybody; what belongs to a
call (Silero's recurrent state, the audio of a turn) lives in the small objects made here.
"""

from concurrent.futures import ThreadPoolExecutor
from copy import copy

import numpy as np
import soxr
from pipecat.audio.turn.smart_turn.base_smart_turn import BaseSmartTurn, SmartTurnParams
from pipecat.audio.turn.smart_turn.local_smart_turn_v3 import LocalSmartTurnAnalyzerV3
from pipecat.audio.vad.silero import SileroOnnxModel, SileroVADAnalyzer
from pipecat.audio.vad.vad_analyzer import VADAnalyzer, VADParams, VADState

# With Pipecat's defaults three of four of our recordings go unheard 35 dB below full scale, since
# `min_volume` 0.6 stands for about -50 LUFS, and so does a plain "yes": it is over in 0.2 s.
VAD_PARAMS = VADParams(confidence=0.6, start_secs=0.1, stop_secs=0.2, min_volume=0.35)

# When the turn model isn't sure, this much silence (seconds) ends the turn anyway.
TURN_PARAMS = SmartTurnParams(stop_secs=0.8)

SILERO_RATES = (8_000, 16_000)  # Hz; audio at 24 kHz is brought down to 8


class SharedSileroVAD(SileroVADAnalyzer):
    """Silero's voice detector for one call, on a model that other calls use too."""

    def __init__(self, model: SileroOnnxModel, params: VADParams) -> None:
        VADAnalyzer.__init__(self, params=params)  # the parent's own constructor loads a model
        self._model = copy(model)
        self._model.reset_states()
        self._windows_since_reset = 0
        self._low_confidence_windows = 0
        self._model_rate = 0

    async def analyze_audio(self, buffer: bytes) -> VADState:
        """Judge a piece of the caller's audio.

        A window takes 0.15 ms, less than the way to a thread and back; only what is unusually
        long goes there.
        """
        if len(buffer) <= self.sample_rate // 2:  # a quarter of a second
            return self._run_analyzer(buffer)
        return await super().analyze_audio(buffer)

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
        return confidence


class SharedSmartTurn(LocalSmartTurnAnalyzerV3):
    """Smart Turn for one call, on a model that other calls use too."""

    def __init__(
        self,
        loaded: LocalSmartTurnAnalyzerV3,
        threads: ThreadPoolExecutor,
        params: SmartTurnParams,
    ) -> None:
        BaseSmartTurn.__init__(self, params=params)  # the parent's own constructor loads a model
        self._session = loaded._session
        self._log_data = False
        self._threads = threads

    @property
    def _model_executor(self) -> ThreadPoolExecutor:
        return self._threads  # `cleanup` doesn't know of them, and so leaves them to the others


class Models:
    """Both models, loaded: about 0.1 s and 20 MB, once. Blocks; make it in a thread."""

    def __init__(self) -> None:
        self._silero = SileroVADAnalyzer()._model
        self._smart_turn = LocalSmartTurnAnalyzerV3()
        # Two judgements at a time: eight would take as long together, and 100 MB more.
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="smart-turn")
        # The first run of a session is several times slower than all later ones.
        self._silero(np.zeros(256, np.float32), 8_000)
        self._smart_turn._predict_endpoint(np.zeros(16_000, np.float32))

    def vad(self, params: VADParams = VAD_PARAMS) -> SharedSileroVAD:
        """A voice detector for one call."""
        return SharedSileroVAD(self._silero, params)

    def smart_turn(self, params: SmartTurnParams = TURN_PARAMS) -> SharedSmartTurn:
        """An end-of-turn judge for one call."""
        return SharedSmartTurn(self._smart_turn, self._threads, params)
