"""People, flows and faults as they are written on a command line."""

import re
from collections.abc import Iterable
from dataclasses import replace

from simulator.caller.scenarios import find_scenario
from simulator.exotel.calls.people import (
    Answers,
    Busy,
    Declines,
    NoAnswer,
    Person,
    Unreachable,
    Voicemail,
)
from simulator.exotel.flows.flows import Flow, Hangup, Voicebot
from simulator.exotel.numbers import e164, is_number
from simulator.exotel.rest.faults import KNOWN, Faults, RateLimit

KINDS = "answers[@SECS][:SCENARIO], busy, no-answer, declines[@SECS], voicemail[@SECS][:WAV]"

_PERSON = re.compile(r"([a-z-]+)(?:@(\d+(?:\.\d+)?))?(?::(.+))?")
_FLOW_ID = re.compile(r"\w+")


class BadSpec(Exception):
    """An argument that makes no sense; the text says which."""


def read_people(texts: Iterable[str]) -> dict[str, Person]:
    """Read `+919812345678=answers:hello` and alike.

    Raises:
        BadSpec: If one is no number with a person.
        BadScenario: If a scenario is not known.
    """
    return {_number(text): read_person(text.partition("=")[2]) for text in texts}


def read_person(text: str) -> Person:
    """Read what a person does: what it is, after how many seconds, and with what.

    Raises:
        BadSpec: If nobody does that.
        BadScenario: If the scenario is not known.
    """
    found = _PERSON.fullmatch(text)
    kind, after, detail = found.groups() if found else ("", None, None)
    person = _person(kind, detail)
    if after is not None and isinstance(person, Answers | Declines | Voicemail):
        return replace(person, after=float(after))
    if person is None or after is not None:
        raise BadSpec(f"nobody does {text!r}; there are {KINDS} and unreachable")
    return person


def read_flows(texts: Iterable[str]) -> dict[str, Flow]:
    """Read `1234=wss://bot.example.com/ws`: a Voicebot applet, and a Hangup applet behind it.

    Raises:
        BadSpec: If one is no flow.
    """
    flows = {}
    for text in texts:
        flow_id, _, url = text.partition("=")
        if not _FLOW_ID.fullmatch(flow_id) or "://" not in url:
            raise BadSpec(f"{text!r} is no flow; write ID=URL, with a ws, wss, http or https URL")
        flows[flow_id] = Flow((Voicebot(url), Hangup()))
    return flows


def read_faults(texts: Iterable[str]) -> Faults:
    """Read names of faults for every Connect request, and `NUMBER=NAME` for one number.

    Raises:
        BadSpec: If a fault is not known.
    """
    faults = Faults(rate_limit=RateLimit())
    for text in texts:
        name = text.rpartition("=")[2]
        if name not in KNOWN:
            raise BadSpec(f"no fault {name!r}; there are {', '.join(KNOWN)}")
        if "=" in text:
            faults.numbers[_number(text)] = KNOWN[name]
        else:
            faults.connect = KNOWN[name]
    return faults


def _person(kind: str, detail: str | None) -> Person | None:
    match kind, detail:
        case "answers", None:
            return Answers()
        case "answers", str(name):
            return Answers(scenario=find_scenario(name))
        case "busy", None:
            return Busy()
        case "no-answer", None:
            return NoAnswer()
        case "declines", None:
            return Declines()
        case "voicemail", None:
            return Voicemail()
        case "voicemail", str(greeting):
            return Voicemail(greeting=greeting)
        case "unreachable", None:
            return Unreachable()
        case _:
            return None


def _number(text: str) -> str:
    number, equals, _ = text.partition("=")
    if not equals or not is_number(number):
        raise BadSpec(f"{text!r} does not begin with a phone number and '='")
    return e164(number)
