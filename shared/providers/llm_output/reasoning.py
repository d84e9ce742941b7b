"""A thought in an LLM's text, and where it ends."""

from shared.providers.llm_output.marks import LONGEST_TAG, find_mark
from shared.providers.llm_output.names import Kind, Mark
from shared.providers.llm_output.reasoning_aloud import answer_label

LABEL, FENCE = "a label", "```"  # what else than a tag a thought can begin with


class Reasoning:
    """Takes the text of one thought, which may speak of tags and hold other thoughts.

    Args:
        begun_with: The name of the mark, or one of the two above.
        tools: The names of those that the LLM may call.
    """

    def __init__(self, begun_with: str, tools: frozenset[str]) -> None:
        self._begun_with = begun_with
        self._tools = tools
        self._inner: set[str] = set()
        self._line = ""  # so far

    def take(self, text: str) -> tuple[str, bool]:
        """Take a piece; gives what is left of it, and whether the thought is over."""
        if self._begun_with in (LABEL, FENCE):
            end = self._end_of_block(text)
            return (text[-LONGEST_TAG:], False) if end is None else (text[end:], True)
        while mark := find_mark(text, self._tools):
            self._read(text[: mark.start])
            if mark.kind is Kind.OPEN:
                return text[mark.start :], False
            text = text[mark.end :]
            if self._ends_at(mark):
                return text, True
            self._read(mark.name)
        self._read(text)
        return "", False

    def _end_of_block(self, text: str) -> int | None:
        if self._begun_with == FENCE:
            at = text.find(FENCE)
            return None if at < 0 else at + len(FENCE)
        if label := answer_label(text):
            return label.end()
        mark = first_mark(text, self._tools, Kind.ANSWER)
        return mark.end if mark else None

    def _ends_at(self, mark: Mark) -> bool:
        match mark.kind:
            case Kind.REASONING | Kind.ASIDE if mark.name != self._begun_with:
                self._inner.add(mark.name)
            case Kind.ANSWER if mark.name in self._inner:
                self._inner.discard(mark.name)
            case Kind.ANSWER:
                return True
            case Kind.REPLY:  # at the beginning of a line; else it is only spoken of
                return not self._line.strip()
        return False

    def _read(self, text: str) -> None:
        self._line = (self._line + text).rpartition("\n")[2]


def first_mark(text: str, tools: frozenset[str], *kinds: Kind, at: int = 0) -> Mark | None:
    """The first mark of these kinds in a text, from a place on."""
    while mark := find_mark(text[at:], tools):
        start, at = at + mark.start, at + mark.end
        if mark.kind in kinds:
            return Mark(mark.kind, start, at)
        if mark.kind is Kind.OPEN:
            break
    return None


def without_reasoning(text: str) -> str:
    """A whole text without the thoughts in it; everything else stays as it is."""
    kept: list[str] = []
    inside, at = False, 0
    while mark := find_mark(text[at:]):
        before, itself = text[at : at + mark.start], text[at + mark.start : at + mark.end]
        at += mark.end
        if mark.kind is Kind.ANSWER:
            kept, inside = [] if not inside else kept, False
        elif not inside:
            kept.append(before if mark.kind in (Kind.REASONING, Kind.NOTHING) else before + itself)
            inside = mark.kind is Kind.REASONING
    return "".join([*kept, "" if inside else text[at:]]).strip()
