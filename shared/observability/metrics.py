"""The metrics of a process: each is declared here once and kept here, and read by Prometheus."""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Protocol

from shared.observability.histogram import Histogram

RENDERED_SECS = 1.0  # whoever asks more often learns nothing more
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

# Seconds; what callers take for a quick answer is below the third bound.
RESPONSE_BOUNDS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)
# Seconds; Exotel tries its routes before it answers, and after 35 s nobody waits for it.
CONNECT_BOUNDS = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 35.0)


class ProviderState(Protocol):
    """A provider's health, as a gauge tells it."""

    kind: str
    name: str

    @property
    def failing(self) -> bool:
        """Whether it fails."""


class Metrics:
    """All metrics of one process; their names begin with `voicebot_`.

    A new one is a line here, and whatever happens counts where it happens. What can be read at any
    time from its owner is a gauge, which the owner adds.

    Attributes:
        endings: How many calls ended in which way.
        failures: How often providers failed in them: "stt", "llm", "tts".
        refusals: How many were not taken, by reason.
        dials: How many dials came out in which way.
        starts: How many requests to dial were answered, by HTTP status.
        response_secs: How long callers waited for the first word of an answer.
        connect_secs: How long Exotel took to answer when we placed a call.
    """

    def __init__(self) -> None:
        self._gauges: list[Callable[[], Iterable[str]]] = []
        self._families: list[Callable[[], Iterable[str]]] = []
        self.endings = self._counter("calls_ended_total", "Calls by how they ended.")
        self.failures = self._counter(
            "provider_failures_total",
            "Failures of providers in calls that have ended.",
            label="kind",
            # All kinds, since an alert sees a series grow only if it was there before.
            always=("stt", "llm", "tts"),
        )
        self.refusals = self._counter("calls_refused_total", "Calls not taken, by why.")
        self.dials = self._counter("dials_total", "Dials by how they came out.")
        self.starts = self._counter("starts_total", "Answers to POST /start.", label="status")
        self.response_secs = self._histogram(
            "response_seconds",
            "From the caller's last word until an answer was heard.",
            RESPONSE_BOUNDS,
        )
        self.connect_secs = self._histogram(
            "connect_seconds", "Until Exotel answered a dial.", CONNECT_BOUNDS
        )

    def gauge(self, name: str, help_text: str, read: Callable[[], float]) -> None:
        """Add a value that is asked for whenever somebody looks."""

        def lines() -> Iterator[str]:
            yield from _head(name, "gauge", help_text)
            yield f"voicebot_{name} {read():g}"

        self._gauges.append(lines)

    def watch_providers(self, providers: Collection[ProviderState]) -> None:
        """Add a gauge for each provider: whether it fails."""

        def lines() -> Iterator[str]:
            yield from _head(
                "provider_failing", "gauge", "1 while a provider fails, as calls find it."
            )
            for provider in providers:
                labels = f'kind="{provider.kind}",provider="{provider.name}"'
                yield f"voicebot_provider_failing{{{labels}}} {provider.failing:d}"

        self._gauges.append(lines)

    def call_ended(
        self, ending: str, failures: Mapping[str, int], response_secs: Iterable[float]
    ) -> None:
        """Count a call that is over, what failed in it, and how long its caller waited."""
        self.endings[ending] += 1
        self.failures.update(failures)
        for secs in response_secs:
            self.response_secs.observe(secs)

    def render(self) -> str:
        """Every metric in the text format of Prometheus."""
        return (
            "\n".join(line for lines in (*self._gauges, *self._families) for line in lines()) + "\n"
        )

    def _counter(
        self, name: str, help_text: str, label: str = "reason", always: Collection[str] = ()
    ) -> Counter[str]:
        counts: Counter[str] = Counter()

        def lines() -> Iterator[str]:
            yield from _head(name, "counter", help_text)
            for key in dict.fromkeys((*always, *counts)):
                yield f'voicebot_{name}{{{label}="{key}"}} {counts[key]}'

        self._families.append(lines)
        return counts

    def _histogram(self, name: str, help_text: str, bounds: tuple[float, ...]) -> Histogram:
        histogram = Histogram(bounds)

        def lines() -> Iterator[str]:
            yield from _head(name, "histogram", help_text)
            count = 0
            for bound, count in histogram.buckets():
                yield f'voicebot_{name}_bucket{{le="{bound}"}} {count}'
            yield f"voicebot_{name}_sum {histogram.total:.6g}"
            yield f"voicebot_{name}_count {count}"

        self._families.append(lines)
        return histogram


class Rendered:
    """The text of the metrics, made when it is asked for, but at most once in `RENDERED_SECS`."""

    def __init__(self, render: Callable[[], str]) -> None:
        self._render = render
        self._text = ""
        self._until = 0.0

    def __call__(self) -> str:
        """The text."""
        now = time.monotonic()
        if now >= self._until:
            self._text, self._until = self._render(), now + RENDERED_SECS
        return self._text


def _head(name: str, kind: str, help_text: str) -> Iterator[str]:
    yield f"# HELP voicebot_{name} {help_text}"
    yield f"# TYPE voicebot_{name} {kind}"
