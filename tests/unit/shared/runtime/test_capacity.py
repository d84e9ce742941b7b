import asyncio
from contextlib import ExitStack
from functools import partial

import pytest

from shared.records.session_record import Ending
from shared.runtime import pending_handshakes
from shared.runtime.capacity import MAX_HANDSHAKES, CallRegistry
from shared.telephony.errors import CallRefused


class Call:
    """Somebody who holds a place until told to leave."""

    def __init__(self) -> None:
        self.endings: list[Ending] = []

    def end(self, ending: Ending) -> None:
        self.endings.append(ending)


async def test_one_call_too_many_is_refused_until_another_leaves() -> None:
    registry = CallRegistry(1)
    with registry.enter("a", Call().end):
        assert not registry.accepting
        with pytest.raises(CallRefused, match="full"), registry.enter("b", Call().end):
            pass
    assert registry.accepting
    with registry.enter("b", Call().end):
        assert len(registry) == 1


async def test_the_second_connection_of_a_call_replaces_the_first_even_when_full() -> None:
    registry, first, second = CallRegistry(1), Call(), Call()
    earlier = ExitStack()
    earlier.enter_context(registry.enter("a", first.end))
    with registry.enter("a", second.end):
        assert first.endings == [Ending.REPLACED]
        earlier.close()  # the first leaves after the second came
        assert len(registry) == 1
    assert len(registry) == 0
    assert second.endings == []


async def test_the_second_connection_may_leave_before_the_first() -> None:
    registry = CallRegistry(1)
    earlier = ExitStack()
    earlier.enter_context(registry.enter("a", Call().end))
    with registry.enter("a", Call().end):
        pass
    earlier.close()
    assert len(registry) == 0


async def test_sockets_that_say_nothing_cannot_fill_the_process() -> None:
    registry = CallRegistry(1)
    with ExitStack() as stack:
        for _ in range(MAX_HANDSHAKES):
            stack.enter_context(registry.handshake())
        with pytest.raises(CallRefused, match="busy"), registry.handshake():
            pass
    with registry.handshake():
        pass


async def test_who_has_been_silent_for_longest_leaves_when_another_one_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    registry = CallRegistry(1)
    left: list[int] = []
    with ExitStack() as stack:
        for nth in range(MAX_HANDSHAKES):
            stack.enter_context(registry.handshake(partial(left.append, nth)))
        monkeypatch.setattr(pending_handshakes, "SILENT_SECS", 0.0)
        for _ in range(2):
            stack.enter_context(registry.handshake())
        assert left == [0, 1]
        monkeypatch.setattr(pending_handshakes, "SILENT_SECS", 60.0)
        with pytest.raises(CallRefused, match="busy"), registry.handshake():
            pass
    assert left == [0, 1]
    assert registry.metrics.refusals == {"busy": 1}


async def test_draining_takes_no_new_calls_and_waits_for_those_that_are_on() -> None:
    registry, call = CallRegistry(5), Call()
    with registry.enter("a", call.end):
        draining = asyncio.create_task(registry.drain(30))
        await asyncio.sleep(0)
        assert not registry.accepting
        with pytest.raises(CallRefused, match="shutting down"), registry.enter("b", Call().end):
            pass
        assert not draining.done()
    await asyncio.wait_for(draining, 5)
    assert call.endings == []


async def test_draining_ends_the_calls_that_last_too_long() -> None:
    registry, call = CallRegistry(5), Call()
    with registry.enter("a", call.end):
        await registry.drain(0.01)
    assert call.endings == [Ending.SHUTDOWN]


def test_a_person_who_is_being_rung_has_a_place_even_when_it_is_full_or_draining() -> None:
    registry = CallRegistry(1)
    registry.expect("ours")
    assert (registry.accepting, registry.expected, len(registry)) == (False, 1, 0)
    with pytest.raises(CallRefused, match="full"):
        registry.expect("another")
    with pytest.raises(CallRefused, match="full"), registry.enter("stranger", Call().end):
        pass
    registry.draining = True
    with registry.enter("sid", Call().end, "ours"):
        assert (registry.expected, len(registry)) == (0, 1)
    with pytest.raises(CallRefused, match="shutting down"):
        registry.expect("ours")


def test_a_place_that_is_given_up_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = CallRegistry(1)
    registry.expect("busy")
    registry.expect_no_more("busy")
    assert registry.accepting
    monkeypatch.setattr("shared.runtime.capacity.RINGING_SECS", 0.0)
    registry.expect("nobody")
    assert registry.accepting  # nobody's phone rings for ever


async def test_a_drain_waits_for_people_who_are_being_rung() -> None:
    registry = CallRegistry(2)
    registry.expect("ringing")
    draining = asyncio.create_task(registry.drain(5))
    await asyncio.sleep(0.05)
    assert not draining.done()
    with registry.enter("sid", Call().end, "ringing"):
        await asyncio.sleep(0.05)
        assert not draining.done()
    await asyncio.wait_for(draining, 2)


def test_shedding_ends_the_newest_call_that_is_not_ending_yet_and_never_the_last() -> None:
    registry, calls = CallRegistry(3), {name: Call() for name in "abc"}
    with ExitStack() as stack:
        assert registry.shed() is None
        for name, call in calls.items():
            stack.enter_context(registry.enter(name, call.end))
        assert [registry.shed() for _ in range(3)] == ["c", "b", None]
    assert [call.endings for call in calls.values()] == [[], [Ending.OVERLOAD], [Ending.OVERLOAD]]


def test_an_overloaded_process_takes_only_those_whom_it_rang_and_second_connections() -> None:
    registry = CallRegistry(5)
    registry.expect("ours")
    with registry.enter("a", Call().end):
        registry.overloaded = True
        with pytest.raises(CallRefused, match="busy"), registry.enter("stranger", Call().end):
            pass
        with registry.enter("sid", Call().end, "ours"), registry.enter("a", Call().end):
            assert len(registry) == 2
    assert registry.metrics.refusals == {"busy": 1}
