"""Wrong credentials by the thousand, silent WebSockets, floods and injected log lines."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from typing import Any

import httpx
import pytest
import pytest_asyncio
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from shared.observability import metrics, rate_limited_log
from shared.observability.metrics import Metrics
from shared.records.session_record import Ending
from shared.settings.settings import Settings
from shared.web.auth import may_enter
from shared.web.failed_attempts import MOST, FailedAttempts
from simulator.caller.caller import place_call
from simulator.caller.scenario import HangUp, Pause
from simulator.providers import run_providers
from simulator.stream.profiles import Profile
from tests.support.bots import Bot, eventually, running_bot

pytestmark = pytest.mark.asyncio(loop_scope="module")

USER, PASSWORD, KEY = "exotel", "hunter2", "start-key"
RIGHT, WRONG = httpx.BasicAuth(USER, PASSWORD), httpx.BasicAuth(USER, "guess")
ROOM = 3  # for sockets that haven't said which call they are


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot() -> AsyncIterator[Bot]:
    credentials = {"WS_USERNAME": USER, "WS_PASSWORD": PASSWORD, "START_API_KEY": KEY}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shared.runtime.capacity.MAX_HANDSHAKES", ROOM)
        async with (
            run_providers() as providers,
            running_bot({**providers.env, **credentials}) as bot,
        ):
            yield bot


@pytest_asyncio.fixture(loop_scope="module")
async def http(bot: Bot) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"http://{bot.address}") as http:
        yield http


@pytest.fixture(autouse=True)
def forgotten(bot: Bot) -> Iterator[None]:
    """Nobody has been wrong before, and the log has told of nobody."""
    rate_limited_log._told.clear()
    bot.app.state.attempts = FailedAttempts()
    yield


def warnings(log: list[str]) -> list[str]:
    """Without what Pipecat still has to say of a call of another test."""
    return [line for line in log if line.startswith("WARNING")]


def right_url(bot: Bot) -> str:
    return f"ws://{USER}:{PASSWORD}@{bot.address}/ws"


async def upgrade(bot: Bot, path: str = "/ws", **headers: str) -> int:
    try:
        async with connect(f"ws://{bot.address}{path}", additional_headers=headers):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


GUESSES = {
    "an applet's credentials": ("GET", "/exotel/voicebot", {"auth": WRONG}, 401),
    "no credentials": ("GET", "/exotel/passthru", {}, 401),
    "an applet's key": ("GET", "/exotel/connect?key=guess", {}, 401),
    "the API key": ("GET", "/handovers/c1", {"headers": {"Authorization": "Bearer guess"}}, 401),
    "no API key": ("GET", "/handovers/c1", {}, 401),
    "a callback's token": ("POST", "/exotel/status/guess", {}, 403),
}


@pytest.mark.parametrize("guess", GUESSES.values(), ids=GUESSES.keys())
async def test_repeated_wrong_credentials_are_rate_limited(
    http: httpx.AsyncClient, guess: tuple[str, str, dict[str, Any], int], log: list[str]
) -> None:
    method, path, how, status = guess
    told = Counter([(await http.request(method, path, **how)).status_code for _ in range(MOST + 9)])
    assert told == {status: MOST, 429: 9}
    last = await http.request(method, path, **how)
    assert 0 < int(last.headers["retry-after"]) <= 60
    assert len(warnings(log)) <= 12


@pytest.mark.parametrize("path", ["/ws", "/ws/guess"])
async def test_repeated_wrong_websocket_credentials_are_rate_limited(
    bot: Bot, path: str, log: list[str]
) -> None:
    wrong = {"Authorization": "Basic Z3Vlc3M6Z3Vlc3M="}
    told = Counter([await upgrade(bot, path, **wrong) for _ in range(MOST + 5)])
    assert told == {403: MOST, 429: 5}
    assert len(warnings(log)) <= 12


async def test_right_credentials_are_accepted_from_a_rate_limited_address(
    bot: Bot, http: httpx.AsyncClient
) -> None:
    for _ in range(MOST + 1):
        await http.get("/handovers/c1")
    assert (await http.get("/handovers/c1")).status_code == 429
    asked = {"CallSid": "c1", "CallFrom": "09876543210", "CallTo": "08047112233"}
    assert (await http.get("/exotel/voicebot", params=asked, auth=RIGHT)).status_code == 200
    with_key = await http.get("/exotel/voicebot", params={**asked, "key": PASSWORD})
    assert with_key.status_code == 200
    operator = {"Authorization": f"Bearer {KEY}"}
    assert (await http.get("/handovers/c1", headers=operator)).status_code == 404
    for path in ("/healthz", "/readyz", "/metrics"):
        assert (await http.get(path)).status_code == 200
    token = with_key.json()["url"].partition("/ws/")[2].partition("?")[0]
    assert await upgrade(bot, f"/ws/{token}") == 101


async def test_the_rate_limit_counts_clients_behind_a_proxy_one_by_one(
    http: httpx.AsyncClient,
) -> None:
    attacker, other = ({"X-Forwarded-For": f"203.0.113.{n}"} for n in (1, 2))
    for _ in range(MOST + 1):
        await http.get("/handovers/c1", headers=attacker)
    assert (await http.get("/handovers/c1", headers=attacker)).status_code == 429
    assert (await http.get("/handovers/c1", headers=other)).status_code == 401


SENTENCE = "call deadbeef ended: caller hung up"


@pytest.mark.parametrize(
    "path",
    [
        "/ws",
        "/handovers/call%20deadbeef%20ended:%20caller%20hung%20up",
        "/handovers/x%0Acall%20deadbeef%20ended:%20caller%20hung%20up",
        "/handovers/%1B[2K%E2%80%A8call%20deadbeef%20ended:%20caller%20hung%20up",
        "/handovers/" + "call%20deadbeef%20ended:%20caller%20hung%20up" * 100,
    ],
)
async def test_what_a_client_writes_stands_in_quotes_in_the_log(
    bot: Bot, http: httpx.AsyncClient, path: str, log: list[str]
) -> None:
    if path == "/ws":
        await upgrade(bot, path, **{"X-Forwarded-For": SENTENCE})
    else:
        await http.get(path)
    (line,) = warnings(log)
    assert line.count("\n") == 1
    assert line.strip().isprintable()
    assert len(line) < 250
    assert SENTENCE not in line.split('"')[0] + line.split('"')[2]
    assert SENTENCE in line.split('"')[1]


NONSENSE = json.dumps({"event": "nothing", "nothing": "n" * 20_000})


async def silence(bot: Bot) -> tuple[int | None, str]:
    """Open a socket with the right credentials, say nothing, and tell how it ends."""
    socket: ClientConnection
    async with connect(right_url(bot)) as socket:
        with suppress(ConnectionClosed):
            await socket.recv()
        return socket.close_code, socket.close_reason or ""


async def test_silent_websockets_beyond_capacity_are_closed_without_an_error(
    bot: Bot, log: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.runtime.pending_handshakes.SILENT_SECS", 0.3)
    silent = [asyncio.create_task(silence(bot)) for _ in range(ROOM + 4)]
    await eventually(lambda: sum(task.done() for task in silent) == 4)
    assert [task.result() for task in silent if task.done()] == [(1013, "busy")] * 4
    await asyncio.sleep(0.3)
    calling = Profile(call_sid="c1", handshake_retries=0, frame_ms=100)
    report = await place_call(right_url(bot), (Pause(0.3), HangUp()), profile=calling)
    assert (report.connected, report.close_code) == (True, 1000)
    done, waiting = await asyncio.wait(silent, timeout=0)
    assert [task.result() for task in done] == [(1013, "busy")] * 5
    for task in waiting:
        task.cancel()
    await asyncio.wait(waiting)
    assert not any("Traceback" in line for line in log)
    assert any("refused a socket: busy" in line for line in log)


SOUND = json.dumps({"event": "media", "media": {"payload": "A" * 133_328}})  # 6 s of it


@pytest.mark.parametrize("message", [NONSENSE, SOUND], ids=["messages", "sound"])
async def test_a_websocket_that_floods_during_a_call_ends_it(
    bot: Bot, message: str, log: list[str]
) -> None:
    before = bot.capacity.metrics.endings[Ending.FLOODED]
    async with connect(right_url(bot)) as socket:
        await socket.send('{"event": "start", "start": {"stream_sid": "s", "call_sid": "flood"}}')
        await eventually(lambda: len(bot.capacity) == 1)
        with pytest.raises(ConnectionClosed):
            while True:
                await socket.send(message)
                await asyncio.sleep(0.01)
    await eventually(lambda: bot.capacity.metrics.endings[Ending.FLOODED] == before + 1)
    assert any("call flood ended: flooded by the other side" in line for line in log)
    await eventually(lambda: len(bot.capacity) == 0)


async def test_a_websocket_flood_before_the_handshake_is_closed_too(
    bot: Bot, log: list[str]
) -> None:
    async with connect(right_url(bot)) as socket:
        with pytest.raises(ConnectionClosed):
            while True:
                await socket.send(NONSENSE)
    await eventually(lambda: any("refused a socket" in line for line in log))


async def test_metrics_are_rendered_once_a_second(
    http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = 0

    def counted(*args: Any, **kwargs: Any) -> str:
        nonlocal made
        made += 1
        return render(*args, **kwargs)

    render = Metrics.render
    monkeypatch.setattr(Metrics, "render", counted)
    monkeypatch.setattr(metrics, "RENDERED_SECS", 60.0)
    answers = await asyncio.gather(*(http.get("/metrics") for _ in range(50)))
    assert {answer.status_code for answer in answers} == {200}
    assert made <= 1


def head(*lines: str) -> bytes:
    return "\r\n".join([*lines, "", ""]).encode()


BASIC = RIGHT._auth_header
SHOWN = {
    "the applet's": (head("GET /ws HTTP/1.1", f"Authorization: {BASIC}"), True),
    "in small letters": (head("GET /ws HTTP/1.1", f"authorization:  {BASIC}"), True),
    "the operator's": (head("GET /calls/1 HTTP/1.1", f"Authorization: Bearer {KEY}"), True),
    "in the query": (head(f"GET /exotel/connect?a=1&key={PASSWORD} HTTP/1.1"), True),
    "written as escapes": (head("GET /exotel/connect?key=%68unter2 HTTP/1.1"), True),
    "others": (head("GET /ws HTTP/1.1", "Authorization: Basic Z3Vlc3M6Z3Vlc3M="), False),
    "another key": (head("GET /exotel/connect?key=guess HTTP/1.1"), False),
    "in another header": (head("GET /ws HTTP/1.1", f"X-Note: Authorization: {BASIC}"), False),
    "in the body": (head("POST / HTTP/1.1", "Host: a", "") + b"?key=hunter2", False),
    "none": (head("GET /ws HTTP/1.1", "Upgrade: websocket"), False),
    "nothing": (b"", False),
    "not text": (b"\r\nAuthorization: \xff\xfe\r\n", False),
}


@pytest.mark.parametrize(("sent", "shows"), SHOWN.values(), ids=SHOWN.keys())
async def test_the_first_bytes_of_a_request_show_the_right_credentials(
    sent: bytes, shows: bool
) -> None:
    settings = Settings.parse({"WS_USERNAME": USER, "WS_PASSWORD": PASSWORD, "START_API_KEY": KEY})
    assert may_enter(settings)(sent) is shows


async def test_without_configured_credentials_a_websocket_is_preferred() -> None:
    check = may_enter(Settings.parse({}))
    assert check(head("GET /ws HTTP/1.1", "Connection: Upgrade", "upgrade: websocket"))
    assert not check(head("GET /metrics HTTP/1.1", "Connection: keep-alive"))
    assert not check(head("GET /x?key= HTTP/1.1"))
    assert not check(head("GET /calls/1 HTTP/1.1", "Authorization: Bearer"))
