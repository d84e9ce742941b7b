"""Why a provider fails, in words for an operator: what it refused, and which setting to look at.

Of what the provider and its SDK say, nothing is quoted but fixed words and status codes: they may
quote keys, headers and what was said.
"""

import re
from dataclasses import dataclass

from pipecat.frames.frames import ErrorFrame

from shared.observability.foreign_log_lines import facts
from shared.providers.error_details import parts_of, status_of

LOOKED_AT = 4_000  # characters of what a provider says
NO_FACTS = "it reports an error that says nothing to us"

STATUS = re.compile(
    r"\b(?:http|status(?:[ _]code)?|code|error)\W{1,4}([45]\d\d)\b|[(\[]([45]\d\d)[)\]]", re.I
)
# Elevenlabs answers 401 where a quota is used up, Google 400 where a key is wrong.
NO_QUOTA = re.compile(
    r"insufficient[_ ](?:quota|credits?)|quota[_ ]exceeded|exceed(?:ed|s) your (?:current )?quota"
    r"|payment[_ ]required|out of credits",
    re.I,
)
TOO_MANY = re.compile(
    r"rate[_ ]limit|too[_ ]many[_ ](?:requests|concurrent)|resource_exhausted", re.I
)
NO_KEY = re.compile(
    r"(?:invalid|incorrect|wrong|missing)[_ ]api[_ -]?key|api[_ -]?key[_ ](?:not valid|invalid)"
    r"|(?:invalid|incorrect) (?:credentials|subscription)|unauthori[sz]ed|unauthenticated"
    r"|\bauth(?:entication)?[_ ](?:error|fail)|must be authenticated|permission[_ ]denied"
    r"|invalid_(?:grant|client)",
    re.I,
)
NO_MODEL = re.compile(
    r"model[_ ]not[_ ]found|\bmodels?\b.{0,80}(?:does not exist|not found)|deploymentnotfound", re.I
)

NO_WORDS = ("unknown error occurred", "error during completion")  # of Pipecat's, for anything


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a provider fails.

    Args:
        words: For the log.
        names_setting: Whether they name a setting that somebody has to look at.
    """

    words: str
    names_setting: bool = False


def cause_of(error: ErrorFrame, key: str, model: str = "") -> Cause:
    """Why there was this error.

    Args:
        error: As a service reports it.
        key: The name of the setting that holds the provider's key; "" if it has none.
        model: The name of the setting that chooses its model, likewise.
    """
    status, said = _status(error), _said(error)
    code = f" ({status})" if status else ""
    if status == 402 or (NO_QUOTA.search(said) and status in (None, 400, 401, 403, 429)):
        words = f"the quota of {key or 'its account'} is used up{code}: add credit there"
        return Cause(f"{words}, or set the key of another account", names_setting=True)
    if status == 429 or (status is None and TOO_MANY.search(said)):
        words = f"the rate limit of {key or 'its account'} is reached{code}: have it raised"
        return Cause(f"{words}, or take fewer calls (MAX_CALLS)", names_setting=True)
    if key and (status in (401, 403) or (status in (None, 400) and NO_KEY.search(said))):
        words = f"{key} was refused{code}: set a key that is valid and may do this"
        return Cause(f"{words}, and start again", names_setting=True)
    if model and status in (None, 400, 404) and NO_MODEL.search(said):
        return Cause(f"{model} names a model that it hasn't got for this key{code}", True)
    return Cause(_facts(error, status) or NO_FACTS)


def _status(error: ErrorFrame) -> int | None:
    """The HTTP status in an error, wherever it is."""
    for exception in _chain(error.exception):
        if status := status_of(exception):
            return status
    found = STATUS.search(error.error[:LOOKED_AT])
    return int(found[1] or found[2]) if found else None


def _said(error: ErrorFrame) -> str:
    """What the provider says of it."""
    parts = [error.error]
    for exception in _chain(error.exception):
        parts += parts_of(exception)
    return " ".join(part[:LOOKED_AT] for part in parts)


def _facts(error: ErrorFrame, status: int | None) -> str:
    names = [type(each).__name__ for each in _chain(error.exception)]
    found = facts(" ".join([error.error[:LOOKED_AT], *names])).split(", ")
    code = [f"HTTP {status}"] if status else []
    told = dict.fromkeys(each for each in (*code, *found) if each and each not in NO_WORDS)
    return ", ".join(told or names)


def _chain(exception: BaseException | None) -> list[BaseException]:
    """An exception and what led to it."""
    chain: list[BaseException] = []
    while exception and exception not in chain:
        chain.append(exception)
        exception = exception.__cause__
    return chain
