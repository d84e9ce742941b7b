"""What a caller heard, by comparing their recording with what was to be said."""

from shared.providers.first_words import first_words
from simulator.caller.report import CallReport
from simulator.speech import voice


def heard(report: CallReport, text: str) -> bool:
    """Whether the caller heard the providers' voice say `text`, but for a hiccup of the machine.

    The bot may have given it to the voice as a whole, or its first words before the rest.
    """
    begin = first_words(text)
    parts = (begin.strip(), text[len(begin) :].strip())
    return _said(report, text) or (bool(begin) and all(_said(report, part) for part in parts))


def _said(report: CallReport, text: str) -> bool:
    spoken, piece = voice(text, report.sample_rate), report.sample_rate // 10 * 2
    pieces = [spoken[at : at + piece] for at in range(0, len(spoken) - piece, piece)]
    return sum(part in report.heard for part in pieces) > 0.8 * len(pieces)
