"""Strength of secrets: easily guessed ones are refused, generated ones are not."""

import secrets
import string
from uuid import uuid4

import pytest

from shared.settings.secret_strength import weakness


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "a",
        "hunter2",
        "try-it",
        "fifteen-letters",
        "Password12345678",
        "P@ssw0rdP@ssw0rd",
        "changeme-changeme",
        "CHANGE_ME_CHANGE_ME",
        "mysecretpassword123456",
        "your-api-key-goes-here",
        "START_API_KEY_GOES_HERE",
        "replace-with-a-long-random-string",
        "exotel-exotel-exotel",
        "dental-dental-dental-asha",
        "qwertyuiopasdfghjkl",
        "aaaaaaaaaaaaaaaaaaaa",
        "                    ",
        "--------------------",
        "abcabcabcabcabcabc",
        "abcdefghijklmnopqrstuvwxyz",
        "98765432109876543210",
        "0123456789abcdef0123456789abcdef",
        "2026-11-28-2026-11-28",
        "$(openssl rand -hex 32)",  # as an .env holds it, where no shell reads it
        "<openssl rand -base64 24>",
        "1qaz2wsx3edc4rfv5tgb",
    ],
)
def test_a_secret_that_somebody_could_guess_is_weak(secret: str) -> None:
    assert weakness(secret, known="dental-asha")


def test_a_generated_secret_is_not_weak() -> None:
    letters = string.ascii_letters + string.digits
    for _ in range(200):
        for secret in (
            secrets.token_hex(16),
            secrets.token_hex(32),
            secrets.token_urlsafe(24),
            "".join(secrets.choice(letters) for _ in range(24)),
            str(uuid4()),
        ):
            assert weakness(secret, known="exotel") == ""
    assert weakness("correct horse battery staple") == ""
