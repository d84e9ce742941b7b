"""The words by which a bot asks for keys: English, Hindi, and Hindi in Latin letters."""

import re

from shared.languages.spoken_digits import NUMBERS
from shared.languages.word_split import strip_nukta, whole_words

_TWO = {"do", "दो"}  # which also ask for something, so a listener needs more than the word


def number_of(word: str) -> int | None:
    """The number that a word is, if it is one."""
    return int(word) if word.isdecimal() else 2 if word in _TWO else NUMBERS.get(word)


def key_of(word: str) -> str:
    """The key that a word names."""
    number = number_of(word)
    return str(number) if number is not None else "*" if word in {"*", "star", "स्टार"} else "#"


_ONE_KEY = "[0-9]|zero|one|two|three|four|five|six|seven|eight|nine|star|hash|pound|\\*|#"
_ONE_KEY += "|शून्य|एक|दो|तीन|चार|पांच|पाँच|छह|सात|आठ|नौ|ek|do|teen|char|paanch|shunya"

# Bidden to use the keys.
TYPES = whole_words(
    "type(?: in)?",
    "enter",
    "key(?: it| that| them)? in",
    "punch(?: it| that| them)?(?: in)?",
    "input",
    "dial",
    "press (?:in )?(?:your|the (?:digits|number|code))",
    "(?:key|dial|number|touch) ?-?pad",
    "rate (?:us|it|me|this|our|your)",  # in figures, as on a scale
    "scale (?:of|from)",
    "(?:on|with|using|by|via) (?:the|your)(?: \\S+)? (?:keys|buttons)",
    "darj",
    "daa?l(?:iye|ie|o|en|ein|e|na|iyega)?",
    "daba+(?:iye|ie|o|en|ein|yen|yein|ye|kar|na|iyega)",
    "likh(?:iye|ie|o|en|ein)",
    "टाइप",
    "टाईप",
    "दर्ज",
    "डाल\\S*",
    "दबा\\S*",
    "एंटर",
    "इंटर",
    "डायल",
    "कीपैड",
    "की ?पैड",
    "बटन\\S*",
    "कुंजी\\S*",
    "लिखि?\\S*",
    "भर(?:ें|िए|िये)",
)
# Asked, so that it may be said or typed.
ASKS = whole_words(
    "what(?:'s| is| are| was| would)?",
    "which",
    "how (?:many|much|old|satisfied|happy|likely|was|would|do you)",
    "(?:may|can|could) (?:i|we|you)",
    "(?:will|would) you",
    "(?:tell|give|share|provide|confirm|say|repeat|spell|read out|send|speak)",
    "(?:i|we)(?:'ll| will| do)?(?: also| just)? (?:need|require)",
    "let me have",
    "try (?:it |that )?(?:again|once more)",
    "फिर से (?:कोशिश|प्रयास)",
    "your .{3,40} please",
    "bata+(?:iye|ie|o|en|ein|yen|yein|ye|na|dijiye|iyega)",
    "bata de(?:in|n)?|de de(?:in|n)|likhwa\\S*|likhva\\S*",
    "bol(?:iye|ie|o|en|ein|iyega)",
    "dijiyega|dijiye|dijie|kya hai|kya h|kitn[aei]|chahiye",
    "बता\\S*",
    "बोल\\S*",
    "दीजि[एय]\\S*",
    "दें",
    "क्या है",
    "कितन\\S*",
    "चाहि[एय]\\S*",
    "शेयर",
    "साझा",
)
# Questions that a yes answers, after a word or two of transition.
YES_OR_NO = re.compile(
    r"(?:(?:ok|okay|all ?right|right|great|sure|thank you|thanks|and|so|sorry|yes|no)\b[,.!]? ?)*"
    r"(?:is|are|was|were|am|do|does|did|have|has|had|shall|should|"
    r"(?:would|will) (?:you (?:like|prefer|want)|that|it|this)|can i help|is it|"
    + strip_nukta("क्या (?!है)")
    + r"|kya (?!hai))"
)
FORBIDS = re.compile(
    r"\b(?:never|don't|do not|not|no need to|needn't|without)\s+(?:\S+ ){0,2}"
    r"(?:type|enter|typ|share|sharing|give|giving|tell|say|dial|press)"
    "|"
    + strip_nukta(
        r"(?:^|\s)(?:मत|mat)(?:\s|$)|(?:करें|बताएं|बताएँ|दें) (?:नहीं|ना|न)(?:\s|$)"
        r"|(?:^|\s)न (?:करें|बताएं|दें)"
    )
)
AGAIN = whole_words(
    "it",
    "them",
    "that",
    "this",
    "one",
    "again",
    "once more",
    "the (?:number|digits|code)",
    "all (?:the )?digits",
    "number",
    "digits",
    "code",
    "use (?:the|your)(?: \\S+)? keypad",
    "phir se|dobara|use|ise",
    "फिर से",
    "दोबारा",
    "दुबारा",
    "उसे",
    "इसे",
    "वह",
    "नंबर",
    "अंक\\S*",
    "कोड",
)
READ_BACK = re.compile(r"\d(?:[ -]?\d){4}")
HASH_ENDS = re.compile(
    r"(?:then|followed by|and|ends? with|ending with|finish(?:ed)?(?: with)?|done|afterwards|"
    r"at the end|phir|uske baad|" + strip_nukta("फिर|उसके बाद|के बाद|अंत में") + r"),? .{0,24}?"
    r"(?<!\S)(?:the )?(?:hash|pound|#|" + strip_nukta("हैश") + ")"
)
MENU_KEY = re.compile(
    rf"\b(?:press|dial|hit|push|type|enter|choose|select)(?:ing)? (?:the )?"
    rf"(?:number |key |button |digit )?({_ONE_KEY})(?![^\s,.?!;:।])(?! ?-?(?:digit|or \S+ digit))"
    rf"|(?<!\S)({strip_nukta(_ONE_KEY)}) (?:{strip_nukta('नंबर ')}|number |{strip_nukta('बटन ')})?"
    rf"(?:{strip_nukta('दबा|प्रेस|डायल')}|daba|press|dial)\S*"
)
MORE_KEYS = re.compile(rf"(?<!\S)({_ONE_KEY}),? (?:for|to|if|{strip_nukta('के लिए')}|ke liye)(?!\S)")
SCALE = re.compile(
    rf"(?:1|one|ek|{strip_nukta('एक')}) (?:to|and|through|se|{strip_nukta('से')})"
    rf" (\d+|five|ten|das|paanch|{strip_nukta('दस|पांच')})"
)
_COUNT_WORD = r"([^\s,.:;-]+)"
COUNT = re.compile(
    rf"(?:{_COUNT_WORD} (or|to|ya|se|{strip_nukta('या|से')}) )?{_COUNT_WORD}[- ]?"
    rf"(?:digits?|figures?|ank\S*|{strip_nukta('अंक')}\S*|{strip_nukta('डिजिट')})"
)
