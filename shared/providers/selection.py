"""The providers that the settings choose, and the services they make for a call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from loguru import logger
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.services.tts_service import TTSService

from shared.bot.persona import Persona
from shared.languages.normalization.labels import names_in
from shared.languages.normalization.normalizer import normalizer_for
from shared.plain_text import plain, shortened
from shared.providers.catalogue import TABLES, Provider
from shared.providers.failover import FallbackLLM, FallbackService, parts
from shared.providers.health import ProviderHealth, watch
from shared.providers.language_support import UnknownLanguage
from shared.providers.llm_context_limit import FitsContext
from shared.providers.tts_mixins import cut_into_utterances
from shared.settings.settings import ConfigurationError, Settings
from shared.telephony.direction import Direction

MAX_SPOKEN = 1_000  # characters of an opening or of a message for a mailbox; a minute or more


@dataclass(frozen=True, slots=True)
class Services:
    """STT, LLM and TTS for one call; not to be used for another."""

    stt: FrameProcessor
    llm: FrameProcessor
    tts: FrameProcessor

    def of_kind(self, kind: str) -> FrameProcessor:
        """The one that is "stt", "llm" or "tts"."""
        service: FrameProcessor = getattr(self, kind)
        return service

    def kind_of(self, processor: FrameProcessor | None) -> str:
        """Which of the three a processor is, or a part of: "stt", "llm", "tts", else ""."""
        for kind in TABLES:
            if any(part is processor for part in parts(self.of_kind(kind))):
                return kind
        return ""


@dataclass(frozen=True, slots=True)
class Providers:
    """The rows that the settings choose.

    Attributes:
        fallbacks: Who takes over, by kind, where the settings name somebody.
        health: Whether each of them works, by the setting that names it.
    """

    stt: Provider
    llm: Provider
    tts: Provider
    settings: Settings
    fallbacks: Mapping[str, Provider] = field(default_factory=dict)
    health: Mapping[str, ProviderHealth] = field(default_factory=dict)

    @classmethod
    def choose(cls, settings: Settings) -> "Providers":
        """Look up `STT`, `LLM` and `TTS`, and who takes over from them.

        Raises:
            ConfigurationError: If one is unknown, lacks a key or isn't installed; says all at once.
        """
        faults: list[str] = []
        chosen = {kind: _row(kind, kind, settings, faults) for kind in TABLES}
        fallbacks = {
            kind: _row(kind, f"{kind}_fallback", settings, faults)
            for kind in TABLES
            if getattr(settings, f"{kind}_fallback")
        }
        faults += [
            f"{kind.upper()}_FALLBACK is {kind.upper()} itself, and would fail with it"
            for kind in fallbacks
            if getattr(settings, kind) == getattr(settings, f"{kind}_fallback")
        ]
        if faults:
            raise ConfigurationError(faults)
        for provider in (*chosen.values(), *fallbacks.values()):
            provider.load()
        rows = {**chosen, **{f"{kind}_fallback": fallback for kind, fallback in fallbacks.items()}}
        health = {setting: _health(setting, row, settings) for setting, row in rows.items()}
        return cls(**chosen, settings=settings, fallbacks=fallbacks, health=health)

    def faults(self, persona: Persona) -> list[str]:
        """What keeps these providers from playing the persona: a language that one hasn't."""
        chosen = {"stt": self.stt, "tts": self.tts}
        chosen |= {f"{kind}_fallback": fallback for kind, fallback in self.fallbacks.items()}
        faults = []
        for setting, provider in chosen.items():
            try:
                provider.load().language(persona.language)
            except UnknownLanguage as error:
                faults.append(f"{setting.upper()}={getattr(self.settings, setting)} {error}")
        return faults

    def adapt(self, persona: Persona, direction: Direction) -> Persona:
        """The persona as these providers can play it.

        A scripted LLM has its own opening for whoever rings it. Whom it rings is to hear why.
        What `answer` put into its texts may come from anywhere, so they are cleaned, and what is
        said in one go has its limit.

        Raises:
            ConfigurationError: If they can't, for the language; says which they have.
        """
        if faults := self.faults(persona):
            raise ConfigurationError(faults)
        persona = replace(
            persona,
            instructions=plain(persona.instructions),
            opening=_sayable(persona.opening),
            voicemail=_sayable(persona.voicemail),
        )
        if direction is Direction.OUTBOUND or not self.llm.opening:
            return persona
        return replace(persona, opening=self.llm.opening)

    def build(self, persona: Persona) -> Services:
        """Make the services for one call. Blocks; call it in a thread."""
        return Services(
            stt=self._with_fallback("stt", self.stt, persona),
            llm=self._with_fallback("llm", self.llm, persona),
            tts=self._with_fallback("tts", self.tts, persona),
        )

    @property
    def voices(self) -> list[Callable[[Persona], FrameProcessor]]:
        """Who can speak for a persona outside of any call, the first choice first. They block."""
        first = partial(self._build, "tts", self.tts)
        return [first, partial(self._build_fallback, "tts")] if "tts" in self.fallbacks else [first]

    def _with_fallback(self, kind: str, provider: Provider, persona: Persona) -> FrameProcessor:
        first = self._build(kind, provider, persona)
        if kind not in self.fallbacks:
            return first
        fallback = self._build_fallback(kind, persona)
        return FallbackLLM(first, fallback) if kind == "llm" else FallbackService(first, fallback)

    def _build_fallback(self, kind: str, persona: Persona) -> FrameProcessor:
        """Make the fallback; a voice's id means something to one provider only."""
        return self._build(f"{kind}_fallback", self.fallbacks[kind], replace(persona, voice=""))

    def _build(self, setting: str, provider: Provider, persona: Persona) -> FrameProcessor:
        service = _build(provider, self.settings, persona)
        if health := self.health.get(setting):
            watch(service, health)
        return service


def _build(provider: Provider, settings: Settings, persona: Persona) -> FrameProcessor:
    service = provider.build(settings, persona)
    if isinstance(service, TTSService):
        names = names_in(f"{persona.instructions}\n{persona.opening}")
        tags = provider.load().voice_tags
        service.add_text_transformer(normalizer_for(persona.language, names, tags))
        cut_into_utterances(service)
    if isinstance(service, FitsContext):
        service.max_tool_calls = persona.max_tool_calls
        service.max_context_tokens = settings.max_context_tokens
    return service


def _row(kind: str, setting: str, settings: Settings, faults: list[str]) -> Provider:
    """The row that a setting names; what is wrong with it is added to `faults`."""
    name = getattr(settings, setting)
    table = TABLES[kind]
    if provider := table.get(name):
        faults += provider.faults(setting.upper(), name, settings)
        return provider
    faults.append(f"{setting.upper()}={name} is unknown; there are {', '.join(table)}")
    return next(iter(table.values()))


def _sayable(text: str) -> str:
    sayable = shortened(plain(text), MAX_SPOKEN)
    if len(sayable) < len(text) and len(text) > MAX_SPOKEN:
        logger.warning(
            "an opening or a message of {} characters is cut off at {}", len(text), len(sayable)
        )
    return sayable


def _health(setting: str, provider: Provider, settings: Settings) -> ProviderHealth:
    kind = setting.partition("_")[0]
    fallback = f"{kind}_fallback"
    taker = getattr(settings, fallback) if setting == kind else ""
    return ProviderHealth(
        kind,
        setting.upper(),
        getattr(settings, setting),
        key=provider.key,
        model=provider.model,
        fallback=f"{fallback.upper()}={taker}" if taker else "",
    )
