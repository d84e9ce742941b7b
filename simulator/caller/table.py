"""A call report and its events as text for people."""

from collections import Counter
from collections.abc import Iterable

from simulator.caller.report import BargeIn, CallReport, EndedBy, Event

_WHO: dict[EndedBy, str] = {
    "caller": "the caller hung up",
    "bot": "the bot ended the call",
    "network": "the connection broke",
    "exotel": "Exotel ended the stream",
    "refused": "the bot did not take the call",
}
_LABEL_WIDTH = 16
_TEXT_WIDTH = 44


def describe_event(event: Event) -> str:
    """Write one event as a line of a transcript."""
    return f"{event.at:8.2f}  {event.source:<7} {event.kind} {event.detail}".rstrip()


def describe(report: CallReport) -> str:
    """Write the whole report as a table."""
    if not report.connected:
        return _row("ended", f"{_WHO['refused']}: {report.close_reason}")
    lines = [
        _row("first sound", _time(report.first_sound)),
        *_turns(report),
        *(_row("barge-in", _barge_in(barge_in)) for barge_in in report.barge_ins),
        _row("playback gaps", _gaps(report)),
        _row("bot messages", _messages(report)),
        *([_row("marks", _marks(report))] if report.marks else []),
        _row("ended", _ending(report)),
        *(_row("note", warning) for warning in report.warnings),
    ]
    return "\n".join(lines)


def _row(label: str, text: str) -> str:
    return f"{label:<{_LABEL_WIDTH}}{text}"


def _time(seconds: float | None) -> str:
    return "never" if seconds is None else f"{seconds:.2f} s"


def _turns(report: CallReport) -> Iterable[str]:
    for number, turn in enumerate(report.turns, 1):
        said = f"key {turn.text}" if turn.what == "press" else turn.text
        answered = "no answer" if turn.response is None else f"answered in {turn.response:.2f} s"
        yield _row(f"turn {number}", f"{said:<{_TEXT_WIDTH}}{answered}")


def _barge_in(barge_in: BargeIn) -> str:
    clear = "no clear" if barge_in.to_clear is None else f"clear after {barge_in.to_clear:.2f} s"
    return f"at {barge_in.at:.1f} s: {clear}, silence after {barge_in.to_silence:.2f} s"


def _gaps(report: CallReport) -> str:
    if not report.gaps:
        return "none"
    longest = max(gap.seconds for gap in report.gaps)
    return f"{len(report.gaps)}, the longest {longest * 1_000:.0f} ms"


def _messages(report: CallReport) -> str:
    sizes = Counter(report.message_sizes).most_common(3)
    listed = ", ".join(f"{count} of {size} bytes" for size, count in sizes)
    others = len(set(report.message_sizes)) - len(sizes)
    return (listed or "none") + (f", {others} other sizes" if others > 0 else "")


def _marks(report: CallReport) -> str:
    echoed = sum(mark.echoed_at is not None for mark in report.marks)
    return f"{len(report.marks)}, {echoed} of them played and echoed"


def _ending(report: CallReport) -> str:
    reason = f", {report.close_reason!r}" if report.close_reason else ""
    who = _WHO[report.ended_by]
    return f"{who} after {report.duration:.1f} s (close code {report.close_code}{reason})"
