"""How many dials go out in a minute, and what the others are told."""

from simulator.exchange import NoAnswer, RateLimit, run_exchange
from simulator.providers import Providers
from tests.outbound.rig import running_outbound


async def test_beyond_the_limit_nobody_is_rung_and_the_client_is_told_when(
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


async def test_exotels_own_limit_rings_nobody_either(providers: Providers) -> None:
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
