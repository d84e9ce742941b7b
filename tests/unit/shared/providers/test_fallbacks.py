"""The *_FALLBACK settings and the services that they give."""

import pytest
from pipecat.processors.filters.identity_filter import IdentityFilter
from pipecat.processors.frame_processor import FrameProcessor

from shared.bot.persona import Persona
from shared.providers.catalogue import TABLES, Provider
from shared.providers.failover import FallbackLLM, FallbackService
from shared.providers.selection import Providers, Services
from shared.providers.vendors.openai import OpenAI
from shared.settings.settings import ConfigurationError, Settings
from shared.telephony.direction import Direction

KEYS = {"DEEPGRAM_API_KEY": "x", "OPENAI_API_KEY": "x", "CARTESIA_API_KEY": "x"}
VENDORS = {**KEYS, "CARTESIA_VOICE_ID": "x"}
FALLBACKS = {"STT_FALLBACK": "pocketsphinx", "LLM_FALLBACK": "scripted", "TTS_FALLBACK": "espeak"}
MEERA = Persona("You are Asha.", voice="her voice")


def choose(**environment: str) -> Providers:
    return Providers.choose(Settings.parse({**VENDORS, **environment}))


def refused(**environment: str) -> list[str]:
    with pytest.raises(ConfigurationError) as refusal:
        choose(**environment)
    return refusal.value.faults


def test_without_settings_there_is_no_fallback() -> None:
    assert choose().fallbacks == {}


def test_fallbacks_are_rows_of_the_provider_tables() -> None:
    assert choose(**FALLBACKS).fallbacks == {
        "stt": TABLES["stt"]["pocketsphinx"],
        "llm": TABLES["llm"]["scripted"],
        "tts": TABLES["tts"]["espeak"],
    }


@pytest.mark.parametrize("kind", TABLES)
def test_an_unknown_fallback_is_told_with_the_known_ones(kind: str) -> None:
    (fault,) = refused(**{f"{kind.upper()}_FALLBACK": "nobody"})
    assert fault.startswith(f"{kind.upper()}_FALLBACK=nobody is unknown")
    assert all(name in fault for name in TABLES[kind])


@pytest.mark.parametrize(("kind", "name"), [("stt", "deepgram"), ("llm", "openai")])
def test_a_provider_is_not_its_own_fallback(kind: str, name: str) -> None:
    (fault,) = refused(**{kind.upper(): name, f"{kind.upper()}_FALLBACK": name})
    assert fault.startswith(f"{kind.upper()}_FALLBACK")


def test_credentials_that_a_fallback_lacks_are_told_by_their_setting() -> None:
    (fault,) = refused(STT_FALLBACK="soniox")
    assert "SONIOX_API_KEY" in fault
    assert "STT_FALLBACK=soniox" in fault


def test_all_faults_of_providers_and_fallbacks_are_told_at_once() -> None:
    faults = refused(STT="nobody", STT_FALLBACK="soniox", LLM_FALLBACK="nobody", TTS="elevenlabs")
    assert len(faults) == 5  # a voice of ElevenLabs' lacks its key and its id


def test_a_language_that_only_the_fallback_lacks_is_a_fault_too() -> None:
    hindi = Persona("", language="hi-IN")
    assert choose().faults(hindi) == []
    providers = choose(TTS_FALLBACK="deepgram", LLM_FALLBACK="scripted")
    (fault,) = providers.faults(hindi)
    assert fault.startswith("TTS_FALLBACK=deepgram has no hi-IN")
    with pytest.raises(ConfigurationError):
        providers.adapt(hindi, Direction.INBOUND)
    assert providers.faults(MEERA) == []


def test_a_language_that_provider_and_fallback_lack_is_told_for_each() -> None:
    faults = choose(STT_FALLBACK="deepgram-flux").faults(Persona("", language="as-IN"))
    assert [fault.partition("=")[0] for fault in faults] == ["STT", "TTS", "STT_FALLBACK"]


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Provider, Persona]]:
    """Whoever is built from now on, but for the LLM, for which only an LLM can be a fallback."""
    build, made = Provider.build, []

    def note(provider: Provider, settings: Settings, persona: Persona) -> FrameProcessor:
        made.append((provider, persona))
        is_llm = provider in TABLES["llm"].values()
        return build(provider, settings, persona) if is_llm else IdentityFilter()

    monkeypatch.setattr(Provider, "build", note)
    return made


async def test_a_tts_voice_id_does_not_reach_the_fallback(
    built: list[tuple[Provider, Persona]],
) -> None:
    providers = choose(**FALLBACKS)
    services = providers.build(MEERA)
    assert isinstance(services.stt, FallbackService)
    assert isinstance(services.tts, FallbackService)
    assert isinstance(services.llm, FallbackLLM)
    voices = {provider: persona.voice for provider, persona in built}
    assert voices[providers.tts] == "her voice"
    assert voices[providers.fallbacks["tts"]] == ""
    assert all(persona.instructions == MEERA.instructions for _, persona in built)


async def test_without_a_fallback_a_service_is_itself(
    built: list[tuple[Provider, Persona]],
) -> None:
    services = choose().build(MEERA)
    assert isinstance(services.stt, IdentityFilter)
    assert len(built) == 3


async def test_openai_is_a_fallback_for_an_openai_compatible_llm() -> None:
    providers = choose(
        LLM="openai-compatible",
        LLM_FALLBACK="openai",
        OPENAI_COMPATIBLE_URL="https://api.groq.com/openai/v1",
        OPENAI_COMPATIBLE_MODEL="llama",
    )
    rows = (providers.llm, providers.fallbacks["llm"])
    llms = [row.build(providers.settings, MEERA) for row in rows]
    assert all(isinstance(llm, OpenAI) for llm in llms)
    endpoints = [(str(m._client.base_url), m._settings.model) for m in llms]  # type: ignore[attr-defined]
    assert endpoints == [
        ("https://api.groq.com/openai/v1/", "llama"),
        ("https://api.openai.com/v1/", "gpt-4.1"),
    ]
    for llm in llms:
        await llm.cleanup()


async def test_prompts_are_made_by_the_first_tts_and_else_by_its_fallback(
    built: list[tuple[Provider, Persona]],
) -> None:
    assert len(choose().voices) == 1
    providers = choose(**FALLBACKS)
    for voice in providers.voices:
        voice(MEERA)
    assert [(provider, persona.voice) for provider, persona in built] == [
        (providers.tts, "her voice"),
        (providers.fallbacks["tts"], ""),
    ]


async def test_a_fallback_service_is_known_by_itself_and_by_its_parts() -> None:
    first, fallback, llm, voice = (IdentityFilter() for _ in range(4))
    pair = FallbackService(first, fallback)
    services = Services(stt=pair, llm=llm, tts=voice)
    assert [services.kind_of(each) for each in (pair, first, fallback)] == ["stt"] * 3
    assert services.kind_of(llm) == "llm"
    assert services.kind_of(voice) == "tts"
    assert services.kind_of(IdentityFilter()) == ""
    assert services.kind_of(None) == ""
