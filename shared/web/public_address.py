"""The address at which Exotel reaches us: PUBLIC_URL, or else what the proxy before us says."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from fastapi import Request
from loguru import logger
from starlette.datastructures import Headers
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from shared.settings.settings import Env, Settings

SCHEMES = (
    *("x-forwarded-proto", "x-forwarded-protocol", "x-forwarded-scheme", "x-url-scheme"),
    *("x-scheme", "cloudfront-forwarded-proto"),
)
ON = ("x-forwarded-ssl", "front-end-https")  # "on" behind TLS
HOST = "x-forwarded-host"
PREFIX = "x-forwarded-prefix"
TOLD = ("forwarded", *SCHEMES, *ON, HOST, PREFIX)

_TRUSTED = "from_trusted_proxy"  # in a request's scope
_HOST = re.compile(r"([\w.-]+|\[[0-9a-f:.]+\])(:\d+)?", re.ASCII | re.IGNORECASE)
_PREFIX = re.compile(r"(/[\w.~-]+)+", re.ASCII)
_INSIDE = (".local", ".internal", ".localhost")


@dataclass(frozen=True, slots=True)
class _Told:
    """The address that Exotel asked for, as a trusted proxy tells it; "" where it doesn't."""

    scheme: str = ""
    host: str = ""
    prefix: str = ""


class TrustedProxies(ProxyHeadersMiddleware):
    """Notes whether a request comes from a proxy that is trusted, and takes the client from it."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Hand a request on."""
        if scope["type"] != "lifespan":
            scope[_TRUSTED] = bool(scope["client"]) and scope["client"][0] in self.trusted_hosts
        await super().__call__(scope, receive, send)


def sockets_url(request: Request, settings: Settings) -> str:
    """`wss://host` of our sockets, as Exotel reaches them; the log says so when that is a guess.

    In production it is always wss, as it has to be.
    """
    if settings.public_url:
        return settings.public_url.replace("http", "ws", 1)
    told = _told_by_proxy(request)
    host = told.host or request.base_url.netloc
    production = settings.env is Env.PRODUCTION
    if production and not _is_public(host):
        logger.error(
            "set PUBLIC_URL: all that is known of it is {!r}, which Exotel can't reach", host
        )
    secure = production or (told.scheme or request.url.scheme) in ("https", "wss")
    host = re.sub(r":(80|443)$" if secure else r":80$", "", host)
    return f"{'wss' if secure else 'ws'}://{host}{told.prefix}"


def _told_by_proxy(request: Request) -> _Told:
    headers = request.headers
    if not request.scope.get(_TRUSTED):
        if any(name in headers for name in TOLD):
            logger.warning(
                "what the proxy at {} says of a request isn't trusted: set PUBLIC_URL, or add it "
                "to FORWARDED_ALLOW_IPS",
                request.client.host if request.client else "an unknown address",
            )
        return _Told()
    schemes = [_forwarded(headers, "proto"), *(_first(headers, name) for name in SCHEMES)]
    schemes += ["https" for name in ON if _first(headers, name).lower() == "on"]
    hosts = [_forwarded(headers, "host"), _first(headers, HOST)]
    prefix = "/" + _first(headers, PREFIX).strip("/")
    return _Told(
        scheme=next((said.lower() for said in schemes if _is_scheme(said)), ""),
        host=next((said for said in hosts if _HOST.fullmatch(said)), ""),
        prefix=prefix if _PREFIX.fullmatch(prefix) else "",
    )


def _is_scheme(said: str) -> bool:
    return said.lower() in ("http", "https", "ws", "wss")


def _first(headers: Headers, name: str) -> str:
    """The first value of a header: of several proxies, the one that Exotel has come to."""
    values = ",".join(headers.getlist(name)).split(",")
    return next((said for value in values if (said := value.strip().strip('"'))), "")


def _forwarded(headers: Headers, name: str) -> str:
    """The first value of a parameter of `Forwarded` (RFC 7239)."""
    said = ",".join(headers.getlist("forwarded"))
    found = re.search(rf'(?:^|[;,\s]){name}\s*=\s*"?([^";,\s]+)', said, re.IGNORECASE)
    return found[1] if found else ""


def _is_public(host: str) -> bool:
    """Whether others can know a host by this name; certificates are for names, not addresses."""
    name = re.sub(r":\d+$", "", host).lower()
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return "." in name.strip(".") and not name.endswith(_INSIDE)
    return False
