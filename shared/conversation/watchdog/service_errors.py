"""The errors that a call's services report: which provider has failed, and what may be done."""

from dataclasses import dataclass
from math import inf

from pipecat.frames.frames import ErrorFrame
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.utils.errors import ErrorCategory

from shared.providers.failover import in_use
from shared.providers.llm_output.stream import NoAnswer
from shared.providers.retry_after import retry_after
from shared.providers.selection import Services

SAME_FAILURE_SECS = 0.2  # in which one failure may be reported several times


@dataclass(frozen=True, slots=True)
class ServiceFailure:
    """A provider's failure, as one of its services reports it.

    Attributes:
        kind: "stt", "llm" or "tts".
        service: That has failed.
        no_answer: Whether the LLM has answered with nothing to say: it needs no pause.
        retry_after: Seconds after which it can be asked again, if that is all that is the matter.
    """

    kind: str
    service: FrameProcessor | None
    no_answer: bool
    retry_after: float | None

    @property
    def is_usable(self) -> bool:
        """Whether the service may work the next time."""
        return bool(self.service and self.service.is_usable)


class ServiceErrors:
    """Reads the errors of one call's pipeline.

    Args:
        services: Of this call.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._failed_at: dict[int, float] = {}  # by the service

    def read(self, error: ErrorFrame) -> ServiceFailure | None:
        """The failure behind an error; None if no service of this call has failed.

        An error of a tool of the bot's is none: the LLM goes on.
        """
        kind = self._services.kind_of(error.processor)
        if not kind or error.category is ErrorCategory.APPLICATION:
            return None
        return ServiceFailure(
            kind,
            # A switcher reports as its own what has put the service out of use that it uses.
            in_use(error.processor) if error.processor else None,
            no_answer=isinstance(error.exception, NoAnswer),
            retry_after=retry_after(error.exception),
        )

    def is_repeated(self, failure: ServiceFailure, now: float) -> bool:
        """Whether the service has just reported this failure; a missing answer it reports once."""
        service = id(failure.service)
        last = self._failed_at.get(service, -inf)
        self._failed_at[service] = now
        return now - last < SAME_FAILURE_SECS and not failure.no_answer
