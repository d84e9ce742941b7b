"""The answer that a Connect applet wants: the numbers to ring, and how."""

from collections.abc import Sequence

CONNECT_VERSION = "1.0"  # of the answer; Exotel asks for it with the header Exotel-Version


def connect_answer(numbers: Sequence[str], *, ring_secs: int, record: bool) -> dict[str, object]:
    """The answer to a Connect applet: these are rung one after the other, each for `ring_secs`.

    With no number nobody is rung, and the flow goes on to what follows "We didn't dial anyone".
    """
    answer: dict[str, object] = {
        "fetch_after_attempt": False,
        "destination": {"numbers": list(numbers)},
    }
    if numbers:
        answer |= {"max_ringing_duration": ring_secs, "record": record}
    if numbers and record:
        answer["recording_channels"] = "dual"  # each of the two by themselves
    return answer
