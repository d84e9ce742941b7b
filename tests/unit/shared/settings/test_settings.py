"""Settings from environment, .env and options: precedence, faults, warnings and secrets."""

import os
import re
from pathlib import Path

import pytest

from shared.settings.settings import ConfigurationError, Env, Settings

EXAMPLE = Path(__file__).parents[4] / ".env.example"
README = Path(__file__).parents[4] / "README.md"

PRODUCTION = {"ENV": "production"}
CREDENTIALS = {"WS_USERNAME": "exotel", "WS_PASSWORD": "81c5cbd2a7f09e64"}


def test_env_example_lists_every_setting_and_no_other() -> None:
    documented = re.findall(
        r"^(?:# )?([A-Z_]+)=", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert documented == [name.upper() for name in Settings.model_fields]


def test_the_readme_explains_every_setting() -> None:
    rows = re.findall(r"`([A-Z_]+)`", README.read_text(encoding="utf-8"))
    missing = {name.upper() for name in Settings.model_fields} - set(rows)
    assert not missing


def test_the_example_settings_are_valid(tmp_path: Path) -> None:
    uncommented = re.sub(r"^# ([A-Z_]+=)", r"\1", EXAMPLE.read_text(encoding="utf-8"), flags=re.M)
    copy = tmp_path / ".env"
    copy.write_text(uncommented, encoding="utf-8")
    Settings.load(copy)


def test_default_settings_listen_to_this_machine_only() -> None:
    settings = Settings.parse({})
    assert settings.env is Env.LOCAL
    assert (settings.address, settings.port) == ("127.0.0.1", 7860)
    assert settings.faults() == []


def test_production_settings_listen_to_everybody() -> None:
    assert Settings.parse(PRODUCTION).address == "0.0.0.0"
    assert Settings.parse({**PRODUCTION, "HOST": "10.0.0.5"}).address == "10.0.0.5"


def test_production_needs_websocket_credentials() -> None:
    assert Settings.parse({**PRODUCTION, **CREDENTIALS}).faults() == []
    (fault,) = Settings.parse(PRODUCTION).faults()
    assert "WS_USERNAME and WS_PASSWORD" in fault


@pytest.mark.parametrize("name", ["START_API_KEY", "WS_PASSWORD"])
@pytest.mark.parametrize("secret", ["a", "try-it", "changeme-changeme", "aaaaaaaaaaaaaaaaaaaaaaaa"])
def test_production_refuses_secrets_that_are_easily_guessed(name: str, secret: str) -> None:
    (fault,) = Settings.parse({**PRODUCTION, **CREDENTIALS, name: secret}).faults()
    assert fault.startswith(name)
    assert "make a good one with `openssl rand -hex" in fault
    assert Settings.parse({**CREDENTIALS, name: secret}).faults() == []


def test_production_does_not_print_transcripts() -> None:
    shown = {"SHOW_CONVERSATION": "1"}
    assert Settings.parse(shown).faults() == []
    (fault,) = Settings.parse({**PRODUCTION, **CREDENTIALS, **shown}).faults()
    assert fault.startswith("SHOW_CONVERSATION")


def test_half_a_pair_of_credentials_is_a_fault_everywhere() -> None:
    (fault,) = Settings.parse({"WS_USERNAME": "exotel"}).faults()
    assert fault.startswith("WS_PASSWORD")


def test_all_wrong_settings_are_named_at_once() -> None:
    senseless = {
        "PORT": "high",
        "MAX_CALLS": "0",
        "ENV": "staging",
        "EXOTEL_SAMPLE_RATE": "44100",
        "OPENAI_BASE_URL": "127.0.0.1:9/v1",
        "CARTESIA_URL": "https://api.cartesia.ai",
        "WS_USERNAME": "exotel",
    }
    faults = Settings.parse(senseless).faults()
    named = [fault.partition(":")[0] for fault in faults]
    assert sorted(named) == sorted(["WS_PASSWORD", *senseless.keys() - {"WS_USERNAME"}])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("127.0.0.1", "127.0.0.1"),
        (" 10.0.0.0/8 , ::1,203.0.113.9 ", "10.0.0.0/8,::1,203.0.113.9"),
        ("*", "*"),
        ("*, 10.0.0.0/8", "*"),
    ],
)
def test_the_trusted_proxies_setting_takes_addresses_and_networks(written: str, meant: str) -> None:
    assert Settings.parse({"FORWARDED_ALLOW_IPS": written}).forwarded_allow_ips == meant


@pytest.mark.parametrize("written", ["proxy", "10.0.0", "10.0.0.1/8", "10.0.0.0/8;::1"])
def test_a_wrong_trusted_proxies_setting_is_a_fault(written: str) -> None:
    (fault,) = Settings.parse({"FORWARDED_ALLOW_IPS": written}).faults()
    assert fault.startswith("FORWARDED_ALLOW_IPS: addresses or networks")


def test_quotes_around_settings_are_taken_away_as_dotenv_does() -> None:
    assert Settings.parse({"STT": '"deepgram"', "LLM": "'openai' "}).stt == "deepgram"


def test_a_settings_file_that_is_no_text_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=1\n", encoding="utf-16")
    with pytest.raises(ConfigurationError, match="not UTF-8"):
        Settings.load(tmp_path / ".env")


def test_an_empty_setting_counts_as_not_set() -> None:
    assert Settings.parse({"PORT": "", "EXOTEL_SAMPLE_RATE": ""}) == Settings.parse({})


def test_the_environment_wins_over_the_settings_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text("PORT=1111\nMAX_CALLS=7\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "2222")
    settings = Settings.load(file)
    assert (settings.port, settings.max_calls) == (2222, 7)


def test_the_settings_file_enters_the_environment_as_with_docker(tmp_path: Path) -> None:
    file = tmp_path / "env"
    file.write_text("DSN_OF_MINE=${HOME}/x\nSTT=deepgram\n", encoding="utf-8-sig")
    Settings.load(file)
    assert os.environ["DSN_OF_MINE"] == "${HOME}/x"  # noqa: TID251  # docker replaces nothing
    assert os.environ["STT"] == "deepgram"  # noqa: TID251


def test_a_settings_file_that_is_asked_for_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="can't be read: No such file"):
        Settings.load(tmp_path / "mine.env")


def test_options_win_over_all_other_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "2222")
    assert Settings.load(None, PORT="3333").port == 3333


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("MAX_CALL=5", "MAX_CALL in .env is no setting of the bot: did you mean MAX_CALLS?"),
        ("EXOTEL_APIKEY=x", "did you mean EXOTEL_API_KEY?"),
        ("OPENAI_KEY=x", "did you mean OPENAI_API_KEY?"),
        ("WS_USER=x", "did you mean WS_USERNAME?"),
        ("LOGLEVEL=DEBUG", "did you mean LOG_LEVEL?"),
        ("EXOTEL_API_SECRET=x", "did you mean EXOTEL_API_TOKEN?"),
        ("EXOTEL_CALLERID=x", "did you mean EXOTEL_PHONE_NUMBER?"),
        ("GEMINI_API_KEY=x", "did you mean GOOGLE_API_KEY?"),
        ("STT_PROVIDER=deepgram", "did you mean STT?"),
        ("Environment=production", "did you mean ENV?"),
        ("DB_URL=x", "did you mean DATABASE_URL?"),
        ("PROT=9000", "did you mean PORT?"),
        ("SST=deepgram", "did you mean STT?"),
        ("restaurant_db=x", "restaurant_db in .env: no setting of the bot, left to your code"),
        ("MAX_CALLS 5", "line 2: not NAME=value"),
        ("MAX_CALLS: 5", "line 2: not NAME=value"),
    ],
)
def test_a_line_of_the_settings_file_that_does_nothing_is_told(
    line: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".env").write_text(f"PORT=1111\n{line}\nexotel_sid=a\n", encoding="utf-8")
    (warning,) = Settings.load().warnings
    assert said in warning


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("MAX_CALL", "MAX_CALLS"),
        ("DEEPGRAM_APIKEY", "DEEPGRAM_API_KEY"),
        ("CARTESIA_VOICE", "CARTESIA_VOICE_ID"),
        ("WS_PASS", "WS_PASSWORD"),
        ("START_KEY", "START_API_KEY"),
        ("MAX_CALL_SECONDS", "MAX_CALL_SECS"),
        ("EXOTEL_PHONE", "EXOTEL_PHONE_NUMBER"),
        ("EXOTEL_SUBDOMAIN", ".env.example"),
    ],
)
def test_a_variable_that_is_nearly_a_setting_is_told(
    name: str, meant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "x")
    (warning,) = Settings.load(None).warnings
    assert warning.startswith(f"{name} is no setting of the bot: ")
    assert meant in warning


def test_variables_of_other_programs_cause_no_settings_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    others = "HOSTNAME HOME PATH PORTS DEBUG LOGNAME PYTHON_VERSION AZURE_CLIENT_ID XAI_API_KEY"
    for name in (*others.split(), "GROQ_API_KEY", "GEMINI_API_KEY", "POSTGRES_PASSWORD", "TTY"):
        monkeypatch.setenv(name, "x")
    assert Settings.load(None).warnings == []


def test_settings_ignore_case_where_it_can_not_matter() -> None:
    settings = Settings.parse(
        {
            "ENV": "Production",
            "LOG_LEVEL": "debug",
            "LOG_FORMAT": "JSON",
            "EXOTEL_CONNECT_MODE": "VOICE_AI",
            "VOICEMAIL": "Leave-Message",
            "STT": "Deepgram",
            "LLM": "OpenAI_Compatible",
            "TTS_FALLBACK": "ElevenLabs",
            "PUBLIC_URL": "HTTPS://bot.example.com/",
            "CARTESIA_URL": "WSS://api.cartesia.ai/tts/websocket/",
            "SHOW_CONVERSATION": "False",
        }
    )
    assert not any("Input" in fault for fault in settings.faults())
    assert (settings.env, settings.log_level, settings.log_format) == (
        "production",
        "DEBUG",
        "json",
    )
    assert (settings.exotel_connect_mode, settings.voicemail) == ("voice-ai", "leave-message")
    assert (settings.stt, settings.llm) == ("deepgram", "openai-compatible")
    assert settings.tts_fallback == "elevenlabs"
    assert settings.public_url == "https://bot.example.com"
    assert settings.cartesia_url == "wss://api.cartesia.ai/tts/websocket"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEEPGRAM_BASE_URL", "foo"),
        ("DEEPGRAM_BASE_URL", "ftp://api.deepgram.com"),
        ("DEEPGRAM_BASE_URL", "https://"),
        ("OPENAI_BASE_URL", "https:/api.openai.com/v1"),
        ("OPENAI_BASE_URL", "https://api openai.com"),
        ("OPENAI_COMPATIBLE_URL", "localhost:11434/v1"),
        ("OPENAI_COMPATIBLE_URL", "http://localhost:port/v1"),
        ("AZURE_OPENAI_ENDPOINT", "https:///openai/v1"),
        ("CARTESIA_URL", "https://api.cartesia.ai"),
        ("SARVAM_URL", "wss://:443"),
        ("LOG_LEVEL", "TRACING"),
        ("ENV", "prod"),
    ],
)
def test_a_wrong_setting_is_explained_in_words(name: str, value: str) -> None:
    (fault,) = Settings.parse({name: value}).faults()
    assert fault.startswith(f"{name}: ")
    assert "pattern" not in fault


@pytest.mark.parametrize(
    "value",
    ["api.deepgram.com", "localhost", "deepgram:8080", "https://foo", "ws://127.0.0.1:9/x", "::1"],
)
def test_the_deepgram_url_setting_may_be_a_bare_host(value: str) -> None:
    faults = Settings.parse({"DEEPGRAM_BASE_URL": value}).faults()
    assert bool(faults) == (value == "::1")  # which wants its brackets


@pytest.mark.parametrize(
    ("credential", "named"),
    [
        ("p@ss:w/rd", "@ : /"),
        ("what?", "?"),
        ("a b", "a space"),
        ("50%", "%"),
        ("1+1", "+"),
        ("a&b#c", "& #"),
        ("naïve", "ï"),
    ],
)
def test_websocket_credentials_can_stand_in_the_applet_s_url(credential: str, named: str) -> None:
    for name, other in (("WS_USERNAME", "WS_PASSWORD"), ("WS_PASSWORD", "WS_USERNAME")):
        (fault,) = Settings.parse({name: credential, other: "x"}).faults()
        assert fault.startswith(f"{name}: {named} can't stand in the applet's URL")
        assert credential not in fault
    assert not Settings.parse({"WS_USERNAME": "exotel-1", "WS_PASSWORD": "S3cret._~!"}).faults()


def test_credentials_are_not_shown_in_the_settings_repr() -> None:
    settings = Settings.parse({"OPENAI_API_KEY": "sk-very-secret", "WS_PASSWORD": "hunter2"})
    assert "sk-very-secret" not in repr(settings)
    assert "hunter2" not in repr(settings)


def test_all_secret_settings_are_known_to_the_log() -> None:
    secret = {
        "OPENAI_API_KEY": "sk-very-secret",
        "WS_USERNAME": "exotel",
        "WS_PASSWORD": "hunter2",
        "EXOTEL_API_KEY": "key",
        "EXOTEL_API_TOKEN": "token",
        "DATABASE_URL": "postgresql://bot:p%40ss:w/rd@db/calls?sslmode=require",
    }
    secrets = Settings.parse(secret).secrets
    pairs = {"exotel:hunter2", "key:token"}
    assert {"sk-very-secret", "hunter2", "key", "token", "p@ss:w/rd", *pairs} <= set(secrets)
    assert not [found for found in secrets if "db/calls" in found or not found]
    assert Settings.parse({}).secrets == []


def test_an_agent_on_pipecat_cloud_needs_no_server_settings() -> None:
    of_a_door = {**PRODUCTION, "WS_USERNAME": "exotel", "PUBLIC_URL": "http://bot.example.com"}
    assert len(Settings.parse(of_a_door).faults()) == 2
    assert Settings.parse(of_a_door).faults(serves=False) == []
    wrong = {**of_a_door, "MAX_CALLS": "0", "SHOW_CONVERSATION": "1"}
    assert len(Settings.parse(wrong).faults(serves=False)) == 2


def test_a_bot_that_takes_no_calls_needs_no_websocket_credentials() -> None:
    half = Settings.parse({"WS_USERNAME": "exotel"})
    assert half.faults(takes_calls=False) == []
    assert half.faults() == ["WS_PASSWORD: WS_USERNAME and WS_PASSWORD go together"]
