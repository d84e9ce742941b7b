"""The gauges that an app adds to the metrics of its process."""

from types import SimpleNamespace

from fastapi import FastAPI

from shared.providers.health import ProviderHealth
from shared.runtime.capacity import Capacity
from shared.runtime.overload import OverloadGuard
from shared.web.health import add_gauges


def test_the_metrics_tell_what_the_process_carries_at_this_moment() -> None:
    app, capacity = FastAPI(), Capacity(20)
    app.state.store = SimpleNamespace(database=SimpleNamespace(failing=True))
    add_gauges(app, capacity, OverloadGuard(capacity), [ProviderHealth("tts", "TTS", "cartesia")])
    with capacity.acquire("c1", lambda _: None):
        capacity.reserve("somebody")
        capacity.overloaded = True
        text = capacity.metrics.render()
    assert [line for line in text.splitlines() if line.startswith("voicebot_")][:7] == [
        "voicebot_calls_active 1",
        "voicebot_calls_expected 1",
        "voicebot_calls_max 20",
        "voicebot_overloaded 1",
        "voicebot_loop_lag_seconds 0",
        "voicebot_store_failing 1",
        'voicebot_provider_failing{kind="tts",provider="cartesia"} 0',
    ]
