"""The VAD takes a voice for over at its end, though Silero still reports speech for a while."""

import numpy as np
import pytest
from pipecat.audio.vad.vad_analyzer import VADParams, VADState

from shared.bot.turn_settings import TurnSettings
from shared.conversation.turns.caller_level import CallerLevel
from shared.conversation.turns.echo import EchoGate
from shared.conversation.turns.models import Models
from shared.conversation.turns.vad import SharedSileroVAD, vad_params
from simulator.caller.audio import Samples
from simulator.caller.recording import Recording, load_recording

RATE = 8_000
PIECE = 256 * 2  # bytes: 32 ms
LOUD, FAINT = 0.01, 0.01 * 10 ** (-32 / 10)  # power
NAMES = ("no.wav", "hello.wav", "goodbye.wav", "monday.wav", "book_appointment.wav")


@pytest.fixture(scope="module")
def models() -> Models:
    return Models()


@pytest.fixture
def vad(models: Models) -> SharedSileroVAD:
    vad = models.vad(vad_params(TurnSettings()))
    vad.set_sample_rate(RATE)
    return vad


def lingers(vad: SharedSileroVAD, *windows: tuple[VADState, float, float]) -> list[bool]:
    """What it thinks of windows: the state before each, its power, and what Silero says."""
    found = []
    for state, power, confidence in windows:
        vad._vad_state = state
        found.append(vad._lingers(power, confidence))
    return found


def test_a_loud_voice_goes_on_for_the_vad(vad: SharedSileroVAD) -> None:
    assert lingers(vad, *[(VADState.SPEAKING, LOUD, 0.9)] * 5) == [False] * 5


def test_the_vad_takes_a_much_fainter_moment_for_the_end_of_a_voice(vad: SharedSileroVAD) -> None:
    speaking, quiet = VADState.SPEAKING, VADState.QUIET
    assert lingers(
        vad,
        (speaking, LOUD, 0.9),
        (speaking, FAINT, 0.9),
        (VADState.STOPPING, FAINT, 0.9),
        (quiet, FAINT, 0.9),  # over, and Silero still hears it: it doesn't begin again
    ) == [False, True, True, True]


def test_the_vad_ends_lingering_when_silero_lets_go(vad: SharedSileroVAD) -> None:
    speaking, quiet = VADState.SPEAKING, VADState.QUIET
    assert lingers(
        vad,
        (speaking, LOUD, 0.9),
        (speaking, FAINT, 0.9),
        (quiet, FAINT, 0.1),
        (quiet, FAINT, 0.9),  # somebody far away says something
    ) == [False, True, False, False]


def test_the_vad_ends_lingering_at_a_loud_moment_too(vad: SharedSileroVAD) -> None:
    speaking, quiet = VADState.SPEAKING, VADState.QUIET
    assert lingers(vad, (speaking, LOUD, 0.9), (speaking, FAINT, 0.9), (quiet, LOUD, 0.9)) == [
        False,
        True,
        False,
    ]


def test_the_vad_leaves_a_noisy_line_to_silero_alone(vad: SharedSileroVAD) -> None:
    noise = LOUD * 10 ** (-25 / 10)
    windows = [(VADState.SPEAKING, LOUD, 0.9), *[(VADState.STOPPING, noise, 0.9)] * 5]
    assert lingers(vad, *windows) == [False] * 6


def test_the_vad_hears_a_voice_that_becomes_softer_slowly(vad: SharedSileroVAD) -> None:
    powers = LOUD * 10 ** (-np.arange(0, 50, 0.3) / 10)  # 9 dB a second
    windows = [(VADState.SPEAKING, float(power), 0.9) for power in powers]
    assert not any(lingers(vad, *windows))


def test_the_vad_lingers_on_nothing_before_any_voice(vad: SharedSileroVAD) -> None:
    assert lingers(vad, (VADState.QUIET, 0.0, 0.0), (VADState.STARTING, FAINT, 0.9)) == [
        False,
        False,
    ]


def heard_until(vad: SharedSileroVAD, samples: Samples) -> float:
    """The second at which the last voice in a sound counts as over."""
    pcm = samples.astype("<i2").tobytes()
    last = 0
    for at in range(0, len(pcm) - PIECE, PIECE):
        vad._run_analyzer(pcm[at : at + PIECE])
        if vad._vad_state in (VADState.SPEAKING, VADState.STOPPING):
            last = at + PIECE
    return last / 2 / RATE


def then_quiet(recording: Recording) -> Samples:
    """A recording, and a second of a clean line behind it."""
    voice = recording.samples[: int(recording.end * RATE)]
    return np.concatenate([voice, np.random.default_rng(1).normal(0, 2.0, RATE).astype("<i2")])


@pytest.mark.parametrize("name", NAMES)
def test_the_vad_notices_the_end_of_a_voice_soon_on_a_clean_line(
    models: Models, vad: SharedSileroVAD, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = load_recording(name, RATE)
    samples = then_quiet(recording)
    with_it = heard_until(vad, samples) - recording.end
    monkeypatch.setattr(SharedSileroVAD, "_lingers", lambda *_: False)
    monkeypatch.setattr(CallerLevel, "is_background", lambda *_, **__: False)
    other = models.vad(vad_params(TurnSettings()))
    other.set_sample_rate(RATE)
    without = heard_until(other, samples) - recording.end
    assert with_it < without - 0.05
    assert with_it < TurnSettings().stop_secs


def states_of(vad: SharedSileroVAD, samples: Samples, piece: int) -> set[VADState]:
    """All that it tells of a sound, in pieces of so many milliseconds."""
    pcm, size = samples.astype("<i2").tobytes(), piece * RATE // 1_000 * 2
    return {vad._run_analyzer(pcm[at : at + size]) for at in range(0, len(pcm) - size, size)}


@pytest.mark.parametrize("piece", [20, 100])
def test_the_vad_reports_a_voice_however_loud_the_line_was_before(
    vad: SharedSileroVAD, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    def hears_the_voice(window: np.ndarray, _: int) -> np.ndarray:
        return np.array([[0.9 if 0.005 < np.abs(window).max() < 0.05 else 0.0]])

    monkeypatch.setattr(vad, "_model", hears_the_voice)
    monkeypatch.setattr(vad, "_maybe_reset_model", lambda _: None)
    tone = np.sin(np.arange(RATE // 2) * 0.4)
    bump, voice = tone[: RATE // 10] * 30_000, tone * 300  # 40 dB fainter
    pause = np.zeros(RATE // 5)
    assert VADState.SPEAKING in states_of(vad, np.concatenate([bump, pause, voice]), piece)


@pytest.mark.parametrize("piece", [20, 100])
@pytest.mark.parametrize("name", NAMES)
def test_the_vad_ends_a_voice_after_stop_secs_to_the_moment_on_a_clean_line(
    vad: SharedSileroVAD, name: str, piece: int
) -> None:
    recording = load_recording(name, RATE)
    voice = recording.samples[: int(recording.end * RATE)].astype(float)
    power = np.array([np.mean(each**2) for each in np.array_split(voice, len(voice) // 80)])
    loud = np.flatnonzero(power > power.max() * 10 ** (-27 / 10))[-1] + 1  # in 10 ms
    samples = np.concatenate([voice, np.zeros(RATE // 2)]).astype("<i2")
    pcm, size = samples.tobytes(), piece * RATE // 1_000 * 2
    states = [vad._run_analyzer(pcm[at : at + size]) for at in range(0, len(pcm) - size, size)]
    last = max(
        n for n, state in enumerate(states) if state in (VADState.SPEAKING, VADState.STOPPING)
    )
    over = (last + 2) * piece / 1_000
    assert over - loud / 100 < TurnSettings().stop_secs + 0.02 + piece / 1_000


@pytest.mark.parametrize("piece", [20, 100])
def test_the_vad_tells_how_long_a_clean_line_is_silent_already(
    vad: SharedSileroVAD, piece: int
) -> None:
    recording = load_recording("monday.wav", RATE)
    voice = recording.samples[: int(recording.end * RATE)]
    pcm, size = then_quiet(recording).tobytes(), piece * RATE // 1_000 * 2
    for at in range(0, len(pcm) - size, size):
        talked = vad._talking
        vad._run_analyzer(pcm[at : at + size])
        if talked and not vad._talking and at > len(voice):
            silence = (at + size) / 2 / RATE - len(voice) / RATE
            assert vad.silence_secs == pytest.approx(silence, abs=0.1)
            assert vad.silence_secs >= TurnSettings().stop_secs
            return
    pytest.fail("the voice is never over")


def test_the_vad_ends_a_voice_beside_a_fainter_one_that_goes_on(vad: SharedSileroVAD) -> None:
    recording = load_recording("book_appointment.wav", RATE)
    voice = recording.samples[: int(recording.end * RATE)]
    tv = load_recording("opening_hours.wav", RATE)
    murmur = np.resize(
        tv.samples[int(tv.onset * RATE) : int(tv.end * RATE)] * 10 ** (-18 / 20), 16_000
    )
    samples = np.concatenate([voice, murmur.astype("<i2")])
    assert heard_until(vad, samples[: len(voice) + RATE]) - recording.end < 0.5


def test_the_turn_settings_are_what_the_vad_gets() -> None:
    turn_settings = TurnSettings(confidence=0.7, start_secs=0.2, stop_secs=0.3, min_volume=0.4)
    assert vad_params(turn_settings) == VADParams(
        confidence=0.7, start_secs=0.2, stop_secs=0.3, min_volume=0.4
    )
    usual = vad_params(TurnSettings())
    assert usual.min_volume < VADParams().min_volume
    assert usual.start_secs < VADParams().start_secs
    assert usual.confidence < VADParams().confidence


class Covers(EchoGate):
    """Says that everything is its own."""

    def covers(self, rate: int, *, talking: bool) -> bool:
        return True


def test_the_bots_own_echo_is_no_voice_to_the_vad(models: Models) -> None:
    echoing = models.vad(vad_params(TurnSettings()), Covers(lambda secs, until: b"", lambda: 0.0))
    echoing.set_sample_rate(RATE)
    assert heard_until(echoing, load_recording("opening_hours.wav", RATE).samples) == 0.0
    assert not echoing.voiced


def test_the_vad_knows_a_voice_at_the_very_moment(vad: SharedSileroVAD) -> None:
    assert not vad.voiced
    for state in (VADState.STARTING, VADState.STOPPING):
        vad._vad_state = state
        assert not vad.voiced
    vad._vad_state = VADState.QUIET
    recording = load_recording("opening_hours.wav", RATE)
    middle = int((recording.onset + recording.end) / 2 * RATE) * 2
    pcm = recording.samples.astype("<i2").tobytes()[:middle]
    for at in range(0, len(pcm) - PIECE, PIECE):
        vad._run_analyzer(pcm[at : at + PIECE])
    assert vad.voiced
