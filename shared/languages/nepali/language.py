"""Nepali: its language pack, of a listener's words.

Its prompts are the English ones, and its figures are left to the TTS.
"""

from shared.languages.language_pack import LanguagePack, LanguageWords
from shared.languages.word_lists import Backchannels

LANGUAGE = LanguagePack(
    words=LanguageWords(
        backchannels=Backchannels(phrases=frozenset(["ठीक छ"])),
    ),
)
