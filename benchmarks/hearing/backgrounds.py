"""Who else is to be heard: a room full of people, a television, another voice, a child."""

from functools import lru_cache

import numpy as np

from benchmarks.hearing import noises
from benchmarks.hearing.channel import RATE, Sound, at_level, pitched
from benchmarks.hearing.texts.texts import ENGLISH, texts_of
from benchmarks.hearing.voices.voices import CHILD, Voice, voices_of

SECS = 6.0  # of each, which repeats
WHITE, BABBLE, TV, SECOND, CHILD_VOICE = "white", "babble", "TV", "another voice", "child"
SNR_DB = {WHITE: (15.0, 20.0), BABBLE: (15.0, 20.0), TV: (15.0, 20.0), SECOND: (18.0, 22.0)}


@lru_cache(maxsize=32)
def background(name: str, split: str, seed: int) -> Sound:
    """Six seconds of a noise that goes on."""
    dice = np.random.default_rng(seed)
    size = round(SECS * RATE)
    if name == WHITE:
        return noises.white(seed, SECS)
    texts = [text for some in texts_of(split, ENGLISH) for text in some.long]
    voices = [voice for voice in voices_of(split, ENGLISH) if not voice.real]

    def somebody() -> Sound:
        voice: Voice = voices[dice.integers(len(voices))]
        said = voice.say(texts[dice.integers(len(texts))], falling=True)
        return np.resize(at_level(said, -20), size)

    match name:
        case "babble":
            return noises.babble([somebody() for _ in range(5)], SECS)
        case "TV":
            return somebody() + 0.6 * at_level(noises.music(seed, SECS), -20)
        case "child":
            return np.resize(pitched(somebody(), CHILD), size)
        case _:
            return somebody()
