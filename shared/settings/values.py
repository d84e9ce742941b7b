"""The types of settings: each reads a text, or says what is wrong with it."""

import re
from collections.abc import Callable
from enum import StrEnum
from ipaddress import ip_network
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import ErrorDetails

from shared.settings.validation_errors import explain
from shared.telephony.errors import InvalidNumber
from shared.telephony.phone_numbers import dialable, is_country
from shared.telephony.stream.audio import SAMPLE_RATES


class Voicemail(StrEnum):
    """The reaction to an answering machine that picks up a call which we placed."""

    HANG_UP = "hang-up"
    LEAVE_MESSAGE = "leave-message"  # the persona's; without one it hangs up
    IGNORE = "ignore"  # talk with it as with a person, and don't listen for machines at all


def _exotels(rate: int) -> int:
    if rate not in SAMPLE_RATES:
        raise ValueError(f"Exotel streams {', '.join(map(str, SAMPLE_RATES))} Hz")
    return rate


def _public(url: str) -> str:
    """The address at which Exotel reaches us, without a slash at its end; https by default."""
    scheme, _, rest = url.rstrip("/").rpartition("://")
    scheme = scheme.lower()
    secure = {"": "https", "https": "https", "wss": "https", "http": "http", "ws": "http"}
    address = re.fullmatch(r"[\w.-]+(:\d+)?(/[\w.~-]+)*", rest, re.ASCII)
    if url and (scheme not in secure or not address):
        raise ValueError("this is the bare address of the bot, such as https://bot.example.com")
    if route := re.search(r"/(ws|start|exotel/\w+)$", rest):
        raise ValueError(f"leave {route[0]} away: this is the address below which that is found")
    return f"{secure[scheme]}://{rest}" if rest else ""


def _numbers(value: object) -> object:
    """Numbers with commas between them, as people write them, in E.164."""
    try:
        return (
            tuple(dialable(each) for each in value.split(",")) if isinstance(value, str) else value
        )
    except InvalidNumber as error:
        raise ValueError(f"one of them is no number that can be rung: {error}") from error


# The machine itself, and the networks in which the proxies of containers and clusters live.
PRIVATE_NETWORKS = "127.0.0.0/8,::1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10,fc00::/7"


def _hosts(written: str) -> str:
    hosts = [host.strip() for host in written.split(",") if host.strip()]
    try:
        for host in hosts:
            if host != "*":
                ip_network(host)
    except ValueError as error:
        raise ValueError(
            f"addresses or networks, with commas between them, or *: {error}"
        ) from None
    return "*" if "*" in hosts else ",".join(hosts)


def _countries(value: object) -> object:
    """Countries with commas between them, in capitals."""
    if not isinstance(value, str):
        return value
    codes = tuple(code.strip().upper() for code in value.split(","))
    if unknown := [code for code in codes if not is_country(code)]:
        raise ValueError(
            f"{unknown[0][:20] or 'nothing'} is no country: these are two letters such as IN or AE "
            "(GB, not UK), with commas between them"
        )
    return codes


Countries = Annotated[tuple[str, ...], BeforeValidator(_countries)]


def _hyphened(value: object) -> object:
    """A word such as `voice-ai`, in whatever case and with whatever between its parts."""
    return value.strip().lower().replace("_", "-") if isinstance(value, str) else value


def _upper(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


def _address(example: str) -> Callable[[str], str]:
    """Take an address that begins like the example, or nothing, and no slash at its end."""
    schemes = {"https": ("https", "http"), "wss": ("wss", "ws")}[example.partition(":")[0]]

    def check(url: str) -> str:
        scheme, _, rest = url.partition("://")
        if url and not (scheme.lower() in schemes and _has_host(url)):
            raise ValueError(f"this is an address such as {example}")
        return f"{scheme.lower()}://{rest}".rstrip("/") if url else ""

    return check


def _bare_address(url: str) -> str:
    """An address for Deepgram's SDK: any of these schemes, or none before a clear host name."""
    scheme, there, rest = url.rpartition("://")
    known = not there or scheme.lower() in ("http", "https", "ws", "wss")
    clear = there or re.match(r"localhost\b|[^/]*[.:]", url)
    if url and not (known and clear and _has_host(f"any://{rest}")):
        raise ValueError("this is an address such as https://api.deepgram.com")
    return f"{scheme.lower()}{there}{rest}"


def _has_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        return parts.port != 0 and re.fullmatch(r"[\w.-]+|[\da-f:.]+", host, re.ASCII) is not None
    except ValueError:  # its port is no number, or a bracket is missing
        return False


PhoneNumbers = Annotated[tuple[str, ...], BeforeValidator(_numbers)]
SampleRate = Annotated[int, AfterValidator(_exotels)]
TrustedHosts = Annotated[str, AfterValidator(_hosts)]
PublicUrl = Annotated[str, AfterValidator(_public)]
WebUrl = Annotated[str, AfterValidator(_address("https://api.example.com/v1"))]
WebsocketUrl = Annotated[str, AfterValidator(_address("wss://api.example.com"))]
DeepgramUrl = Annotated[str, AfterValidator(_bare_address)]
HYPHENED = BeforeValidator(_hyphened)
UPPER = BeforeValidator(_upper)

# What a value of a certain form should be, in words.
MEANT = {
    "exotel_api_url": "this is https://api.exotel.com, or https://api.in.exotel.com for Mumbai",
    "exotel_flow_id": "this is only the number in the flow's address in App Bazaar",
    "pipecat_cloud_agent": "this is the agent's name: letters, digits and hyphens",
    "pipecat_cloud_organization": "this is the organization's name: letters, digits and hyphens",
    "pipecat_cloud_region": "this is a region's name such as eu-central",
}


def fault(error: ErrorDetails) -> str:
    """The fault of a setting's value, in a sentence."""
    return explain(error, MEANT)


def unquoted(value: str) -> str:
    """`docker run --env-file` hands on the quotes that everybody else takes away."""
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value
