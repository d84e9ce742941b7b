"""The queue of HTTP requests: whose turn is next, and how much CPU time is left to calls."""

import asyncio
from typing import cast

from shared.server.request_queue import ANSWER_SECS, LONGEST_YIELD, YIELD_FACTOR, RequestQueue
from tests.support.virtual_time import VirtualLoop, in_virtual_time, now


class Peer:
    """A client whose turns are noted in a list, with the moment and its name.

    Args:
        name: Of the client; one called "broken" can't be read.
        turns: The list.
        address: Where it comes from; by default from where nobody else does.
        preferred: Whether it has shown the right credentials.
        costs: Seconds of work that its turn makes.
        answered_after: Seconds of waiting for something, for its answer.
    """

    def __init__(
        self,
        name: str,
        turns: list[tuple[float, str]],
        *,
        address: str = "",
        preferred: bool = False,
        costs: float = 0.0,
        answered_after: float = 0.0,
    ) -> None:
        self.address = address or name
        self.preferred = preferred
        self.cut = False
        self._name = name
        self._turns = turns
        self._costs = costs
        self._answered_after = answered_after

    def take_turn(self) -> None:
        self._turns.append((now(), self._name))
        cast(VirtualLoop, asyncio.get_running_loop())._impatient.now += self._costs
        if self._name == "broken":
            raise ValueError("nobody can read this")

    async def answered(self) -> None:
        await asyncio.sleep(self._answered_after)

    def abort(self) -> None:
        self.cut = True


async def served(queue: RequestQueue, *peers: Peer) -> None:
    for peer in peers:
        queue.join(peer)
    await asyncio.sleep(60)


def names(turns: list[tuple[float, str]]) -> list[str]:
    return [name for _, name in turns]


@in_virtual_time
async def test_every_address_has_its_turn_in_the_request_queue() -> None:
    turns: list[tuple[float, str]] = []
    many = [Peer(f"a{n}", turns, address="a") for n in range(4)]
    two = [Peer(f"b{n}", turns, address="b") for n in range(2)]
    await served(RequestQueue([]), *many, *two, Peer("c0", turns))
    assert names(turns) == ["a0", "b0", "c0", "a1", "b1", "a2", "a3"]


@in_virtual_time
async def test_requests_with_the_right_credentials_go_first_in_order() -> None:
    turns: list[tuple[float, str]] = []
    others = [Peer(f"a{n}", turns, address="a") for n in range(2)]
    right = [Peer(f"right{n}", turns, address="a", preferred=True) for n in range(2)]
    await served(RequestQueue([]), *others, *right)
    assert names(turns) == ["right0", "right1", "a0", "a1"]


@in_virtual_time
async def test_a_connection_has_one_place_in_the_queue_and_none_after_leaving() -> None:
    turns: list[tuple[float, str]] = []
    queue = RequestQueue([])
    twice, gone, right = Peer("twice", turns), Peer("gone", turns), Peer("r", turns, preferred=True)
    queue.join(gone)
    queue.join(right)
    queue.leave(gone)
    queue.leave(gone)
    queue.leave(right)
    await served(queue, twice, twice)
    assert names(turns) == ["twice"]
    await served(queue, twice)
    assert names(turns) == ["twice", "twice"]


@in_virtual_time
async def test_an_unreadable_request_costs_its_sender_the_connection(log: list[str]) -> None:
    turns: list[tuple[float, str]] = []
    broken, fine = Peer("broken", turns), Peer("fine", turns)
    await served(RequestQueue([]), broken, fine)
    assert (broken.cut, fine.cut) == (True, False)
    assert names(turns) == ["broken", "fine"]
    assert any("a request could not be read" in line for line in log)
    log.clear()


@in_virtual_time
async def test_queued_requests_follow_at_once_while_there_are_no_calls() -> None:
    turns: list[tuple[float, str]] = []
    peers = [Peer(f"{n}", turns, costs=0.01, answered_after=5.0) for n in range(100)]
    began = now()
    await served(RequestQueue([]), *peers)
    assert turns[-1][0] - began < 1.01


@in_virtual_time
async def test_queued_requests_leave_three_quarters_of_the_cpu_time_to_calls() -> None:
    turns: list[tuple[float, str]] = []
    peers = [Peer(f"{n}", turns, costs=0.01) for n in range(100)]
    began = now()
    await served(RequestQueue(["a call"]), *peers)
    assert turns[-1][0] - began > 0.99 * (1 + YIELD_FACTOR) - 0.01


@in_virtual_time
async def test_a_very_long_request_does_not_delay_the_next_as_long() -> None:
    turns: list[tuple[float, str]] = []
    peers = [Peer(f"{n}", turns, costs=2.0) for n in range(2)]
    await served(RequestQueue(["a call"]), *peers)
    assert turns[1][0] - turns[0][0] < 2.0 + LONGEST_YIELD + 0.01


@in_virtual_time
async def test_queued_requests_beside_calls_are_answered_one_by_one() -> None:
    turns: list[tuple[float, str]] = []
    waits, for_ever = 0.03, 50.0
    peers = [Peer(f"{n}", turns, answered_after=s) for n, s in enumerate([waits, for_ever, 0.0])]
    await served(RequestQueue(["a call"]), *peers)
    first, second, third = (moment for moment, _ in turns)
    assert waits - 0.001 < second - first < ANSWER_SECS
    assert ANSWER_SECS - 0.001 < third - second < ANSWER_SECS + 0.02
