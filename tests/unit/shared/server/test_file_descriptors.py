"""The limit of file descriptors, and how many of them connections other than calls get."""

import resource

import pytest

from shared.server import file_descriptors
from shared.server.file_descriptors import LEAST, MOST, connections_without_a_call, raise_limit

NONE = resource.RLIM_INFINITY


@pytest.mark.parametrize(
    ("soft", "hard", "raised"),
    [
        (1_024, 4_096, 4_096),
        (1_024, 1_048_576, 65_536),
        (256, NONE, 65_536),
        (4_096, 4_096, None),
        (65_536, 65_536, None),
        (1_048_576, 1_048_576, None),
        (NONE, NONE, None),
    ],
)
def test_the_file_descriptor_limit_is_raised_as_far_as_makes_sense(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, raised: int | None
) -> None:
    set_to: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: set_to.append(limits))
    assert raise_limit() == (raised or min(hard if hard != NONE else 65_536, 65_536))
    assert set_to == ([(raised, hard)] if raised else [])


def test_macos_is_asked_for_fewer_file_descriptors_than_it_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def set_limit(_: int, limits: tuple[int, int]) -> None:
        if limits[0] > 10_240:
            raise ValueError("not allowed to raise maximum limit")

    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, NONE))  # as on macOS
    monkeypatch.setattr(resource, "setrlimit", set_limit)
    assert raise_limit() == 10_240


def test_a_file_descriptor_limit_that_can_not_be_raised_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("not permitted")

    monkeypatch.setattr(resource, "getrlimit", lambda _: (1_024, 4_096))
    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert raise_limit() == 1_024


@pytest.mark.parametrize(
    ("limit", "calls", "left"),
    [(65_536, 20, MOST), (1_024, 20, MOST), (512, 20, 512 - 64 - 160), (1_024, 100, 160)],
)
def test_other_connections_get_the_file_descriptors_calls_do_not_need(
    limit: int, calls: int, left: int
) -> None:
    assert connections_without_a_call(limit, calls) == left


@pytest.mark.parametrize(("limit", "calls"), [(256, 20), (1_024, 120), (1_024, 100_000)])
def test_too_few_file_descriptors_are_logged_at_start(
    limit: int, calls: int, log: list[str]
) -> None:
    assert connections_without_a_call(limit, calls) == LEAST
    needed = file_descriptors.OWN + file_descriptors.PER_CALL * calls + LEAST
    assert log == [
        f"WARNING {limit} open files are few for {calls} calls: "
        f"raise the limit (ulimit -n) to {needed}\n"
    ]
