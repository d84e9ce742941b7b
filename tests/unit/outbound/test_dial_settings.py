"""Settings that dialling needs: credentials, Connect mode, public URL and Pipecat Cloud."""

import pytest

from outbound.dial_settings import faults_of_dialling, status_callback, stream_url
from shared.settings.settings import Settings
from shared.telephony.connect_mode import ConnectMode

ACCOUNT = {
    "EXOTEL_ACCOUNT_SID": "acme",
    "EXOTEL_API_KEY": "key",
    "EXOTEL_API_TOKEN": "token",
    "EXOTEL_PHONE_NUMBER": "08047112233",
    "START_API_KEY": "secret",
}
CLOUD = {"PIPECAT_CLOUD_AGENT": "reminder", "PIPECAT_CLOUD_ORGANIZATION": "red-fox-1"}


def faults(**environment: str) -> str:
    return "\n".join(faults_of_dialling(Settings.parse({**ACCOUNT, **environment})))


def test_two_numbers_is_the_default_setting_as_in_pipecat_s_example() -> None:
    assert Settings.parse({}).exotel_connect_mode is ConnectMode.TWO_NUMBERS
    assert faults() == ""


def test_the_example_s_setting_for_the_account_is_taken_too() -> None:
    assert Settings.parse({"EXOTEL_SID": "acme"}).exotel_account_sid == "acme"
    both = {"EXOTEL_SID": "old", "EXOTEL_ACCOUNT_SID": "new"}
    assert Settings.parse(both).exotel_account_sid == "new"


@pytest.mark.parametrize("name", ACCOUNT)
def test_all_missing_exotel_credentials_are_named(name: str) -> None:
    assert faults(**{name: ""}) == f"{name}: POST /start needs it"


def test_a_flow_needs_the_setting_of_its_id() -> None:
    assert "EXOTEL_FLOW_ID" in faults(EXOTEL_CONNECT_MODE="flow")
    assert faults(EXOTEL_CONNECT_MODE="flow", EXOTEL_FLOW_ID="1234") == ""


def test_voice_ai_needs_the_public_url_setting() -> None:
    assert "PUBLIC_URL" in faults(EXOTEL_CONNECT_MODE="voice-ai")
    assert faults(EXOTEL_CONNECT_MODE="voice-ai", PUBLIC_URL="bot.example.com") == ""
    assert faults(EXOTEL_CONNECT_MODE="voice-ai", ENV="production", **CLOUD) == ""


def test_half_of_the_pipecat_cloud_settings_are_a_fault() -> None:
    assert "go together" in faults(PIPECAT_CLOUD_AGENT="reminder")


@pytest.mark.parametrize(
    ("public_url", "socket", "callback"),
    [
        ("https://bot.example.com", "wss://bot.example.com", "https://bot.example.com"),
        ("wss://bot.example.com/", "wss://bot.example.com", "https://bot.example.com"),
        ("bot.example.com", "wss://bot.example.com", "https://bot.example.com"),
        ("https://example.com/bot", "wss://example.com/bot", "https://example.com/bot"),
        ("wss://example.com/a/b-2/", "wss://example.com/a/b-2", "https://example.com/a/b-2"),
        (
            "example.com:8443/~bot/v1.2",
            "wss://example.com:8443/~bot/v1.2",
            "https://example.com:8443/~bot/v1.2",
        ),
        ("https://example.com/exotel", "wss://example.com/exotel", "https://example.com/exotel"),
        ("http://127.0.0.1:7860", "ws://127.0.0.1:7860", "http://127.0.0.1:7860"),
    ],
)
def test_websocket_and_callback_urls_follow_from_the_public_url_setting(
    public_url: str, socket: str, callback: str
) -> None:
    settings = Settings.parse({"PUBLIC_URL": public_url})
    assert settings.faults() == []
    assert stream_url(settings, "t0ken") == f"{socket}/ws/t0ken?sample-rate=8000"
    assert status_callback(settings, "t0ken") == f"{callback}/exotel/status/t0ken"


@pytest.mark.parametrize(
    "public_url",
    [
        "ftp://host",
        "https://u:p@host",
        "https://host/a b",
        "https://host/bot?x=1",
        "https://host//x",
    ]
    + ["https://host/bot#x", "https:///bot", "wss://host/ws", "https://host/bot/ws/"]
    + ["https://host/start", "https://host/exotel/voicebot"],
)
def test_a_wrong_public_url_setting_is_a_fault(public_url: str) -> None:
    (fault,) = Settings.parse({"PUBLIC_URL": public_url}).faults()
    assert fault.startswith("PUBLIC_URL: ")


def test_without_a_public_url_setting_no_status_callback_is_asked_for() -> None:
    assert status_callback(Settings.parse({}), "t0ken") == ""


def test_in_production_pipecat_cloud_s_websocket_is_dialled() -> None:
    cloud = {**CLOUD, "PUBLIC_URL": "https://dialler.example.com"}
    settings = Settings.parse({"ENV": "production", **cloud})
    host = "api.pipecat.daily.co/ws/exotel?serviceHost=reminder.red-fox-1"
    assert stream_url(settings, "t0ken") == f"wss://{host}"
    europe = Settings.parse({"ENV": "production", "PIPECAT_CLOUD_REGION": "eu-central", **cloud})
    assert stream_url(europe, "t0ken") == f"wss://eu-central.{host}"
    local = Settings.parse(cloud)
    assert stream_url(local, "t0ken") == "wss://dialler.example.com/ws/t0ken?sample-rate=8000"
