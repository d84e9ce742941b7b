"""The notes of a call that is on, and the sums done once it is over."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from simulator.caller.listening import Span, first_answer
from simulator.caller.report import BargeIn, EchoedMark, Event, Source, Turn

OnEvent = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Said:
    """Something the caller said or pressed, before anybody knows how it was answered."""

    what: Literal["say", "interrupt", "press"]
    text: str
    began_at: float
    ended_at: float


@dataclass(slots=True)
class _Mark:
    name: str
    received_at: float
    echoed_at: float | None = None


@dataclass(slots=True)
class Journal:
    """The notes of one call; times are seconds since `start` was sent."""

    on_event: OnEvent | None = None
    events: list[Event] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    message_sizes: list[int] = field(default_factory=list)
    clears: list[float] = field(default_factory=list)
    bad_messages: list[str] = field(default_factory=list)
    _marks: list[_Mark] = field(default_factory=list)

    def note(self, at: float, source: Source, kind: str, detail: str = "") -> None:
        """Add a line to the transcript."""
        event = Event(round(at, 3), source, kind, detail)
        self.events.append(event)
        if self.on_event:
            self.on_event(event)

    def mark_received(self, at: float, name: str) -> None:
        """Note that the bot sent a mark."""
        self._marks.append(_Mark(name, round(at, 3)))
        self.note(at, "bot", "mark", name)

    def mark_echoed(self, at: float, name: str) -> None:
        """Note that the oldest mark of that name went back."""
        mark = next(mark for mark in self._marks if mark.name == name and mark.echoed_at is None)
        mark.echoed_at = round(at, 3)
        self.note(at, "exotel", "mark", name)

    def marks(self) -> tuple[EchoedMark, ...]:
        """Return every mark with its times."""
        return tuple(
            EchoedMark(mark.name, mark.received_at, mark.echoed_at) for mark in self._marks
        )

    def turns(self, spans: list[Span]) -> tuple[Turn, ...]:
        """Match what the caller said with what the bot was heard saying."""
        return tuple(
            Turn(said.what, said.text, said.began_at, said.ended_at, _response(spans, said, until))
            for said, until in self._said_until()
        )

    def barge_ins(self, spans: list[Span]) -> tuple[BargeIn, ...]:
        """Find where the caller began while the bot was being heard, and what came of it."""
        return tuple(
            _barge_in(said.began_at, span, self.clears, until)
            for said, until in self._said_until()
            for span in spans
            if span.start < said.began_at < span.end
        )

    def _said_until(self) -> list[tuple[Said, float]]:
        """Pair each thing said with the beginning of the next one."""
        ends = [after.began_at for _, after in pairwise(self.said)] + [float("inf")]
        return list(zip(self.said, ends, strict=False))


def _response(spans: list[Span], said: Said, until: float) -> float | None:
    answered = first_answer(spans, said.began_at, said.ended_at, until)
    return None if answered is None else round(answered - said.ended_at, 3)


def _barge_in(at: float, span: Span, clears: list[float], until: float) -> BargeIn:
    cleared = next((clear for clear in clears if at <= clear < until), None)
    return BargeIn(
        at=round(at, 3),
        to_clear=None if cleared is None else round(cleared - at, 3),
        to_silence=round(span.end - at, 3),
    )
