"""The codings of telephone networks: G.711 in both laws, GSM 06.10, and packets that are lost."""

import ctypes
from ctypes.util import find_library
from functools import cache

import numpy as np
from numpy.typing import NDArray

G711_MU_LAW, G711_A_LAW, GSM = "G.711 mu-law", "G.711 A-law", "GSM 06.10"
MU, A = 255.0, 87.6
STEPS = 127  # of G.711 on each side of zero
FRAME = 160  # samples in 20 ms, in all of them
GSM_BYTES = 33
CONCEALED = 0.5  # of the packet before it is played again in place of a lost one


def codecs() -> tuple[str, ...]:
    """Those that this machine can compute: GSM needs libgsm."""
    return (G711_MU_LAW, G711_A_LAW, *((GSM,) if _libgsm() else ()))


def coded(sound: NDArray[np.float64], codec: str) -> NDArray[np.float64]:
    """Code the sound and decode it again."""
    match codec:
        case "G.711 mu-law":
            return _mu_law(sound)
        case "G.711 A-law":
            return _a_law(sound)
        case _:
            return _gsm(sound)


def with_losses(sound: NDArray[np.float64], part: float, seed: int) -> NDArray[np.float64]:
    """Lose a part of the packets; the one before is repeated, fainter, in place of each."""
    frames = np.pad(sound, (0, -len(sound) % FRAME)).reshape(-1, FRAME).copy()
    lost = np.random.default_rng(seed).random(len(frames)) < part
    for number in np.flatnonzero(lost[1:]) + 1:
        frames[number] = frames[number - 1] * CONCEALED
    return frames.reshape(-1)[: len(sound)]


def _mu_law(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    companded = np.sign(sound) * np.log1p(MU * np.abs(sound)) / np.log1p(MU)
    steps = np.rint(companded * STEPS) / STEPS
    decoded: NDArray[np.float64] = np.sign(steps) * np.expm1(np.abs(steps) * np.log1p(MU)) / MU
    return decoded


def _a_law(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    size, whole = np.abs(sound), 1 + np.log(A)
    small = A * size / whole
    companded = np.where(size < 1 / A, small, (1 + np.log(np.maximum(A * size, 1))) / whole)
    steps = (np.floor(companded * (STEPS + 1)) + 0.5) / (STEPS + 1)
    steps = np.minimum(steps, 1.0)
    decoded = np.where(steps < 1 / whole, steps * whole / A, np.exp(steps * whole - 1) / A)
    signed: NDArray[np.float64] = np.sign(sound) * decoded
    return signed


def _gsm(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    library = _libgsm()
    assert library
    padded = np.pad(sound, (0, -len(sound) % FRAME))
    samples = np.clip(np.rint(padded * 32_768), -32_768, 32_767).astype(np.int16)
    coder, decoder = library.gsm_create(), library.gsm_create()
    packet = ctypes.create_string_buffer(GSM_BYTES)
    decoded = np.zeros_like(samples)
    for at in range(0, len(samples), FRAME):
        frame = samples[at : at + FRAME].copy()
        heard = np.zeros(FRAME, np.int16)
        library.gsm_encode(coder, frame.ctypes.data, packet)
        library.gsm_decode(decoder, packet, heard.ctypes.data)
        decoded[at : at + FRAME] = heard
    library.gsm_destroy(coder)
    library.gsm_destroy(decoder)
    return decoded[: len(sound)] / 32_768


@cache
def _libgsm() -> ctypes.CDLL | None:
    name = find_library("gsm")
    if name is None:
        return None
    library = ctypes.CDLL(name)
    pointer = ctypes.c_void_p
    library.gsm_create.restype = pointer
    library.gsm_destroy.argtypes = [pointer]
    library.gsm_encode.argtypes = [pointer, pointer, pointer]
    library.gsm_decode.argtypes = [pointer, pointer, pointer]
    return library
