"""The catalogue of STT, LLM and TTS providers: a line for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from pipecat.processors.frame_processor import FrameProcessor

from shared.bot.persona import Persona
from shared.providers.factory import ServiceFactory
from shared.providers.offline import dialogue
from shared.settings.settings import Settings


@dataclass(frozen=True, slots=True)
class Provider:
    """One row of the table.

    Args:
        factory: How its service is made: `MODULE.NAME` in `shared.providers.vendors`, which is
            imported when the provider is chosen.
        needs: The settings that must not be empty.
        module: What must be importable, if it isn't a core dependency.
        extra: The optional dependency of this project that brings `module`.
        opening: What a bot with this LLM says first to whoever rings it, if it can't follow a
            persona.
        turn_timeout: Seconds of silence that end the caller's turn, for an STT that needs no model.
        stop_secs: Seconds of silence between two pieces, for an STT that is given one at a time.
        optional_key: The setting that holds its key, if it can do without.
    """

    factory: str
    needs: tuple[str, ...] = ()
    module: str = ""
    extra: str = ""
    opening: str = ""
    turn_timeout: float | None = None
    stop_secs: float | None = None
    optional_key: str = ""

    @property
    def key(self) -> str:
        """The environment's name for the setting that holds its key; "" if it needs none."""
        return self._needed("_key", "_credentials") or self.optional_key.upper()

    @property
    def model(self) -> str:
        """Likewise for the one that chooses its model, where its account decides which it has."""
        return self._needed("_model", "_deployment") if self.key else ""

    def _needed(self, *endings: str) -> str:
        return next((name.upper() for name in self.needs if name.endswith(endings)), "")

    def faults(self, kind: str, name: str, settings: Settings) -> list[str]:
        """What keeps this provider from working, in words that say what to do."""
        faults = [
            f"{setting} is empty, and {kind}={name} needs it"
            for setting in settings.missing(self.needs)
        ]
        if self.module and not _installed(self.module):
            faults.append(
                f"{kind}={name} needs: pip install '.[{self.extra}]', or for the image "
                f"docker build --build-arg EXTRAS={self.extra}"
            )
        return faults

    def load(self) -> ServiceFactory:
        """Import what the provider needs; a second at most, and nothing after the first time."""
        module, _, name = self.factory.partition(".")
        factory: ServiceFactory = getattr(import_module(f"shared.providers.vendors.{module}"), name)
        return factory

    def build(self, settings: Settings, persona: Persona) -> FrameProcessor:
        """Make the service for one call. Blocks for some milliseconds: call it in a thread.

        Raises:
            UnknownLanguage: If the provider hasn't the persona's.
        """
        factory = self.load()
        return factory.make(settings, persona, factory.language(persona.language))


def _installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # not even the package around it
        return False


AZURE_SPEECH = ("azure_speech_key", "azure_speech_region")
OPENAI_COMPATIBLE = ("openai_compatible_url", "openai_compatible_model")
AZURE_OPENAI = ("azure_openai_api_key", "azure_openai_endpoint", "azure_openai_deployment")

STT: Mapping[str, Provider] = {
    "deepgram": Provider("deepgram.NOVA", ("deepgram_api_key",)),
    # Flux hands the transcript over when it takes the turn for ended, so nobody else has to judge.
    "deepgram-flux": Provider("deepgram.FLUX", ("deepgram_api_key",), turn_timeout=0.1),
    "sarvam": Provider("sarvam_stt.STT", ("sarvam_api_key",), "sarvamai", "sarvam"),
    "google": Provider(
        "google.STT", ("google_application_credentials",), "google.cloud.speech", "google"
    ),
    "azure": Provider("azure.STT", AZURE_SPEECH, "azure.cognitiveservices.speech", "azure"),
    "elevenlabs": Provider("elevenlabs.STT", ("elevenlabs_api_key",)),
    "soniox": Provider("soniox.STT", ("soniox_api_key",)),
    "whisper": Provider(
        "whisper.STT", ("whisper_model",), "faster_whisper", "whisper", stop_secs=0.4
    ),
    "pocketsphinx": Provider(
        "offline.STT", (), "pocketsphinx", "demo", turn_timeout=0.3, stop_secs=0.4
    ),
}
LLM: Mapping[str, Provider] = {
    "openai": Provider("openai.LLM", ("openai_api_key", "openai_model")),
    "openai-compatible": Provider(
        "openai.COMPATIBLE", OPENAI_COMPATIBLE, optional_key="openai_compatible_api_key"
    ),
    "azure-openai": Provider("azure_openai.LLM", AZURE_OPENAI),
    "google": Provider("google.LLM", ("google_api_key", "google_model"), "google.genai", "google"),
    "sarvam": Provider("sarvam.LLM", ("sarvam_api_key", "sarvam_model")),
    "scripted": Provider("offline.LLM", opening=dialogue.OPENING),
}
TTS: Mapping[str, Provider] = {
    "cartesia": Provider("cartesia.TTS", ("cartesia_api_key", "cartesia_voice_id")),
    "sarvam": Provider("sarvam.TTS", ("sarvam_api_key",)),
    "elevenlabs": Provider("elevenlabs.TTS", ("elevenlabs_api_key", "elevenlabs_voice_id")),
    "deepgram": Provider("deepgram.AURA", ("deepgram_api_key",)),
    "google": Provider(
        "google.TTS", ("google_application_credentials",), "google.cloud.texttospeech", "google"
    ),
    "azure": Provider("azure.TTS", AZURE_SPEECH, "azure.cognitiveservices.speech", "azure"),
    "openai": Provider("openai.TTS", ("openai_api_key",)),
    "piper": Provider("piper.TTS", (), "piper", "piper"),
    "espeak": Provider("offline.TTS", (), "espeakng_loader", "demo"),
}

TABLES: Mapping[str, Mapping[str, Provider]] = {"stt": STT, "llm": LLM, "tts": TTS}
