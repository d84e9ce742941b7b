"""The greeting of a call: what says the opening, and when."""

from dataclasses import dataclass, field
from functools import partial

from pipecat.frames.frames import Frame, TTSSpeakFrame

from shared.bot.persona import Persona
from shared.conversation.greeting.opening import Opener
from shared.conversation.greeting.policy import AfterHello, OpeningPolicy, WhenSpokenTo
from shared.conversation.speech.playback import PlayPromptFrame, PromptPlayer, SpeechCapture
from shared.conversation.speech.prompt_cache import PromptCache


@dataclass(frozen=True, slots=True)
class Greeting:
    """The processors that say the opening of one call.

    Attributes:
        prompt_player: Plays what is prerendered, the opening before all else if it is.
        capture: Keeps an opening that the TTS says, for the next call.
        first_frames: What the pipeline is given to do first.
        opener: Says an opening later that doesn't begin with the call.
    """

    prompt_player: PromptPlayer
    capture: SpeechCapture | None = None
    first_frames: list[Frame] = field(default_factory=list)
    opener: Opener | None = None


def greet(
    prompt_cache: PromptCache, persona: Persona, sample_rate: int, opening_policy: OpeningPolicy
) -> Greeting:
    """The greeting of a call, with the persona's opening at this rate in Hz.

    An opening that isn't ready when it is to be said is said by the call's own TTS. One that
    begins with the call is then kept for the next; one that waits is meanwhile made ready.
    """
    match opening_policy:
        case WhenSpokenTo():
            return _greet_later(prompt_cache, persona, sample_rate, opening_policy)
        case AfterHello() if persona.opening:
            return _greet_later(prompt_cache, persona, sample_rate, opening_policy)
    ready = prompt_cache.get(persona.opening, persona, sample_rate)
    if ready or not persona.opening:
        return Greeting(PromptPlayer(ready))
    capture = SpeechCapture(sample_rate, partial(prompt_cache.keep, persona))
    capture.expect(persona.opening)
    return Greeting(PromptPlayer(), capture, [TTSSpeakFrame(persona.opening)])


def _greet_later(
    prompt_cache: PromptCache,
    persona: Persona,
    sample_rate: int,
    opening_policy: AfterHello | WhenSpokenTo,
) -> Greeting:
    if not persona.opening:
        return Greeting(PromptPlayer(), opener=Opener(opening_policy))

    def say() -> Frame:
        ready = prompt_cache.get(persona.opening, persona, sample_rate)
        return PlayPromptFrame(ready) if ready else TTSSpeakFrame(persona.opening)

    prompt_cache.warm(persona, [persona.opening], sample_rate)
    return Greeting(PromptPlayer(), opener=Opener(opening_policy, say))
