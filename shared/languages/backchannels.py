"""What a listener says only to tell that they listen: no reason for anybody to fall silent.

Over a statement "okay" is nothing else; after a question it is the answer. Which of the two it was
is for whoever knows what was being said.
"""

from shared.languages.word_split import bare_words

# A sound that tells nothing at all.
_MURMURS = frozenset("hm hmm hmmm mm mmm uh um ah oh ohh हम्म ओह आह अं".split())  # noqa: SIM905
# Assent that is hummed rather than said; nobody stops for it, but after a question it's a yes.
_HUMMED = frozenset(
    """mhm mmhm mm-hmm uh-huh huh aha achha accha acha haan han haa ha हूँ हूं हाँ हां
    अच्छा""".split()  # noqa: SIM905
)
_SAID = frozenset(
    """yes yeah yep yup ya ok okay okey right sure fine alright correct exactly true absolutely
    agreed understood great good perfect cool nice indeed certainly definitely noted gotcha wow
    ओके ओकेय यस येस यप हांजी हाँजी राइट श्योर फाइन ऑलराइट करेक्ट गुड ग्रेट haanji hanji
    ji जी theek thik tik ठीक bilkul बिल्कुल बिलकुल sahi सही barabar barobar
    हो बरं बरोबर ઠીક હા બરાબર હ્યાં হ্যাঁ আচ্ছা ঠিক ਹਾਂ ਜੀ ਠੀਕ ہاں جی ٹھیک اچھا
    சரி ஆமா ஆமாம் సరే అవును ಸರಿ ಹೌದು ശരി അതെ""".split()  # noqa: SIM905
)
_PHRASES = frozenset(
    (
        *(
            "i see",
            "got it",
            "of course",
            "all right",
            "makes sense",
            "that's right",
            "thats right",
        ),
        *("i understand", "sounds good", "fair enough", "no problem", "you're right", "i know"),
        *(
            "that's fine",
            "thats fine",
            "that's okay",
            "thats okay",
            "sounds great",
            "that is right",
        ),
        *("go on", "go ahead", "carry on", "आगे बोलिए", "हां बोलिए", "हाँ बोलिए", "haan boliye"),
        *("आई सी", "गॉट इट", "ओ के", "ऑल राइट", "गो ऑन", "aage boliye", "thik h", "theek h"),
        *("सही बात है", "sahi baat hai", "समझ आया", "समझ में आया", "समझ आ गया", "samajh aa gaya"),
        *("ठीक है", "सही है", "अच्छा है", "समझ गया", "समझ गई", "समझ गयी", "ठीक आहे", "ঠিক আছে"),
        *("theek hai", "thik hai", "sahi hai", "achha hai", "samajh gaya", "samajh gayi"),
        *("ਠੀਕ ਹੈ", "ٹھیک ہے", "ठीक छ"),
    )
)
_TO_WHOM = frozenset("sir madam ma'am maam bhai bhaiya सर मैडम भैया".split())  # noqa: SIM905


def meant(text: str) -> int:
    """How many of the words mean something."""
    return sum(word not in _MURMURS and word not in _HUMMED for word in bare_words(text))


def assents(text: str) -> bool:
    """Whether all that it says is yes, or that somebody follows."""
    words = bare_words(text.replace("’", "'"))
    assent = False
    while words:
        if size := next((size for size in (3, 2) if " ".join(words[:size]) in _PHRASES), 0):
            words, assent = words[size:], True
        elif words[0] in _SAID or words[0] in _HUMMED:
            words, assent = words[1:], True
        elif words[0] in _MURMURS or words[0] in _TO_WHOM:
            words = words[1:]
        else:
            return False
    return assent
