"""What machines say when they answer a call: a table of phrases for each language."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

NUKTA = "\u093c"  # the dot under Devanagari letters, which some recognisers write and others don't


class Machine(StrEnum):
    """Who speaks, if it is not the person who was rung."""

    MAILBOX = "a mailbox"  # it takes a message
    MENU = "a menu"  # it wants keys
    NOBODY = "the operator: nobody can be reached"  # switched off, out of coverage, no such number
    HOLD = "the operator: hold the line"  # the person may still come
    SCREEN = "a call screen"  # it asks who calls and why; the person reads or hears the answer


@dataclass(frozen=True, slots=True)
class Phrases:
    """One language's phrases, as regular expressions over words without punctuation.

    Attributes:
        screen: Only call screens say it.
        mailbox: Only mailboxes say it.
        mailbox_perhaps: Mailboxes say it, and people do now and then.
        menu: Only menus say it.
        nobody: Only operators say it of somebody who can't be reached.
        hold: Operators say it while the person is fetched.
    """

    screen: tuple[str, ...] = ()
    mailbox: tuple[str, ...] = ()
    mailbox_perhaps: tuple[str, ...] = ()
    menu: tuple[str, ...] = ()
    nobody: tuple[str, ...] = ()
    hold: tuple[str, ...] = ()


ENGLISH = Phrases(
    screen=(
        "(?:using|uses) a (?:call )?screening (?:service|assistant)",
        "(?:say|state|record|tell me) your name and (?:the )?(?:reason|why)",
        "(?:say|tell me) (?:who you are|whos calling) and why",
        "ill see if (?:this person|they|he|she) is available",
        "(?:call|google|truecaller|virtual) assistant (?:of|for) the person",
    ),
    mailbox=(
        "(?:after|at|wait for|hear) the (?:tone|beep)",
        "please (?:leave|record) (?:a|your|me a|us a) (?:brief |short )?message",
        "leave (?:a|your|me a|us a) (?:name|message) (?:and|after|at|with your)",
        "record your (?:message|name)",
        "(?:you have|youve) reached the (?:voice ?mail|mailbox|answering)",
        "forwarded to (?:an automated |a )?(?:voice|answering)",
        "(?:voice ?mail ?box|voice ?mail service|mail ?box is full|to the voice ?mail of)",
        "when you (?:have|are) (?:finished|done) recording",
    ),
    mailbox_perhaps=(
        "(?:you have|youve) reached",
        "leave (?:a|your|me a|us a) message",
        "voice ?mail",
        "(?:cant|cannot|unable to|not able to) (?:take|answer|get to|come to) (?:your|the) "
        "(?:call|phone)",
        "(?:is|am|im|are) (?:currently )?(?:not available|unavailable)",
        "missed your call",
        "(?:call|get back to) you (?:back )?(?:as soon as|later|shortly)",
        "(?:our office is|we are) (?:currently )?closed",
    ),
    menu=(
        "(?:press|dial|enter) (?:[0-9]|zero|one|two|three|four|five|star|hash|pound)",
        "(?:please )?(?:choose|select) (?:one of|from) the following",
        "listen to the following (?:options|menu)",
        "enter your [a-z0-9 ]{0,30}(?:number|pin|id) followed by",
    ),
    nobody=(
        "(?:is|has been|are) (?:currently )?switched off",
        "(?:is|are) (?:currently )?(?:not reachable|unreachable|out of coverage|not in coverage)",
        "out of (?:the )?(?:network )?coverage area",
        "(?:number|it) (?:you have dialled |you have dialed |you dialled |you dialed )?"
        "(?:does not exist|doesnt exist|is not in service|is invalid|is not valid|"
        "is temporarily out of service)",
        "check the number (?:you have|and)",
        "incoming (?:call )?(?:facility|service)s?",
        "all (?:circuits|lines|routes) (?:on this route |in this route )?are busy",
    ),
    hold=(
        "the (?:number|person|subscriber|customer|party|user|airtel|jio|vodafone|vi|bsnl)"
        "(?: (?:number|customer|user|subscriber))? (?:you|that you|whom you)",
        "(?:is|are) (?:currently )?(?:busy|on|speaking on|speaking to) "
        "(?:on )?(?:another call|someone else|with someone)",
        "please (?:stay|hold|remain|be) (?:on )?(?:the )?line",
        "please (?:try|call) (?:again )?(?:later|after some ?time)",
        "your call (?:has been|is being) (?:placed on hold|put on hold|connected|forwarded)",
    ),
)

HINDI = Phrases(
    screen=("अपना नाम और (?:कॉल|फ़ोन) करने (?:का|की) (?:कारण|वजह)",),
    mailbox=(
        "(?:बीप|टोन|ध्वनि) (?:के|की)(?: आवाज़)? बाद",
        "अपना (?:संदेश|मैसेज|मेसेज) (?:छोड़|रिकॉर्ड)",
        "(?:वॉइस|वॉयस|वाइस) ?मेल ?(?:बॉक्स|सेवा)",
    ),
    mailbox_perhaps=(
        "(?:संदेश|मैसेज|मेसेज) (?:छोड़|रिकॉर्ड)",
        "(?:वॉइस|वॉयस|वाइस) ?मेल",
        "(?:अभी|फ़िलहाल|इस समय) (?:कॉल|फ़ोन)? ?(?:उपलब्ध नहीं|उत्तर नहीं|जवाब नहीं)",
    ),
    menu=("(?:[0-9]|एक|दो|तीन|चार|शून्य) (?:नंबर )?(?:दबा|प्रेस)",),
    nobody=(
        "(?:स्विच|स्वीच|स्विच्ड) ?(?:ऑफ़?|बंद)",
        "(?:फ़ोन|मोबाइल|नंबर) (?:अभी |इस समय )?बंद",
        "(?:पहुंच|पहुँच|कवरेज|नेटवर्क) (?:क्षेत्र )?(?:से|के) बाहर",
        "(?:मौजूद|अस्तित्व में|सेवा में) नहीं",
        "नंबर (?:की )?(?:जांच|जाँच)",
    ),
    hold=(
        "(?:आप )?जिस (?:नंबर|व्यक्ति|उपभोक्ता|ग्राहक|सब्सक्राइबर)",
        "जिन(?:से|को|हें)? (?:आप )?(?:कॉल|संपर्क|फ़ोन)",
        "(?:दूसरी|किसी और|अन्य) कॉल",
        "(?:कृपया )?(?:प्रतीक्षा|इंतज़ार) (?:करें|कीजिए|कीजिये)",
        "लाइन पर (?:बने|रहें|रहिए)",
        "(?:थोड़ी देर|कुछ समय|कुछ देर) (?:बाद|के बाद|में)",
        "व्यस्त (?:है|हैं)",
    ),
)

# All of them are looked for in every call: an operator speaks English, Hindi and the circle's own
# language, whichever the bot speaks.
LANGUAGES: tuple[Phrases, ...] = (ENGLISH, HINDI)


def normalise(text: str) -> str:
    """Lower case, without punctuation or the difference between spellings of one sound."""
    letters = unicodedata.normalize("NFD", text.lower()).replace(NUKTA, "").replace("’", "'")
    kept = (" " if _parts_words(letter) else letter for letter in letters.replace("'", ""))
    return " ".join("".join(kept).split())


def recognise(text: str) -> Machine | None:
    """Who says this, where only a machine would; None where a person might."""
    words = normalise(text)
    for machine, pattern in _SURE.items():
        if pattern.search(words):
            return machine
    return None


def perhaps_mailbox(text: str) -> bool:
    """Whether it says what mailboxes say, and people now and then."""
    return bool(_PERHAPS.search(normalise(text)))


def _parts_words(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PSZC"


def _compiled(expressions: Iterable[str]) -> re.Pattern[str]:
    # Python's \b stumbles over Devanagari's vowel signs; white space is what parts words here.
    return re.compile("|".join(rf"(?:(?<!\S){each})" for each in _normalised(expressions)))


def _normalised(expressions: Iterable[str]) -> Iterator[str]:
    for each in expressions:
        yield unicodedata.normalize("NFD", each).replace(NUKTA, "")


# In this order: a screen and a mailbox also say what operators say.
_SURE: Mapping[Machine, re.Pattern[str]] = {
    Machine.SCREEN: _compiled(e for language in LANGUAGES for e in language.screen),
    Machine.MAILBOX: _compiled(e for language in LANGUAGES for e in language.mailbox),
    Machine.MENU: _compiled(e for language in LANGUAGES for e in language.menu),
    Machine.NOBODY: _compiled(e for language in LANGUAGES for e in language.nobody),
    Machine.HOLD: _compiled(e for language in LANGUAGES for e in language.hold),
}
_PERHAPS = _compiled(e for language in LANGUAGES for e in language.mailbox_perhaps)
