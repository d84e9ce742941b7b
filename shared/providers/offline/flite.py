"""The flite library, which Debian packages: a voice built from recordings, under a BSD licence."""

import ctypes

VOICE = "slt"


class _Wave(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_char_p),
        ("sample_rate", ctypes.c_int),
        ("num_samples", ctypes.c_int),
        ("num_channels", ctypes.c_int),
        ("samples", ctypes.c_void_p),
    )


class Flite:
    """Speaks American English in its one voice.

    Raises:
        OSError: The library or the voice is not installed.
    """

    def __init__(self) -> None:
        self._library = ctypes.CDLL("libflite.so.1")
        self._library.flite_init()
        self._library.flite_text_to_wave.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
        self._library.flite_text_to_wave.restype = ctypes.POINTER(_Wave)
        register = ctypes.CDLL(f"libflite_cmu_us_{VOICE}.so.1")[f"register_cmu_us_{VOICE}"]
        register.argtypes = (ctypes.c_char_p,)
        register.restype = ctypes.c_void_p
        self._voice = register(None)

    def speak(self, text: str) -> tuple[int, bytes]:
        """Synthesise the text; the result is the sample rate and 16-bit mono samples."""
        wave = self._library.flite_text_to_wave(text.encode("ascii", "ignore"), self._voice)
        try:
            sound = wave.contents
            return sound.sample_rate, ctypes.string_at(sound.samples, 2 * sound.num_samples)
        finally:
            self._library.delete_wave(wave)
