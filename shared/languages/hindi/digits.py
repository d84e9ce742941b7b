"""Hindi numbers as they are said, and what a bot calls the numbers that it asks for.

Callers and models write Hindi in Latin letters too, and recognisers English in Devanagari.
"""

from shared.languages.hindi import numbers, roman_numbers
from shared.languages.word_lists import NumberNames, SpokenDigits, words

_SPELLINGS = """
    shunya=0 sifar=0 ek=1 teen=3 char=4 chaar=4 paanch=5 panch=5 chhah=6 chhe=6 che=6 chah=6
    saat=7 aath=8 nau=9 das=10
    जीरो=0 सिफर=0 पांच=5 छः=6 छ=6 छे=6 ग्यारा=11 बारा=12 वन=1 टू=2
    थ्री=3 फोर=4 फाइव=5 सिक्स=6 सेवन=7 एट=8 नाइन=9 टेन=10 इलेवन=11 ट्वेल्व=12 थर्टीन=13 फोर्टीन=14
    फिफ्टीन=15 सिक्सटीन=16 सेवनटीन=17 एटीन=18 नाइनटीन=19
"""
_TENS = """
    ट्वेंटी=20 थर्टी=30 फोर्टी=40 फॉर्टी=40 फिफ्टी=50 सिक्सटी=60 सिक्स्टी=60 सेवनटी=70 सेवंटी=70 एटी=80
    एट्टी=80 नाइंटी=90 नाइनटी=90
"""


def _spelled(spellings: str) -> dict[str, int]:
    pairs = (pair.split("=") for pair in spellings.split())
    return {word: int(value) for word, value in pairs}


SPOKEN_DIGITS = SpokenDigits(
    numbers={word: value for value, word in enumerate(numbers.WORDS)}
    | _spelled(_SPELLINGS + _TENS),
    tens=frozenset(_spelled(_TENS)),
    spellings=(roman_numbers.value_of,),
    scales={"सौ": 100, "हजार": 1_000, "hazaar": 1_000, "sau": 100}
    | dict.fromkeys(("hazar", "hajar", "hajaar"), 1_000),
    times={"डबल": 2, "ट्रिपल": 3},
    ambiguous={"do": "2", "दो": "2"},  # which also ask for something
    one=words("ek एक वन"),
    joins=words("aur और"),
    fillers=words(
        """mera meri mere hai ji haan han toh to number aur phir sahab
        मेरा मेरी मेरे पिन नंबर कोड ओटीपी पासवर्ड है हैं जी हाँ हां तो और फिर अच्छा ये यह वो वह ठीक"""
    ),
    doubts=words(
        """kya kaun kyon kyu kaise kab kahan nahi nahin galat bhool
        क्या कौन क्यों कैसे कब कहां कहाँ नहीं गलत भूल रुकिए माफ"""
    ),
    asks=words("kya क्या"),
    ends={"हैश": "#", "स्टार": "*"},
    names_length=words("ank anko ankon अंक अंकों डिजिट"),
)

NUMBER_NAMES = NumberNames(
    kinds={
        "phone": (
            "नंबर .{0,12}(?:पर|जिस).{0,16}(?:कॉल|संपर्क|बात)",
            "(?:मोबाइल|फोन|व्हाट्सएप|व्हाट्सऐप|संपर्क|कॉन्टैक्ट) (?:का |के )?(?:नंबर|नम्बर|नं)\\S*",
            "मोबाइल",
        ),
        "post": ("पिन ?कोड", "पिनकोड"),
        "otp": ("ओटीपी|ओ टी पी|वन टाइम पासवर्ड|सत्यापन कोड",),
        "cvv": ("सीवीवी",),
        "pin": ("पिन(?: नंबर)?|एमपिन|टीपिन|पासवर्ड",),
        "aadhaar": ("आधार(?: कार्ड)?(?: नंबर)?",),
        "card": ("(?:डेबिट |क्रेडिट )?कार्ड (?:का )?नंबर",),
        "account": ("(?:खाता|अकाउंट|खाते) (?:का |की )?(?:नंबर|संख्या)",),
        "pnr": ("पीएनआर(?: नंबर)?",),
        "reference": (
            "(?:ग्राहक|उपभोक्ता|पॉलिसी|ऑर्डर|बुकिंग|रेफरेंस|कस्टमर|मीटर|बिल) (?:का )?"
            "(?:नंबर|संख्या|आईडी|आई डी)",
        ),
        "number": (
            "(?:apna|aapka|apka)(?: registered| full| correct)? number(?!, (?!please|sir|ma|and))",
            "(?:अपना|आपका)(?: रजिस्टर्ड| पूरा| सही)? (?:नंबर|नम्बर)",
        ),
        "other": ("एक्सटेंशन|टोकन|आईडी|आई डी|वज़न|वजन",),
        "year": ("(?:जन्म का )?(?:साल|वर्ष)",),
        "date": (
            "(?:जन्म ?तिथि|जन्म की तारीख|जन्मतिथि|तारीख|तिथि|दिनांक)",
            "janm ?tithi|tareekh|tarikh",
        ),
        "time": ("समय",),
        "age": ("उम्र|आयु|umar",),
        "rating": ("रेटिंग|अंक दें",),
        "amount": ("राशि|रकम|कितने रुपये|कितने रुपए|amount|rashi|rakam",),
        "quantity": ("कितने|कितनी|संख्या|kitn[ei]",),
    },
)
