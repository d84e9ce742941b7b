"""How a call begins: who says the opening, and when."""

from dataclasses import dataclass, field
from functools import partial

from pipecat.frames.frames import Frame, TTSSpeakFrame
from pipecat.processors.frame_processor import FrameProcessor

from shared.bot.persona import Persona
from shared.conversation.greeting.opening import Opener
from shared.conversation.greeting.policy import AfterHello, FirstWord, WhenSpokenTo
from shared.conversation.speech.playback import PreparedSpeaker, SpeakPreparedFrame, SpeechRecorder
from shared.conversation.speech.prompt_cache import Repertoire


@dataclass(frozen=True, slots=True)
class Greeting:
    """How one call begins.

    Args:
        speaker: Who says what is prepared.
        recorder: Who keeps an opening that is said live.
        first_frames: What the pipeline is given to do first.
        opener: Who says the opening later, if it doesn't begin with the call.
    """

    speaker: PreparedSpeaker
    recorder: list[FrameProcessor] = field(default_factory=list)
    first_frames: list[Frame] = field(default_factory=list)
    opener: Opener | None = None


def greet(
    repertoire: Repertoire, persona: Persona, sample_rate: int, first_word: FirstWord
) -> Greeting:
    """How a call begins, with the persona's opening at this rate in Hz.

    An opening that isn't ready when it is to be said is said by the call's own voice. One that
    begins with the call is then kept for the next; one that waits is meanwhile made ready.
    """
    match first_word:
        case WhenSpokenTo():
            return _greet_later(repertoire, persona, sample_rate, first_word)
        case AfterHello() if persona.opening:
            return _greet_later(repertoire, persona, sample_rate, first_word)
    ready = repertoire.get(persona.opening, persona, sample_rate)
    if ready or not persona.opening:
        return Greeting(PreparedSpeaker(ready))
    recorder = SpeechRecorder(sample_rate, partial(repertoire.keep, persona))
    recorder.expect(persona.opening)
    return Greeting(PreparedSpeaker(), [recorder], [TTSSpeakFrame(persona.opening)])


def _greet_later(
    repertoire: Repertoire,
    persona: Persona,
    sample_rate: int,
    first_word: AfterHello | WhenSpokenTo,
) -> Greeting:
    if not persona.opening:
        return Greeting(PreparedSpeaker(), opener=Opener(first_word))

    def say() -> Frame:
        ready = repertoire.get(persona.opening, persona, sample_rate)
        return SpeakPreparedFrame(ready) if ready else TTSSpeakFrame(persona.opening)

    repertoire.make_soon(persona, [persona.opening], sample_rate)
    return Greeting(PreparedSpeaker(), opener=Opener(first_word, say))
