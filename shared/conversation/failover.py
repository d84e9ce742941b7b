"""A second provider beside the first, which takes over in the call in which the first one fails.

Pipecat's own failover waits until a service is unusable, which a 500 or a timeout never makes it.
Here the guard decides: it also knows when an answer just doesn't come.
"""

from loguru import logger
from pipecat.pipeline.llm_switcher import LLMSwitcher
from pipecat.pipeline.service_switcher import ServiceSwitcher, ServiceSwitcherStrategyManual
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.services.llm_service import LLMService
from pipecat.services.stt_service import STTService

from shared.conversation.vendors.hearing import HearsEarly


class InTurn(ServiceSwitcherStrategyManual):
    """Uses one service after the other, and the first again after the last."""

    async def take_next(self) -> bool:
        """Use the next service; tells whether there is another one that can be used."""
        at = self._services.index(self._active_service)
        for candidate in self._services[at + 1 :] + self._services[:at]:
            if candidate.is_usable:
                left = self._active_service
                logger.warning("{} takes over from {}", candidate, left)
                taken = bool(await self._set_active_if_available(candidate))
                if isinstance(left, HearsEarly) and isinstance(candidate, STTService):
                    await left.hand_over(candidate)
                return taken
        return False


class Spared(ServiceSwitcher[InTurn]):
    """Ears or a voice, and the spare, in one place of the pipeline."""

    def __init__(self, first: FrameProcessor, spare: FrameProcessor) -> None:
        super().__init__([first, spare], InTurn)


class SparedMind(LLMSwitcher[InTurn]):
    """A mind and its spare, who know the same tools."""

    def __init__(self, first: FrameProcessor, spare: FrameProcessor) -> None:
        assert isinstance(first, LLMService)
        assert isinstance(spare, LLMService)
        super().__init__([first, spare], InTurn)


async def take_spare(service: FrameProcessor) -> bool:
    """Use the spare of a service; tells whether it has one that can be used."""
    return isinstance(service, Spared | SparedMind) and await service.strategy.take_next()


def parts(service: FrameProcessor) -> list[FrameProcessor]:
    """The service, and what it consists of."""
    return [service, *service.services] if isinstance(service, ServiceSwitcher) else [service]
