"""The LLM's verdict on who has answered a dialled call, and none where the LLM fails."""

import json

import pytest
from pipecat.processors.filters.identity_filter import IdentityFilter
from pipecat.processors.frame_processor import FrameProcessor

from shared.bot.persona import Persona
from shared.conversation.answering_machine import llm_classifier
from shared.conversation.answering_machine.llm_classifier import ask_who
from shared.languages.machine_phrases import AnsweredBy
from shared.providers.catalogue import LLM
from shared.providers.failover import FallbackLLM
from shared.settings.settings import Settings
from simulator.providers import Behaviour, Completion, Fault, Hang, Providers, Refuse

WORDS = "hi this is rohan i am in the mountains"


def llm_service(providers: Providers) -> FrameProcessor:
    return LLM["openai"].build(Settings.parse(providers.env), Persona("You are Asha."))


def sure(choice: str, confidence: float = 0.9) -> str:
    return json.dumps({"who": {"choice": choice, "probabilities": {choice: confidence}}})


@pytest.mark.parametrize(
    ("answer", "machine"),
    [
        (sure("mailbox"), AnsweredBy.MAILBOX),
        (sure("menu"), AnsweredBy.MENU),
        (sure("operator"), AnsweredBy.NOBODY),
        (sure("person"), None),
        (sure("mailbox", 0.5), None),
        (sure("dog"), None),
        ("It is a mailbox.", None),
    ],
)
async def test_the_llm_says_who_has_answered_and_in_doubt_it_is_a_person(
    providers: Providers, answer: str, machine: AnsweredBy | None
) -> None:
    providers.reply = lambda _: answer
    llm = llm_service(providers)
    assert await ask_who(llm, WORDS) is machine
    await llm.cleanup()
    (asked,) = providers.asked(Completion)
    assert WORDS in str(asked.messages)


@pytest.mark.parametrize("fault", [Refuse(500), Hang()])
async def test_an_llm_that_fails_takes_nobody_for_an_answering_machine(
    providers: Providers, fault: Fault, monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    monkeypatch.setattr(llm_classifier, "ASK_SECS", 0.3)
    providers.behaviour = Behaviour(llm=fault)
    llm = llm_service(providers)
    assert await ask_who(llm, WORDS) is None
    await llm.cleanup()
    assert any("can't tell who has answered" in line for line in log)
    assert not any("rohan" in line for line in log if not line.startswith("DEBUG"))


async def test_with_a_fallback_llm_the_one_in_use_is_asked_who_has_answered(
    providers: Providers,
) -> None:
    providers.reply = lambda _: sure("menu")
    both = FallbackLLM(llm_service(providers), llm_service(providers))
    assert await ask_who(both, WORDS) is AnsweredBy.MENU
    for llm in both.services:
        await llm.cleanup()


async def test_without_an_llm_nobody_is_asked_who_has_answered() -> None:
    assert await ask_who(IdentityFilter(), WORDS) is None
