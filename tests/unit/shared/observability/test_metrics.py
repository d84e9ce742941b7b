"""Metrics in Prometheus's format: gauges, counters and histograms of calls that are over."""

from shared.observability.metrics import Metrics
from shared.providers.health import ProviderHealth
from shared.records.session_record import Ending


def test_prometheus_can_read_the_metrics() -> None:
    metrics = Metrics()
    metrics.endings[Ending.CALLER_HUNG_UP] += 3
    metrics.failures["llm"] += 2
    metrics.refusals["full"] += 1
    metrics.starts["409"] += 4
    metrics.dials["placed"] += 2
    metrics.gauge("calls_active", "Calls that are on.", lambda: 1)
    metrics.gauge("loop_lag_seconds", "Lateness of the event loop.", lambda: 0.1234)
    metrics.gauge("store_failing", "1 while the database fails.", lambda: True)
    metrics.watch_providers(
        [ProviderHealth("tts", "TTS", "cartesia"), ProviderHealth("llm", "LLM", "a")]
    )
    text = metrics.render()
    assert text.endswith("\n")
    samples = [line for line in text.splitlines() if not line.startswith("#")]
    assert [line for line in samples if "_seconds_" not in line] == [
        "voicebot_calls_active 1",
        "voicebot_loop_lag_seconds 0.1234",
        "voicebot_store_failing 1",
        'voicebot_provider_failing{kind="tts",provider="cartesia"} 0',
        'voicebot_provider_failing{kind="llm",provider="a"} 0',
        'voicebot_calls_ended_total{reason="caller hung up"} 3',
        'voicebot_provider_failures_total{kind="stt"} 0',
        'voicebot_provider_failures_total{kind="llm"} 2',
        'voicebot_provider_failures_total{kind="tts"} 0',
        'voicebot_calls_refused_total{reason="full"} 1',
        'voicebot_dials_total{reason="placed"} 2',
        'voicebot_starts_total{status="409"} 4',
    ]
    for line in samples:
        name = line.partition("{")[0].partition(" ")[0]
        for suffix in ("_bucket", "_sum", "_count"):
            name = name.removesuffix(suffix)
        assert f"# TYPE {name} " in text
        assert f"# HELP {name} " in text


def test_provider_failures_are_counted_in_metrics_when_a_call_is_over() -> None:
    metrics = Metrics()
    for _ in range(2):
        metrics.call_ended(Ending.CALLER_HUNG_UP, {"tts": 2, "llm": 1}, [])
    assert metrics.failures == {"tts": 4, "llm": 2}


def test_response_time_metrics_count_a_call_s_answers_up_to_each_bound() -> None:
    metrics = Metrics()
    metrics.call_ended(Ending.CALLER_HUNG_UP, {}, [0.5, 0.6, 12.0])
    metrics.call_ended(Ending.FAILURE, {}, [])
    metrics.connect_secs.observe(1.5)
    assert metrics.endings == {Ending.CALLER_HUNG_UP: 1, Ending.FAILURE: 1}
    lines = metrics.render().splitlines()
    for line in (
        'voicebot_response_seconds_bucket{le="0.25"} 0',
        'voicebot_response_seconds_bucket{le="0.5"} 1',
        'voicebot_response_seconds_bucket{le="0.75"} 2',
        'voicebot_response_seconds_bucket{le="10"} 2',
        'voicebot_response_seconds_bucket{le="+Inf"} 3',
        "voicebot_response_seconds_sum 13.1",
        "voicebot_response_seconds_count 3",
        "# TYPE voicebot_response_seconds histogram",
        'voicebot_connect_seconds_bucket{le="1"} 0',
        'voicebot_connect_seconds_bucket{le="2"} 1',
        "voicebot_connect_seconds_count 1",
    ):
        assert line in lines
