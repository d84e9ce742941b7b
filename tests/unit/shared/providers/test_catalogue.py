"""The table of providers: every row builds its real service, or says what it lacks."""

import asyncio
import re
from pathlib import Path

import pytest
from pipecat.services.ai_service import AIService
from pipecat.services.tts_service import TTSService

from shared.bot.persona import Persona
from shared.languages.utterances import Utterances
from shared.providers import catalogue
from shared.providers.catalogue import STT, TTS
from shared.providers.selection import Providers
from shared.settings.settings import ConfigurationError, Settings
from shared.telephony.direction import Direction
from tests.support.vendors import TABLES, environment, row

ROWS = [(kind, name) for kind, table in TABLES.items() for name in table]
WITHOUT_MODELS = [row for row in ROWS if row[1] not in ("whisper", "piper")]  # see test_local.py
VENDORS = [
    (kind, name) for kind, name in ROWS if not TABLES[kind][name].factory.startswith("offline")
]
INDIAN = ("en-IN", "hi-IN", "ta-IN", "te-IN", "bn-IN", "mr-IN")

# What each provider is asked for instead of `INDIAN`, and one that it doesn't have.
LANGUAGES = {
    ("STT", "deepgram"): ("en-IN hi ta te bn mr", "or-IN"),
    ("STT", "deepgram-flux"): ("en hi - - - -", "ta-IN"),
    ("STT", "sarvam"): ("en-IN hi-IN ta-IN te-IN bn-IN mr-IN", "fr-FR"),
    ("STT", "google"): ("en-IN hi-IN ta-IN te-IN bn-IN mr-IN", "as-IN"),
    ("STT", "azure"): ("en-IN hi-IN ta-IN te-IN bn-IN mr-IN", "sd-IN"),
    ("STT", "elevenlabs"): ("en hi ta te bn mr", "sa-IN"),
    ("STT", "soniox"): ("en hi ta te bn mr", "or-IN"),
    ("STT", "whisper"): ("en hi - - bn -", "ta-IN"),
    ("TTS", "cartesia"): ("en-IN hi-IN ta-IN te-IN bn-IN mr-IN", "as-IN"),
    ("TTS", "sarvam"): ("en-IN hi-IN ta-IN te-IN bn-IN mr-IN", "fr-FR"),
    ("TTS", "elevenlabs"): ("en hi ta - - -", "te-IN"),
    ("TTS", "deepgram"): ("en - - - - -", "hi-IN"),
    ("TTS", "google"): ("en-IN hi-IN ta-IN te-IN bn-IN mr-IN", "pa-IN"),
    ("TTS", "azure"): ("en-IN hi-IN ta-IN te-IN bn-IN mr-IN", "fr-FR"),
    ("TTS", "openai"): ("en hi ta - - mr", "te-IN"),
    ("TTS", "piper"): ("en hi - te - -", "ta-IN"),
}


@pytest.mark.parametrize(("kind", "name"), WITHOUT_MODELS)
async def test_a_provider_row_builds_its_service_in_a_thread(
    kind: str, name: str, tmp_path: Path
) -> None:
    provider = row(kind, name)
    settings = Settings.parse(environment(tmp_path))
    service = await asyncio.to_thread(provider.build, settings, Persona("", language="en-IN"))
    assert isinstance(service, AIService)


@pytest.mark.parametrize("name", [name for kind, name in WITHOUT_MODELS if kind == "TTS"])
async def test_a_tts_is_given_text_that_it_can_speak(name: str, tmp_path: Path) -> None:
    row("TTS", name)
    providers = Providers.choose(Settings.parse({**environment(tmp_path), "TTS": name}))
    persona = Persona("You are Asha.", language="en-IN")
    voice = (await asyncio.to_thread(providers.build, persona)).tts
    assert isinstance(voice, TTSService)
    assert isinstance(voice._text_aggregator, Utterances)
    tagged = 'Asha: Wait <break time="1s"/> for <b>it</b>.'
    said = await voice._transform_text(tagged, "sentence")
    tag = '<break time="1s"/> ' if name == "cartesia" else ""
    assert said
    assert said.strip() == f"Wait {tag}for it."
    assert await voice._transform_text("...", "sentence") is None


def test_the_languages_of_every_provider_are_listed() -> None:
    assert set(LANGUAGES) == {row for row in VENDORS if row[0] != "LLM"}


@pytest.mark.parametrize(("kind", "name"), LANGUAGES)
def test_a_language_code_becomes_the_provider_s_own(kind: str, name: str) -> None:
    factory = row(kind, name).load()
    expected, unknown = LANGUAGES[kind, name]
    assert factory.languages is not None
    for code, theirs in zip(INDIAN, expected.split(), strict=True):
        if theirs == "-":
            assert code.partition("-")[0] not in factory.languages
        else:
            assert factory.language(code) == theirs
    with pytest.raises(ValueError, match=f"has no {unknown}; it has .*en"):
        factory.language(unknown)


@pytest.mark.parametrize(("kind", "name"), [row for row in LANGUAGES if row in WITHOUT_MODELS])
def test_no_provider_language_is_left_to_pipecat_s_guess(
    kind: str, name: str, tmp_path: Path, log: list[str]
) -> None:
    provider = row(kind, name)
    settings = Settings.parse(environment(tmp_path))
    for code, theirs in zip(INDIAN, LANGUAGES[kind, name][0].split(), strict=True):
        if theirs != "-":
            provider.build(settings, Persona("", language=code))
    assert not [line for line in log if "not verified" in line or "not applied" in line]


@pytest.mark.parametrize(("kind", "name"), VENDORS)
def test_a_provider_without_credentials_names_the_settings(kind: str, name: str) -> None:
    provider = TABLES[kind][name]
    empty = Settings.model_validate(dict.fromkeys(provider.needs, ""))
    faults = provider.faults(kind, name, empty)
    for setting in provider.needs:
        assert f"{setting.upper()} is empty, and {kind}={name} needs it" in faults


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, name in ROWS if TABLES[kind][name].extra]
)
def test_a_provider_s_missing_extra_is_named_with_its_install_command(
    kind: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = TABLES[kind][name]
    pyproject = Path(catalogue.__file__).parents[2] / "pyproject.toml"
    assert re.search(f"^{provider.extra} = ", pyproject.read_text(encoding="utf-8"), re.MULTILINE)
    monkeypatch.setattr(catalogue, "find_spec", lambda module: None)
    faults = provider.faults(kind, name, Settings())
    assert f"{kind}={name} needs: pip install '.[{provider.extra}]'" in faults[-1]
    assert faults[-1].endswith(f"docker build --build-arg EXTRAS={provider.extra}")


def test_a_provider_package_without_even_its_parent_is_missing_too() -> None:
    assert not catalogue._installed("nowhere.to.be_found")


def test_a_persona_in_a_language_that_a_provider_lacks_is_refused() -> None:
    keys = {"DEEPGRAM_API_KEY": "x", "OPENAI_API_KEY": "x"}
    providers = Providers.choose(Settings.parse({**keys, "STT": "deepgram-flux", "TTS": "openai"}))
    providers.adapt(Persona("", language="hi-IN"), Direction.INBOUND)
    with pytest.raises(ConfigurationError) as caught:
        providers.adapt(Persona("", language="te-IN"), Direction.INBOUND)
    hearing, speaking = caught.value.faults
    assert (
        hearing == "STT=deepgram-flux has no te-IN; it has de, en, es, fr, hi, it, ja, nl, pt, ru"
    )
    assert speaking.startswith("TTS=openai has no te-IN; it has af, ar, ")


def test_only_an_stt_with_its_own_end_of_turn_goes_without_the_turn_model() -> None:
    assert {name for name, row in STT.items() if row.turn_timeout} == {
        "deepgram-flux",
        "pocketsphinx",
    }
    assert not any(row.turn_timeout for row in TTS.values())
