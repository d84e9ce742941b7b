"""Esperanto: the language pack of a language that this project doesn't know.

The tests put it into a copy of the code, as somebody would who adds a language.
"""

from collections.abc import Sequence
from pathlib import Path

from shared.languages.answers.clause_word_lists import ClauseWords
from shared.languages.answers.word_lists import AnswerWords
from shared.languages.language_pack import LanguagePack, LanguageWords
from shared.languages.machine_phrases import MachinePhrases
from shared.languages.normalization.rules import Rule, rule
from shared.languages.normalization.written_words import WrittenWords
from shared.languages.prompts import Prompts
from shared.languages.word_lists import (
    Backchannels,
    HumanPhrases,
    KeypadWords,
    NumberNames,
    SpokenDigits,
    words,
)

_DIGITS = "nul unu du tri kvar kvin ses sep ok naŭ".split()  # noqa: SIM905


def esperanto_rules(_region: str, _written: WrittenWords) -> Sequence[Rule]:
    """Digits one by one."""
    return [rule("[0-9]", lambda found: _DIGITS[int(found[0])])]


LANGUAGE = LanguagePack(
    prompts=Prompts(
        still_there="Ĉu vi ankoraŭ estas tie?",
        hello="Saluton? Mi ne aŭdas vin.",
        nobody="Mi aŭdas neniun, do mi finas la vokon. Ĝis revido.",
        one_moment="Momenton, mi petas.",
        again="Pardonu, mi ne komprenis. Ĉu vi povas ripeti?",
        go_on="Ĉu mi daŭrigu?",
        sorry="Pardonu, io misfunkciis. Ĉu vi povas diri tion ankoraŭfoje?",
        giving_up="Pardonu, ni havas teknikan problemon. Bonvolu revoki poste. Ĝis revido.",
        minute_left="Ĉi tiu voko povas daŭri ankoraŭ unu minuton.",
        time_is_up="Pardonu, nia tempo finiĝis. Dankon pro via voko. Ĝis revido.",
        goodbye="Ĝis revido.",
        connecting="Mi konektas vin. Bonvolu atendi.",
        no_agent="Pardonu, nun mi ne povas konekti vin.",
    ),
    giving_up=Path(__file__).with_name("giving_up.wav"),
    rules=esperanto_rules,
    words=LanguageWords(
        machine_phrases=MachinePhrases(
            tone=("post la bipo",), mailbox=("bonvolu lasi (?:vian )?mesaĝon",)
        ),
        human_phrases=HumanPhrases(answers=("kiu (?:vi estas|parolas)",)),
        answer_words=AnswerWords(kinds={"email": ("retadreso",)}, scales={"mil": 3}),
        clause_words=ClauseWords(determiners=words("mia"), conjunctions=words("kaj sed")),
        backchannels=Backchannels(hummed=words("nu"), said=words("jes bone")),
        questions=("^ĉu ",),
        farewells=("ĝis (?:la )?revido",),
        spoken_digits=SpokenDigits(
            numbers={word: value for value, word in enumerate(_DIGITS)}, fillers=words("la estas")
        ),
        keypad_words=KeypadWords(
            types=("tajpu",), keys=("|".join(_DIGITS),), menu=(r"(?<!\S)premu {key}(?!\w)",)
        ),
        number_names=NumberNames(kinds={"otp": ("unufoja kodo",)}),
        written=WrittenWords(abbreviations=(r"[Ss]-ro\.",), titles=("prof",), roles=("roboto",)),
    ),
)
