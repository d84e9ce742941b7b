"""Messages of Exotel's stream as the simulator writes them, against those of a live account."""

import json
from base64 import b64encode
from typing import Any

import pytest

from simulator.stream.messages import Wire
from simulator.stream.profiles import DOCUMENTED, PROFILES, Profile

SID = "3357459ca698d8c765bac10b0ec418bl"


def start(profile: Profile, parameters: dict[str, str] | None = None) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(Wire(profile, 8_000, parameters or {}).start())
    return message


def test_the_start_event_looks_as_on_a_live_account() -> None:
    profile = Profile(stream_sid=SID, call_sid=SID[::-1], account_sid="tenant")
    assert Wire(profile, 8_000, {}).start() == (
        f'{{"event":"start","stream_sid":"{SID}","sequence_number":"1",'
        f'"start":{{"stream_sid":"{SID}","call_sid":"{SID[::-1]}","account_sid":"tenant",'
        '"from":"09876543210","to":"08047112233",'
        '"media_format":{"encoding":"base64","sample_rate":"8000","bit_rate":"128kbps"}}}'
    )


def test_a_media_message_is_as_long_as_on_a_live_account() -> None:
    wire = Wire(Profile(), 8_000, {})
    wire.start()
    sizes = [len(wire.media(bytes(320), 20 * chunk)) for chunk in range(1, 5_100)]
    assert (sizes[98], sizes[1_000], sizes[-1]) == (572, 576, 577)


def test_media_messages_count_chunks_from_one_and_share_the_sequence() -> None:
    wire = Wire(Profile(), 8_000, {})
    wire.start()
    first, second = json.loads(wire.media(b"ab", 20)), json.loads(wire.media(b"cd", 40))
    mark = json.loads(wire.mark("m"))
    assert first["media"] == {
        "chunk": "1",
        "timestamp": "20",
        "payload": b64encode(b"ab").decode(),
    }
    assert [m["sequence_number"] for m in (first, second, mark)] == ["2", "3", "4"]
    assert second["media"]["chunk"] == "2"


def test_call_sids_are_32_characters_and_new_for_each_call() -> None:
    one, other = Wire(Profile(), 8_000, {}), Wire(Profile(), 8_000, {})
    sids = {one.call_sid, one.stream_sid, other.call_sid, other.stream_sid}
    assert len(sids) == 4
    assert all(len(sid) == 32 and sid.isalnum() and sid == sid.lower() for sid in sids)


@pytest.mark.parametrize(
    ("profile", "rate"),
    [(Profile(), "8000"), (PROFILES["leg-sid"], 8_000), (PROFILES["hertz"], "8000Hz")],
)
def test_the_sample_rate_is_spelled_in_three_ways(profile: Profile, rate: str | int) -> None:
    assert start(profile)["start"]["media_format"]["sample_rate"] == rate


def test_the_documented_start_event_differs_from_the_live_one() -> None:
    message = start(DOCUMENTED)["start"]
    assert message["media_format"] == {
        "encoding": "audio/x-raw",
        "sample_rate": "8000",
        "bit_rate": "16",
    }
    assert message["from"].startswith("+91")
    assert message["custom_parameters"] == {"key1": "value1"}


@pytest.mark.parametrize(
    ("profile", "parameters", "expected"),
    [
        (Profile(), {}, None),
        (Profile(), {"lang": "hi"}, {"lang": "hi"}),
        (PROFILES["empty-parameters"], {}, {}),
        (PROFILES["blank-parameters"], {}, ""),
        (PROFILES["custom-field"], {"lang": "hi"}, {"lang": "hi", "order-4711": ""}),
    ],
)
def test_custom_parameters_of_the_start_event_take_every_shape(
    profile: Profile, parameters: dict[str, str], expected: object
) -> None:
    assert start(profile, parameters)["start"].get("custom_parameters") == expected


def test_numbers_in_stream_messages_may_be_json_numbers() -> None:
    wire = Wire(PROFILES["integers"], 8_000, {})
    assert json.loads(wire.start())["sequence_number"] == 1
    media = json.loads(wire.media(b"ab", 20))
    assert (media["sequence_number"], media["media"]["chunk"]) == (2, 1)
    assert media["media"]["timestamp"] == "20"


def test_keys_of_stream_messages_may_be_camel_case() -> None:
    wire = Wire(PROFILES["camel-case"], 8_000, {})
    message = json.loads(wire.start())
    assert message["start"]["callSid"] == wire.call_sid
    assert message["start"]["mediaFormat"]["sampleRate"] == "8000"
    assert "streamSid" in json.loads(wire.media(b"ab", 20))


@pytest.mark.parametrize("key", ["account_sid", "from"])
def test_the_start_event_may_lack_a_key(key: str) -> None:
    name = {"account_sid": "no-account", "from": "no-from"}[key]
    assert key not in start(PROFILES[name])["start"]


def test_stream_messages_may_be_indented_and_carry_unknown_keys() -> None:
    assert "\n  " in Wire(PROFILES["pretty"], 8_000, {}).connected()
    assert "x_region" in json.loads(Wire(PROFILES["extras"], 8_000, {}).media(b"ab", 20))


def test_sequence_numbers_of_stream_messages_may_be_skipped() -> None:
    wire = Wire(Profile(sequence_gap_every=3), 8_000, {})
    numbers = [json.loads(wire.media(b"ab", 20))["sequence_number"] for _ in range(6)]
    assert numbers == ["1", "2", "4", "5", "6", "8"]
