"""Public addresses of WebSockets behind proxies, and paths in odd spellings."""

import asyncio
import base64
import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import pytest
import pytest_asyncio
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from shared.settings.settings import Settings
from shared.telephony.direction import Direction
from shared.web import unknown_paths
from shared.web.app import build_control_app
from shared.web.unknown_paths import MAX_LOOKED_AT, MAX_TOLD, Told
from simulator.providers import run_providers
from tests.support.bots import Bot, database_in, eventually, running_bot, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOST = "bot.example.com"
ASKED = {"CallSid": "asked18l", "CallFrom": "09876543210", "CallTo": "08047112233"}
PASSWORD = "f3b1c79a0d5e8264"
CREDENTIALS = {"WS_USERNAME": "exotel", "WS_PASSWORD": PASSWORD}
BASIC = {"Authorization": f"Basic {base64.b64encode(f'exotel:{PASSWORD}'.encode()).decode()}"}


@dataclass(frozen=True)
class Bots:
    local: Bot
    wary: Bot  # trusts one proxy only, which isn't the one that asks
    production: Bot
    below: Bot  # hosted below a path


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bots() -> AsyncIterator[Bots]:
    production = {"ENV": "production", "HOST": "127.0.0.1", **CREDENTIALS}
    async with (
        run_providers() as providers,
        running_bot(providers.env) as local,
        control_app({**providers.env, "FORWARDED_ALLOW_IPS": "10.1.2.3"}) as wary,
        running_bot({**providers.env, **production}) as in_production,
        running_bot({**providers.env, "PUBLIC_URL": f"https://{HOST}/a/desk-2/"}) as below,
    ):
        yield Bots(local, wary, in_production, below)


@asynccontextmanager
async def control_app(environment: Mapping[str, str]) -> AsyncIterator[Bot]:
    """A bot that takes no calls, which is ready sooner."""
    with TemporaryDirectory() as folder:
        settings = Settings.parse({"PORT": "0", **database_in(folder), **environment})
        app = build_control_app(settings, direction=Direction.INBOUND)
        async with serving(app, settings) as address:
            yield Bot(app, address)


async def get(
    bot: Bot,
    path: str,
    *,
    headers: list[tuple[str, str]] | None = None,
    peer: str = "127.0.0.1",
    method: str = "GET",
) -> httpx.Response:
    transport = httpx.AsyncHTTPTransport(local_address=peer)
    async with httpx.AsyncClient(transport=transport, trust_env=False) as exotel:
        url = f"http://{bot.address}{path}"
        return await exotel.request(method, url, params=ASKED, headers=headers)


async def sockets_of(
    bot: Bot, *headers: tuple[str, str], host: str = HOST, peer: str = "127.0.0.1"
) -> str:
    """Where the bot sends Exotel, without the token."""
    asked = [*headers, ("Host", host), *BASIC.items()]
    answer = await get(bot, "/exotel/voicebot", headers=asked, peer=peer)
    assert answer.status_code == 200, answer.text
    url: str = answer.json()["url"]
    found = re.fullmatch(r"(wss?://.+)/ws/[\w-]{32,}\?sample-rate=8000", url)
    assert found, url
    return found[1]


@pytest.mark.parametrize(
    "headers",
    [
        [("X-Forwarded-Proto", "https")],
        [("x-forwarded-proto", "HTTPS")],
        [("X-FORWARDED-PROTO", "https , http")],
        [("X-Forwarded-Proto", "https"), ("X-Forwarded-Proto", "http")],
        [("X-Forwarded-Proto", "wss")],
        [("X-Forwarded-Protocol", "https")],
        [("X-Forwarded-Scheme", "https")],
        [("X-Forwarded-Ssl", "on")],
        [("Front-End-Https", "On")],
        [("X-Scheme", "https")],
        [("CloudFront-Forwarded-Proto", "https")],
        [("Forwarded", "for=203.0.113.9;proto=https")],
        [("Forwarded", 'For="[2001:db8::1]:4711";Proto="HTTPS", for=10.0.0.1;proto=http')],
        [("forwarded", f"proto=https;host={HOST};by=_x")],
        [("Forwarded", f"host={HOST}"), ("Forwarded", "for=10.0.0.1; PROTO = https")],
        [("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.9, 10.0.0.2")],
        [("X-Forwarded-Proto", "nonsense"), ("X-Forwarded-Scheme", "https")],
    ],
    ids=str,
)
async def test_behind_a_proxy_with_tls_the_websocket_url_is_wss(
    bots: Bots, headers: list[tuple[str, str]]
) -> None:
    for peer in ("127.0.0.1", "127.0.0.7"):
        assert await sockets_of(bots.local, *headers, peer=peer) == f"wss://{HOST}"


@pytest.mark.parametrize(
    ("headers", "sockets"),
    [
        ([], "ws://10.0.0.5:7860"),
        ([("X-Forwarded-Proto", "http")], "ws://10.0.0.5:7860"),
        ([("X-Forwarded-Host", HOST)], f"ws://{HOST}"),
        (
            [("X-Forwarded-Host", f"{HOST}, app:80"), ("X-Forwarded-Proto", "https")],
            f"wss://{HOST}",
        ),
        ([("Forwarded", f'host="{HOST}:8443";proto=https')], f"wss://{HOST}:8443"),
        ([("X-Forwarded-Host", f"{HOST}:443"), ("X-Forwarded-Proto", "https")], f"wss://{HOST}"),
        ([("X-Forwarded-Host", f"{HOST}:80"), ("X-Forwarded-Proto", "https")], f"wss://{HOST}"),
        ([("X-Forwarded-Host", "a b/c@d"), ("X-Forwarded-Proto", "https")], "wss://10.0.0.5:7860"),
        (
            [("X-Forwarded-Prefix", "/desk/"), ("X-Forwarded-Proto", "https")],
            "wss://10.0.0.5:7860/desk",
        ),
        ([("X-Forwarded-Prefix", "/x?y"), ("X-Forwarded-Proto", "http")], "ws://10.0.0.5:7860"),
    ],
    ids=str,
)
async def test_the_websocket_url_has_the_host_and_path_that_exotel_asked_for(
    bots: Bots, headers: list[tuple[str, str]], sockets: str
) -> None:
    assert await sockets_of(bots.local, *headers, host="10.0.0.5:7860") == sockets


async def test_a_proxy_that_is_not_trusted_is_named_in_the_log(bots: Bots, log: list[str]) -> None:
    told = [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "elsewhere.example.com")]
    assert await sockets_of(bots.wary, *told, peer="127.0.0.2") == f"ws://{HOST}"
    assert any("the proxy at 127.0.0.2" in line and "PUBLIC_URL" in line for line in log)


@pytest.mark.parametrize(
    "headers", [[], [("X-Forwarded-Proto", "https")], [("X-Forwarded-Proto", "http")]], ids=str
)
async def test_in_production_the_websocket_url_is_wss_whatever_the_proxy_says(
    bots: Bots, headers: list[tuple[str, str]], log: list[str]
) -> None:
    assert await sockets_of(bots.production, *headers) == f"wss://{HOST}"
    assert not [line for line in log if "PUBLIC_URL" in line]


@pytest.mark.parametrize(
    "host", ["127.0.0.1:7860", "localhost", "app:7860", "[::1]:80", "bot.internal", "10.0.0.5"]
)
async def test_a_production_host_that_exotel_cannot_reach_is_logged_as_an_error(
    bots: Bots, host: str, log: list[str]
) -> None:
    assert (await sockets_of(bots.production, host=host)).startswith("wss://")
    assert any(line.startswith("ERROR set PUBLIC_URL") and host in line for line in log)
    log.clear()


async def test_the_public_url_setting_is_believed_before_any_header(bots: Bots) -> None:
    told = [("X-Forwarded-Proto", "http"), ("X-Forwarded-Host", "elsewhere.example.com")]
    assert await sockets_of(bots.below, *told, host="app") == f"wss://{HOST}/a/desk-2"


async def test_a_refused_websocket_is_logged_with_the_address_behind_the_proxy(
    bots: Bots, log: list[str]
) -> None:
    with pytest.raises(InvalidStatus):
        await connect(
            f"ws://{bots.production.address}/ws",
            additional_headers={"X-Forwarded-For": "203.0.113.9, 10.0.0.2"},
        )
    assert any("refused a socket from 203.0.113.9:" in line for line in log)


# Paths that lead to the same place, whether or not the proxy takes `/a/desk-2` away.
SPELLINGS = ["{}", "{}/", "{}//", "/{}", "//a/desk-2/{}", "/a/desk-2{}", "/a/desk-2{}/"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/exotel/voicebot", 200),
        ("GET", "/exotel/passthru", 200),
        ("POST", "/exotel/passthru", 200),
        ("GET", "/exotel/connect", 200),
        ("POST", "/exotel/status/unknown", 403),
        ("GET", "/healthz", 200),
        ("GET", "/readyz", 200),
        ("GET", "/metrics", 200),
        ("POST", "/exotel/voicebot", 405),
    ],
)
async def test_a_webhook_path_is_found_in_any_of_its_spellings(
    bots: Bots, method: str, path: str, status: int
) -> None:
    paths = [spelling.format(path) for spelling in (*SPELLINGS, "{}%20")]
    answers = await asyncio.gather(*(get(bots.below, path, method=method) for path in paths))
    seen = {(answer.status_code, answer.headers.get("location")) for answer in answers}
    assert seen == {(status, None)}


@pytest.mark.parametrize("spelling", SPELLINGS)
async def test_a_websocket_path_is_found_in_any_of_its_spellings(bots: Bots, spelling: str) -> None:
    url = (await get(bots.below, "/exotel/voicebot")).json()["url"]
    token = url.partition("/ws/")[2].partition("?")[0]
    start = json.dumps({"event": "start", "start": {"stream_sid": "s", "call_sid": "asked18l"}})
    for path in ("/ws", f"/ws/{token}"):
        before = sum(bots.below.capacity.metrics.endings.values())
        address = f"ws://{bots.below.address}{spelling.format(path)}?sample-rate=8000"
        async with connect(address) as socket:
            await socket.send(start)
            await eventually(lambda: len(bots.below.capacity) == 1)
        await eventually(lambda: sum(bots.below.capacity.metrics.endings.values()) > before)  # noqa: B023


@pytest.mark.parametrize(
    "path", ["/Exotel/passthru", "/exotel/pass", "/wss", "/exotel/voicebot.php"]
)
async def test_an_unknown_http_path_is_logged_once(bots: Bots, path: str, log: list[str]) -> None:
    for _ in range(3):
        assert (await get(bots.local, path)).status_code == 404
    (line,) = [line for line in log if "nothing is at" in line]
    assert f"nothing is at '{path}' (GET from 127.0.0.1): there are /exotel/voicebot" in line


@pytest.mark.parametrize("path", ["/socket", "/WS", "/", "/exotel/voicebot", "/ws/stream/ws"])
async def test_an_unknown_websocket_path_is_logged_once(
    bots: Bots, path: str, log: list[str]
) -> None:
    for _ in range(3):
        with pytest.raises(InvalidStatus, match="403"):
            await connect(f"ws://{bots.local.address}{path}")
    (line,) = [line for line in log if "nothing is at" in line]
    assert f"nothing is at '{path}' (a socket from 127.0.0.1): the Voicebot applet's URL" in line


async def test_a_wrong_path_gives_no_token_away(bots: Bots, log: list[str]) -> None:
    await get(bots.local, "/wss/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4")
    (line,) = [line for line in log if "nothing is at" in line]
    assert "'/wss/…'" in line


async def test_the_log_of_an_unknown_path_holds_no_name(bots: Bots, log: list[str]) -> None:
    for path in (
        "/calls/Zubaida",
        "/zubaida/start",
        "/start/zubaida@example.com",
        "/Exotel/Zubaida",
    ):
        await get(bots.local, path)
    assert len([line for line in log if "nothing is at" in line]) >= 3
    assert "zubaida" not in "".join(log).lower()


async def test_a_scan_of_paths_fills_no_log_and_hides_no_other_client(log: list[str]) -> None:
    told = Told()
    scope = {"type": "http", "method": "GET", "client": None, "query_string": b""}
    for number in range(1_000):
        told.tell({**scope, "path": f"/{number}.php"})
        told.tell({**scope, "path": f"/ws{number}"})
    told.tell({**scope, "path": "/exotel/pass", "query_string": b"CallSid=x"})
    told.tell({**scope, "type": "websocket", "path": "/wss"})
    lines = [line for line in log if "nothing is at" in line]
    assert len(lines) == MAX_TOLD + 2
    assert "/exotel/pass" in lines[-2] and "/wss" in lines[-1]


async def test_a_scan_of_paths_is_looked_at_only_up_to_a_limit(
    log: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = 0

    def close(*args: Any, **kwargs: Any) -> list[str]:
        nonlocal compared
        compared += 1
        return get_close_matches(*args, **kwargs)

    monkeypatch.setattr(unknown_paths, "get_close_matches", close)
    told = Told()
    scope = {"type": "http", "method": "GET", "client": None, "query_string": b""}
    for number in range(1_000):
        told.tell({**scope, "path": f"/{number}.php"})
    assert compared == MAX_LOOKED_AT
