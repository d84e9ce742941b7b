"""A rate-limited log: the first warnings of a kind in full, and a count of the rest."""

import asyncio

from loguru import logger

from shared.observability import rate_limited_log
from shared.observability.rate_limited_log import AT_ONCE, PERIOD
from tests.support.virtual_time import in_virtual_time


@in_virtual_time
async def test_some_warnings_are_logged_one_by_one_and_the_rest_is_counted(log: list[str]) -> None:
    for nth in range(16_000):
        rate_limited_log.warn("refused {}: {}", nth, "why")
    assert len(log) == AT_ONCE
    assert log[0] == "WARNING refused 0: why\n"
    await asyncio.sleep(PERIOD + 1)
    assert log[AT_ONCE:] == [
        f"WARNING {16_000 - AT_ONCE} more within 10 s of: refused {{}}: {{}}\n"
    ]


@in_virtual_time
async def test_few_warnings_are_logged_in_full_and_no_count_follows(log: list[str]) -> None:
    for _ in range(AT_ONCE):
        rate_limited_log.info("somebody left")
    await asyncio.sleep(PERIOD + 1)
    rate_limited_log.info("somebody left")
    assert log == ["INFO somebody left\n"] * (AT_ONCE + 1)


@in_virtual_time
async def test_one_kind_of_logged_warning_does_not_hide_another(log: list[str]) -> None:
    for _ in range(2 * AT_ONCE):
        rate_limited_log.warn("one kind")
        rate_limited_log.warn("another kind")
    assert len(log) == 2 * AT_ONCE


@in_virtual_time
async def test_the_logged_count_of_warnings_belongs_to_no_call(log: list[str]) -> None:
    said: list[str] = []
    logger.add(said.append, format="{message} {extra}")
    with logger.contextualize(call_sid="c1"):
        for _ in range(AT_ONCE + 1):
            rate_limited_log.warn("refused")
    await asyncio.sleep(PERIOD + 1)
    assert "c1" in said[0]
    assert "c1" not in said[-1]
