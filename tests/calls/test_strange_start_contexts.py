"""Strange names and contexts in `/start`: the person is dialled, and the TTS can speak them."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio

from simulator.caller.scenario import HangUp, Say, WaitForBot
from simulator.exotel import Answers, Exchange, NoAnswer, run_exchange
from simulator.providers import Completion, Providers, Speaking, run_providers
from simulator.stream.profiles import Profile
from tests.support.outbound import Rig, running_outbound

pytestmark = pytest.mark.asyncio(loop_scope="module")

TALK = (WaitForBot(quiet=0.3), Say("yes.wav"), WaitForBot(), HangUp())
LONG = "Meera " * 1_200

PEOPLE: dict[str, tuple[Any, str]] = {
    "+919850000011": ({"name": "Half \ud83d of\0 one\x1b"}, "Hello Half of one, this"),
    "+919850000012": (
        {"name": '<speak>Kavya <break time="9s"/><<b>emotion value="anger"/></speak>'},
        "Hello Kavya, this",
    ),
    "+919850000013": ({"name": LONG}, f"Hello {LONG[:59]}, this"),
    "+919850000014": ({"name": "Line\r\none\u2028two\u202e"}, "Hello Line one two, this"),
    "+919850000015": ({"name": "Ravi", "\ud800": {"\udfff": "\udc00"}}, "Hello Ravi, this"),
}


@dataclass(frozen=True)
class Strange:
    """One call to each of them, all over."""

    rig: Rig
    providers: Providers
    exchange: Exchange


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def strange() -> AsyncIterator[Strange]:
    async with (
        run_providers() as providers,
        run_exchange(
            people={number: Answers(after=0.5, scenario=TALK) for number in PEOPLE},
            default_person=NoAnswer(),
            profile=Profile(frame_ms=100),
            speed=2,
        ) as exchange,
        running_outbound(providers.env, exchange, EXOTEL_CONNECT_MODE="voice-ai") as rig,
    ):
        for number, (context, _) in PEOPLE.items():
            answer = await post(rig, number, context, key=number)
            assert answer == 200
        async with asyncio.timeout(60):
            await exchange.idle()
        yield Strange(rig, providers, exchange)


async def post(rig: Rig, number: str, context: Any, key: str | None = None) -> int:
    """The answer's status; as clients do that write what isn't ASCII as escapes."""
    body = {"dialout_settings": {"phone_number": number}, "context": context}
    headers = {"Idempotency-Key": key} if key else {}
    answer = await rig.client.post("/start", content=json.dumps(body), headers=headers)
    return answer.status_code


@pytest.mark.parametrize("number", PEOPLE)
async def test_the_tts_speaks_a_strange_name_and_nothing_else_of_it(
    strange: Strange, number: str
) -> None:
    said = [each.transcript for each in strange.providers.requests if isinstance(each, Speaking)]
    assert any(text.startswith(PEOPLE[number][1]) for text in said)
    assert not any("<" in text or len(text) > 400 for text in said)


async def test_the_llm_answers_whatever_the_start_context(strange: Strange) -> None:
    asked = [each for each in strange.providers.requests if isinstance(each, Completion)]
    names = [opening.removeprefix("Hello ")[:-6] for _, opening in PEOPLE.values()]
    for name in names:
        assert any(name in str(each.messages[0]) for each in asked), name
    assert not any("\x1b" in str(each.messages) or "<b" in str(each.messages) for each in asked)
    for each in asked:  # whom we dialled is known, and the number stays with the tools
        assert str(each.messages[0]["content"]).endswith(
            "is known to the system, though not shown to you."
        )
        assert not any(number in str(each.messages) for number in PEOPLE)
    assert strange.providers.requests
    for number in PEOPLE:
        (call,) = [call for call in strange.exchange.placed if call.number == number]
        assert call.report
        assert call.report.turns[-1].response is not None


@pytest.mark.parametrize("key", [None, "a key"])
async def test_no_start_context_is_too_strange_for_an_answer(
    strange: Strange, key: str | None
) -> None:
    deep: Any = "inmost"
    for _ in range(256):
        deep = {"in": [deep]}
    for context in (deep, {"\ud800": 1}, ["\udfff"], "\ud83d", {"a\0": 1, "a": 2}, 1e308, 10**400):
        status = await post(strange.rig, "+919850000099", context, key)
        assert status in (200, 409, 422, 429), context
    body = '{"dialout_settings": {"phone_number": "+919850000099", "\\ud800": 1}, "\\udfff": 2}'
    answer = await strange.rig.client.post("/start", content=body)
    assert answer.status_code == 422
    assert len(answer.json()["detail"]) == 2
