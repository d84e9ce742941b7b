"""The format of Exotel's audio: rates, sample width, and the sizes that play without a gap."""

import re

SAMPLE_RATES = (8_000, 16_000, 24_000)  # Hz; chosen with ?sample-rate= on the stream's URL
DEFAULT_SAMPLE_RATE = 8_000  # Hz; what Exotel streams when nobody asks for more
SAMPLE_WIDTH = 2  # bytes; signed 16-bit little-endian, one channel

PACKET_SIZE = 320  # bytes; a payload that is no multiple of it is played with an audible gap
MIN_MESSAGE_SIZE = 3_200  # bytes; below this Exotel's documents warn of jitter


# What Exotel calls its audio says little: `base64`, `raw` and `audio/x-l16` are all the same PCM.
# But these are something else, and would be noise. RFC 2046 means mu-law by `audio/basic`.
_NO_PCM = re.compile(
    r"[mu\u00b5\u03bc]-?law|a-?law|pcm[ua](?![a-z])|basic|adpcm|dvi4|(?<![a-z])ima(?![a-z])"
    r"|(?:pcm|linear|u?int)-?(?:8|24|32|64)(?!\d|-?k)"
    r"|(?<![a-z])(?:pcm-?)?[fsuil](?:8|20|24|32|64)(?!\d)|(?<!\d)(?:8|24|32)-?bit"
    r"|[sl]16-?be|big-?endian|endian=big"
    r"|g-?7(?:11|2[0-9])|opus|speex|gsm|amr|evrc|ilbc|silk|lpc(?!m)|(?<![a-z])(?:evs|lc3|sbc)"
    r"|mp3|mpeg|mp4|m4a|aac|alac|wma|ac-?3|flac|vorbis|ogg|webm|float"
)


def is_pcm16(encoding: str) -> bool:
    """Whether audio of this name may be 16-bit linear PCM; a name that nobody knows may be."""
    folded = re.sub(r"[\s_.]", "-", encoding.lower())
    return not _NO_PCM.search(folded)


def seconds(size: int, sample_rate: int) -> float:
    """The duration of `size` bytes of audio."""
    return size / (SAMPLE_WIDTH * sample_rate)


def message_chunks(sample_rate: int) -> int:
    """The number of 10 ms chunks in the shortest message that Exotel plays well.

    3,200 bytes at 8 and 16 kHz. At 24 kHz ten milliseconds are 480 bytes, so the first size that
    is both long enough and a multiple of `PACKET_SIZE` is 3,840 bytes.
    """
    chunk = sample_rate // 100 * SAMPLE_WIDTH
    chunks = -(-MIN_MESSAGE_SIZE // chunk)
    while chunks * chunk % PACKET_SIZE:
        chunks += 1
    return chunks


def pad_to_packet(pcm: bytes) -> bytes:
    """Return `pcm` with silence added up to the next multiple of `PACKET_SIZE`."""
    return pcm + bytes(-len(pcm) % PACKET_SIZE)
