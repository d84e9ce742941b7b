from shared.calls.record import Ending
from shared.calls.registry import CallRegistry
from shared.metrics import render


def test_prometheus_can_read_them() -> None:
    registry = CallRegistry(20)
    registry.endings[Ending.CALLER_HUNG_UP] += 3
    registry.refusals["full"] += 1
    with registry.enter("c1", lambda _: None):
        registry.expect("somebody")
        registry.dials["placed"] += 2
        text = render(registry, store_fails=True)
    assert text.endswith("\n")
    samples = [line for line in text.splitlines() if not line.startswith("#")]
    assert samples == [
        "voicebot_calls_active 1",
        "voicebot_calls_expected 1",
        "voicebot_store_failing 1",
        "voicebot_calls_max 20",
        'voicebot_calls_ended_total{reason="caller hung up"} 3',
        'voicebot_calls_refused_total{reason="full"} 1',
        'voicebot_dials_total{reason="placed"} 2',
    ]
    for line in samples:
        name = line.partition("{")[0].partition(" ")[0]
        assert f"# TYPE {name} " in text
        assert f"# HELP {name} " in text
