"""What a monitoring system reads, in the text format of Prometheus."""

from collections.abc import Iterator, Mapping

from shared.calls.registry import CallRegistry

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def render(registry: CallRegistry, *, store_fails: bool = False) -> str:
    """Every metric of this process; all names begin with `voicebot_`."""
    lines = [
        *_metric("calls_active", "gauge", "Calls that are on.", {"": len(registry)}),
        *_metric("calls_expected", "gauge", "People being rung.", {"": registry.expected}),
        *_metric("store_failing", "gauge", "1 while the database fails.", {"": int(store_fails)}),
        *_metric("calls_max", "gauge", "Calls that are taken at most.", {"": registry.max_calls}),
        *_metric("calls_ended_total", "counter", "Calls by how they ended.", registry.endings),
        *_metric("calls_refused_total", "counter", "Calls not taken, by why.", registry.refusals),
        *_metric("dials_total", "counter", "Dials by how they came out.", registry.dials),
    ]
    return "\n".join(lines) + "\n"


def _metric(name: str, kind: str, help_text: str, values: Mapping[str, int]) -> Iterator[str]:
    yield f"# HELP voicebot_{name} {help_text}"
    yield f"# TYPE voicebot_{name} {kind}"
    for reason, value in values.items():
        label = f'{{reason="{reason}"}}' if reason else ""
        yield f"voicebot_{name}{label} {value}"
