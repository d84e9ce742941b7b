"""The upgrade request as Exotel's Go client makes it, with its one retry."""

from base64 import b64encode
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit, urlunsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, InvalidStatus

from simulator.stream.profiles import Profile

DEFAULT_RATE = 8_000  # Hz
RATES = (8_000, 16_000, 24_000)
MAX_PARAMETERS = 3  # in the applet's URL
MAX_PARAMETER_CHARACTERS = 256  # names and values together
CLOSE_TIMEOUT = 5.0  # seconds for the other end to answer a close frame
# Above this many unread bytes a write waits; half a minute of sound, so the uplink never does.
WRITE_LIMIT = 1 << 20


class NotDialable(Exception):
    """A URL Exotel would not accept in the Voicebot applet."""


class Refused(Exception):
    """No websocket came about, not even at the second try."""

    def __init__(self, status: int | None, cause: str) -> None:
        super().__init__(f"3009 failed to establish ws conn {cause}")
        self.status = status


@dataclass(frozen=True, slots=True)
class Target:
    """A bot's URL, taken apart as Exotel does."""

    url: str
    credentials: str | None
    rate: int
    parameters: dict[str, str]

    @classmethod
    def parse(cls, url: str, profile: Profile) -> "Target":
        """Take the credentials, the sample rate and the custom parameters out of a URL.

        Raises:
            NotDialable: If it is no ws or wss URL, or asks for a rate Exotel does not have.
        """
        parts = _split(url)
        names = {"sample-rate"} | ({"sample_rate"} if profile.reads_underscore_rate else set())
        query = parse_qsl(parts.query, keep_blank_values=True)
        rate = next((value for name, value in query if name in names), str(DEFAULT_RATE))
        if rate not in map(str, RATES):
            raise NotDialable(f"sample-rate={rate}: Exotel offers 8000, 16000 and 24000")
        parameters = dict(pair for pair in query if pair[0] not in names)
        return cls(_bare(parts, profile), _credentials(parts), int(rate), _checked(parameters))


class _Upgrade(connect):
    """Go's websocket clients do not follow redirects, so neither does this one."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


async def dial(target: Target, profile: Profile) -> ClientConnection:
    """Open the websocket, trying once more if the handshake fails.

    Raises:
        Refused: If that fails too.
    """
    refused = Refused(None, "not tried")
    for _ in range(1 + profile.handshake_retries):
        try:
            return await _upgrade(target, profile)
        except InvalidStatus as error:
            status = error.response.status_code
            refused = Refused(status, f"bad handshake: {status}")
        except (OSError, InvalidHandshake, EOFError) as error:  # TimeoutError is an OSError
            refused = Refused(None, str(error))
    raise refused


async def _upgrade(target: Target, profile: Profile) -> ClientConnection:
    headers = {"Authorization": target.credentials} if target.credentials else {}
    return await _Upgrade(
        target.url,
        additional_headers=headers,
        user_agent_header=profile.user_agent,
        compression=None,
        proxy=None,
        open_timeout=profile.handshake_timeout,
        close_timeout=CLOSE_TIMEOUT,
        ping_interval=profile.ping_interval,
        max_size=None,
        write_limit=WRITE_LIMIT,
    )


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        dialable = parts.scheme in ("ws", "wss") and parts.hostname and parts.port != 0
    except ValueError as error:
        raise NotDialable(f"not a ws:// or wss:// URL: {error}") from error
    if not dialable:
        raise NotDialable("not a ws:// or wss:// URL")
    return parts


def _bare(parts: SplitResult, profile: Profile) -> str:
    host = parts.netloc.rpartition("@")[2]
    query = parts.query if profile.keeps_query else ""
    return urlunsplit((parts.scheme, host, parts.path or "/", query, ""))


def _credentials(parts: SplitResult) -> str | None:
    if parts.username is None:
        return None
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return f"Basic {b64encode(pair.encode()).decode()}"


def _checked(parameters: dict[str, str]) -> dict[str, str]:
    size = sum(len(name) + len(value) for name, value in parameters.items())
    if len(parameters) > MAX_PARAMETERS or size > MAX_PARAMETER_CHARACTERS:
        raise NotDialable(
            f"the URL carries {len(parameters)} custom parameters of {size} characters;"
            f" Exotel takes {MAX_PARAMETERS} of {MAX_PARAMETER_CHARACTERS}"
        )
    return parameters
