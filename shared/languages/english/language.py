"""English: its language pack."""

from pathlib import Path

from shared.languages.english.answer_words import ANSWER_WORDS
from shared.languages.english.clause_words import CLAUSE_WORDS
from shared.languages.english.digits import NUMBER_NAMES, SPOKEN_DIGITS
from shared.languages.english.human_phrases import HUMAN_PHRASES
from shared.languages.english.keypad_words import KEYPAD_WORDS
from shared.languages.english.machine_phrases import MACHINE_PHRASES
from shared.languages.english.normalization import english_rules
from shared.languages.english.prompts import ENGLISH
from shared.languages.english.turn_taking import BACKCHANNELS, FAREWELLS, QUESTIONS
from shared.languages.english.written_words import WRITTEN
from shared.languages.language_pack import LanguagePack, LanguageWords

LANGUAGE = LanguagePack(
    prompts=ENGLISH,
    giving_up=Path(__file__).with_name("giving_up.wav"),
    rules=english_rules,
    words=LanguageWords(
        machine_phrases=MACHINE_PHRASES,
        human_phrases=HUMAN_PHRASES,
        answer_words=ANSWER_WORDS,
        clause_words=CLAUSE_WORDS,
        backchannels=BACKCHANNELS,
        questions=QUESTIONS,
        farewells=FAREWELLS,
        spoken_digits=SPOKEN_DIGITS,
        keypad_words=KEYPAD_WORDS,
        number_names=NUMBER_NAMES,
        written=WRITTEN,
    ),
)
