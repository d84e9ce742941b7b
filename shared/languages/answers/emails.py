"""E-mail addresses: they go on until something stands behind the last dot."""

from collections.abc import Sequence

from shared.languages.answers.characters import number_of
from shared.languages.answers.kinds import Completeness
from shared.languages.answers.vocabulary import ANSWER, CLAUSE

_AT = "@"
_DOT = "."
_LEAST_END = 2  # letters
_MOST_END = 3  # words behind the last dot, such as "c" "o" "m"


def email(words: Sequence[str], *, asked: bool) -> Completeness | None:
    """The completeness of an e-mail address; None if the words end with none."""
    said, is_address = _signs(words)
    while said and (said[-1] in ANSWER.after or said[-1] in ANSWER.polite):
        said.pop()
    if _AT not in said:
        return Completeness.OPEN if asked or _begins(said) else None
    host = said[len(said) - said[::-1].index(_AT) :]
    known = any(word in ANSWER.mail_hosts for word in host)
    is_address |= asked or known or (_is_upi_handle(host) and not _tells(said))
    if not is_address and _DOT not in said:
        return None
    return _host(host)


def _begins(said: Sequence[str]) -> bool:
    """Whether it can only be what stands before the at: "asha underscore k", "a dot b"."""
    inside = said[1:]
    if any(sign in ANSWER.underscores for sign in inside):
        return True
    behind = inside[inside.index(_DOT) + 1 :] if _DOT in inside else ["com"]
    ends = ANSWER.host_ends | ANSWER.host_regions
    return not any(word in ends or number_of(word) for word in behind)


def _signs(words: Sequence[str]) -> tuple[list[str], bool]:
    """The words with a sign for each way to say one, and whether an "at" can be nothing else."""
    said: list[str] = []
    is_address = False
    for word in words:
        if word in ANSWER.at and said[-1:] != [_AT]:
            said.append(_AT)
        elif said[-1:] == [_AT] and word in ANSWER.at_rate:
            is_address |= word in ANSWER.rates
        else:
            is_address |= word == _AT
            said.append(_DOT if word in ANSWER.dot else word)
    return said, is_address


def _is_upi_handle(host: Sequence[str]) -> bool:
    """Whether it is one, which may be said in words, such as "ok" "axis"."""
    return "".join(host) in ANSWER.upi_handles


def _tells(said: Sequence[str]) -> bool:
    """Whether it is a sentence, such as "I want to pay at Paytm"."""
    return any(word in CLAUSE.subjects or word in CLAUSE.infinitive for word in said)


def _host(host: list[str]) -> Completeness | None:
    if not host or host[-1] == _DOT or host[-1] in ANSWER.address_signs:
        return Completeness.OPEN
    if _is_upi_handle(host):
        return Completeness.WHOLE
    if _DOT not in host:
        known = host[-1] in ANSWER.mail_hosts
        return Completeness.EXTENDABLE if known else Completeness.OPEN
    before, end = _parted(host)
    if len(end) > _MOST_END:
        return None  # a sentence stands behind it
    first = "".join(end) if all(len(word) == 1 for word in end) else end[0]
    if first in ANSWER.host_regions:
        with_country = len(end) > 1 and first == end[0]
        return Completeness.WHOLE if with_country else Completeness.EXTENDABLE
    if first in ANSWER.host_ends or (before and before[-1] in ANSWER.host_regions):
        return Completeness.WHOLE
    return Completeness.OPEN if len(first) < _LEAST_END else Completeness.EXTENDABLE


def _parted(host: list[str]) -> tuple[list[str], list[str]]:
    """What stands before and behind the last dot."""
    dot = len(host) - 1 - host[::-1].index(_DOT)
    return host[:dot], host[dot + 1 :]
