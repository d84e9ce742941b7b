"""Happenings at the simulated Exotel, as lines for whoever watches."""

from textwrap import indent

from simulator.caller.table import describe
from simulator.exotel.transcript import Happening


def narrate(happening: Happening) -> str:
    """Write a happening as one line; a stream that is over brings the table of its call."""
    about = f"{happening.number:<14}" if happening.number else "REST          "
    return f"{about} {_what(happening)}"


def _what(happening: Happening) -> str:
    facts = happening.facts
    match happening.kind:
        case "request":
            return f"{facts['method']} {facts['path']} answered with {facts['status']}"
        case "answered":
            return f"answered by a {facts['by']}"
        case "not reached":
            return f"not reached: {facts['status']}"
        case "stream":
            return f"{facts['source']} {facts['event']} {facts['detail']}".rstrip()
        case "stream over":
            report = facts["report"]
            table = "\n" + indent(describe(report), "    ") if report else ""
            problem = f": {facts['error']}" if facts["error"] else ""
            return f"the stream is over, {facts['status']}{problem}{table}"
        case "applet request":
            return f"an applet asked {facts['url']}: {_answer(facts['answer'])}"
        case "callback":
            return f"callback {facts['event']}: {_answer(facts['answer'])}"
        case "no stream url":
            return f"no stream: {facts['url']} did not say where"
        case "talking":
            return f"talks for {facts['secs']:g} s"
        case "call over":
            return f"the call is over: {facts['status']} ({facts['mode']})"
        case kind:
            return kind


def _answer(status: int | None) -> str:
    return "no answer" if status is None else f"answered with {status}"
