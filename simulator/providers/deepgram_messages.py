"""The messages that Deepgram's live transcription sends."""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from simulator.speech import HeardWord

MODEL = {"name": "general-nova-3", "version": "2025-04-17.21547", "arch": "nova-3"}
MODEL_ID = "40bd3654-e622-47c4-a111-63a61b23bfe8"


def results(
    words: Sequence[HeardWord],
    *,
    start: float,
    duration: float,
    final: bool,
    from_finalize: bool,
    request_id: str,
) -> dict[str, Any]:
    """Tell what was said in a stretch of audio that began at `start` seconds."""
    likeness = [word.confidence for word in words]
    alternative = {
        "transcript": " ".join(word.text for word in words),
        "confidence": round(sum(likeness) / len(likeness), 4) if likeness else 0.0,
        "words": [_word(word, start) for word in words],
    }
    return {
        "type": "Results",
        "channel_index": [0, 1],
        "duration": round(duration, 3),
        "start": round(start, 3),
        "is_final": final,
        "speech_final": final,
        "from_finalize": from_finalize,
        "channel": {"alternatives": [alternative]},
        "metadata": {"request_id": request_id, "model_info": MODEL, "model_uuid": MODEL_ID},
    }


def metadata(request_id: str, duration: float) -> dict[str, Any]:
    """Close a stream with an account of it."""
    return {
        "type": "Metadata",
        "transaction_key": "deprecated",
        "request_id": request_id,
        "sha256": sha256(request_id.encode()).hexdigest(),
        "created": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "duration": round(duration, 3),
        "channels": 1,
        "models": [MODEL_ID],
        "model_info": {MODEL_ID: MODEL},
    }


def _word(word: HeardWord, offset: float) -> dict[str, Any]:
    return {
        "word": word.text.lower().strip(".,;:!?"),
        "start": round(offset + word.start, 3),
        "end": round(offset + word.end, 3),
        "confidence": round(word.confidence, 4),
        "punctuated_word": word.text,
    }
