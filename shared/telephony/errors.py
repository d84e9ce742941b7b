"""The errors between us and Exotel.

* TelephonyError
    * ProtocolError           the media socket: there is no call, close it with the reason
        + MalformedMessage    what came isn't a message of the protocol
            - MalformedStart  the one message that says which call this is
                . UnsupportedEncoding  its audio isn't 16-bit PCM
        + UnexpectedMessage   messages of the protocol, at the wrong time
        + HandshakeTimeout    the peer connected and then didn't say which call this is
        + SampleRateMismatch  Exotel streams at another rate than the one configured
    * CallRefused             the call is fine, but this process doesn't take it
    * InvalidNumber           nobody can be rung there: nothing was sent to Exotel
    * InvalidDial             the request breaks a limit of Exotel's: nothing was sent
    * CallRejected            Exotel refused to place the call: nobody's phone rings
        + RateLimited         only for now; it says when to come back
    * OutcomeUnknown          the phone may ring or not: never dial again, ask for the call
    * DetailsUnavailable      what Exotel knows of a call can't be read; ask again later
    * MalformedWebhook        what came isn't one of Exotel's HTTP calls
"""


class TelephonyError(Exception):
    """Base of all errors between us and Exotel."""


class ProtocolError(TelephonyError):
    """The peer doesn't follow Exotel's media protocol."""


class MalformedMessage(ProtocolError):
    """A message that isn't one of the protocol."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return f"malformed message: {self.problem}"


class MalformedStart(MalformedMessage):
    """A `start` came that no call can begin with; there won't be another one."""


class UnsupportedEncoding(MalformedStart):
    """Exotel says that it streams something else than 16-bit linear PCM, which would be noise."""

    def __str__(self) -> str:
        return (
            f"Exotel streams {ascii(self.problem[:30])} but we take 16-bit linear PCM: "
            "set the stream to raw (slin)"
        )


class UnexpectedMessage(ProtocolError):
    """Too many messages came that weren't `expected`; `received` says what the last one was."""

    def __init__(self, received: str, expected: str) -> None:
        super().__init__(received, expected)
        self.received = received
        self.expected = expected

    def __str__(self) -> str:
        return f"received {self.received} while waiting for {self.expected!r}"


class HandshakeTimeout(ProtocolError):
    """The peer connected and then didn't say `start` in time; `received` is what it said."""

    def __init__(self, timeout: float, received: str = "") -> None:
        super().__init__(timeout, received)
        self.timeout = timeout
        self.received = received

    def __str__(self) -> str:
        instead = f" but {self.received}" if self.received else ""
        return f"no 'start' within {self.timeout:g} s{instead}"


class SampleRateMismatch(ProtocolError):
    """Exotel streams at a rate that we can't use, or that contradicts the configured one."""

    def __init__(self, streamed: int, wanted: tuple[int, ...]) -> None:
        super().__init__(streamed, wanted)
        self.streamed = streamed
        self.wanted = wanted

    def __str__(self) -> str:
        wanted = ", ".join(str(rate) for rate in self.wanted)
        return (
            f"Exotel streams {self.streamed} Hz but we take {wanted}: "
            "set ?sample-rate= in the applet's URL"
        )


class CallRefused(TelephonyError):
    """The call is fine, but this process doesn't take it now: full, or shutting down."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class InvalidNumber(TelephonyError):
    """A phone number that can't be rung."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return f"the phone number {self.problem}"


class InvalidDial(TelephonyError):
    """A request to Exotel would break one of its limits; `field` is what Exotel calls it."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(field, problem)
        self.field = field
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.field}: {self.problem}"


class CallRejected(TelephonyError):
    """Exotel refused to place the call: nobody's phone rings.

    Attributes:
        status: HTTP status of the answer, 400 to 499.
        message: In Exotel's words, which can hold the number; "" when it gave none.
        code: Exotel's own error code, or "".
        hint: What to do about it.
    """

    def __init__(self, status: int, message: str, code: str = "", hint: str = "") -> None:
        super().__init__(status, message, code, hint)
        self.status = status
        self.message = message
        self.code = code
        self.hint = hint

    def __str__(self) -> str:
        code = f", code {self.code}" if self.code else ""
        said = f": {self.message}" if self.message else ""
        advice = f" ({self.hint})" if self.hint else ""
        return f"Exotel refused the call, HTTP {self.status}{code}{said}{advice}"


class RateLimited(CallRejected):
    """Exotel takes no more requests for now; `retry_after` is in seconds."""

    def __init__(
        self, status: int, message: str, code: str = "", hint: str = "", retry_after: float = 30.0
    ) -> None:
        super().__init__(status, message, code, hint)
        self.retry_after = retry_after


class OutcomeUnknown(TelephonyError):
    """Nobody knows whether the call was placed: the phone may be ringing.

    Never dial again because of it. Exotel's list of calls or a status callback tells what happened.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"nobody knows whether the call was placed: {self.reason}"


class DetailsUnavailable(TelephonyError):
    """Exotel's records of calls can't be read now; asking again later does no harm."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"Exotel's record of the call can't be read: {self.reason}"


class MalformedWebhook(TelephonyError):
    """A request that isn't one of Exotel's webhooks."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return f"malformed webhook: {self.problem}"
