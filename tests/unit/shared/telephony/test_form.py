"""Forms of Exotel's webhooks: spellings, types, and lists flattened into fields."""

from decimal import Decimal

import pytest

from shared.telephony.form import Form


@pytest.mark.parametrize("name", ["CallSid", "callSid", "call_sid", "callsid", "CALL-SID"])
def test_a_webhook_field_is_found_whatever_its_spelling(name: str) -> None:
    assert Form({name: "abc"}).text("CallSid") == "abc"
    assert name in Form({"CallSid": ""})


def test_of_two_spellings_of_a_webhook_field_exotel_s_own_wins() -> None:
    assert Form({"callsid": "theirs", "CallSid": "own"}).text("CallSid") == "own"
    assert Form({"CallSid": "own", "callsid": "theirs"}).text("CallSid") == "own"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" x ", "x"),
        (17, "17"),
        (1.5, "1.5"),
        (None, ""),
        (True, ""),
        ("null", ""),
        ("NULL", ""),
        ([], ""),
        ({}, ""),
        (float("nan"), ""),
        pytest.param(10**5_000, "", id="too-many-digits"),
        ("\ud800", "?"),
        ("x" * 5_000, "x" * 2_048),
    ],
)
def test_webhook_text_is_read_from_text_and_numbers_only(value: object, text: str) -> None:
    assert Form({"Field": value}).text("Field") == text


@pytest.mark.parametrize("value", ["", "a b", "a/b", "../a", "a\nb", "ä", "a" * 65, None, ["a"]])
def test_a_malformed_call_sid_in_a_webhook_is_left_out(value: object) -> None:
    assert Form({"CallSid": value}).sid("CallSid") == ""


def test_seconds_and_prices_in_webhooks_are_read_from_text_and_numbers() -> None:
    form = Form({"a": "17", "b": 8, "c": "8.0", "d": "-1", "e": "soon", "f": "1.500", "g": 1.5})
    assert [form.secs(name) for name in "abcde"] == [17, 8, 8, None, None]
    assert [form.amount(name) for name in "fge"] == [Decimal("1.500"), Decimal("1.5"), None]
    assert Form({"Price": "1e999999"}).amount("Price") is None


def test_only_web_addresses_are_read_as_urls_from_a_webhook() -> None:
    assert Form({"u": "https://s3.test/a.mp3"}).url("u") == "https://s3.test/a.mp3"
    assert Form({"u": "javascript:alert(1)//https://s3.test"}).url("u") == ""
    assert Form({"u": "https:///a"}).url("u") == ""


def test_a_flattened_list_in_a_webhook_is_a_list() -> None:
    flat = Form({"Legs[1][Status]": "busy", "Legs[0][Status]": "completed", "Legs[0][A]": 1})
    nested = Form({"Legs": [{"Status": "completed", "A": 1}, {"Status": "busy"}]})
    for form in (flat, nested):
        assert [leg.text("Status") for leg in form.sections("Legs")] == ["completed", "busy"]


def test_a_flattened_webhook_list_keeps_the_place_of_what_it_leaves_out() -> None:
    legs = Form({"Legs[1][Status]": "in-progress"}).sections("Legs")
    assert [leg.text("Status") for leg in legs] == ["", "in-progress"]


def test_an_absurd_index_does_not_make_an_absurd_webhook_list() -> None:
    assert Form({"Legs[999999999][Status]": "busy"}).sections("Legs") == ()


@pytest.mark.parametrize("value", [None, "x", 7, {"0": {}}])
def test_a_webhook_field_that_is_no_list_has_no_sections(value: object) -> None:
    assert Form({"Legs": value}).sections("Legs") == ()


def test_a_webhook_list_entry_that_is_no_object_reads_as_empty() -> None:
    assert [leg.text("Status") for leg in Form({"Legs": [None, 7]}).sections("Legs")] == ["", ""]
    assert Form({"Details": "none"}).section("Details").text("Leg1Status") == ""
