"""Hindi words for what is written as a sign or a short form beside a number."""

from shared.languages.normalization.locale import Currency

MONTHS = (
    "जनवरी",
    "फ़रवरी",
    "मार्च",
    "अप्रैल",
    "मई",
    "जून",
    "जुलाई",
    "अगस्त",
    "सितंबर",
    "अक्टूबर",
    "नवंबर",
    "दिसंबर",
)

WEEKDAYS = ("सोमवार", "मंगलवार", "बुधवार", "गुरुवार", "शुक्रवार", "शनिवार", "रविवार")

WEB = {".": "डॉट", "@": "ऐट", "/": "स्लैश", "-": "डैश", "_": "अंडरस्कोर", "+": "प्लस"}

SCALES = {
    "lakh": "लाख",
    "lakhs": "लाख",
    "lac": "लाख",
    "लाख": "लाख",
    "crore": "करोड़",
    "crores": "करोड़",
    "cr": "करोड़",
    "करोड़": "करोड़",
    "thousand": "हज़ार",
    "k": "हज़ार",
    "हज़ार": "हज़ार",
    "हजार": "हज़ार",
    "hazaar": "हज़ार",
    "hazar": "हज़ार",
    "karod": "करोड़",
    "hundred": "सौ",
    "सौ": "सौ",
}

# The zeros of what these are said as.
ZEROS = {"सौ": 2, "हज़ार": 3, "लाख": 5, "करोड़": 7}

_RUPEE = Currency("रुपया", "रुपये", "पैसा", "पैसे")
_DOLLAR = Currency("डॉलर", "डॉलर", "सेंट", "सेंट")
_EURO = Currency("यूरो", "यूरो", "सेंट", "सेंट")
_POUND = Currency("पाउंड", "पाउंड", "पेनी", "पेंस")
_DIRHAM = Currency("दिरहम", "दिरहम", "फ़िल्स", "फ़िल्स")

CURRENCIES = {
    "₹": _RUPEE,
    "rs.": _RUPEE,
    "rs": _RUPEE,
    "inr": _RUPEE,
    "रु.": _RUPEE,
    "रु": _RUPEE,
    "रू.": _RUPEE,
    "रू": _RUPEE,
    "us$": _DOLLAR,
    "usd": _DOLLAR,
    "$": _DOLLAR,
    "eur": _EURO,
    "€": _EURO,
    "gbp": _POUND,
    "£": _POUND,
    "aed": _DIRHAM,
}


def _same(word: str) -> tuple[str, str]:
    return word, word


UNITS = {
    "km": _same("किलोमीटर"),
    "कि.मी.": _same("किलोमीटर"),
    "किमी": _same("किलोमीटर"),
    "m": _same("मीटर"),
    "cm": _same("सेंटीमीटर"),
    "mm": _same("मिलीमीटर"),
    "ft": _same("फ़ुट"),
    "kg": _same("किलो"),
    "mo": _same("महीना"),
    "कि.ग्रा.": _same("किलो"),
    "g": _same("ग्राम"),
    "gm": _same("ग्राम"),
    "mg": _same("मिलीग्राम"),
    "ml": _same("मिलीलीटर"),
    "mL": _same("मिलीलीटर"),
    "l": _same("लीटर"),
    "ltr": _same("लीटर"),
    "GB": _same("जीबी"),
    "MB": _same("एमबी"),
    "TB": _same("टीबी"),
    "Mbps": _same("एमबीपीएस"),
    "kmph": _same("किलोमीटर प्रति घंटा"),
    "km/h": _same("किलोमीटर प्रति घंटा"),
    "°C": _same("डिग्री सेल्सियस"),
    "° C": _same("डिग्री सेल्सियस"),
    "°F": _same("डिग्री फ़ारेनहाइट"),
    "° F": _same("डिग्री फ़ारेनहाइट"),
    "°": _same("डिग्री"),
    "hr": ("घंटा", "घंटे"),
    "hrs": ("घंटा", "घंटे"),
    "घंटे": ("घंटे", "घंटे"),
    "min": _same("मिनट"),
    "mins": _same("मिनट"),
    "sec": _same("सेकंड"),
    "secs": _same("सेकंड"),
    "किलो": _same("किलो"),
    "लीटर": _same("लीटर"),
}

# After these, digits are said one by one.
NAMING = (
    r"(?i:OTP|PIN|code|number|no\.|id|token|helpline|CVV|PNR|extension|ending|digits)"
    r"|(?i:order|booking|ticket|account|policy|bill|card|ref)"
    r"(?=[ ][0-9]{4})(?![ ][0-9]+00(?![0-9]))"
    "|ओटीपी|पिन|कोड|नंबर|नम्बर|आईडी|संख्या|टोकन|एक्सटेंशन|हेल्पलाइन|अंक"
)

# Before these, digits count something however many they are.
COUNTED = "रुपय|रुपए|पैसे|पैसा|डॉलर|लोग|ग्राहक|पॉइंट|यूनिट"

# What is said for the signs of a formula.
FORMULA = {
    "²": "का वर्ग",
    "³": "का घन",
    "^": "की घात",
    "√": "वर्गमूल",
    "±": "धन या ऋण",
    "≈": "लगभग",
    "≤": "या उससे कम",
    "≥": "या उससे ज़्यादा",
    "≠": "बराबर नहीं",
    "<": "से कम",
    ">": "से ज़्यादा",
    "÷": "भाग",
    "=": "बराबर",
    "+": "जमा",
    "-": "घटा",
    "/": "बटा",
    "×": "गुणा",
    "*": "गुणा",
    "%": "प्रतिशत",
}
