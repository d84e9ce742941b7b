"""The limit of dials per minute and per person, and what a rate-limited client is told."""

import asyncio

from simulator.exotel import NoAnswer, RateLimit, run_exchange
from simulator.providers import Providers
from tests.support.outbound import running_outbound


async def test_beyond_the_rate_limit_nobody_is_dialled_and_the_client_told_when(
    providers: Providers,
) -> None:
    async with (
        run_exchange(default_person=NoAnswer(), speed=100) as exchange,
        running_outbound(
            providers.env, exchange, EXOTEL_CONNECT_MODE="voice-ai", DIALS_PER_MINUTE="3"
        ) as rig,
    ):
        numbers = [f"+91987000000{nth}" for nth in range(4)]
        answers = [await rig.start(number, key=number) for number in numbers]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert 50 <= int(answers[3].headers["retry-after"]) <= 60
        assert exchange.rung(numbers[3]) == 0
        again = await rig.start(numbers[0], key=numbers[0])
        assert (again.status_code, again.json()) == (200, answers[0].json())


async def test_exotel_s_own_rate_limit_dials_nobody_either(providers: Providers) -> None:
    async with (
        run_exchange(default_person=NoAnswer(), speed=100) as exchange,
        running_outbound(providers.env, exchange, EXOTEL_CONNECT_MODE="voice-ai") as rig,
    ):
        exchange.faults.rate_limit = RateLimit(per_minute=1)
        first, second = [await rig.start(f"+91987100000{nth}", key="k") for nth in range(2)]
        assert (first.status_code, second.status_code) == (200, 409)
        third = await rig.start("+919871000002", key="another")
        assert third.status_code == 429
        assert 1 <= int(third.headers["retry-after"]) <= 600
        assert exchange.rung("+919871000002") == 0


async def test_a_person_is_dialled_once_at_a_time_and_up_to_a_daily_limit(
    providers: Providers,
) -> None:
    number = "+919872000001"
    async with (
        run_exchange(default_person=NoAnswer(), speed=10) as exchange,
        running_outbound(
            providers.env,
            exchange,
            EXOTEL_CONNECT_MODE="voice-ai",
            MAX_CALLS="40",
            MAX_DIALS_PER_PERSON="2",
        ) as rig,
    ):
        spellings = [number, "98720 00001", "09872000001"]
        ordered = (rig.start(spellings[nth % 3], key=f"key {nth}") for nth in range(30))
        answers = dict(enumerate(await asyncio.gather(*ordered)))
        (nth,) = [nth for nth, answer in answers.items() if answer.status_code == 200]
        first = answers.pop(nth).json()
        for answer in answers.values():
            assert answer.status_code == 429
            assert answer.json()["call_id"] == first["call_id"]
            assert answer.headers["retry-after"] == "30"
        assert exchange.rung(number) == 1
        assert (await rig.start(number, key=f"key {nth}")).json() == first
        assert (await rig.start("+919872000002")).status_code == 200

        await rig.becomes(first["call_id"], "no-answer")
        second = await rig.start(number, key="key 31")
        assert second.status_code == 200
        await rig.becomes(second.json()["call_id"], "no-answer")
        third = await rig.start(number, key="key 32")
        assert third.status_code == 429
        assert "MAX_DIALS_PER_PERSON=2" in third.json()["detail"]
        assert int(third.headers["retry-after"]) > 86_000
        assert exchange.rung(number) == 2
        assert (await rig.start(number, key=f"key {nth}")).json() == first
