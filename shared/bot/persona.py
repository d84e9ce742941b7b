"""Persona: who the bot is in one call, and the type of the function that chooses it."""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipecat.transcriptions.language import Language

from shared.bot.action_checks import check_keys, check_numbers
from shared.bot.actions import Action, Transfer
from shared.bot.caller import Caller
from shared.bot.turn_settings import IdleSettings, TurnSettings
from shared.languages.answers.kinds import ExpectedAnswer, answer_kind
from shared.languages.prompts import Prompts

Tool = Callable[..., Awaitable[Any]]

MAX_TOOL_CALLS = 8  # an LLM that calls more for one question goes round in circles


@dataclass(frozen=True, slots=True)
class Persona:
    """The part that the bot plays in one call.

    Args:
        instructions: The system prompt.
        opening: What the bot says first; "" lets the caller speak first.
        language: A code such as `en-IN` or `hi-IN`, for STT and TTS.
        voice: The voice's id at the TTS provider; "" takes the configured one.
        tools: Functions of yours that the LLM may call, as Pipecat's direct functions: the first
            parameter is a `FunctionCallParams`, whose `app_resources` is the call's `CallControl`.
            What they return is their result, if they tell none by `result_callback`.
        transfer_targets: Whom the LLM may connect the caller with, by a word for them such as
            "billing", and their numbers in E.164. Whoever asks for somebody else gets
            TRANSFER_NUMBERS.
        keys: Actions of the caller's keys; other keys are told to the LLM.
        turns: How it takes turns with the caller.
        idle: What it does when the caller says nothing.
        max_answer_words: After which an answer ends with its next sentence and "Shall I go on?"; 0
            is no limit.
        prompts: What it says when the LLM isn't asked; None takes those of its language.
        voicemail: The message for a mailbox, when VOICEMAIL is `leave-message`.
        call_facts: Whether the LLM is also told on which day and at what time the call began in
            India, and whether the caller's number is known.
        max_tool_calls: What the LLM may call for one turn of the caller's; then it has to answer.
        expects: The kind of answer that the opening asks for, such as `phone_number`; "" reads it
            from the opening's words. `AnswerKind` has them all.

    Raises:
        ValueError: If the language is not a code that Pipecat knows, or a key, a number or a kind
            of answer makes no sense.
    """

    instructions: str
    opening: str = ""
    language: str = "en-IN"
    voice: str = ""
    tools: tuple[Tool, ...] = ()
    transfer_targets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keys: Mapping[str, Action] = field(default_factory=dict)
    turns: TurnSettings = TurnSettings()
    idle: IdleSettings = IdleSettings()
    max_answer_words: int = 150
    prompts: Prompts | None = None
    voicemail: str = ""
    call_facts: bool = True
    max_tool_calls: int = MAX_TOOL_CALLS
    expects: str = ""

    @property
    def expected_answer(self) -> ExpectedAnswer | None:
        """The answer that the opening asks for, where `expects` tells."""
        return ExpectedAnswer(answer_kind(self.expects)) if self.expects else None

    @property
    def has_transfer_numbers(self) -> bool:
        """Whether it names numbers of its own for whoever wants a person."""
        keyed = any(isinstance(key, Transfer) and key.to for key in self.keys.values())
        return keyed or any(self.transfer_targets.values())

    def __post_init__(self) -> None:
        """Refuse now what would make calls fail later."""
        check_keys(self.keys)
        if self.expects:
            answer_kind(self.expects)
        if self.max_tool_calls < 1:
            raise ValueError("max_tool_calls must be 1 at least: hanging up is a tool, too")
        for tool in self.tools:
            _check_tool(tool)
        for numbers in self.transfer_targets.values():
            check_numbers(numbers)
        if self.max_answer_words < 0:
            raise ValueError(
                f"max_answer_words={self.max_answer_words}: it must be 0 or more; 0 is no limit"
            )
        try:
            Language(self.language)
        except ValueError as error:
            raise ValueError(
                f"language {self.language!r} is no code such as en-IN, hi-IN or ta-IN"
            ) from error


Answer = Callable[[Caller], Awaitable[Persona]]


def _check_tool(tool: Tool) -> None:
    """Check that Pipecat can call it; otherwise every call would fail."""
    name = getattr(tool, "__name__", repr(tool))
    if not inspect.iscoroutinefunction(tool):
        raise ValueError(f"the tool {name} must be an `async def`")
    if next(iter(inspect.signature(tool).parameters), "") != "params":
        raise ValueError(f"the first parameter of the tool {name} must be `params`")
