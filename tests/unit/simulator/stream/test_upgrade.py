"""The WebSocket upgrade as Exotel sends it: URL, query, sample rate and custom parameters."""

import pytest

from simulator.stream.profiles import Profile
from simulator.stream.upgrade import NotDialable, Target


def test_a_websocket_url_is_taken_apart_as_in_the_voicebot_applet() -> None:
    target = Target.parse("wss://me:s%3Acret@bot.test/ws/t?sample-rate=16000&lang=hi&x=", Profile())
    assert target.url == "wss://bot.test/ws/t?sample-rate=16000&lang=hi&x="
    assert target.credentials == "Basic bWU6czpjcmV0"
    assert target.rate == 16_000
    assert target.parameters == {"lang": "hi", "x": ""}


def test_a_bare_websocket_url_means_8_khz_and_no_parameters() -> None:
    target = Target.parse("ws://bot.test", Profile())
    assert target == Target("ws://bot.test/", None, 8_000, {})


def test_an_underscore_in_sample_rate_is_a_custom_parameter() -> None:
    url = "ws://bot.test/?sample_rate=16000"
    assert Target.parse(url, Profile()).rate == 8_000
    assert Target.parse(url, Profile()).parameters == {"sample_rate": "16000"}
    assert Target.parse(url, Profile(reads_underscore_rate=True)).rate == 16_000


def test_the_websocket_url_s_query_may_be_kept_from_the_bot() -> None:
    target = Target.parse("ws://bot.test/ws?lang=hi", Profile(keeps_query=False))
    assert target.url == "ws://bot.test/ws"
    assert target.parameters == {"lang": "hi"}


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://bot.test/", "not a ws"),
        ("bot.test", "not a ws"),
        ("ws:///ws", "not a ws"),
        ("ws://bot.test:99999/", "not a ws"),
        ("ws://bot.test/?sample-rate=44100", "8000, 16000 and 24000"),
        ("ws://bot.test/?a=1&b=2&c=3&d=4", "4 custom parameters"),
        (f"ws://bot.test/?a={'x' * 256}", "257 characters"),
    ],
)
def test_a_websocket_url_that_exotel_would_not_open_is_refused(url: str, why: str) -> None:
    with pytest.raises(NotDialable, match=why):
        Target.parse(url, Profile())
