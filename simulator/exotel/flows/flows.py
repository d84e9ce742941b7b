"""The flows of App Bazaar, as values: applets one after the other, and where they branch."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Voicebot:
    """Streams to a bot: `url` is its ws(s) URL, or an http(s) URL that answers with one.

    When the stream ends, by whomever or because it never began, the next applet follows.
    """

    url: str
    record: bool = False


@dataclass(frozen=True, slots=True)
class Passthru:
    """Tells `url` about the call with a GET.

    200 leads to the next applet, and 302 to `on_302`. Anything else does too: what Exotel does
    then is not documented. With `waits` false nobody waits for the answer, nor branches on it.
    """

    url: str
    on_302: "tuple[Applet, ...]" = ()
    waits: bool = True


@dataclass(frozen=True, slots=True)
class Connect:
    """Asks `url`, then `fallback_url`, whom to dial, and connects the caller with them.

    After a conversation the next applet follows. The same holds if nobody answered, or nobody
    was to be dialled, unless those branches have applets of their own.
    """

    url: str
    fallback_url: str = ""
    nobody_answers: "tuple[Applet, ...] | None" = None
    nobody_dialled: "tuple[Applet, ...] | None" = None


@dataclass(frozen=True, slots=True)
class Hangup:
    """Ends the call. So does a flow that has no further applet."""


Applet = Voicebot | Passthru | Connect | Hangup


@dataclass(frozen=True, slots=True)
class Flow:
    """An app of App Bazaar: its applets in their order."""

    applets: tuple[Applet, ...]
