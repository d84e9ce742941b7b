"""The text transform that every TTS service gets: written text in, speakable text out."""

import re
from collections.abc import Sequence
from functools import cache

from loguru import logger
from pipecat.utils.text.transforms import TextTransform

from shared.conversation.speakable.cleaning import clean
from shared.conversation.speakable.english import english_rules
from shared.conversation.speakable.hindi import hindi_rules
from shared.conversation.speakable.phones import phone_rules
from shared.conversation.speakable.rules import Rule
from shared.conversation.speakable.web import shortened_addresses

_TAG = re.compile(r"(</?[A-Za-z][^<>]*>)")  # a voice's own markup, such as <break time="1s"/>
_PASSES = 4  # what one rule says may be what another one is about; two is the usual


@cache  # its regular expressions take some 10 ms to compile
def speaker_of(language: str) -> TextTransform:
    """The transform for `TTSService(text_transforms=[("*", …)])` or `add_text_transformer`.

    In English and Hindi, figures become words: money, dates, times, units, phone numbers. English
    of India counts in lakh and crore and reads 12/11 as a day in November.

    In every other language only markdown, emoji and `https://` go, and a phone number gets spaces
    between its digits. Its other figures are left to the TTS, which knows how they are said:
    English words in a Tamil sentence would be worse.

    The transform never raises, since Pipecat would then say nothing at all in that turn. Run on
    its own output it changes nothing. It may get a part of a sentence, cut anywhere but inside of
    a number.

    Args:
        language: A code such as `en-IN`, `hi-IN` or `ta-IN`.
    """
    base, _, region = language.partition("-")
    match base:
        case "en":
            return speaker_by(english_rules(region or "IN"))
        case "hi":
            return speaker_by(hindi_rules())
        case _:
            return speaker_by([*shortened_addresses(), *phone_rules(tuple("0123456789"), "+")])


def speaker_by(rules: Sequence[Rule]) -> TextTransform:
    """The transform that cleans a text and then applies the rules in their order."""

    async def speak(text: str, text_type: str) -> str:
        for _ in range(_PASSES):
            plain = await clean(text)
            try:
                spoken = _apply(rules, plain)
            except Exception as error:  # noqa: BLE001  # a figure read badly is better than silence
                logger.warning("A text was not made speakable: {}", type(error).__name__)
                return plain
            if spoken == text:
                break
            text = spoken
        return text

    return speak


def _apply(rules: Sequence[Rule], text: str) -> str:
    """The text as the rules say it, except for what stands in a tag."""
    parts = _TAG.split(text)
    for number in range(0, len(parts), 2):
        for rule in rules:
            parts[number] = rule.apply(parts[number])
    return "".join(parts)
