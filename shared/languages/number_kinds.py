"""The numbers that a bot asks for, and how many digits they have in India."""

import re
from collections.abc import Iterable, Mapping

from shared.languages.word_split import whole_words

DATE_FORMATS: Mapping[str, tuple[int, ...]] = {
    r"d ?d[ /-]*m ?m[ /-]*y ?y ?y ?y": (8,),
    r"d ?d[ /-]*m ?m[ /-]*y ?y": (6,),
    r"m ?m[ /-]*y ?y(?: ?y ?y)?|d ?d[ /-]*m ?m": (4, 6),
    r"day,? (?:the )?month,? and (?:the )?year": (6, 8),
}
_REFERENCES = """
    customer consumer policy order booking reference ticket employee staff roll registration
    application invoice bill member membership loan patient tracking service file case complaint
    request transaction subscriber user meter connection agent student
"""


def _kind(lengths: Iterable[int], *patterns: str) -> tuple[re.Pattern[str], frozenset[int]]:
    return whole_words(*patterns), frozenset(lengths)


# The longer names first. The lengths are those of India.
KINDS: Mapping[str, tuple[re.Pattern[str], frozenset[int]]] = {
    "phone": _kind(
        (10,),
        "(?:mobile|phone|telephone|cell|contact|whats ?app|call ?back)(?: phone)? ?"
        "(?:number|no|num)\\S*",
        "(?:mobile|phone|number) on which",
        "number .{0,24}(?:call|reach|contact|ring)(?: you)?(?: back)?(?: on| at)?",
        "नंबर .{0,12}(?:पर|जिस).{0,16}(?:कॉल|संपर्क|बात)",
        "(?:मोबाइल|फोन|व्हाट्सएप|व्हाट्सऐप|संपर्क|कॉन्टैक्ट) (?:का |के )?(?:नंबर|नम्बर|नं)\\S*",
        "मोबाइल",
    ),
    "post": _kind((6,), "(?:pin|postal|post|zip|area) ?-?codes?", "पिन ?कोड", "पिनकोड"),
    "otp": _kind(
        (4, 6),
        "otp|o t p|one[- ]time (?:password|passcode|code|pin)",
        "(?:verification|security|confirmation|activation|access) (?:code|pin)",
        "passcode",
        "ओटीपी|ओ टी पी|वन टाइम पासवर्ड|सत्यापन कोड",
    ),
    "cvv": _kind((3,), "cvv|cvc|c v v|सीवीवी"),
    "pin": _kind(
        (4, 6), "[mt]?[- ]?pin(?: number)?", "password", "पिन(?: नंबर)?|एमपिन|टीपिन|पासवर्ड"
    ),
    "aadhaar": _kind((12,), "a+dh?a+r(?: card)?(?: number)?", "आधार(?: कार्ड)?(?: नंबर)?"),
    "card": _kind(
        (16,), "(?:debit |credit |atm )?card number", "(?:डेबिट |क्रेडिट )?कार्ड (?:का )?नंबर"
    ),
    "account": _kind(
        range(9, 19),
        "(?:bank )?account (?:number|no)",
        "(?:खाता|अकाउंट|खाते) (?:का |की )?(?:नंबर|संख्या)",
    ),
    "pnr": _kind((10,), "pnr(?: number)?", "पीएनआर(?: नंबर)?"),
    "reference": _kind(
        range(5, 21),
        rf"(?:{'|'.join(_REFERENCES.split())})(?: reference| id)? ?(?:number|no|id|code)",
        "(?:ग्राहक|उपभोक्ता|पॉलिसी|ऑर्डर|बुकिंग|रेफरेंस|कस्टमर|मीटर|बिल) (?:का )?(?:नंबर|संख्या|आईडी|आई डी)",
    ),
    "number": _kind(  # of whatever
        (),
        "(?:your|apna|aapka|apka)(?: registered| full| correct)? number(?!, (?!please|sir|ma|and))",
        "(?:अपना|आपका)(?: रजिस्टर्ड| पूरा| सही)? (?:नंबर|नम्बर)",
    ),
    "other": _kind(
        (),
        "extension|token|(?:user |login |employee |member )?id|serial|weight|height",
        "एक्सटेंशन|टोकन|आईडी|आई डी|वज़न|वजन",
    ),
    "year": _kind((4,), "year(?: of birth)?", "(?:जन्म का )?(?:साल|वर्ष)"),
    "date": _kind(
        (4, 6, 8),
        "(?:date of birth|dob|birth ?date|birthday|date|expiry(?: date)?)",
        "(?:जन्म ?तिथि|जन्म की तारीख|जन्मतिथि|तारीख|तिथि|दिनांक)",
        "janm ?tithi|tareekh|tarikh",
    ),
    "time": _kind((3, 4), "time", "समय"),
    "age": _kind((1, 2, 3), "age|how old", "उम्र|आयु|umar"),
    "rating": _kind((1, 2), "rating|rate|score|scale", "रेटिंग|अंक दें"),
    "amount": _kind(
        range(1, 8), "amount|how much|rupees|sum", "राशि|रकम|कितने रुपये|कितने रुपए|amount|rashi|rakam"
    ),
    "quantity": _kind(
        range(1, 5),
        "how many|quantity|number of \\S+",
        "कितने|कितनी|संख्या|kitn[ei]",
    ),
}
SPOKEN_KINDS = frozenset(
    {
        "phone",
        "post",
        "otp",
        "cvv",
        "pin",
        "aadhaar",
        "card",
        "account",
        "pnr",
        "reference",
        "number",
    }
)
