"""OpenAI's models on Azure think; a module of its own, because it needs no SDK of Azure's."""

from typing import Any

from openai import AsyncOpenAI
from pipecat.services.azure.llm import AzureLLMService
from pipecat.transcriptions.language import Language

from shared.bot.persona import Persona
from shared.providers.factory import TOOL_SECS, ServiceFactory
from shared.providers.vendors.openai import OpenAI, http_client
from shared.settings.settings import Settings


class AzureOpenAI(AzureLLMService, OpenAI):
    """A deployment on Azure, on a connection that ends with the call."""

    def create_client(self, *args: Any, **kwargs: Any) -> AsyncOpenAI:
        """Make Azure's client, on our connections."""
        client: AsyncOpenAI = super().create_client(*args, **kwargs)  # type: ignore[no-untyped-call]  # Pipecat's
        client = client.with_options(http_client=http_client())
        self._completions = client.chat.completions  # as `OpenAI` does
        return client


def _llm(settings: Settings, persona: Persona, language: Language) -> AzureOpenAI:
    return AzureOpenAI(
        api_key=settings.azure_openai_api_key.get_secret_value(),
        endpoint=settings.azure_openai_endpoint,
        function_call_timeout_secs=TOOL_SECS,
        settings=AzureOpenAI.Settings(
            model=settings.azure_openai_deployment, system_instruction=persona.instructions
        ),
    )


LLM = ServiceFactory(_llm)
