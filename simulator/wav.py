"""A WAV file as editors, phones and recorders write it: PCM or float, in any of their headers."""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PCM, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE  # wFormatTag; an extensible header names the real one itself
SUB_FORMAT = slice(24, 26)  # where in such a header
FORMAT = struct.Struct("<HHIIHH")  # tag, channels, rate, bytes per second, bytes per frame, bits
WIDTHS = {PCM: (1, 2, 3, 4), FLOAT: (4, 8)}  # bytes a sample
FULL_SCALE = 32_768  # of 16 bits, which everything is scaled to


class UnreadableWav(Exception):
    """Content that holds no sound we can read; the text says why."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What a file holds; `frames` has a column per channel, in the range of 16 bits."""

    rate: int
    frames: NDArray[np.float32]


def read(path: Path) -> Sound:
    """Read a WAV of 8 to 32 bits of PCM, or of 32 or 64 bits of float.

    Raises:
        OSError: If there is no such file.
        UnreadableWav: If it is something else.
    """
    chunks = _chunks(path.read_bytes())
    header, data = chunks.get(b"fmt ", b""), chunks.get(b"data")
    if data is None or len(header) < FORMAT.size:
        raise UnreadableWav("it has no sound in it")
    tag, channels, rate, _, _, bits = FORMAT.unpack_from(header)
    if tag == EXTENSIBLE and len(header) >= SUB_FORMAT.stop:
        tag = int.from_bytes(header[SUB_FORMAT], "little")
    width = (bits + 7) // 8
    if width not in WIDTHS.get(tag, ()) or not channels or not rate:
        raise UnreadableWav(f"format {tag} with {bits} bits, {channels} channels at {rate} Hz")
    whole = len(data) // (width * channels) * width * channels  # a recorder may have died half-way
    scaled = (_floats if tag == FLOAT else _integers)(data[:whole], width)
    return Sound(rate, scaled.reshape(-1, channels))


def _chunks(content: bytes) -> dict[bytes, bytes]:
    """The first chunk of each name; a size that a program left open reaches to the end."""
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise UnreadableWav("it does not begin as one")
    chunks: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(content):
        name, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        chunks.setdefault(name, content[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    return chunks


def _floats(data: bytes, width: int) -> NDArray[np.float32]:
    samples = np.frombuffer(data, f"<f{width}").astype(np.float32)
    return np.nan_to_num(samples) * np.float32(FULL_SCALE)


def _integers(data: bytes, width: int) -> NDArray[np.float32]:
    if width == 1:  # the only unsigned width in WAV
        return (np.frombuffer(data, np.uint8).astype(np.float32) - 128) * 256
    if width == 3:
        padded = np.zeros((len(data) // 3, 4), np.uint8)
        padded[:, 1:] = np.frombuffer(data, np.uint8).reshape(-1, 3)
        data, width = padded.tobytes(), 4
    samples = np.frombuffer(data, f"<i{width}").astype(np.float32)
    return samples / np.float32(1 << 8 * (width - 2))
