"""Hindi words by which callers take turns: what goes on, and what a listener murmurs."""

from shared.languages.word_lists import Backchannels, words

BACKCHANNELS = Backchannels(
    murmurs=words("हम्म ओह आह अं"),
    hummed=words("achha accha acha haan han haa ha हूँ हूं हाँ हां अच्छा"),
    said=words(
        """ओके ओकेय यस येस यप हांजी हाँजी राइट श्योर फाइन ऑलराइट करेक्ट गुड ग्रेट haanji hanji
        ji जी theek thik tik ठीक bilkul बिल्कुल बिलकुल sahi सही"""
    ),
    phrases=frozenset(
        (
            *("आगे बोलिए", "हां बोलिए", "हाँ बोलिए", "haan boliye"),
            *("आई सी", "गॉट इट", "ओ के", "ऑल राइट", "गो ऑन", "aage boliye", "thik h", "theek h"),
            *("बहुत अच्छा", "बहुत अच्छे", "बहुत बढ़िया", "एकदम सही", "बिल्कुल सही", "बहुत खूब"),
            *("bahut achha", "bahut accha", "bahut badhiya", "ekdum sahi", "bilkul sahi"),
            *("सही बात है", "sahi baat hai", "समझ आया", "समझ में आया", "समझ आ गया", "samajh aa gaya"),
            *("ठीक है", "सही है", "अच्छा है", "समझ गया", "समझ गई", "समझ गयी"),
            *("theek hai", "thik hai", "sahi hai", "achha hai", "samajh gaya", "samajh gayi"),
        )
    ),
    to_whom=words("bhai bhaiya सर मैडम भैया"),
)

QUESTIONS = (
    r"\b(?:bataiye|bataye|batao|boliye|kahiye|haan ya|dijiye)\b",
    # Without a mark, as models write them in Hindi above all.
    r"\bhain? (?:na|kya)\W*$",
    r"^(?:to |aur |achha,? )*kya\b",
    r"\b(?:kab|kahan|kaun|kitn[aei]|kya hai)\b",
    r"\b(?:doo?n|dun|karoo?n|karun|loon|lun)(?: kya)?\W*$",
    r"(?:है|हैं) (?:ना|न|क्या)\W*$",
    r"^(?:तो |और |अच्छा,? )*क्या (?!बात)",
    r"क्या (?:है|हैं|नाम)|(?:^| )(?:कौन|कब|कहाँ|कहां|किस|कितन)",
    r"(?:दूँ|दूं|करूँ|करूं|लूँ|लूं)\W*$",
    r"बताइए|बताइये|बताएं|बताएँ|बताओ|बोलिए|कहिए|दीजिए|हाँ या|हां या|क्या आप",
)

FAREWELLS = (
    r"\b(?:alvida|namaste|namaskar|phir milenge|phir mil\w+|call karne ke liye|shubh din"
    r"|(?:din|raat|shaam|samay) (?:\w+ )?(?:shubh|ac+h+a+|mangalmay))\b",
    r"अलविदा|नमस्ते|नमस्कार|फिर मिल|(?:दिन|शाम|रात|समय) (?:शुभ|मंगलमय|अच्छ)|शुभ दिन",
    r"शुभ रात्रि|कॉल करने के लिए",
)
