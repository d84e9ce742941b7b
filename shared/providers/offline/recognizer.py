"""Offline recognition of a closed set of phrases, with the courage to say it heard none of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pocketsphinx import Decoder, get_model_path

from shared.providers.offline.front_end import MODEL_RATE, prepare
from shared.providers.offline.grammar import Phrase, jsgf, pronunciations, sentences

# The cepstral mean of telephone speech at the level the front end gives it. With the model's own,
# which is that of wideband speech, the first utterance of a call is usually misheard.
TELEPHONE_MEAN = "43.14,-9.05,-6.03,3.99,-3.05,-5.64,0.98,-6.54,-3.37,-1.55,-3.18,0.30,-2.05"

MIN_SCORE = -15.0  # log likelihood per frame of speech; other speech mostly lies below
MIN_COVERAGE = 0.4  # of the speech a phrase must account for; long sentences fit no short phrase
SLICE = MODEL_RATE // 50 * 2  # bytes, 20 ms of sound: about 1 ms of work while the GIL is held

_NOT_SPEECH = ("<", "[", "(", "+", "SIL")  # how the names of silence and noise begin


@dataclass(frozen=True, slots=True)
class Hearing:
    """What the recogniser made of an utterance, and how sure it is.

    Attributes:
        text: The likeliest sentence of the grammar, or a part of one, or nothing.
        score: How much likelier the speech is as this text than as any sounds, per frame.
        coverage: The share of the speech that the text accounts for.
        accepted: Whether the text may be taken for what was said.
    """

    text: str
    score: float
    coverage: float
    accepted: bool


NOTHING = Hearing("", float("-inf"), 0.0, accepted=False)


class Recognizer:
    """One grammar decoder, and one for free sequences of phones to measure it against.

    Every utterance is decoded afresh, so callers may share a recogniser by taking turns; it is not
    safe for threads. Loading takes about 60 ms and 13 MB, deciding 0.07 s per second of sound, and
    the GIL is held for a slice at a time.
    """

    def __init__(self) -> None:
        self._grammar = _decoder(lw=1.0, beam=1e-60, wbeam=1e-40, pbeam=1e-60)
        self._phones = _decoder(
            allphone=get_model_path("en-us/en-us-phone.lm.bin"),
            lw=2.0,
            pip=0.3,
            beam=1e-10,
            pbeam=1e-10,
        )
        self._expected: tuple[Phrase, ...] = ()
        self._sentences: frozenset[str] = frozenset()
        self._learn_words()

    def recognize(self, pcm: bytes, sample_rate: int, phrases: Sequence[Phrase]) -> Hearing:
        """Decide which of the phrases, if any, is said in 16-bit mono sound."""
        if not phrases:
            return NOTHING
        self._expect(tuple(phrases))
        self._decode(prepare(pcm, sample_rate))
        best = self._grammar.hyp()
        if best is None or not best.hypstr:
            return NOTHING
        text, score, coverage = best.hypstr, self._score(), self._coverage()
        accepted = text in self._sentences and score >= MIN_SCORE and coverage >= MIN_COVERAGE
        return Hearing(text, score, coverage, accepted)

    def _learn_words(self) -> None:
        vocabulary = {word for said in sentences(Phrase) for word in said.split()}
        with Path(get_model_path("en-us/cmudict-en-us.dict")).open(encoding="utf-8") as lines:
            known = pronunciations(lines, vocabulary)
        for word, ways in known.items():
            for number, phones in enumerate(ways, start=1):
                self._grammar.add_word(word if number == 1 else f"{word}({number})", phones, False)

    def _expect(self, phrases: tuple[Phrase, ...]) -> None:
        if phrases != self._expected:
            self._grammar.add_jsgf_string("demo", jsgf(phrases))
            self._grammar.activate_search("demo")
            self._expected, self._sentences = phrases, sentences(phrases)

    def _decode(self, sound: bytes) -> None:
        decoders = (self._grammar, self._phones)
        for decoder in decoders:
            decoder.set_cmn(TELEPHONE_MEAN)
            decoder.start_utt()
        for start in range(0, len(sound), SLICE):
            for decoder in decoders:
                decoder.process_raw(sound[start : start + SLICE], False, False)
        for decoder in decoders:
            decoder.end_utt()

    def _score(self) -> float:
        said, sounds = self._grammar.hyp(), self._phones.hyp()
        log = self._grammar.logmath.log  # a hypothesis's score is a likelihood, too small to divide
        difference = log(said.score) - (log(sounds.score) if sounds else 0.0)
        return float(difference / max(1, _speech_frames(self._grammar)))

    def _coverage(self) -> float:
        return _speech_frames(self._grammar) / max(1, _speech_frames(self._phones))


def _decoder(**options: object) -> Decoder:
    # No dictionary: the words are added one by one. No second pass over the result (bestpath): it
    # turns whole phrases of a grammar into fragments.
    return Decoder(
        samprate=MODEL_RATE, loglevel="FATAL", lm=None, dict=None, bestpath=False, **options
    )


def _speech_frames(decoder: Decoder) -> int:
    return sum(
        segment.end_frame - segment.start_frame + 1
        for segment in decoder.seg() or ()
        if not segment.word.startswith(_NOT_SPEECH)
    )
