"""Telugu: its language pack, of a listener's words and farewells.

Its prompts are the English ones, and its figures are left to the TTS.
"""

from shared.languages.language_pack import LanguagePack, LanguageWords
from shared.languages.word_lists import Backchannels, words

LANGUAGE = LanguagePack(
    words=LanguageWords(
        backchannels=Backchannels(said=words("సరే అవును")),
        farewells=("వీడ్కోలు", "నమస్కారం"),
    ),
)
