"""The words for the caller in what an LLM writes, while it is still writing."""

from shared.languages.word_split import has_words
from shared.providers.llm_output.marks import LONGEST_TAG, find_mark
from shared.providers.llm_output.names import Kind, Mark
from shared.providers.llm_output.reasoning import LABEL, Reasoning, first_mark
from shared.providers.llm_output.reasoning_aloud import (
    is_labelled,
    may_be_either,
    speaks_about_the_caller,
)

LONGEST_CALL = 4_000  # characters that are kept


class NoAnswer(Exception):
    """What an LLM made is no answer; it can be asked once more at once."""


class AnswerStream:
    """One answer, piece by piece: thoughts, and tool calls written as text, are left out.

    Words come through as soon as they can't be the beginning of such a thing. What has no words,
    such as a line break or an emoji, waits for some.

    Args:
        tools: The names of those that the LLM may call.
        holds: Whether to wait for the end of a thought without a beginning: some models write
            `</think>` alone.

    Attributes:
        said: The words so far.
        headless: Whether a thought without a beginning ended.
        betrayed: Whether some of that had come through.
        call: A tool call that was written as text, and all behind it; "" if there was none.
    """

    def __init__(self, tools: frozenset[str] = frozenset(), *, holds: bool = False) -> None:
        self.said = self.call = ""
        self.headless = self.betrayed = False
        self._tools = tools
        self._holds = holds
        self._begun = holds  # it isn't looked at any more how the answer begins
        self._buffer = ""
        self._looked = 0  # how much of it
        self._wordless = ""  # came before the first words
        self._reasoning: Reasoning | None = None  # that goes on
        self._out: list[str] = []

    def feed(self, text: str) -> str:
        """Take a piece, and give what of the answer can be said now."""
        self._buffer += text
        return self._take(last=False)

    def end(self) -> str:
        """Take note that no more comes, and give the rest."""
        return self._take(last=True)

    def _take(self, *, last: bool) -> str:
        while self._buffer and self._step(last=last):
            pass
        if last or self.betrayed:
            self._buffer = ""
        out, self._out = self._out, []
        return "".join(out)

    def _step(self, *, last: bool) -> bool:
        """Go past the next mark; tells whether there is more to look at."""
        if self.betrayed:
            return False
        if self.call:
            self.call, self._buffer = (self.call + self._buffer)[:LONGEST_CALL], ""
            return False
        if self._reasoning:
            return self._skip_reasoning(self._reasoning)
        if self._holds:
            return self._hold(last=last)
        if not self._begun and (more := self._look_at_the_beginning(last=last)) is not None:
            return more
        mark = find_mark(self._buffer, self._tools) or Mark(
            Kind.NOTHING, len(self._buffer), len(self._buffer)
        )
        self._say(self._buffer[: mark.start])
        self._buffer = self._buffer[mark.start :]
        return self._pass(mark, last=last)

    def _look_at_the_beginning(self, *, last: bool) -> bool | None:
        """As a step, if a thought begins here without a mark or may do so."""
        if label := is_labelled(self._buffer):
            self._reasoning = Reasoning(LABEL, self._tools)
            self._buffer = self._buffer[label.end() :]
            return True
        if may_be_either(self._buffer) and not last:
            return False
        self._begun = has_words(self._buffer)
        self._holds = speaks_about_the_caller(self._buffer)
        return True if self._holds else None

    def _pass(self, mark: Mark, *, last: bool) -> bool:
        """Go past a mark, with which the text begins by now."""
        text = self._buffer[: mark.end - mark.start]
        self._buffer = self._buffer[len(text) :]
        match mark.kind:
            case Kind.OPEN:
                if not last:
                    self._buffer = text
                elif self._names_a_tool(text):
                    self.call = text
                elif text[0] not in "<◁[{`":  # else it was cut off
                    self._say(text)
                return False
            case Kind.ASIDE if self.said or mark.name.startswith("["):
                return self._pass_aside(mark.name, text, last=last)
            case Kind.REASONING | Kind.ASIDE:
                self._reasoning = Reasoning(mark.name, self._tools)
            case Kind.ANSWER:
                self.betrayed = self.headless = bool(self.said)
            case Kind.CALL:
                self.call = text
            case Kind.MARKUP:
                self._put(text)
        return True

    def _names_a_tool(self, text: str) -> bool:
        """Whether these last words call one: `Tool: lookup`, or the name and nothing else."""
        _, colon, name = text.rpartition(":")
        return bool(colon or not self.said) and name.strip() in self._tools

    def _pass_aside(self, name: str, opening: str, *, last: bool) -> bool:
        """Leave out what stands in a pair; without an end it is none, such as `<your name>`."""
        closing = f"[/{name[1:]}" if name.startswith("[") else f"</{name}>"
        end = self._buffer.lower().find(closing)
        if end >= 0:
            self._buffer = self._buffer[end + len(closing) :]
        elif last:
            self._say(opening)
        else:
            self._buffer = opening + self._buffer
        return end >= 0 or last

    def _skip_reasoning(self, thought: Reasoning) -> bool:
        self._buffer, over = thought.take(self._buffer)
        if over:
            self._reasoning = None
        return over

    def _hold(self, *, last: bool) -> bool:
        """Wait for the end of a thought that may have gone on since the beginning."""
        mark = first_mark(self._buffer, self._tools, Kind.ANSWER, Kind.REASONING, at=self._looked)
        if not mark and not last:
            self._looked = max(0, len(self._buffer) - LONGEST_TAG)
            return False
        if mark and mark.kind is Kind.ANSWER:
            self.headless = True
            self._buffer = self._buffer[mark.end :]
        self._holds = False
        return True

    def _say(self, text: str) -> None:
        if self.said or has_words(text):
            self._put(text, words=True)
        else:
            self._wordless += text

    def _put(self, text: str, *, words: bool = False) -> None:
        """Let it through; what comes before the first words waits for them."""
        if not (self.said or words):
            self._wordless += text
            return
        self._out.append((self._wordless + text).lstrip() if not self.said else text)
        self._wordless = ""
        self.said += text if words else ""
