"""The strength of a secret that somebody made up."""

import re
from math import log2

SHORTEST = 16  # characters
BITS = 28.0  # by this rough measure; 16 random digits have more nearly always
PERIOD = 12  # characters, after which it may repeat itself

# What stands in examples and what everybody tries; letters may be written as digits.
WORDS = """
changeme changethis replaceme replace placeholder password passwort passwd passphrase pass secret
tryit letmein welcome example sample default dummy test demo admin root user guest login production
local start apikey api key token your mine goes here with long random string insert todo fill please
exotel voicebot pipecat voice bot this that qwertyuiop qwertz qwerty asdfghjkl asdf zxcvbnm abc123
iloveyou monkey dragon foobar foo bar xxx ws
1qaz 2wsx 3edc 4rfv 5tgb openssl rand hex base64 urandom uuidgen generate
"""
_AS_DIGITS = str.maketrans("401357", "aoiest")


def weakness(secret: str, known: str = "") -> str:
    """The reason why a secret is easy to guess, or "" if it isn't.

    Args:
        secret: What nobody else may know.
        known: What everybody may, such as the user name beside it.
    """
    if len(secret) < SHORTEST:
        return f"has {len(secret)} characters, {SHORTEST} are the least"
    left = _without_words(secret, known)
    if len(left) < SHORTEST // 2:
        return "is made of words that everybody tries"
    if (secret + secret).find(secret, 1) < PERIOD or _bits(left) < BITS:
        return "repeats itself or counts"
    return ""


def _without_words(secret: str, known: str) -> str:
    """The letters and digits of it that belong to no word."""
    left = re.sub(r"[\W_]", "", secret.casefold().replace("@", "a").replace("$", "s"))
    for word in (re.sub(r"[\W_]", "", known.casefold()), *WORDS.split()):
        at = left.translate(_AS_DIGITS).find(word.translate(_AS_DIGITS)) if word else -1
        while at >= 0:
            left = left[:at] + left[at + len(word) :]
            at = left.translate(_AS_DIGITS).find(word.translate(_AS_DIGITS))
    return left


def _bits(text: str) -> float:
    """Each character counts that isn't the one before, or its neighbour in the alphabet."""
    before = " " + text[:-1]
    steps = sum(abs(ord(a) - ord(b)) > 1 for a, b in zip(before, text, strict=True))
    return steps * log2(len(set(text)))
