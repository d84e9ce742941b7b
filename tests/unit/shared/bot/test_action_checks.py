"""A persona whose DTMF keys make no sense is refused when it is made, with what is wrong."""

from collections.abc import Mapping

import pytest

from shared.bot.action_checks import check_keys, texts_of_keys
from shared.bot.actions import Action, Collect, HangUp, Say, Tell, Transfer


async def nothing(digits: str) -> None:
    return None


ALL: Mapping[str, Action] = {
    "1": Say("We are open."),
    "2": Tell("I want an appointment."),
    "3": Collect("Your PIN, please.", nothing, length=4, terminator=""),
    "9": HangUp("Goodbye."),
    "*": HangUp(),
    "#": Transfer(announcement="One moment."),
    "0": Transfer("pressed 0", to=("+918047112233", "022-27654321")),
}


def test_dtmf_keys_that_make_sense_are_accepted() -> None:
    check_keys(ALL)
    check_keys({})


@pytest.mark.parametrize(
    ("keys", "complaint"),
    [
        ({"12": Say("")}, "'12' is no key of a phone"),
        ({"": Say("")}, "'' is no key"),
        ({"A": Say("")}, "'A' is no key"),
        ({"0": Transfer(to=("911",))}, "key 0: nobody can be rung: the phone number "),
        ({"1": Collect("?", nothing, terminator="##")}, "key 1: terminator='##'"),
        ({"1": Collect("?", nothing, length=-1)}, "key 1: a Collect needs"),
        ({"1": Collect("?", nothing, secs=0)}, "key 1: a Collect needs"),
    ],
)
def test_dtmf_keys_that_make_no_sense_are_refused(
    keys: Mapping[str, Action], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        check_keys(keys)


@pytest.mark.parametrize(
    ("action", "complaint"),
    [
        ("We are open.", "key 1: a str is no action"),
        (Say, "key 1: a type is no action"),
        (Transfer(to="+918047112233"), r"key 1: to=.* is a text"),  # type: ignore[arg-type]
    ],
)
def test_a_dtmf_key_without_an_action_is_refused(action: Action, complaint: str) -> None:
    with pytest.raises(TypeError, match=complaint):
        check_keys({"1": action})


def test_a_refused_phone_number_is_not_repeated_in_the_error() -> None:
    with pytest.raises(ValueError, match="key 0") as refused:
        check_keys({"0": Transfer(to=("+9180471122334455",))})
    assert "80471" not in str(refused.value)


def test_the_texts_of_dtmf_keys_can_be_made_into_prompts_beforehand() -> None:
    said = [text for text in texts_of_keys(ALL) if text]
    assert said == ["We are open.", "Your PIN, please.", "Goodbye.", "One moment."]
