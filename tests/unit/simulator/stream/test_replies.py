"""Messages of a bot as the simulator reads them: media, marks, clears and mistakes."""

import pytest

from simulator.stream.replies import Audio, BadMessage, Clear, Mark, read_reply


@pytest.mark.parametrize(
    "message",
    [
        '{"event":"media","stream_sid":"x","media":{"payload":"AAEC"}}',
        '{"event":"media","streamSid":"x","media":{"payload":"AAEC"}}',
        '{"event":"media","media":{"payload":"AAEC","chunk":"1","timestamp":7},"more":[1]}',
    ],
)
def test_media_messages_are_read_whatever_the_stream_sid_is_called(message: str) -> None:
    assert read_reply(message) == Audio(b"\x00\x01\x02")


def test_mark_and_clear_messages_are_read() -> None:
    assert read_reply('{"event":"mark","mark":{"name":"m","timestamp":1}}') == Mark("m")
    assert read_reply('{"event":"clear","stream_sid":"x"}') == Clear()


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (b'{"event":"clear"}', "binary"),
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a JSON object"),
        ("{}", "unknown event None"),
        ('{"event":"play"}', "unknown event 'play'"),
        ('{"event":["media"]}', "unknown event"),
        ('{"event":"media"}', "without media.payload"),
        ('{"event":"media","media":[]}', "without media.payload"),
        ('{"event":"media","media":{"payload":7}}', "without media.payload"),
        ('{"event":"media","media":{"payload":"é"}}', "not base64"),
        ('{"event":"media","media":{"payload":"A"}}', "not base64"),
        ('{"event":"media","media":{"payload":""}}', "empty"),
        ('{"event":"mark"}', "without mark.name"),
        ('{"event":"mark","mark":{"name":""}}', "without mark.name"),
    ],
)
def test_a_malformed_message_of_a_bot_is_explained(message: str | bytes, why: str) -> None:
    with pytest.raises(BadMessage, match=why):
        read_reply(message)
