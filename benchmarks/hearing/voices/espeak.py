"""espeak-ng in this process: its accents and variants, at any pitch and pace."""

import ctypes
from functools import cache

import numpy as np

from benchmarks.hearing.channel import Sound, at_rate

BUFFER_MS = 200  # of sound per callback
SYNCHRONOUS = 2  # espeak_AUDIO_OUTPUT: hand the sound to a callback before returning
DONT_EXIT = 0x8000  # espeakINITIALIZE: report failure instead of ending the process
CHARS_UTF8 = 1
RATE, PITCH = 1, 3  # espeak_PARAMETER
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


class Espeak:
    """The espeak-ng library, of which a process can hold only one.

    Raises:
        ImportError: `espeakng-loader` is not installed.
    """

    def __init__(self) -> None:
        import espeakng_loader

        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self._sample_rate: int = self._library.espeak_Initialize(
            SYNCHRONOUS, BUFFER_MS, espeakng_loader.get_data_path().encode(), DONT_EXIT
        )
        self._sound = bytearray()
        self._callback = _CALLBACK(self._collect)  # the library keeps no reference of its own
        self._library.espeak_SetSynthCallback(self._callback)

    def speak(self, text: str, voice: str, pace: int, pitch: int) -> Sound:
        """Synthesise a text.

        Args:
            text: In the voice's language.
            voice: An accent and a variant, as "en-gb-x-gbcwmd+f3".
            pace: In words per minute.
            pitch: From 0 to 99.

        Raises:
            ValueError: There is no such voice.
        """
        if self._library.espeak_SetVoiceByName(voice.encode()):
            raise ValueError(f"there is no voice {voice!r}")
        self._library.espeak_SetParameter(RATE, pace, 0)
        self._library.espeak_SetParameter(PITCH, pitch, 0)
        self._sound = bytearray()
        encoded = text.encode()
        size = ctypes.c_size_t(len(encoded) + 1)
        self._library.espeak_Synth(encoded, size, 0, 0, 0, CHARS_UTF8, None, None)
        return at_rate(np.frombuffer(bytes(self._sound), "<i2") / 32_768, self._sample_rate)

    def _collect(self, samples: int | None, number: int, _events: int) -> int:
        if samples:
            self._sound += ctypes.string_at(samples, 2 * number)
        return 0


@cache
def espeak() -> Espeak:
    """The library of this process."""
    return Espeak()
