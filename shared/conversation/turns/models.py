"""The voice-activity and end-of-turn models: loaded once per process, shared by all its calls.

Pipecat loads both for every call: 60 ms in which no other call's audio moves, and 20 MB. Neither
ONNX session keeps anything between two runs, so one of each serves everybody; what belongs to a
call (Silero's recurrent state, the audio of a turn) lives in the small objects made here.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from pipecat.audio.turn.smart_turn.base_smart_turn import SmartTurnParams
from pipecat.audio.turn.smart_turn.local_smart_turn_v3 import LocalSmartTurnAnalyzerV3
from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.audio.vad.vad_analyzer import VADParams

from shared.conversation.turns.echo import EchoGate
from shared.conversation.turns.smart_turn import SharedSmartTurn
from shared.conversation.turns.vad import SharedSileroVAD


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

    def vad(self, params: VADParams, echo: EchoGate | None = None) -> SharedSileroVAD:
        """A voice detector for one call; it doesn't hear what may be the bot's own echo."""
        return SharedSileroVAD(self._silero, params, echo)

    def smart_turn(self, params: SmartTurnParams) -> SharedSmartTurn:
        """An end-of-turn judge for one call."""
        return SharedSmartTurn(self._smart_turn, self._threads, params)
