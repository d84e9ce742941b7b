"""What the pipeline hears of a caller, as frames."""

from pipecat.frames.frames import (
    Frame,
    InterimTranscriptionFrame,
    TranscriptionFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)


def start() -> Frame:
    return VADUserStartedSpeakingFrame(start_secs=0.1)


def stop() -> Frame:
    return VADUserStoppedSpeakingFrame(stop_secs=0.2)


def interim(text: str) -> Frame:
    return InterimTranscriptionFrame(text, "", "")


def final(text: str) -> Frame:
    return TranscriptionFrame(text, "", "", finalized=True)
