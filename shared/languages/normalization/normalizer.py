"""The text transform that every TTS service gets: written text in, speakable text out."""

from collections.abc import Iterable, Sequence
from functools import cache

from loguru import logger
from pipecat.utils.text.transforms import TextTransform

from shared.languages.catalogue import WORDS, pack_of
from shared.languages.normalization.cleaning import clean
from shared.languages.normalization.codes import mask_rules
from shared.languages.normalization.formulas import formula_rules
from shared.languages.normalization.labels import label_of
from shared.languages.normalization.markup import VOICE_TAG
from shared.languages.normalization.phones import phone_rules
from shared.languages.normalization.rules import Rule
from shared.languages.normalization.web import shortened_addresses
from shared.languages.word_split import has_words

_PASSES = 4  # what one rule says may be what another one is about; two is the usual
_DIGITS = tuple("0123456789")


def normalizer_for(
    language: str, names: Iterable[str] = (), voice_tags: frozenset[str] = frozenset()
) -> TextTransform:
    """The transform for `TTSService(text_transforms=[("*", …)])` or `add_text_transformer`.

    In a language that has rules, figures become words: money, dates, times, units, phone numbers.
    English of India counts in lakh and crore and reads 12/11 as a day in November.

    In every other one only markdown, emoji and `https://` go, and a phone number gets spaces
    between its digits. Its other figures are left to the TTS, which knows how they are said:
    English words in a Tamil sentence would be worse.

    What a machine or a stage would need goes in any language: control tokens, tags, citations,
    `[laughs]`, "Assistant:". What has no word then is "", which Pipecat doesn't say.

    The transform never raises, since Pipecat would then say nothing at all in that turn. Run on
    its own output it changes nothing. It may get a part of a sentence, cut anywhere but inside of
    what `Utterances` keeps whole.

    Args:
        language: A code such as `en-IN`, `hi-IN` or `ta-IN`.
        names: The bot's; one of them with a colon behind it isn't said.
        voice_tags: The names of the tags that the TTS understands, such as "break".
    """
    return normalizer_by(_rules_of(language), names, voice_tags)


@cache  # its regular expressions take some 20 ms to compile
def _rules_of(language: str) -> Sequence[Rule]:
    _, _, region = language.partition("-")
    if make_rules := pack_of(language).rules:
        return make_rules(region, WORDS.written)
    return [
        *formula_rules({}),
        *shortened_addresses(),
        *phone_rules(_DIGITS, "+"),
        *mask_rules(_DIGITS, "", WORDS.written),
    ]


def normalizer_by(
    rules: Sequence[Rule], names: Iterable[str] = (), voice_tags: frozenset[str] = frozenset()
) -> TextTransform:
    """The transform that cleans a text and then applies the rules in their order."""
    label = label_of(names)

    async def speak(text: str, text_type: str) -> str:
        spoken = text
        for _ in range(_PASSES):
            plain = await clean(spoken, label, voice_tags)
            try:
                said = _within(text, _apply(rules, plain)) if _is_said(plain) else ""
            except Exception as error:  # noqa: BLE001  # a figure read badly is better than silence
                logger.warning("A text was not made speakable: {}", type(error).__name__)
                return plain
            if said == spoken:
                break
            spoken = said
        return spoken if _is_said(spoken) else ""

    return speak


def _within(text: str, spoken: str) -> str:
    """What is said of a text, with a space at its ends only where the text has one."""
    spoken = spoken if text[:1].isspace() else spoken.lstrip()
    return spoken if text[-1:].isspace() else spoken.rstrip()


def _is_said(text: str) -> bool:
    """Whether there is a word in it; a TTS that is given `...` coughs, or says nothing."""
    return has_words(VOICE_TAG.sub("", text)) or "₹" in text


def _apply(rules: Sequence[Rule], text: str) -> str:
    """The text as the rules say it, except for what stands in a tag."""
    parts = VOICE_TAG.split(text)
    for number in range(0, len(parts), 2):
        for rule in rules:
            parts[number] = rule.apply(parts[number])
    return "".join(parts)
