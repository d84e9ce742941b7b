"""Who listens, thinks and speaks: the table of providers, a line for each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec

from pipecat.processors.frame_processor import FrameProcessor
from pipecat.transcriptions.language import Language

from shared.calls.record import Direction
from shared.conversation.demo import dialogue
from shared.conversation.persona import Persona
from shared.conversation.vendors import Cartesia, Deepgram, OpenAI
from shared.settings import ConfigurationError, Settings

DEEPGRAM_REGIONAL = frozenset({"en-AU", "en-GB", "en-IN", "en-NZ", "en-US", "gu-IN", "pa-IN"})

Build = Callable[[Settings, Persona], FrameProcessor]


@dataclass(frozen=True, slots=True)
class Provider:
    """One row of the table.

    Args:
        build: Makes the service for one call. Blocks for some milliseconds: call it in a thread.
        needs: The settings that must not be empty.
        module: What must be importable, if it isn't a core dependency.
        extra: The optional dependency of this project that brings `module`.
        opening: What a bot with this mind says first to whoever rings it, if it can't follow a
            persona.
        turn_timeout: Seconds of silence that end the caller's turn, for ears that need no model.
    """

    build: Build
    needs: tuple[str, ...] = ()
    module: str = ""
    extra: str = ""
    opening: str = ""
    turn_timeout: float | None = None

    def faults(self, kind: str, name: str, settings: Settings) -> list[str]:
        """What keeps this provider from working, in words that say what to do."""
        faults = [
            f"{setting} is empty, and {kind}={name} needs it"
            for setting in settings.missing(self.needs)
        ]
        if self.module and not find_spec(self.module):
            faults.append(f"{kind}={name} needs: pip install '.[{self.extra}]'")
        return faults


@dataclass(frozen=True, slots=True)
class Services:
    """Ears, mind and voice for one call; not to be used for another."""

    stt: FrameProcessor
    llm: FrameProcessor
    tts: FrameProcessor


def _deepgram(settings: Settings, persona: Persona) -> FrameProcessor:
    return Deepgram(
        api_key=settings.deepgram_api_key.get_secret_value(),
        base_url=settings.deepgram_base_url,
        settings=Deepgram.Settings(language=_deepgram_language(persona.language)),
    )


def _deepgram_language(code: str) -> Language:
    """Nova-3 knows most languages by their base code only: `hi`, `ta`, but `en-IN`."""
    return Language(code if code in DEEPGRAM_REGIONAL else code.partition("-")[0])


def _openai(settings: Settings, persona: Persona) -> FrameProcessor:
    return OpenAI(
        api_key=settings.openai_api_key.get_secret_value(),
        base_url=settings.openai_base_url or None,
        settings=OpenAI.Settings(
            model=settings.openai_model, system_instruction=persona.instructions
        ),
    )


def _cartesia(settings: Settings, persona: Persona) -> FrameProcessor:
    return Cartesia(
        api_key=settings.cartesia_api_key.get_secret_value(),
        url=settings.cartesia_url,
        settings=Cartesia.Settings(
            voice=persona.voice or settings.cartesia_voice_id, language=Language(persona.language)
        ),
    )


def _pocketsphinx(settings: Settings, persona: Persona) -> FrameProcessor:
    from shared.conversation.demo.pocketsphinx_stt import PocketSphinxSTTService

    return PocketSphinxSTTService()


def _scripted(settings: Settings, persona: Persona) -> FrameProcessor:
    from shared.conversation.demo.scripted_llm import ScriptedLLMService

    return ScriptedLLMService(opening=persona.opening)


def _espeak(settings: Settings, persona: Persona) -> FrameProcessor:
    from shared.conversation.demo.espeak_tts import EspeakTTSService

    return EspeakTTSService()


STT: Mapping[str, Provider] = {
    "deepgram": Provider(_deepgram, needs=("deepgram_api_key",)),
    "pocketsphinx": Provider(_pocketsphinx, module="pocketsphinx", extra="demo", turn_timeout=0.3),
}
LLM: Mapping[str, Provider] = {
    "openai": Provider(_openai, needs=("openai_api_key", "openai_model")),
    "scripted": Provider(_scripted, opening=dialogue.OPENING),
}
TTS: Mapping[str, Provider] = {
    "cartesia": Provider(_cartesia, needs=("cartesia_api_key", "cartesia_voice_id")),
    "espeak": Provider(_espeak, module="espeakng_loader", extra="demo"),
}


@dataclass(frozen=True, slots=True)
class Providers:
    """The rows that the settings choose."""

    stt: Provider
    llm: Provider
    tts: Provider
    settings: Settings

    @classmethod
    def choose(cls, settings: Settings) -> "Providers":
        """Look up `STT`, `LLM` and `TTS`.

        Raises:
            ConfigurationError: If one is unknown, lacks a key or isn't installed; says all at once.
        """
        chosen: dict[str, Provider] = {}
        faults: list[str] = []
        for kind, table in (("stt", STT), ("llm", LLM), ("tts", TTS)):
            name = getattr(settings, kind)
            if provider := table.get(name):
                chosen[kind] = provider
                faults += provider.faults(kind.upper(), name, settings)
            else:
                faults.append(f"{kind.upper()}={name} is unknown; there are {', '.join(table)}")
        if faults:
            raise ConfigurationError(faults)
        return cls(**chosen, settings=settings)

    def adapt(self, persona: Persona, direction: Direction) -> Persona:
        """The persona as these providers can play it.

        A scripted mind has its own opening for whoever rings it. Whom it rings is to hear why.
        """
        if direction is Direction.OUTBOUND or not self.llm.opening:
            return persona
        return replace(persona, opening=self.llm.opening)

    def build(self, persona: Persona) -> Services:
        """Make the services for one call. Blocks; call it in a thread."""
        return Services(
            stt=self.stt.build(self.settings, persona),
            llm=self.llm.build(self.settings, persona),
            tts=self.tts.build(self.settings, persona),
        )
