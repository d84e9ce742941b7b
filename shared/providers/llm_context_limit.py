"""LLMs: a conversation that is longer than the model's context window gets shorter."""

from typing import Any

from loguru import logger
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.utils.errors import ErrorCategory

from shared.providers.context_window import is_too_long, shorten, tokens_of
from shared.providers.error_details import words_of
from shared.providers.llm_answers import ChecksAnswers
from shared.settings.provider_settings import MAX_CONTEXT_TOKENS

MOST_TIMES = 6  # for an answer to be asked for, each time with half of what was too long


class FitsContext(ChecksAnswers):
    """Mixin for an LLM, put before the vendor's class.

    Attributes:
        max_context_tokens: A conversation of more is cut to half of them before it is sent; fewer
            once the vendor has refused fewer.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_context_tokens = MAX_CONTEXT_TOKENS
        self._asking = False
        self._refused = False  # what is being asked is too long

    async def push_error(self, *args: Any, **kwargs: Any) -> None:
        """Report an error, but not that the conversation is too long, nor what follows from it."""
        if self._asking and kwargs.get("category") is not ErrorCategory.APPLICATION:
            said = [*args, *kwargs.values()]
            self._refused |= any(map(self._refuses, said))
            if self._refused:
                return
        await super().push_error(*args, **kwargs)

    async def _process_context(self, context: LLMContext) -> None:
        if tokens_of(context) > self.max_context_tokens:
            shorten(context, self.max_context_tokens // 2)
        for _ in range(MOST_TIMES):
            if await self._answers(context):
                return
            tokens = tokens_of(context)
            self.max_context_tokens = min(self.max_context_tokens, tokens - 1)
            if not shorten(context, tokens // 2):
                break
            logger.warning("{}: the conversation is too long; asking with half of it", self)
        await self.push_error(
            "the conversation is too long for the model, and nothing more can be left out",
            category=ErrorCategory.UNKNOWN,  # not for good: the next turn may be short
        )

    async def _answers(self, context: LLMContext) -> bool:
        """Ask; tells whether the conversation was not too long for that."""
        self._asking, self._refused = True, False
        try:
            await super()._process_context(context)
        except Exception as error:
            if not self._refuses(error):
                raise
            self._refused = True
        finally:
            self._asking = False
        return not self._refused

    def _refuses(self, error: object) -> bool:
        """Whether this is about the length; what comes behind words can't be."""
        said = words_of(error) if isinstance(error, Exception) else str(error)
        return not self.said and is_too_long(said)
