"""What Exotel's audio is: rates, sample width and the sizes it plays without a gap."""

SAMPLE_RATES = (8_000, 16_000, 24_000)  # Hz; chosen with ?sample-rate= on the stream's URL
DEFAULT_SAMPLE_RATE = 8_000  # Hz; what Exotel streams when nobody asks for more
SAMPLE_WIDTH = 2  # bytes; signed 16-bit little-endian, one channel

PACKET_SIZE = 320  # bytes; a payload that is no multiple of it is played with an audible gap
MIN_MESSAGE_SIZE = 3_200  # bytes; below this Exotel's documents warn of jitter


def seconds(size: int, sample_rate: int) -> float:
    """How long `size` bytes of audio last."""
    return size / (SAMPLE_WIDTH * sample_rate)


def message_chunks(sample_rate: int) -> int:
    """How many 10 ms chunks make the shortest message that Exotel plays well.

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
