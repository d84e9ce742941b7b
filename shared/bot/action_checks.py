"""Checks of a persona's keys, actions and numbers, and the texts that its keys say."""

from collections.abc import Iterator, Mapping

from shared.bot.actions import Action, Collect, HangUp, Say, Tell, Transfer
from shared.telephony.errors import InvalidNumber
from shared.telephony.phone_numbers import dialable
from shared.telephony.stream.codec import KEYS


def check_keys(keys: Mapping[str, Action]) -> None:
    """Check that these keys exist, and that what they do can be done.

    Raises:
        ValueError: If not; says which key is wrong, and how.
        TypeError: If a key does something that is no action.
    """
    for key, action in keys.items():
        if key not in KEYS:
            raise ValueError(f"{key!r} is no key of a phone: there are 0 to 9, * and #")
        try:
            check_action(action)
        except (ValueError, TypeError) as error:
            raise type(error)(f"key {key}: {error}") from error


def check_action(action: object) -> None:
    """Check that an action can be done; what a `Collect` leads to can't be known before.

    Raises:
        ValueError: If a number can't be dialled, or keys can't be collected like that.
        TypeError: If it is no action.
    """
    match action:
        case Say() | Tell() | HangUp():
            pass
        case Transfer(to=numbers):
            check_numbers(numbers)
        case Collect(length=length, terminator=terminator, secs=secs):
            if length < 0 or secs <= 0:
                raise ValueError("a Collect needs a length of 0 or more, and secs above 0")
            if terminator and terminator not in KEYS:
                raise ValueError(f'terminator={terminator!r} is no key of a phone, nor ""')
        case _:
            raise TypeError(
                f"a {type(action).__name__} is no action: it takes a Say, Tell, HangUp, Transfer "
                "or Collect"
            )


def texts_of_keys(keys: Mapping[str, Action]) -> Iterator[str]:
    """The texts that the bot says at these keys without asking its LLM."""
    for action in keys.values():
        match action:
            case Say(text) | HangUp(text) | Transfer(announcement=text) | Collect(ask=text):
                yield text


def check_numbers(numbers: tuple[str, ...]) -> None:
    """Check that all of them can be dialled.

    Raises:
        ValueError: If one can't.
        TypeError: If it is a single number, without a tuple around it.
    """
    if isinstance(numbers, str):
        raise TypeError('to="+91…" is a text: it takes several numbers, as in to=("+91…",)')
    for number in numbers:
        try:
            dialable(number)
        except InvalidNumber as error:
            raise ValueError(f"nobody can be rung: {error}") from error
