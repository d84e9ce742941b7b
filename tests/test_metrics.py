from shared.calls.record import CallRecord, Direction, Ending
from shared.calls.registry import CallRegistry
from shared.conversation.provider_health import ProviderHealth
from shared.metrics import render


def test_prometheus_can_read_them() -> None:
    registry = CallRegistry(20)
    registry.endings[Ending.CALLER_HUNG_UP] += 3
    registry.failures["llm"] += 2
    registry.refusals["full"] += 1
    registry.starts["409"] += 4
    with registry.enter("c1", lambda _: None):
        registry.expect("somebody")
        registry.dials["placed"] += 2
        registry.overloaded = True
        providers = [ProviderHealth("tts", "TTS", "cartesia"), ProviderHealth("llm", "LLM", "a")]
        text = render(registry, store_fails=True, loop_lag=0.1234, providers=providers)
    assert text.endswith("\n")
    samples = [line for line in text.splitlines() if not line.startswith("#")]
    assert [line for line in samples if "_seconds_" not in line] == [
        "voicebot_calls_active 1",
        "voicebot_calls_expected 1",
        "voicebot_calls_max 20",
        "voicebot_overloaded 1",
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


def test_what_failed_in_calls_is_counted_when_they_are_over() -> None:
    registry = CallRegistry(2)
    for _ in range(2):
        record = CallRecord("c1", "s1", Direction.INBOUND)
        record.failures.update(tts=2, llm=1)
        registry.ended(record)
    assert registry.failures == {"tts": 4, "llm": 2}


def test_the_responses_of_a_call_that_is_over_are_counted_up_to_each_bound() -> None:
    registry = CallRegistry(1)
    record = CallRecord("c1", "s1", Direction.INBOUND, response_secs=[0.5, 0.6, 12.0])
    record.end(Ending.CALLER_HUNG_UP)
    registry.ended(record)
    registry.ended(CallRecord("c2", "s2", Direction.INBOUND))
    registry.connect_secs.observe(1.5)
    assert registry.endings == {Ending.CALLER_HUNG_UP: 1, Ending.FAILURE: 1}
    lines = render(registry).splitlines()
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
