"""Whose request is answered next, and how much time is left to the calls."""

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
async def test_every_address_has_its_turn_however_many_another_one_sends() -> None:
    turns: list[tuple[float, str]] = []
    many = [Peer(f"a{n}", turns, address="a") for n in range(4)]
    two = [Peer(f"b{n}", turns, address="b") for n in range(2)]
    await served(RequestQueue([]), *many, *two, Peer("c0", turns))
    assert names(turns) == ["a0", "b0", "c0", "a1", "b1", "a2", "a3"]


@in_virtual_time
async def test_who_shows_the_right_credentials_goes_first_in_the_order_of_coming() -> None:
    turns: list[tuple[float, str]] = []
    others = [Peer(f"a{n}", turns, address="a") for n in range(2)]
    right = [Peer(f"right{n}", turns, address="a", preferred=True) for n in range(2)]
    await served(RequestQueue([]), *others, *right)
    assert names(turns) == ["right0", "right1", "a0", "a1"]


@in_virtual_time
async def test_nobody_has_two_places_and_who_has_left_none() -> None:
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
async def test_bytes_that_nobody_can_read_cost_their_sender_the_connection(log: list[str]) -> None:
    turns: list[tuple[float, str]] = []
    broken, fine = Peer("broken", turns), Peer("fine", turns)
    await served(RequestQueue([]), broken, fine)
    assert (broken.cut, fine.cut) == (True, False)
    assert names(turns) == ["broken", "fine"]
    assert any("a request could not be read" in line for line in log)
    log.clear()


@in_virtual_time
async def test_without_calls_requests_follow_each_other_at_once() -> None:
    turns: list[tuple[float, str]] = []
    peers = [Peer(f"{n}", turns, costs=0.01, answered_after=5.0) for n in range(100)]
    began = now()
    await served(RequestQueue([]), *peers)
    assert turns[-1][0] - began < 1.01


@in_virtual_time
async def test_beside_calls_three_quarters_of_the_time_are_theirs() -> None:
    turns: list[tuple[float, str]] = []
    peers = [Peer(f"{n}", turns, costs=0.01) for n in range(100)]
    began = now()
    await served(RequestQueue(["a call"]), *peers)
    assert turns[-1][0] - began > 0.99 * (1 + YIELD_FACTOR) - 0.01


@in_virtual_time
async def test_after_one_that_takes_very_long_the_next_need_not_wait_as_long() -> None:
    turns: list[tuple[float, str]] = []
    peers = [Peer(f"{n}", turns, costs=2.0) for n in range(2)]
    await served(RequestQueue(["a call"]), *peers)
    assert turns[1][0] - turns[0][0] < 2.0 + LONGEST_YIELD + 0.01


@in_virtual_time
async def test_beside_calls_one_is_answered_before_the_next_but_never_waited_for_long() -> None:
    turns: list[tuple[float, str]] = []
    waits, for_ever = 0.03, 50.0
    peers = [Peer(f"{n}", turns, answered_after=s) for n, s in enumerate([waits, for_ever, 0.0])]
    await served(RequestQueue(["a call"]), *peers)
    first, second, third = (moment for moment, _ in turns)
    assert waits - 0.001 < second - first < ANSWER_SECS
    assert ANSWER_SECS - 0.001 < third - second < ANSWER_SECS + 0.02
