from pathlib import Path
from urllib.parse import parse_qsl

from shared.telephony.webhook_payloads.voicebot import VoicebotRequest, parse_voicebot

WIRE = Path(__file__).parents[4] / "wire" / "webhooks"


def query(name: str) -> dict[str, object]:
    text = (WIRE / f"{name}.query.txt").read_text(encoding="utf-8").strip()
    return dict(parse_qsl(text, keep_blank_values=True))


def test_a_voicebot_request_of_an_incoming_call_names_its_exophone() -> None:
    assert parse_voicebot(query("voicebot_incoming")) == VoicebotRequest(
        call_sid="faccc8dce91e426a398475de9fdb1a8p",
        from_number="09800003609",
        to_number="08030000588",
        direction="incoming",
        custom_field="",
    )


def test_a_voicebot_request_of_a_dialled_call_brings_its_custom_field() -> None:
    request = parse_voicebot(query("voicebot_outbound"))
    assert request.direction == "outbound-dial"
    assert request.custom_field == "6b1f0c9e-0000-4000-8000-2f6d1f1c2a11"
    assert request.from_number == "09400000105"
