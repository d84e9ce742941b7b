"""The resources that all calls of one app share, made ready before the first of them."""

import asyncio
import gc
from collections.abc import Sequence
from dataclasses import dataclass

from shared.bot.persona import Answer, Persona
from shared.conversation.conversation import ConversationResources
from shared.conversation.speech.last_resort import last_resort
from shared.conversation.speech.prompt_cache import PromptCache
from shared.conversation.turns.models import Models
from shared.providers.selection import Providers
from shared.records.store import Store
from shared.runtime.capacity import Capacity
from shared.settings.settings import ConfigurationError, Settings
from shared.telephony.direction import Direction
from shared.telephony.stream.audio import DEFAULT_SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Resources:
    """The resources that all calls of one app share.

    Args:
        answer: The bot's own decision: who answers this caller.
        fallback: Who answers when that decision fails.
        direction: Who rings whom in this app.
        sample_rate: Hz that Exotel is configured to stream, or None to take what it says.
        store: Where calls are on record; None where no record is kept.
    """

    answer: Answer
    fallback: Persona
    direction: Direction
    conversation: ConversationResources
    capacity: Capacity
    sample_rate: int | None
    store: Store | None


def _freeze_garbage_collection() -> None:
    """Take what start-up made out of the collector's sight.

    It is some 150,000 objects, and looking through them stops every call for 100 ms, now and then.
    """
    gc.collect()
    gc.freeze()


def choose_providers(
    settings: Settings, personas: Sequence[Persona], faults: Sequence[str]
) -> Providers:
    """The providers that the settings name.

    Args:
        settings: Of this process.
        personas: Whom they must be able to be.
        faults: What has been found to be wrong with the settings.

    Raises:
        ConfigurationError: If nobody can be called like this; says everything that is wrong.
    """
    faults = [*faults]
    try:
        providers = Providers.choose(settings)
    except ConfigurationError as error:
        faults += error.faults
    if not (faults or personas):
        faults.append("PERSONAS is empty: the first of them answers when nobody else can")
    if not faults:
        faults += [fault for persona in personas for fault in providers.faults(persona)]
    if faults:
        raise ConfigurationError(faults)
    return providers


async def open_resources(
    providers: Providers,
    capacity: Capacity,
    *,
    answer: Answer,
    personas: Sequence[Persona],
    direction: Direction,
    store: Store | None,
    a_call_waits: bool = False,
) -> Resources:
    """Load the models and synthesize the prompts, so that the first call is like all others."""
    known = [providers.adapt(persona, direction) for persona in personas]
    rate = providers.settings.exotel_sample_rate
    prompt_cache = PromptCache(*providers.voices)
    models, _, _ = await asyncio.gather(
        asyncio.to_thread(Models),
        asyncio.to_thread(providers.build, known[0]),  # imports what the vendors need
        prompt_cache.prepare(known, rate or DEFAULT_SAMPLE_RATE, wait=not a_call_waits),
    )
    for persona in known:
        last_resort(persona.language, rate or DEFAULT_SAMPLE_RATE)
    _freeze_garbage_collection()
    return Resources(
        answer=answer,
        fallback=known[0],
        direction=direction,
        conversation=ConversationResources(providers, models, prompt_cache),
        capacity=capacity,
        sample_rate=rate,
        store=store,
    )
