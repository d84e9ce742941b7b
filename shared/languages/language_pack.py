"""A language pack: everything that a language's folder tells of its language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from shared.languages.answers.clause_word_lists import ClauseWords
from shared.languages.answers.word_lists import AnswerWords
from shared.languages.machine_phrases import MachinePhrases
from shared.languages.normalization.rules import Rule
from shared.languages.normalization.written_words import WrittenWords
from shared.languages.prompts import Prompts
from shared.languages.word_lists import (
    Backchannels,
    HumanPhrases,
    KeypadWords,
    NumberNames,
    SpokenDigits,
)

# The rules for a region such as `IN`, or "", among the written words of all languages.
MakeRules = Callable[[str, WrittenWords], Sequence[Rule]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageWords:
    """A language's words that are looked for in every call, whichever language the bot speaks.

    Callers mix languages, and an operator has its own.

    Attributes:
        machine_phrases: Of answering machines, operators, menus and call screens.
        human_phrases: Of people who answer a call.
        answer_words: Of which answers of a known kind are made.
        clause_words: By whose order a sentence is whole or not.
        backchannels: Of a listener, over what the bot says.
        questions: Regular expressions of what wants an answer, in lower case or not.
        farewells: Likewise of goodbyes.
        spoken_digits: Numbers that a caller says instead of typing them.
        keypad_words: By which a bot asks for keys.
        number_names: What a bot calls the numbers that it asks for.
        written: What stands around figures and marks in a text for the TTS.
    """

    machine_phrases: MachinePhrases = MachinePhrases()
    human_phrases: HumanPhrases = HumanPhrases()
    answer_words: AnswerWords = AnswerWords()
    clause_words: ClauseWords = ClauseWords()
    backchannels: Backchannels = Backchannels()
    questions: tuple[str, ...] = ()
    farewells: tuple[str, ...] = ()
    spoken_digits: SpokenDigits = SpokenDigits()
    keypad_words: KeypadWords = KeypadWords()
    number_names: NumberNames = NumberNames()
    written: WrittenWords = WrittenWords()


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguagePack:
    """The knowledge of one language; every part may be missing.

    Pipecat's `Language` is only the code of one.

    Attributes:
        prompts: Said by a bot in this language; English where there are none.
        giving_up: The recording of the prompt of that name, a mono WAV file of 16 bits. Without
            it the English prompt and its recording are the last resort.
        rules: Makes the rules by which the TTS gets figures as words; without them figures are
            left to the TTS.
        words: Looked for in every call.
    """

    prompts: Prompts | None = None
    giving_up: Path | None = None
    rules: MakeRules | None = None
    words: LanguageWords = LanguageWords()
