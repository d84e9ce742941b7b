"""The meaning of a tag's or token's name in an LLM's text."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from shared.languages.catalogue import SPOKEN_NAMES


class Kind(Enum):
    """What begins, or ends, at a place in an LLM's text."""

    REASONING = auto()  # begins
    ANSWER = auto()  # begins; all before it was a thought
    REPLY = auto()  # the same if a thought is open, else nothing: a wrapper around the answer
    CALL = auto()  # of a tool
    ASIDE = auto()  # something in a pair of marks that nobody knows
    NOTHING = auto()  # for the caller
    MARKUP = auto()  # for the voice, or for eyes: whoever speaks it knows better
    OPEN = auto()  # what it will be can't be seen yet


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a text that is no words.

    Args:
        kind: What it is.
        start: Where it begins.
        end: Where it ends.
        name: Of what it opens.
    """

    kind: Kind
    start: int
    end: int
    name: str = ""


# SSML, what Cartesia and others made of it, and HTML.
_MARKUP = re.compile(
    r"speak|voice|break|prosody|emphasis|say-as|phoneme|sub|lang|audio|mark|[pswabiuq]|desc|lexicon"
    r"|metadata|spell|emotion|speed|volume|pause|silence|laugh(?:s|ter)?|chuckle|sigh|cough|gasp"
    r"|groan|yawn|sniffle|whisper|abbr|big|blockquote|body|br|center|cite|code|d[dlt]|del|details"
    r"|div|em|font|h[1-6r]|head|header|html|img|ins|kbd|label|li|main|[ou]l|pre|section|small|span"
    r"|strike|strong|style|summary|sup|table|tbody|t[dhrt]|thead|time|title|var"
)
_REPLY = re.compile(
    r"(?:final[_-]?)?(?:answer|response|reply|output)|final|say|speech|spoken|utterance|message|text"
    r"|result|solution|assistant|bot|agent|ai|content|greeting|sentence|chat|dialogue"
    rf"|{'|'.join(SPOKEN_NAMES)}"  # of a language, in which the answer is
)
_NOTHING = re.compile(
    r"(?:start|begin|end)_of_\w+|eo[st]|eot_id|bos|pad|unk|im_\w+|turn|user|model|system|human"
)
_CALL = re.compile(
    r"(?:\w+:)?(?:(?:tools?|functions?|fn|invoke|parameters?|params?|args|arguments|actions?|execute"
    r"|plugins?|python)(?:[_-]?(?:calls?|uses?|code|requests?|name|inputs?|args))?|call|use_tool"
    r"|call_(?:tool|function))"
)
_REASONING = re.compile(
    r"think|thought|reason|reflect|scratch|analy[sz]|monolog|deliberat|ponder|musing|rationale"
    r"|chain_?of|\bcot\b|inner|internal|hidden|plan"
)
_TOKEN_CALL = re.compile(r"tool|function|plugin|action|python_tag|invoke|call")
_TOKEN_REPLY = re.compile(r"response|solution|answer|final")
_ENDS = re.compile(r"^/|^end|[_▁]end\b|^close")


def of_tag(name: str, tools: frozenset[str], *, closes: bool = False, alone: bool = False) -> Kind:
    """What a tag stands for.

    Args:
        name: Of the tag, in any case.
        tools: The names of those that the LLM may call; some models write them as tags.
        closes: Whether it is a closing tag.
        alone: Whether it closes itself.
    """
    bare = name.lower()
    if name in tools or _CALL.fullmatch(bare):
        return Kind.CALL
    if _REASONING.search(bare):
        return Kind.NOTHING if alone else Kind.ANSWER if closes else Kind.REASONING
    if _MARKUP.fullmatch(bare) or alone or ":" in bare:
        return Kind.MARKUP
    if _REPLY.fullmatch(bare):
        return Kind.NOTHING if closes else Kind.REPLY
    if _NOTHING.fullmatch(bare):
        return Kind.NOTHING
    return Kind.ANSWER if closes else Kind.ASIDE


def of_token(name: str) -> Kind:
    """What a control token stands for, by the words between its bars."""
    bare = name.strip().lower()
    ends = bool(_ENDS.search(bare))
    if _REASONING.search(bare):
        return Kind.ANSWER if ends else Kind.REASONING
    if _TOKEN_CALL.search(bare):
        return Kind.CALL
    return Kind.REPLY if _TOKEN_REPLY.search(bare) and not ends else Kind.NOTHING


def may_be(begun: re.Pattern[str], text: str, at: int, start: int | None = None) -> Mark | None:
    """That it is open what this is, if all the text from here on fits a beginning of it."""
    if not begun.fullmatch(text, at):
        return None
    return Mark(Kind.OPEN, at if start is None else start, len(text))
