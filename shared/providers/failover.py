"""A second provider beside the first, which takes over in the call in which the first one fails.

Pipecat's own failover waits until a service is unusable, which a 500 or a timeout never makes it.
Here the watchdog decides: it also knows when an answer just doesn't come.
"""

from loguru import logger
from pipecat.pipeline.llm_switcher import LLMSwitcher
from pipecat.pipeline.service_switcher import ServiceSwitcher, ServiceSwitcherStrategyManual
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.services.llm_service import LLMService
from pipecat.services.stt_service import STTService

from shared.observability.library_logs import tell_elsewhere
from shared.providers.stt_mixins import BuffersEarlyAudio


class RoundRobin(ServiceSwitcherStrategyManual):
    """Uses one service after the other, and the first again after the last."""

    async def take_next(self) -> bool:
        """Use the next service; tells whether there is another one that can be used."""
        candidate, left = self.next, self._active_service
        if candidate is None:
            return False
        logger.debug("{} takes over from {}", candidate, left)
        taken = bool(await self._set_active_if_available(candidate))
        if isinstance(left, BuffersEarlyAudio) and isinstance(candidate, STTService):
            await left.transfer_call(candidate)
        return taken

    @property
    def next(self) -> FrameProcessor | None:
        """Another service that can be used, if there is one."""
        at = self._services.index(self._active_service)
        others = self._services[at + 1 :] + self._services[:at]
        return next((candidate for candidate in others if candidate.is_usable), None)


class FallbackService(ServiceSwitcher[RoundRobin]):
    """An STT or a TTS, and the fallback, in one place of the pipeline."""

    def __init__(self, first: FrameProcessor, fallback: FrameProcessor) -> None:
        super().__init__([first, fallback], RoundRobin)


class FallbackLLM(LLMSwitcher[RoundRobin]):
    """An LLM and its fallback, which know the same tools."""

    def __init__(self, first: FrameProcessor, fallback: FrameProcessor) -> None:
        assert isinstance(first, LLMService)
        assert isinstance(fallback, LLMService)
        super().__init__([first, fallback], RoundRobin)


def can_fail_over(service: FrameProcessor) -> bool:
    """Whether a service has a fallback that can be used."""
    return isinstance(service, FallbackService | FallbackLLM) and service.strategy.next is not None


for switcher in (FallbackService, FallbackLLM):
    tell_elsewhere(switcher.__name__)  # what it reports, its services have reported


async def use_fallback(service: FrameProcessor) -> bool:
    """Use the fallback of a service; tells whether it has one that can be used."""
    return isinstance(service, FallbackService | FallbackLLM) and await service.strategy.take_next()


def in_use(service: FrameProcessor) -> FrameProcessor:
    """The service, or the one of its parts that does the work now."""
    return service.strategy.active_service if isinstance(service, ServiceSwitcher) else service


def parts(service: FrameProcessor) -> list[FrameProcessor]:
    """The service, and what it consists of."""
    return [service, *service.services] if isinstance(service, ServiceSwitcher) else [service]
