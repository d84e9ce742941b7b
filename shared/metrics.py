"""What a monitoring system reads, in the text format of Prometheus."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

from shared.calls.registry import CallRegistry
from shared.histogram import Histogram

KEPT_SECS = 1.0  # whoever asks more often learns nothing more
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Kept:
    """A text that is made when it is asked for, but at most once in `KEPT_SECS`."""

    def __init__(self, make: Callable[[], str]) -> None:
        self._make = make
        self._text = ""
        self._until = 0.0

    def __call__(self) -> str:
        """The text."""
        now = time.monotonic()
        if now >= self._until:
            self._text, self._until = self._make(), now + KEPT_SECS
        return self._text


class ProviderState(Protocol):
    """What is told of a provider."""

    kind: str
    name: str

    @property
    def failing(self) -> bool:
        """Whether it fails."""


def render(
    registry: CallRegistry,
    *,
    store_fails: bool = False,
    loop_lag: float = 0.0,
    providers: Iterable[ProviderState] = (),
) -> str:
    """Every metric of this process; all names begin with `voicebot_`.

    Args:
        registry: Of this process.
        store_fails: Whether the database fails now.
        loop_lag: Seconds by which the event loop is late.
        providers: Those that calls use.
    """
    lines = [
        *_gauge("calls_active", "Calls that are on.", len(registry)),
        *_gauge("calls_expected", "People being rung.", registry.expected),
        *_gauge("calls_max", "Calls that are taken at most.", registry.max_calls),
        *_gauge("overloaded", "1 while no call is taken because of the load.", registry.overloaded),
        *_gauge("loop_lag_seconds", "Lateness of the event loop, 95th percentile.", loop_lag),
        *_gauge("store_failing", "1 while the database fails.", store_fails),
        *_head("provider_failing", "gauge", "1 while a provider fails, as calls find it."),
        *map(_provider, providers),
        *_counter("calls_ended_total", "Calls by how they ended.", registry.endings),
        *_counter(
            "provider_failures_total", "In calls that have ended.", _failures(registry), "kind"
        ),
        *_counter("calls_refused_total", "Calls not taken, by why.", registry.refusals),
        *_counter("dials_total", "Dials by how they came out.", registry.dials),
        *_counter("starts_total", "Answers to POST /start.", registry.starts, label="status"),
        *_histogram("response_seconds", "Until an answer was heard.", registry.response_secs),
        *_histogram("connect_seconds", "Until Exotel answered a dial.", registry.connect_secs),
    ]
    return "\n".join(lines) + "\n"


def _failures(registry: CallRegistry) -> dict[str, int]:
    """All kinds, since an alert sees a series grow only if it was there before."""
    return {kind: registry.failures[kind] for kind in ("stt", "llm", "tts")}


def _provider(provider: ProviderState) -> str:
    labels = f'kind="{provider.kind}",provider="{provider.name}"'
    return f"voicebot_provider_failing{{{labels}}} {provider.failing:d}"


def _gauge(name: str, help_text: str, value: float) -> Iterator[str]:
    yield from _head(name, "gauge", help_text)
    yield f"voicebot_{name} {value:g}"


def _counter(
    name: str, help_text: str, values: Mapping[str, int], label: str = "reason"
) -> Iterator[str]:
    yield from _head(name, "counter", help_text)
    for key, value in values.items():
        yield f'voicebot_{name}{{{label}="{key}"}} {value}'


def _histogram(name: str, help_text: str, histogram: Histogram) -> Iterator[str]:
    yield from _head(name, "histogram", help_text)
    count = 0
    for bound, count in histogram.buckets():
        yield f'voicebot_{name}_bucket{{le="{bound}"}} {count}'
    yield f"voicebot_{name}_sum {histogram.total:.6g}"
    yield f"voicebot_{name}_count {count}"


def _head(name: str, kind: str, help_text: str) -> Iterator[str]:
    yield f"# HELP voicebot_{name} {help_text}"
    yield f"# TYPE voicebot_{name} {kind}"
