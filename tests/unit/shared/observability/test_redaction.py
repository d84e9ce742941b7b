"""Redaction of secrets and phone numbers in any spelling; what only looks like one stays."""

import time

import pytest

from shared.observability.redaction import Redaction, mask

KEY = "sk-proj-Zq8vN3xLr7TbW2mKWXYZ"
PASSWORD = 'h√nter 2/"quoted"'
REDACT = Redaction([KEY, PASSWORD, f"exotel:{PASSWORD}", "pin7"])


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+919812345678", "*********5678"),
        ("09812345678", "*******5678"),
        ("+91 98123 45678", "*********5678"),
        ("", "unknown"),
        ("1234", "unknown"),
        ("anonymous\ncall ended", "unknown"),
        ("9" * 200_000, "*" * 16 + "9999"),
    ],
)
def test_a_redacted_phone_number_keeps_four_digits(number: str, shown: str) -> None:
    assert mask(number) == shown


@pytest.mark.parametrize(
    "written",
    [
        "9812345678.",
        "+91 98123 45678",
        "+91-98123-45678",
        "+91 (981) 234-5678",
        "(09812345678)",
        "098123 45678",
        "98123-45678",
        "98123.45678",
        "98123_45678",
        "98123\u201145678",  # a hyphen that doesn't break
        "98123\u00a045678",
        "customer_9812345678",
        "customer9812345678x",
        "https://crm/9812345678abc?q=1",
        '{"From": "+919812345678"}',
        "From=%2B919812345678&To=x",
        "98123%2045678",
        "98123+45678",
        "00919812345678",
        "tel:12345678",
        "sip:+919812345678@pstn.example.in",
        r"{'n': '\u002b919812345678'}",
        "९८१२३४५६७८",
        "৯৮১২৩৪৫৬৭৮",
        "98123४५६७८",
        r'{"n": "\u096f\u096e\u0967\u0968\u0969\u096a\u096b\u096c\u096d\u096e"}',
        "%E0%A5%AF%E0%A5%AE%E0%A5%A7%E0%A5%A8%E0%A5%A9%E0%A5%AA%E0%A5%AB%E0%A5%AC%E0%A5%AD%E0%A5%AE",
        "+65 8123 5678",
        "+475678901",
    ],
)
def test_a_phone_number_is_redacted_however_it_is_written(written: str) -> None:
    shown = REDACT(f"no customer {written} here")
    assert "****" in shown
    for part in ("98123", "९८१२", "৯৮১২", "096f", "A5%AF", "234-", "8123", "47567", "1234567"):
        assert part not in shown


@pytest.mark.parametrize(
    "text",
    [
        "call b0c8aea60aceb0007fc5a1bb75c218bl ended",
        "call 80bfbec2d78bbbf10fb851f4fa165211 (0b9d6d2c5c6a4a5fa1c7f7f6f4a2c3d1)",
        "call 4c18aa9812345678191f",
        "session 123e4567-e89b-42d3-8456-426614174000",
        "at 2026-11-28 04:08:00.123456+05:30",
        "at 2026-11-28T04:08:00Z",
        "started 1764308993.308, again 1764308993308",
        "refused a socket from 192.168.100.200:54321",
        "Exotel streams 16000 Hz but we take 8000",
        "<Task at 0x7f1234567890>",
        "after 10.2 s, 12 turns, median response 0.83 s",
        "WS_PASSWORD: without it anybody can open /ws at your cost",
        "its token is unknown, expired or used",
        "POST /start needs a key",
        "wss://api.pipecat.daily.co/ws/exotel?serviceHost=agent.organization",
    ],
)
def test_what_only_looks_like_a_phone_number_is_not_redacted(text: str) -> None:
    assert REDACT(text) == text


@pytest.mark.parametrize(
    "written",
    [
        KEY,
        f"Bearer {KEY}",
        f"Incorrect API key provided: {KEY[:8]}************WXYZ.",
        "the key ending in ****WXYZ is revoked",
        f"{KEY[:12]}...",
        PASSWORD,
        "h%E2%88%9Anter%202%2F%22quoted%22",
        "h%E2%88%9Anter+2%2F%22quoted%22",
        r"{'password': 'h√nter 2/\"quoted\"'}",
        "Authorization: Basic ZXhvdGVsOmjiiJpudGVyIDIvInF1b3RlZCI=",
        "the pin7 is wrong",
    ],
)
def test_a_known_secret_is_redacted_in_every_form(written: str) -> None:
    shown = REDACT(f"401: {written} (at startup)")
    assert shown.startswith("401: ")
    assert "***" in shown
    assert shown.endswith("(at startup)")
    for part in ("Zq8vN", "WXYZ", "nter", "quoted", "ZXhvd", "pin7"):
        assert part not in shown


@pytest.mark.parametrize(
    "written",
    [
        "authorization: Token n0t-0urs-at-all",
        "{'Authorization': 'Bearer n0t-0urs-at-all'}",
        "GET /v1/listen?api_key=n0t-0urs-at-all&model=nova-3",
        '{"xi-api-key": "n0t-0urs-at-all"}',
        "DEEPGRAM_API_KEY=n0t-0urs-at-all",
        "postgresql://bot:n0t-0urs-at-all@db/calls",
        "wss://exotel:n0t-0urs-at-all@host/ws",
        "WebSocket /ws/n0t-0urs-at-all-4321 403",
        "refused /exotel/status/n0t-0urs-at-all-4321: unknown",
        "sk-n0t-0urs-at-all is no key",
        "Basic n0t0urs0at0all==",
        "xi-api-key: n0t-0urs-at-all",
        "gsk_n0t0urs0at0all0ever",
        "the key AIzan0t0urs0at0all0ever is wrong",
    ],
)
def test_credentials_that_no_setting_holds_are_redacted_by_their_place(written: str) -> None:
    shown = REDACT(written)
    assert "***" in shown
    assert "n0t" not in shown


def test_a_secret_within_a_word_is_redacted_only_if_it_is_long() -> None:
    assert Redaction(["able", "x"])("unable to be able: x") == "unable to be ***: x"


@pytest.mark.parametrize("text", ["a", "1 ", "*", "-_", "token", "00ff", "(", "12.3", "…"])
def test_redaction_of_long_texts_takes_no_time(text: str) -> None:
    began = time.perf_counter()
    REDACT(text * 20_000)
    assert time.perf_counter() - began < 1.0
