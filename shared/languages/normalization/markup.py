"""Marks that a machine makes for machines: control tokens, tags, entities, citations."""

import html
import re

from shared.languages.catalogue import WORDS
from shared.languages.normalization.rules import left_of
from shared.languages.normalization.written_words import any_of

# A tag of the TTS stays, and the rules leave it and what it spells out alone.
VOICE_TAG = re.compile(r"(<spell>[^<>]*</spell>|</?[A-Za-z][^<>]*>)")

_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")

_ROLE = r"(?:\s*(?:system|developer|user|assistant|model|tool|ipython)\b)?"
_BAR = "[|\uff5c]"
_TOKENS = re.compile(
    rf"<{_BAR}(?:im_start|start_header_id){_BAR}>{_ROLE}"  # a model's header names who speaks
    rf"|<start_of_turn>{_ROLE}"
    rf"|<{_BAR}[^<>]{{0,60}}(?:>|$)"  # the last one may have been cut off
    r"|<<[^<>]{1,60}>>|(?<![\w\\^}{/])\{{1,2}[A-Za-z_ ]{1,40}\}{1,2}"
    r"|(?P<fence>[#@%~=]{1,3})[A-Z]+(?:[ _][A-Z]+)*(?P=fence)"
    r"|(?<![\w</-])(?:(?:END|HANG|TRANSFER|DISCONNECT|STOP|CLOSE|EXIT)(?:_OF)?"
    r"_(?:CALL|UP|CONVERSATION|CHAT|SESSION|NOW|TO(?:_[A-Z]+)+)"
    r"|(?:CALL|CONVERSATION|CHAT|SESSION)_(?:END(?:ED)?|OVER|COMPLETED?)|HANGUP)(?![\w-])"
)

_NAME = r"[^\W\d_][^\s=/<>\"']*"  # in any script, with its vowel signs
_ATTRIBUTE = rf"""\s+{_NAME}\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+)"""
_TAG = re.compile(rf"</?(?P<name>{_NAME})(?:{_ATTRIBUTE})*\s*/?>")
_ALIAS = re.compile(r"<sub\s+alias\s*=\s*[\"']([^\"'<>]*)[\"']\s*>[^<>]*</sub\s*>", re.IGNORECASE)
_SPELLED = re.compile(
    r"<say-as\s+interpret-as\s*=\s*[\"'](?:characters|digits|spell-out|verbatim|telephone)[\"']"
    r"[^<>]*>([^<>]*)</say-as\s*>",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?-->|<[!?][^<>]*>", re.DOTALL)
_LINES = {"p", "div", "br", "ul", "ol", "hr", "tr", "table", "section", "article", "blockquote"}
_LINES |= {
    "details",
    "summary",
    "header",
    "footer",
    "dl",
    "dt",
    "dd",
    "caption",
    *(f"h{size}" for size in range(1, 7)),
}
_GAPS = {"td", "th", "break"}

_CITED = re.compile(
    r"\[\^?[0-9]{1,3}\]\([^()\s]*\)"  # a link whose label is a number
    r"|\(\[[^\[\]]*\]\(https?:[^()\s]*\)\)"  # a link in parentheses of its own
    r"|\[[^\[\]]*[\u2020\u2021][^\[\]]*\](?:\([^()\s]*\))?"
    r"|[\u3010\u3014][^\u3010\u3011\u3014\u3015]{0,80}(?:[\u3011\u3015]|$)"  # 【4†source】
    r"|\ue200[^\ue200\ue201]{0,200}(?:\ue201|$)"  # OpenAI's, in characters for private use
    r"|(?<=[.,;:!?)])[\u00b9\u00b2\u00b3\u2070-\u2079]+"
    r"|[\u2020\u2021\u200b\u00ad\ufffd]"
)
_REFERENCE = re.compile(r"\[([^\[\]]*[^\[\]0-9^][^\[\]]*)\]\[[^\[\]]*\]")
_BRACKETS = re.compile(r"(?<!\\)\[([^\[\]]{0,160})\](?!\()")
_CITATION = re.compile(r"\s*\^?[0-9]{1,3}(?:\s*[,\u2013-]\s*\^?[0-9]{1,3})*\s*")
_CHOICE = re.compile(rf"(?i:\b(?:{any_of(WORDS.written.choices)})[ ]*)$")
_MATTER = re.compile(r"[₹$€£]|[0-9]{3}|[0-9][:/.][0-9]")


def without_markup(text: str, voice_tags: frozenset[str]) -> str:
    """The text without what is for machines only.

    What stands in square brackets is a citation, a note to the caller's screen or something that
    a program looks for: only figures and choices (`press [1]`) in them are meant to be heard.

    Args:
        text: As the LLM wrote it.
        voice_tags: The names of the tags that the TTS understands; these stay.
    """
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    text = _TOKENS.sub("", text)
    if "<" in text:
        text = _without_tags(text, voice_tags)
    text = _CITED.sub("", text)
    if "[" in text:
        text = _REFERENCE.sub(r"\1", text)
        text = _BRACKETS.sub(_bracketed, text)
    return text


def _without_tags(text: str, voice_tags: frozenset[str]) -> str:
    def tag(found: re.Match[str]) -> str:
        name = found["name"].lower()
        if name in voice_tags:
            return found[0]
        if name in _LINES:
            return "\n"
        if name == "li":
            return "" if found[0].startswith("</") else "\n- "
        return " " if name in _GAPS else ""

    text = _SPELLED.sub(lambda found: " ".join(found[1].replace(" ", "")), text)
    return _TAG.sub(tag, _COMMENT.sub("", _ALIAS.sub(r"\1", text)))


def _bracketed(found: re.Match[str]) -> str:
    within = found[1]
    if _CHOICE.search(left_of(found)):
        return within
    if _MATTER.search(within) and not _CITATION.fullmatch(within):
        return within
    return ""
