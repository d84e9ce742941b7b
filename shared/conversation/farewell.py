"""Whether a goodbye has been said already, so that nobody says it twice."""

import re

from shared.languages.word_split import bare_words

ALREADY = 0.8  # of a sentence's words, which make it a repetition

_FAREWELL = re.compile(
    r"\b(?:good ?bye|bye|have an? (?:\w+ )?(?:day|evening|night|one|weekend)|take care|see you"
    r"|talk to you|thank(?:s| you) for (?:calling|your call)|alvida|namaste|namaskar|phir milenge"
    r"|(?:din|raat|shaam|samay) (?:\w+ )?(?:shubh|ac+h+a+|mangalmay)|phir mil\w+"
    r"|call karne ke liye"
    r"|(?:enjoy|rest of) your (?:day|evening|night|weekend)|good night|cheers|talk soon|farewell"
    r"|shubh din|adi[oó]s|au revoir)\b"
    r"|अलविदा|नमस्ते|नमस्कार|फिर मिल|(?:दिन|शाम|रात|समय) (?:शुभ|मंगलमय|अच्छ)|शुभ दिन"
    r"|शुभ रात्रि|कॉल करने के लिए|निरोप"
    r"|வணக்கம்|போய் ?வருகிறேன்|వీడ్కోలు|నమస్కారం|নমস্কার|বিদায়|આવજો|નમસ્તે|ನಮಸ್ಕಾರ|ಹೋಗಿ ಬನ್ನಿ"
    r"|നമസ്കാരം|ਸਤ ਸ੍ਰੀ ਅਕਾਲ|ਅਲਵਿਦਾ|خدا حافظ|الوداع",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?।]+[.!?।]*\s*")
_LAST_SENTENCES = 2  # of what was said, where a goodbye stands


def not_said_yet(goodbye: str, said: str) -> str | None:
    """What of a goodbye is still to be said.

    Args:
        goodbye: The last words; "" stands for the usual line.
        said: What the same speaker has just said.

    Returns:
        None if nothing is.
    """
    end = "".join(_SENTENCE.findall(said)[-_LAST_SENTENCES:])
    parted = bool(_FAREWELL.search(end))
    if not goodbye:
        return None if parted else ""
    words, numbers = set(bare_words(end)), set(re.findall(r"\d+", said))
    left = [
        sentence
        for sentence in _SENTENCE.findall(goodbye)
        if not (parted and _FAREWELL.search(sentence) or _repeats(sentence, words))
        or set(re.findall(r"\d+", sentence)) - numbers
    ]
    return "".join(left).strip() or None


def _repeats(sentence: str, said: set[str]) -> bool:
    words = bare_words(sentence)
    return sum(word in said for word in words) >= ALREADY * len(words)
