"""The codec of Exotel's stream messages: wire files, encodings, sample rates and nonsense."""

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.telephony.errors import MalformedMessage, UnsupportedEncoding
from shared.telephony.stream.codec import dump, parse
from shared.telephony.stream.messages import (
    MAX_MESSAGE_SIZE,
    Clear,
    Connected,
    Dtmf,
    Mark,
    Media,
    Message,
    Start,
    Stop,
    Unknown,
)

WIRE = Path(__file__).parents[4] / "wire"
STREAM = "3357459ca698d8c765bac10b0ec418bl"
CALL = "b0c8aea60aceb0007fc5a1bb75c218bl"
PCM = b"\x00\x00\x01\x00\x02\x00\x03\x00"


def start(**changes: object) -> Start:
    usual: dict[str, object] = {
        "stream_sid": STREAM,
        "call_sid": CALL,
        "account_sid": "sunrise1",
        "from_number": "09800000105",
        "to_number": "04440000319",
        "sample_rate": 8_000,
        "sequence_number": 1,
    }
    return Start(**usual | changes)  # type: ignore[arg-type]  # fields by name


ON_THE_WIRE: dict[str, Message] = {
    "connected": Connected(),
    "connected_extra_keys": Connected(),
    "start_live": start(),
    "start_live_leg_sid": start(
        from_number="+919800000105",
        to_number="+914440000319",
        leg_sid="5a7c9f03e1b24d6897a1c2d3e4f5061k",
        custom_parameters={"voice/6b1f0c9e-0000-4000-8000-2f6d1f1c2a11": ""},
    ),
    "start_documented": start(
        stream_sid="MZ0001",
        call_sid="CA0001",
        account_sid="AC0001",
        from_number="+919800000105",
        to_number="+914440000319",
        custom_parameters={"key1": "value1"},
    ),
    "start_raw_int": start(),
    "start_camel_case": start(sample_rate=16_000, custom_parameters={"key1": "value1"}),
    "start_bare": Start(stream_sid=STREAM, call_sid=CALL),
    "start_query_string_parameters": start(
        sample_rate=None, sequence_number=None, custom_parameters={"order": "42", "vip": ""}
    ),
    "media_text_numbers": Media(PCM, STREAM, 2, 20, 3),
    "media_int_numbers": Media(PCM, STREAM, 2, 20, 3),
    "media_camel_case": Media(PCM, STREAM, 2, 20, 3),
    "dtmf": Dtmf("5", 100, STREAM, 7),
    "dtmf_flat": Dtmf("5"),
    "mark": Mark("turn-3-end", STREAM, 15),
    "clear": Clear(STREAM),
    "stop_callended": Stop("callended", CALL, "sunrise1", STREAM, 20),
    "stop_stopped": Stop("stopped", CALL, "sunrise1", STREAM, 20),
    "closed": Stop(stream_sid=STREAM),
    "unknown": Unknown("silence", 9),
}

# Exotel's messages whose documented form is what we write, letter by letter but for the key order.
SAME_BOTH_WAYS = ("connected", "media_text_numbers", "dtmf", "mark", "clear", "stop_callended")


def read(name: str) -> str:
    return (WIRE / f"{name}.json").read_text(encoding="utf-8")


def test_the_codec_s_tests_read_every_wire_file() -> None:
    assert {path.stem for path in WIRE.glob("*.json")} == set(ON_THE_WIRE)


@pytest.mark.parametrize("name", ON_THE_WIRE)
def test_the_codec_reads_the_messages_of_every_wire_file(name: str) -> None:
    assert parse(read(name)) == ON_THE_WIRE[name]


@pytest.mark.parametrize("name", ON_THE_WIRE)
def test_the_codec_reads_binary_frames_as_text_frames(name: str) -> None:
    assert parse(read(name).encode()) == ON_THE_WIRE[name]


@pytest.mark.parametrize("name", SAME_BOTH_WAYS)
def test_the_codec_writes_what_exotel_writes(name: str) -> None:
    assert json.loads(dump(ON_THE_WIRE[name])) == json.loads(read(name))


@pytest.mark.parametrize("name", [name for name in ON_THE_WIRE if name != "start_documented"])
def test_the_codec_reads_back_what_it_writes(name: str) -> None:
    assert parse(dump(ON_THE_WIRE[name])) == ON_THE_WIRE[name]


def test_the_codec_writes_compact_json() -> None:
    assert dump(Clear("s")) == '{"event":"clear","stream_sid":"s"}'


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        pytest.param("hello", "not JSON", id="not-json"),
        pytest.param("", "not JSON", id="empty"),
        pytest.param(b"\xff\xfe{", "not JSON", id="not-utf8"),
        pytest.param("[" * 200_000, "not JSON", id="too-deep"),
        pytest.param("1" * 5_000, "not JSON", id="too-many-digits"),
        pytest.param("[]", "a JSON list", id="list"),
        pytest.param("null", "a JSON NoneType", id="null"),
        pytest.param('{"event":7}', "no 'event'", id="event-number"),
        pytest.param("{}", "no 'event'", id="no-event"),
        pytest.param('{"event":"start"}', "'start' is not an object", id="no-start"),
        pytest.param('{"event":"start","start":null}', "'start' is not", id="null-start"),
        pytest.param('{"event":"start","start":{}}', "'stream_sid'", id="no-sids"),
        pytest.param('{"event":"start","stream_sid":"s","start":{}}', "'call_sid'", id="no-call"),
        pytest.param(
            '{"event":"start","start":{"stream_sid":null,"call_sid":"c"}}', "stream_sid", id="null"
        ),
        pytest.param(
            '{"event":"start","start":{"stream_sid":"s","call_sid":"a\\nb"}}',
            "call_sid",
            id="sid-with-a-line-break",
        ),
        pytest.param('{"event":"media","media":null}', "'media' is not", id="null-media"),
        pytest.param('{"event":"media","media":[]}', "'media' is not", id="list-media"),
        pytest.param('{"event":"media","media":{}}', "without 'payload'", id="no-payload"),
        pytest.param('{"event":"media","media":{"payload":7}}', "without 'payload'", id="number"),
        pytest.param('{"event":"media","media":{"payload":"@@@"}}', "base64", id="bad-alphabet"),
        pytest.param('{"event":"media","media":{"payload":"AAAAA"}}', "base64", id="bad-length"),
        pytest.param('{"event":"media","media":{"payload":"AA==AAAA"}}', "base64", id="two"),
        pytest.param('{"event":"media","media":{"payload":"é"}}', "base64", id="not-ascii"),
        pytest.param('{"event":"dtmf","dtmf":null}', "without a key", id="null-dtmf"),
        pytest.param('{"event":"dtmf","dtmf":{"digit":"55"}}', "without a key", id="two-keys"),
        pytest.param('{"event":"dtmf","dtmf":{"digit":"A"}}', "without a key", id="no-such-key"),
        pytest.param('{"event":"mark","mark":"m"}', "'mark' is not an object", id="mark-text"),
        pytest.param(" " * (MAX_MESSAGE_SIZE + 1), "bytes are too many", id="too-large"),
    ],
)
def test_a_malformed_stream_message_is_our_own_error_with_a_reason(
    data: str | bytes, problem: str
) -> None:
    with pytest.raises(MalformedMessage, match=problem):
        parse(data)


@pytest.mark.parametrize("written", ["8000", "8000Hz", " 8000 hz", "8kHz", "8 kHz"])
def test_a_sample_rate_is_read_however_it_is_written(written: str) -> None:
    text = read("start_live").replace('"8000"', json.dumps(written))
    message = parse(text)
    assert isinstance(message, Start)
    assert message.sample_rate == 8_000


@pytest.mark.parametrize("written", ['"fast"', "null", "true", "[]", '""'])
def test_a_sample_rate_that_is_none_counts_as_absent(written: str) -> None:
    message = parse(read("start_live").replace('"8000"', written))
    assert isinstance(message, Start)
    assert message.sample_rate is None


SOUND = bytes(range(256)) * 2 + b"\xfb\xff"  # every digit of both alphabets, and padding
BASE64 = base64.b64encode(SOUND).decode()


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(BASE64, id="as usual"),
        pytest.param(BASE64.rstrip("="), id="without padding"),
        pytest.param(base64.urlsafe_b64encode(SOUND).decode(), id="for URLs"),
        pytest.param(base64.urlsafe_b64encode(SOUND).decode().rstrip("="), id="for URLs, bare"),
        pytest.param(base64.encodebytes(SOUND).decode(), id="in lines"),
        pytest.param(f" {BASE64}\r\n", id="with a line break"),
        pytest.param(BASE64.replace("A", "A ", 3), id="with spaces"),
        pytest.param(BASE64 + "=", id="with too much padding"),
    ],
)
def test_media_payloads_are_read_however_their_base64_is_written(payload: str) -> None:
    message = parse(json.dumps({"event": "media", "media": {"payload": payload}}))
    assert message == Media(SOUND)


@pytest.mark.parametrize("size", range(7))
def test_media_payloads_without_base64_padding_are_read(size: int) -> None:
    payload = base64.b64encode(SOUND[:size]).decode().rstrip("=")
    assert parse(json.dumps({"event": "media", "media": {"payload": payload}})) == Media(
        SOUND[:size]
    )


def named(encoding: object) -> str:
    return read("start_live").replace('"base64"', json.dumps(encoding))


@pytest.mark.parametrize(
    "encoding",
    ["base64", "raw", "audio/x-raw", "audio/x-l16", "audio/L16;rate=8000", "slin", "slin16"]
    + ["linear16", "LINEAR16", "lpcm", "pcm", "audio/pcm", "PCM16", "pcm_s16le", "pcm_24000"]
    + ["slin24", "pcm 8 kHz", "pcm24k", "audio/x-l16;rate=24000"]
    + ["signed 16-bit little endian", "wav", "128kbps", "nonsense", "", None, 16, ["opus"]],
)
def test_the_codec_takes_every_name_of_exotel_s_audio_encoding(encoding: object) -> None:
    assert parse(named(encoding)) == start()


@pytest.mark.parametrize(
    "encoding",
    ["audio/x-mulaw", "mulaw", "MuLaw", "mu-law", "\u03bc-law", "u_law", "PCMU", "pcmu/8000"]
    + ["pcm_mulaw", "alaw", "A-law", "audio/PCMA", "pcm_alaw", "g711", "G.711", "g711_ulaw"]
    + ["audio/basic", "opus", "audio/ogg;codecs=opus", "G.729", "g722", "gsm", "AMR-WB", "mp3"]
    + ["linear8", "uint8", "int32", "l16be", "audio/x-l16;endian=big", "wma", "alac", "EVS"]
    + ["pcm_u8", "L8", "8 bit", "pcm_s24le", "L24", "pcm_f32le", "float32", "pcm_s16be"],
)
def test_the_codec_refuses_audio_encodings_that_would_be_noise(encoding: str) -> None:
    with pytest.raises(UnsupportedEncoding, match=r"streams '.+' but we take 16-bit linear PCM"):
        parse(named(encoding))


@pytest.mark.parametrize(
    "media_format",
    [
        "audio/x-mulaw",
        {"codec": "pcmu", "sample_rate": "8000"},
        {"encoding": "", "content_type": "audio/x-mulaw;rate=8000"},
        {"encoding": "base64", "codec": "mulaw"},
        {"encoding": "base64", "contentType": "audio/x-mulaw"},
        {"encoding": "raw", "mime-type": "audio/basic"},
        {"Encoding": "PCMU"},
        {"type": "audio/x-mulaw"},
    ],
)
def test_the_codec_finds_an_encoding_wherever_it_stands(media_format: object) -> None:
    body = {"stream_sid": STREAM, "call_sid": CALL, "mediaFormat": media_format}
    with pytest.raises(UnsupportedEncoding) as refusal:
        parse(json.dumps({"event": "start", "start": body}))
    assert len(str(refusal.value)) <= 120


def test_half_a_surrogate_pair_in_a_stream_message_can_be_logged() -> None:
    message = parse('{"event":"mark","mark":{"name":"\\ud800"}}')
    assert message == Mark("?")


EVENTS = ("connected", "start", "media", "dtmf", "mark", "clear", "stop", "closed", "else")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["stream_sid", "streamSid", "call_sid", "media_format", "custom_parameters", "payload", "name"]
    + ["digit", "sequence_number", "from", "to", "chunk", "timestamp", "reason", *EVENTS]
)
OBJECTS = st.dictionaries(FIELDS, JSON | st.dictionaries(FIELDS, JSON))


@given(st.text() | st.binary())
def test_the_codec_reads_any_text_as_a_message_or_our_own_error(data: str | bytes) -> None:
    parse_or_refuse(data)


@given(st.sampled_from(EVENTS), OBJECTS)
def test_the_codec_reads_any_object_as_a_message_or_our_own_error(
    event: str, body: dict[str, object]
) -> None:
    parse_or_refuse(json.dumps({**body, "event": event}))


def parse_or_refuse(data: str | bytes) -> None:
    try:
        message = parse(data)
    except MalformedMessage as error:
        str(error).encode()
    else:
        dump(message).encode()
