"""The shared VAD and turn models on the recordings, without a socket."""

import numpy as np
import pytest
from pipecat.audio.turn.base_turn_analyzer import EndOfTurnState
from pipecat.audio.turn.smart_turn.base_smart_turn import SmartTurnParams
from pipecat.audio.vad.vad_analyzer import VADParams, VADState

from shared.bot.turn_settings import TurnSettings
from shared.conversation.turns.models import Models
from shared.conversation.turns.vad import vad_params
from simulator.caller.recording import RECORDINGS, load_recording

USUAL = vad_params(TurnSettings())
NAMES = sorted(path.name for path in RECORDINGS.glob("*.wav"))


@pytest.fixture(scope="module")
def models() -> Models:
    return Models()


def sound(name: str, rate: int = 8_000, peak_dbfs: float | None = None) -> bytes:
    samples = load_recording(name, rate).samples.astype(float)
    if peak_dbfs is not None:
        samples *= 32_768 * 10 ** (peak_dbfs / 20) / np.abs(samples).max()
    return samples.astype("<i2").tobytes()


def is_heard(models: Models, pcm: bytes, rate: int = 8_000, params: VADParams = USUAL) -> bool:
    vad = models.vad(params)
    vad.set_sample_rate(rate)
    size = rate // 25 * 2  # 40 ms
    return any(
        vad._run_analyzer(pcm[at : at + size]) is VADState.SPEAKING
        for at in range(0, len(pcm), size)
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_recording_is_speech_to_the_vad(models: Models, name: str) -> None:
    assert is_heard(models, sound(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_recording_is_speech_to_the_vad_at_35_db_below_full_scale(
    models: Models, name: str
) -> None:
    assert is_heard(models, sound(name, peak_dbfs=-35))


@pytest.mark.parametrize("rate", [16_000, 24_000])
def test_the_vad_hears_speech_at_every_rate(models: Models, rate: int) -> None:
    assert is_heard(models, sound("yes.wav", rate), rate)


def test_pipecats_vad_defaults_would_miss_a_yes_and_a_quiet_caller(models: Models) -> None:
    assert not is_heard(models, sound("yes.wav"), params=VADParams())
    missed = [
        name
        for name in NAMES
        if not is_heard(models, sound(name, peak_dbfs=-35), params=VADParams())
    ]
    assert len(missed) > len(NAMES) / 2


def test_silence_and_line_noise_are_no_speech_to_the_vad(models: Models) -> None:
    noise = np.random.default_rng(1).normal(0, 30, 16_000).astype("<i2").tobytes()
    assert not is_heard(models, bytes(32_000))
    assert not is_heard(models, noise)


def test_two_calls_do_not_share_what_their_vads_hear(models: Models) -> None:
    one, other = models.vad(USUAL), models.vad(USUAL)
    one.set_sample_rate(8_000)
    other.set_sample_rate(8_000)
    speech = sound("opening_hours.wav")
    for at in range(0, len(speech), 640):
        one._run_analyzer(speech[at : at + 640])
        assert other._run_analyzer(bytes(640)) is VADState.QUIET


async def test_a_long_piece_is_judged_by_the_vad_too(models: Models) -> None:
    vad = models.vad(USUAL)
    vad.set_sample_rate(8_000)
    recording = load_recording("opening_hours.wav", 8_000)
    until_the_end_of_speech = sound("opening_hours.wav")[: int(recording.end * 8_000) * 2]
    assert await vad.analyze_audio(until_the_end_of_speech) is VADState.SPEAKING
    await vad.cleanup()  # type: ignore[no-untyped-call]  # Pipecat's


def test_a_turn_model_in_doubt_costs_a_second_not_three(models: Models) -> None:
    turn = models.smart_turn(SmartTurnParams(stop_secs=0.8))
    turn.set_sample_rate(8_000)
    turn.append_audio(bytes(640), is_speech=True)
    silence = 0.0
    while turn.append_audio(bytes(640), is_speech=False) is not EndOfTurnState.COMPLETE:
        silence += 0.04
        assert silence < 1.0


async def test_a_whole_sentence_is_a_whole_turn(models: Models) -> None:
    turn = models.smart_turn(SmartTurnParams(stop_secs=0.8))
    turn.set_sample_rate(8_000)
    turn.append_audio(sound("opening_hours.wav"), is_speech=True)
    state, _ = await turn.analyze_end_of_turn()
    assert state is EndOfTurnState.COMPLETE
    await turn.cleanup()  # type: ignore[no-untyped-call]  # Pipecat's
