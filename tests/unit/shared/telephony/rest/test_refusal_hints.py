"""Hints on what to do about a refusal by Exotel."""

import pytest

from shared.telephony.rest.refusal_hints import hint


@pytest.mark.parametrize(
    ("status", "message", "advice"),
    [
        (400, "The 'From' parameter is required.", "check the number"),
        (400, "CallerId is not one of your ExoPhones", "EXOTEL_PHONE_NUMBER"),
        (400, "The number is in NDNC", "do-not-disturb"),
        (401, "Authentication failed. Verify your API key and token.", "EXOTEL_API_KEY"),
        (402, "", "top up"),
        (403, "Your account is not yet KYC compliant.", "KYC verification"),
        (403, "Insufficient balance", "top up"),
        (403, "This IP is not whitelisted", "public address"),
        (403, "Not allowed from IP 203.0.113.7", "public address"),
        (403, "Connect Voice AI is not enabled for this account", "enable"),
        (403, "Account suspended", "support"),
        (403, "Calls are only allowed during business hours", "9:00"),
        (403, "Call blocked: DND", "do-not-disturb"),
        (403, "", "KYC"),
        (404, "Not Found", "EXOTEL_ACCOUNT_SID"),
        (404, "Not Found", "api.in.exotel.com"),
        (429, "Rate limit exceeded. This feature is limited.", "more slowly"),
        (418, "", ""),
    ],
)
def test_a_refusal_by_exotel_gets_a_hint_on_what_to_do(
    status: int, message: str, advice: str
) -> None:
    given = hint(status, message)
    assert advice in given
    assert bool(advice) == bool(given)


def test_a_word_inside_another_gives_no_refusal_hint() -> None:
    assert "public address" not in hint(403, "The recipient is not allowed")
