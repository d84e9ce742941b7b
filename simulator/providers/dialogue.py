"""The replies of the simulated LLM: a plain function of the messages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Message = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """The model wants a function called instead of speaking."""

    name: str
    arguments: Mapping[str, Any] | str = field(default_factory=dict)  # a str is sent as it is


@dataclass(frozen=True, slots=True)
class Deltas:
    """An answer as it goes over the wire, however odd."""

    deltas: Sequence[Mapping[str, Any]]
    finish_reason: str = "stop"


@dataclass(frozen=True, slots=True)
class Refusal:
    """No answer but an HTTP status: this conversation is too long, this client asks too often."""

    status: int
    error: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


Said = str | ToolCall | Sequence[str | ToolCall] | Deltas
Answer = Said | Refusal
Reply = Callable[[Sequence[Message]], Answer]

GREETING = "Hello, how can I help you today?"
DONE = "That is done."
ANSWERS = {
    "opening hours": "We are open from nine to five, Monday to Friday.",
    "appointment": "Gladly. Which day suits you best?",
    "goodbye": "Goodbye, and thank you for calling.",
    "story": (
        "Once upon a time there was a telephone that nobody answered. It rang all morning, and it "
        "rang all afternoon. In the evening a small bird came by, sat down on it, and sang. From "
        "then on the telephone did not mind waiting, because it was never alone again."
    ),
}


def default_reply(messages: Sequence[Message]) -> str:
    """Answer a few questions, and otherwise say what was heard."""
    if messages and messages[-1].get("role") == "tool":
        return DONE
    said = next((text_of(m) for m in reversed(messages) if m.get("role") == "user"), "")
    if not said:
        return GREETING
    known = (answer for keyword, answer in ANSWERS.items() if keyword in said.lower())
    return next(known, f"You said: {said.rstrip('.!? ')}.")


def text_of(message: Message) -> str:
    """The words of a message, whether its content is a string or a list of parts."""
    content = message.get("content") or ""
    if isinstance(content, str):
        return content
    return " ".join(part["text"] for part in content if part.get("type") == "text")
