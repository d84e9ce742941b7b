"""A process of its own that turns text into speech, so that espeak-ng (GPL) stays out of the bot's.

One JSON object per line comes in: `{"text", "voice"}`, with a null voice for the best there is.
For each, one JSON line goes out: `{"sample_rate", "size", "anchors"}` followed by `size` bytes of
16-bit mono sound, or `{"error"}`. An anchor `[offset, seconds]` says when the word at that offset
of the text begins.

It ends when its input does, hence with its parent, however that ended. It must start fast: import
nothing but the standard library.
"""

import ctypes
import json
import signal
import sys
from collections.abc import Iterator
from functools import cache
from itertools import count

from shared.providers.offline import flite

VOICE = "en-us+f3"
WORDS_PER_MINUTE = 165
BUFFER_MS = 200  # of sound per callback
SYNCHRONOUS = 2  # espeak_AUDIO_OUTPUT: hand the sound to a callback before returning
DONT_EXIT = 0x8000  # espeakINITIALIZE: report failure instead of ending the process
CHARS_UTF8 = 1
RATE = 1  # espeak_PARAMETER
LAST_EVENT, WORD_EVENT = 0, 1  # espeak_EVENT_TYPE


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),  # of the word's first character, counted from 1
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),  # milliseconds
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),  # a union we do not read
    )


_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


class Espeak:
    """The espeak-ng library, of which a process can hold only one."""

    def __init__(self) -> None:
        # Not at the top of the module: a machine that speaks with flite does well without it.
        import espeakng_loader

        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self._sample_rate: int = self._library.espeak_Initialize(
            SYNCHRONOUS, BUFFER_MS, espeakng_loader.get_data_path().encode(), DONT_EXIT
        )
        if self._sample_rate <= 0:
            raise OSError(f"espeak-ng did not start: {self._sample_rate}")
        self._sound = bytearray()
        self._anchors: list[tuple[int, float]] = []
        self._callback = _CALLBACK(self._collect)  # the library keeps no reference of its own
        self._library.espeak_SetSynthCallback(self._callback)
        self._library.espeak_SetParameter(RATE, WORDS_PER_MINUTE, 0)

    def speak(self, text: str, voice: str) -> tuple[int, bytes, list[tuple[int, float]]]:
        """Synthesise the text; the result is the sample rate, samples and anchors.

        Raises:
            ValueError: There is no such voice.
        """
        if self._library.espeak_SetVoiceByName(voice.encode()):
            raise ValueError(f"there is no voice {voice!r}")
        self._sound, self._anchors = bytearray(), []
        encoded = text.encode()
        size = ctypes.c_size_t(len(encoded) + 1)
        self._library.espeak_Synth(encoded, size, 0, 0, 0, CHARS_UTF8, None, None)
        return self._sample_rate, bytes(self._sound), self._anchors

    def _collect(self, samples: int | None, number: int, events: int) -> int:
        if samples:
            self._sound += ctypes.string_at(samples, 2 * number)
        for event in _events(events):
            if event.type == WORD_EVENT:
                self._anchors.append((event.text_position - 1, event.audio_position / 1_000))
        return 0


def _events(address: int) -> Iterator[_Event]:
    for index in count():
        event = _Event.from_address(address + index * ctypes.sizeof(_Event))
        if event.type == LAST_EVENT:
            return
        yield event


@cache
def _espeak() -> Espeak:
    return Espeak()


@cache
def _flite() -> flite.Flite | None:
    try:
        return flite.Flite()
    except OSError:
        return None


def answer(text: str, voice: str | None) -> bytes:
    """Speak with flite if it has the voice, with espeak-ng otherwise."""
    anchors: list[tuple[int, float]] = []
    if voice in (None, flite.VOICE) and (engine := _flite()):
        sample_rate, sound = engine.speak(text)
    else:
        sample_rate, sound, anchors = _espeak().speak(text, voice or VOICE)
    header = {"sample_rate": sample_rate, "size": len(sound), "anchors": anchors}
    return json.dumps(header).encode() + b"\n" + sound


def main() -> None:
    """Answer requests until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches us too, but the parent decides
    for line in sys.stdin.buffer:
        try:
            reply = answer(**json.loads(line))
        except (ValueError, OSError, ImportError) as error:
            reply = json.dumps({"error": str(error)}).encode() + b"\n"
        sys.stdout.buffer.write(reply)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
