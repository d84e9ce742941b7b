"""The meaning of a caller's message to the scripted demo."""

import re

from shared.providers.offline.grammar import Phrase

UNCLEAR = "[unclear]"  # stands in the transcript for speech that is none of the expected phrases

# Keys arrive as Pipecat's DTMFAggregator writes them: "DTMF: 12#".
_MEANING = re.compile(
    rf"\b(?P<phrase>{'|'.join(map(re.escape, Phrase))})\b|DTMF: ?[0-9*]*(?P<key>[0-9*])",
    re.IGNORECASE,
)


def meaning(text: str) -> Phrase | str | None:
    """Return the phrase said or the key pressed last, or None when there is neither."""
    found = None
    for match in _MEANING.finditer(text):
        found = match["key"] or Phrase(match["phrase"].lower())
    return found
