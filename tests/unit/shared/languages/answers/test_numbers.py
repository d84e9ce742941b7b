"""Numbers of a known length are open until their last digit, however they are said."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.languages.answers.completeness import Completeness, completeness
from shared.languages.answers.kinds import AnswerKind, ExpectedAnswer

PHONE = ExpectedAnswer(AnswerKind.PHONE_NUMBER)
ENGLISH = "zero one two three four five six seven eight nine".split()  # noqa: SIM905
HINDI = "शून्य एक दो तीन चार पाँच छह सात आठ नौ".split()  # noqa: SIM905
ROMAN = "shunya ek do teen char paanch chhah saat aath nau".split()  # noqa: SIM905
RECOGNISED = "जीरो वन टू थ्री फोर फाइव सिक्स सेवन एट नाइन".split()  # noqa: SIM905
WORDINGS = (ENGLISH, HINDI, ROMAN, RECOGNISED)
TEENS = """ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen""".split()  # noqa: SIM905
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
INTRODUCTIONS = ("", "my number is ", "it's ", "mera number ", "मेरा नंबर है ", "okay so ")

mobiles = st.from_regex(r"[6-8][0-9]{9}|9[02-9][0-9]{8}", fullmatch=True)  # 91 may be a prefix


def pair(digits: str) -> str:
    """Two digits as one number."""
    if digits[0] == "0":
        return f"{ENGLISH[0]} {ENGLISH[int(digits[1])]}"
    if digits[0] == "1":
        return TEENS[int(digits[1])]
    tens = TENS[int(digits[0]) - 2]
    return tens if digits[1] == "0" else f"{tens} {ENGLISH[int(digits[1])]}"


def spelled(digits: str, names: Sequence[str]) -> str:
    """The digits one by one, and two of the same together as "double" in English."""
    words, place = [], 0
    while place < len(digits):
        twice = names is ENGLISH and digits[place : place + 2] == digits[place] * 2
        words.append(f"double {names[int(digits[place])]}" if twice else names[int(digits[place])])
        place += 2 if twice else 1
    return " ".join(words)


@st.composite
def wordings(draw: st.DrawFn, digits: str) -> str:
    """Some way to say the digits: groups of any size, each in figures, in words or in pairs."""
    parts, place = [], 0
    while place < len(digits):
        group = digits[place : place + draw(st.integers(1, 5))]
        names = draw(st.sampled_from([None, *WORDINGS]))
        if len(group) == 2 and group[1] != "0" and draw(st.booleans()):
            parts.append(pair(group))
        else:
            parts.append(group if names is None else spelled(group, names))
        place += len(group)
    return draw(st.sampled_from(INTRODUCTIONS)) + " ".join(parts)


@settings(deadline=None)
@given(st.data(), mobiles)
def test_a_mobile_number_is_open_until_its_tenth_digit(data: st.DataObject, number: str) -> None:
    begun = data.draw(wordings(number[: data.draw(st.integers(1, 9))]))
    assert completeness(begun, PHONE) is Completeness.OPEN, begun
    said = data.draw(wordings(number))
    assert completeness(said, PHONE) is Completeness.WHOLE, said


@settings(deadline=None)
@given(st.data(), mobiles)
def test_a_mobile_number_that_nobody_asked_for_is_whole_at_ten_digits_too(
    data: st.DataObject, number: str
) -> None:
    begun = data.draw(wordings(number[: data.draw(st.integers(3, 9))]))
    assert completeness(begun) is Completeness.OPEN, begun
    said = data.draw(wordings(number))
    assert completeness(said) is Completeness.WHOLE, said


@settings(deadline=None)
@given(st.data(), mobiles, st.sampled_from(["+91", "plus 91", "plus nine one", "0", "zero"]))
def test_a_mobile_number_with_a_prefix_has_ten_digits_behind_it(
    data: st.DataObject, number: str, prefix: str
) -> None:
    begun = number[: data.draw(st.integers(0, 9))]
    assert completeness(f"{prefix} {begun}", PHONE) is Completeness.OPEN
    assert completeness(f"{prefix} {number}", PHONE) is Completeness.WHOLE


@pytest.mark.parametrize(
    ("kind", "length"),
    [
        (AnswerKind.PIN_CODE, 6),
        (AnswerKind.AADHAAR, 12),
        (AnswerKind.CARD_NUMBER, 16),
        (AnswerKind.CVV, 3),
        (AnswerKind.PNR, 10),
    ],
)
@settings(deadline=None)
@given(st.data())
def test_a_number_of_one_length_is_whole_there(
    kind: AnswerKind, length: int, data: st.DataObject
) -> None:
    digits = data.draw(st.from_regex(f"[1-9][0-9]{{{length - 1}}}", fullmatch=True))
    begun = data.draw(wordings(digits[: data.draw(st.integers(1, length - 1))]))
    assert completeness(begun, ExpectedAnswer(kind)) is Completeness.OPEN, begun
    said = data.draw(wordings(digits))
    assert completeness(said, ExpectedAnswer(kind)) is Completeness.WHOLE, said


@settings(deadline=None)
@given(st.data(), st.integers(3, 8))
def test_an_otp_is_as_long_as_it_was_said_to_be(data: st.DataObject, length: int) -> None:
    expected = ExpectedAnswer(AnswerKind.OTP, frozenset({length}))
    digits = data.draw(st.from_regex(f"[0-9]{{{length}}}", fullmatch=True))
    assert completeness(data.draw(wordings(digits[:-1])), expected) is Completeness.OPEN
    assert completeness(data.draw(wordings(digits)), expected) is Completeness.WHOLE
