"""Comparison of credentials in a request with those in the settings."""

import base64

import pytest

from shared.web.credentials_match import basic_auth_matches


def header(credentials: str, scheme: str = "Basic") -> str:
    return f"{scheme} {base64.b64encode(credentials.encode()).decode()}"


@pytest.mark.parametrize("scheme", ["Basic", "basic", "BASIC"])
def test_the_right_credentials_match(scheme: str) -> None:
    assert basic_auth_matches(header("exotel:pä:ss", scheme), "exotel", "pä:ss")


@pytest.mark.parametrize(
    "given",
    [
        None,
        "",
        "Basic",
        "Basic !!!",
        "Bearer " + header("exotel:secret").split()[1],
        header("exotel:wrong"),
        header("other:secret"),
        header("exotel:secret "),
        header(":"),
        header("exotelsecret"),
        header("exotel:sécret"),
    ],
)
def test_other_credentials_do_not_match(given: str | None) -> None:
    assert not basic_auth_matches(given, "exotel", "secret")
