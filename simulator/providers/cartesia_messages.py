"""The messages that Cartesia's speech websocket sends."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from simulator.speech import Word

RATES = (8000, 16000, 22050, 24000, 44100, 48000)


def problem_with(request: Mapping[str, Any]) -> str | None:
    """Tell why a request cannot be spoken, or None."""
    sound = request.get("output_format") or {}
    if not request.get("context_id"):
        return "context_id is required"
    if not request.get("model_id"):
        return "model_id is required"
    if not (request.get("voice") or {}).get("id"):
        return "voice is required"
    if (sound.get("container"), sound.get("encoding")) != ("raw", "pcm_s16le"):
        return "this simulator speaks raw pcm_s16le only"
    if sound.get("sample_rate") not in RATES:
        return f"sample_rate is one of {', '.join(map(str, RATES))}"
    return None


def chunk(context_id: str, pcm: bytes, step_ms: float) -> dict[str, Any]:
    """Carry a piece of sound."""
    data = b64encode(pcm).decode()
    return {**_head("chunk", context_id, 206), "data": data, "step_time": round(step_ms, 3)}


def timestamps(context_id: str, words: Sequence[Word], offset: float) -> dict[str, Any]:
    """Tell when words are said, in seconds from the start of the context."""
    stamps = {
        "words": [word.text for word in words],
        "start": [round(word.start + offset, 3) for word in words],
        "end": [round(word.end + offset, 3) for word in words],
    }
    return {**_head("timestamps", context_id, 206), "word_timestamps": stamps}


def flush_done(context_id: str, number: int) -> dict[str, Any]:
    """Tell that all sound of one request has been sent."""
    return {**_head("flush_done", context_id, 206), "flush_done": True, "flush_id": number}


def done(context_id: str) -> dict[str, Any]:
    """Close a context."""
    return {**_head("done", context_id, 200), "done": True}


def error(context_id: str, problem: str) -> dict[str, Any]:
    """Refuse a request."""
    return {**_head("error", context_id, 400), "done": True, "error": problem}


def _head(kind: str, context_id: str, status: int) -> dict[str, Any]:
    return {"type": kind, "context_id": context_id, "status_code": status, "done": False}
