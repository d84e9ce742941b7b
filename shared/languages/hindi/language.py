"""Hindi: its language pack."""

from pathlib import Path

from shared.languages.hindi.answer_words import ANSWER_WORDS
from shared.languages.hindi.clause_words import CLAUSE_WORDS
from shared.languages.hindi.digits import NUMBER_NAMES, SPOKEN_DIGITS
from shared.languages.hindi.human_phrases import HUMAN_PHRASES
from shared.languages.hindi.keypad_words import KEYPAD_WORDS
from shared.languages.hindi.machine_phrases import MACHINE_PHRASES
from shared.languages.hindi.normalization import hindi_rules
from shared.languages.hindi.prompts import HINDI
from shared.languages.hindi.turn_taking import BACKCHANNELS, FAREWELLS, QUESTIONS
from shared.languages.hindi.written_words import WRITTEN
from shared.languages.language_pack import LanguagePack, LanguageWords

LANGUAGE = LanguagePack(
    prompts=HINDI,
    giving_up=Path(__file__).with_name("giving_up.wav"),
    rules=hindi_rules,
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
