"""The end-of-turn model for one call: Smart Turn, on a session that all calls share."""

from concurrent.futures import ThreadPoolExecutor

from pipecat.audio.turn.smart_turn.base_smart_turn import BaseSmartTurn, SmartTurnParams
from pipecat.audio.turn.smart_turn.local_smart_turn_v3 import LocalSmartTurnAnalyzerV3


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
