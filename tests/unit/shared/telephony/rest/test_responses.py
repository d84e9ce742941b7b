"""Answers to a dial: placed, refused, rate-limited, or of unknown outcome."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.telephony.call_status import CallStatus
from shared.telephony.errors import CallRejected, OutcomeUnknown, RateLimited
from shared.telephony.rest.responses import Answer, PlacedCall, read_complaint, read_placed

WIRE = Path(__file__).parents[4] / "wire" / "rest"
CALL = "40ccc7656e1a3eb66c6cb2be57d1142k"
KYC = (
    "Your account is not yet KYC compliant. This is mandatory by TRAI guidelines to connect "
    "outbound voice calls."
)
RATE = "Rate limit exceeded. Max 200 requests per minute."


def body(name: str) -> str:
    return (WIRE / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", ["placed.json", "placed_voice_ai.json", "placed_lower_case.json", "placed.xml"]
)
def test_the_answer_to_a_placed_dial_has_a_call_sid(name: str) -> None:
    assert read_placed(Answer(200, body(name))) == PlacedCall(CALL, CallStatus.IN_PROGRESS)


@pytest.mark.parametrize(
    "content",
    [
        f"<TwilioResponse><Call><Sid>{CALL}</Sid></Call></TwilioResponse>",
        f"\ufeff\r\n<twilioResponse><call><sid> {CALL}\n</sid></call></twilioResponse>",
        f"<ExotelResponse><Call><Status>queued</Status><Sid>{CALL}</Sid></Call></ExotelResponse>",
        f"<Call><Sid>{CALL}</Sid></Call>",
        f'<?xml version="1.0" encoding="UTF-16"?><R><Call><Sid>{CALL}</Sid></Call></R>',
        f'<t:R xmlns:t="urn:t"><t:Call kind="x"><t:Sid>{CALL}</t:Sid></t:Call></t:R>',
        f'<R xmlns="urn:t"><!-- as asked --><Call><Sid><![CDATA[{CALL}]]></Sid></Call></R>',
        f"<R><Call><Uri>/v1?a=1&b=2&nbsp;</Uri><Sid>{CALL}</Sid></Call></R>",
        f'\ufeff{{"Call": {{"Sid": "{CALL}"}}}}',
        f'{{"TwilioResponse": {{"Call": {{"Sid": "{CALL}"}}}}}}',
        f'{{"http_code": 200, "response": {{"call": {{"sid": "{CALL}"}}}}}}',
    ],
)
def test_the_answer_to_a_placed_dial_is_read_in_any_spelling(content: str) -> None:
    assert read_placed(Answer(200, content)).call_sid == CALL


@pytest.mark.parametrize(
    ("status", "name", "message", "code"),
    [
        (400, "error_400.json", "The 'From' parameter is required.", ""),
        (401, "error_401.json", "Authentication failed. Verify your API key and token.", ""),
        (403, "error_403_kyc.json", KYC, ""),
        (403, "error_403_kyc_code.json", KYC, "340030"),
        (
            403,
            "error_403.xml",
            "Requests from this IP are not allowed & must be whitelisted",
            "34010",
        ),
        (
            402,
            "error_402_cdata.xml",
            "Insufficient balance & credits: top up",
            "402",
        ),
        (429, "error_429.json", RATE, ""),
        (429, "error_429_text_code.json", RATE, "RATE_LIMIT_EXCEEDED"),
    ],
)
def test_the_refusal_of_a_dial_is_told_in_exotel_s_words(
    status: int, name: str, message: str, code: str
) -> None:
    with pytest.raises(CallRejected) as refusal:
        read_placed(Answer(status, body(name)))
    error = refusal.value
    assert (error.status, error.message, error.code) == (status, message, code)
    assert error.hint
    for part in (str(status), message, code, error.hint):
        assert part in str(error)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", ""),
        ("Forbidden\r\n", "Forbidden"),
        ('"Forbidden"', '"Forbidden"'),
        ("<html><head><title>403 Forbidden</title></head><body>x</body>", "403 Forbidden"),
        ("<p>Not&nbsp;here</p><script>alert('x')</script>\x00", "Not here"),
        ('{"message": "no Route matched"}', "no Route matched"),
        ('{"restexception": {"message": "no", "code": 7}}', "no"),
        ('{"RestException": null}', ""),
        ("{}", ""),
        ("[1]", "[1]"),
        ("<" * 300_000, "<" * 200),
        ("x" * 300_000, "x" * 200),
    ],
)
def test_the_refusal_of_a_dial_in_any_other_form_is_one_short_line(
    content: str, message: str
) -> None:
    with pytest.raises(CallRejected) as refusal:
        read_placed(Answer(403, content))
    assert refusal.value.message == message


def test_credentials_in_a_url_that_exotel_repeats_are_redacted() -> None:
    said = 'StreamUrl "wss://bot:pass@word@bot.test/ws/token?x=1" is wrong, see http://exo.test/why'
    complaint = read_complaint(json.dumps({"RestException": {"Message": said}}))
    assert complaint.message == ('StreamUrl "wss://bot.test/..." is wrong, see http://exo.test/...')


@pytest.mark.parametrize(
    ("status", "content", "reason"),
    [
        (200, "", "answered 200 without naming a call"),
        (200, "<html>OK</html>", "without naming a call"),
        (200, "{", "without naming a call"),
        (200, "[]", "without naming a call"),
        (200, "[" * 200_000, "without naming a call"),
        (200, "{}", "without naming a call"),
        (200, '{"Call": null}', "without naming a call"),
        (200, '{"Call": {"Sid": null}}', "without naming a call"),
        (200, '{"Call": {"Sid": "a b"}}', "without naming a call"),
        (200, '{"Call": {"Sid": "../x"}}', "without naming a call"),
        (204, "", "without naming a call"),
        (200, "<TwilioResponse><Call></Call></TwilioResponse>", "without naming a call"),
        (200, "<TwilioResponse><Call><Sid/></Call></TwilioResponse>", "without naming a call"),
        (200, f"<TwilioResponse><Call><Sid>{CALL}</Sid>", "without naming a call"),
        (200, f"<html><body><Sid>{CALL}</Sid></body></html>", "without naming a call"),
        (200, f'<!DOCTYPE R [<!ENTITY s "{CALL}">]><R><Call><Sid>&s;</Sid></Call></R>', "without"),
        (200, f"<!DOCTYPE R><R><Call><Sid>{CALL}</Sid></Call></R>", "without naming a call"),
        (200, "<Call>" * 20_000 + "</Call>" * 20_000, "without naming a call"),
        (200, "<a>" * 80_000, "without naming a call"),
        (200, body("error_403.xml"), r"answered 200 \(code 34010\): Requests from this IP"),
        (503, body("error_403.xml"), r"answered 503 \(code 34010\): Requests from this IP"),
        (200, body("error_400.json"), "answered 200: The 'From' parameter is required."),
        (200, body("error_503.json"), r"answered 200 \(code 35008\): Service Unavailable;"),
        (200, f'{{"RestException": {{}}, "Call": {{"Sid": "{CALL}"}}}}', "answered 200"),
        (302, "", "answered 302"),
        (500, body("placed.json"), "answered 500"),
        (502, body("error_502.html"), "answered 502: 502 Bad Gateway"),
        (503, body("error_503.json"), r"answered 503 \(code 35008\): Service Unavailable;"),
        (504, "", "answered 504"),
        (500, '{"message": "no route to +91 98000-00105 or 09800000105"}', "no route to <number> "),
    ],
)
def test_an_answer_without_a_call_sid_leaves_the_dial_s_outcome_unknown(
    status: int, content: str, reason: str
) -> None:
    with pytest.raises(OutcomeUnknown, match=reason) as doubt:
        read_placed(Answer(status, content))
    assert "00105" not in str(doubt.value)


def in_secs(secs: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=secs), usegmt=True)


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [
        ("", 30, 30),
        ("soon", 30, 30),
        ("-5", 30, 30),
        ("12", 12, 12),
        (" 45 ", 45, 45),
        ("0", 1, 1),
        ("86400", 600, 600),
        ("9" * 5_000, 30, 30),
        ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", 30, 30),
        ("Mon, 01 Jan 2035 00:00:00 +99999999999999999999", 30, 30),
    ],
)
def test_a_rate_limit_says_when_to_retry(header: str, least: float, most: float) -> None:
    with pytest.raises(RateLimited) as refusal:
        read_placed(Answer(429, body("error_429.json"), header))
    assert least <= refusal.value.retry_after <= most


@pytest.mark.parametrize(
    ("secs", "zone", "least", "most"),
    [
        (120, "GMT", 60, 120),
        (120, "-0000", 60, 120),
        (-120, "GMT", 1, 1),
        (86_400, "GMT", 600, 600),
    ],
)
def test_a_rate_limit_may_name_the_moment_of_the_retry(
    secs: int, zone: str, least: float, most: float
) -> None:
    with pytest.raises(RateLimited) as refusal:
        read_placed(Answer(429, body("error_429.json"), in_secs(secs).replace("GMT", zone)))
    assert least <= refusal.value.retry_after <= most


BODIES = (
    st.text()
    | st.text(alphabet="<>/&;!CallSidR[]", max_size=60).map("<R><Call>{}</Call></R>".format)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["Call", "Sid", "Status", "RestException", "Code"]), inner
            )
        ),
    ).map(json.dumps)
)


@given(status=st.integers(200, 599), content=BODIES, retry_after=st.text())
def test_any_answer_to_a_dial_is_placed_refused_or_unknown(
    status: int, content: str, retry_after: str
) -> None:
    try:
        placed = read_placed(Answer(status, content, retry_after))
    except CallRejected as refusal:
        assert 400 <= status < 500
        assert isinstance(refusal, RateLimited) == (status == 429)
    except OutcomeUnknown:
        assert status == 408 or not 400 <= status < 500
    else:
        assert placed.call_sid and 200 <= status < 300
