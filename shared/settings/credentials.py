"""The faults of credentials that people make up: too weak, or nothing that a URL can hold."""

import re

from shared.settings.secret_strength import weakness


def faults_of_pair(username: str, password: str, *, strict: bool) -> list[str]:
    """The faults of WS_USERNAME and WS_PASSWORD, without which anybody may come in.

    Args:
        username: The first of them; "" if it is missing.
        password: The other.
        strict: Whether nobody may come in without them.
    """
    pair = {"WS_USERNAME": username, "WS_PASSWORD": password}
    missing = [name for name, value in pair.items() if not value]
    if strict and missing:
        return [
            f"{' and '.join(missing)}: without it anybody can open /ws at your cost; "
            "put the same into the applet's URL, wss://USERNAME:PASSWORD@host/ws"
        ]
    if len(missing) == 1:
        return [f"{missing[0]}: WS_USERNAME and WS_PASSWORD go together"]
    return []


def faults_in_url(username: str, password: str) -> list[str]:
    """The faults of WS_USERNAME and WS_PASSWORD as parts of the applet's URL."""
    return [
        f"{name}: {unfit} can't stand in the applet's URL; "
        "take letters and digits only, such as openssl rand -hex 16 makes"
        for name, value in (("WS_USERNAME", username), ("WS_PASSWORD", password))
        if (unfit := _unfit_for_urls(value))
    ]


def faults_of_secret(name: str, secret: str, size: int, known: str = "") -> list[str]:
    """The faults of the secret of this name, if there is one.

    Args:
        name: Of the environment variable.
        secret: Its value.
        size: In bytes, of what would be a good one.
        known: What everybody may know, such as the user name beside it.
    """
    why = weakness(secret, known) if secret else ""
    return [f"{name} {why}: make a good one with `openssl rand -hex {size}`"] if why else []


def _unfit_for_urls(text: str) -> str:
    """The characters in it that can't stand for themselves in a URL, with spaces between them."""
    unfit = dict.fromkeys(re.findall(r"[^A-Za-z0-9._~!$'()*,;=-]", text))
    return " ".join("a space" if each.isspace() else each for each in unfit)
