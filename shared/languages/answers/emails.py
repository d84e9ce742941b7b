"""E-mail addresses: they go on until something stands behind the last dot."""

from collections.abc import Sequence

from shared.languages.answers.kinds import Completeness
from shared.languages.answers.vocabulary import ANSWER

_AT = "@"
_DOT = "."
_DOMAIN = 3  # letters of "com", spelled


def email(words: Sequence[str], *, asked: bool) -> Completeness | None:
    """The completeness of an e-mail address; None if the words end with none."""
    said = _signs(words)
    while said and (said[-1] in ANSWER.after or said[-1] in ANSWER.polite):
        said.pop()
    if not said:
        return None
    place = max((place for place, word in enumerate(said) if word == _AT), default=-1)
    if place < 0:
        if asked and (said[-1] == _DOT or said[-1] in ANSWER.address_signs):
            return Completeness.OPEN
        return Completeness.OPEN if asked and _looks_local(said) else None
    host = said[place + 1 :]
    if not asked and not _is_address(said, place):
        return None
    return _host(host)


def _signs(words: Sequence[str]) -> list[str]:
    """The words with a sign for each way to say one."""
    said: list[str] = []
    for word in words:
        if word in ANSWER.at and (not said or said[-1] != _AT):
            said.append(_AT)
        elif said[-1:] == [_AT] and word in ANSWER.at_rate:
            continue
        else:
            said.append(_DOT if word in ANSWER.dot else word)
    return said


def _is_address(said: list[str], place: int) -> bool:
    """Whether "at" is the sign: something tells that nobody would say of a place."""
    host = said[place + 1 :]
    return _DOT in said or _AT in said[:place] or any(word in ANSWER.mail_hosts for word in host)


def _looks_local(said: list[str]) -> bool:
    return _DOT in said or any(word in ANSWER.address_signs for word in said)


def _host(host: list[str]) -> Completeness:
    if not host or host[-1] == _DOT or host[-1] in ANSWER.address_signs:
        return Completeness.OPEN
    if _DOT not in host:
        known = host[-1] in ANSWER.mail_hosts
        return Completeness.EXTENDABLE if known else Completeness.OPEN
    dot = max(place for place, word in enumerate(host) if word == _DOT)
    end = host[dot + 1 :]
    if all(len(word) == 1 for word in end):
        end = ["".join(end)]
    if end[0] in ANSWER.host_regions:
        return (
            Completeness.WHOLE
            if len(host[dot + 1 :]) > 1 or _DOT in host[:dot]
            else (Completeness.EXTENDABLE)
        )
    if end[0] in ANSWER.host_ends:
        return Completeness.WHOLE
    return Completeness.OPEN if len(end[0]) < 2 else Completeness.EXTENDABLE
