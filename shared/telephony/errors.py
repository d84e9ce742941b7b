"""Everything that can go wrong between us and Exotel.

* TelephonyError
    * ProtocolError           the media socket: there is no call, close it with the reason
        + MalformedMessage    what came isn't a message of the protocol
        + UnexpectedMessage   a message of the protocol, at the wrong time
        + HandshakeTimeout    the peer connected and then said nothing
        + SampleRateMismatch  Exotel streams at another rate than the one configured
    * CallRefused             the call is fine, but this process doesn't take it
"""


class TelephonyError(Exception):
    """Base of everything that can go wrong between us and Exotel."""


class ProtocolError(TelephonyError):
    """The peer doesn't follow Exotel's media protocol."""


class MalformedMessage(ProtocolError):
    """What came isn't a message of the protocol."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return f"malformed message: {self.problem}"


class UnexpectedMessage(ProtocolError):
    """A message of the protocol came at the wrong time."""

    def __init__(self, received: str, expected: str) -> None:
        super().__init__(received, expected)
        self.received = received
        self.expected = expected

    def __str__(self) -> str:
        return f"received {self.received!r} while waiting for {self.expected!r}"


class HandshakeTimeout(ProtocolError):
    """The peer connected and then didn't say `start` in time."""

    def __init__(self, timeout: float) -> None:
        super().__init__(timeout)
        self.timeout = timeout

    def __str__(self) -> str:
        return f"no 'start' within {self.timeout:g} s"


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
