"""Spoken digits: read as an answer, and masked where nobody may read them."""

import pytest

from shared.languages.spoken_digits import MASK, mask_digits, only_digits, spoken_keys

ANSWERS = [
    ("2 4 6 8", "2468"),
    ("2468", "2468"),
    ("24-68", "2468"),
    ("2,468.", "2468"),
    ("two four six eight.", "2468"),
    ("Two, four. Six, eight!", "2468"),
    ("to for six eight", "2468"),
    ("twenty four sixty eight", "2468"),
    ("fourteen ninety two", "1492"),
    ("oh nine oh nine", "0909"),
    ("double five triple nine", "55999"),
    ("two thousand twenty four", "2024"),
    ("my PIN is 2468", "2468"),
    ("ok so it's uh 2, 4, um 6 8", "2468"),
    ("2468 please", "2468"),
    ("2468, 2468", "2468"),
    ("2 4", "24"),
    ("2 4 6 8 hash", "2468#"),
    ("२४६८", "2468"),
    ("दो चार छह आठ", "2468"),
    ("मेरा पिन है दो चार छः आठ", "2468"),
    ("चौबीस अड़सठ", "2468"),
    ("डबल पांच दो तीन", "5523"),
    ("टू फोर सिक्स एट", "2468"),
    ("ट्वेंटी फोर सिक्सटी एट", "2468"),
    ("do char chhe aath", "2468"),
    ("barah chauntis", "1234"),
    ("mera pin pachees chhabbees hai", "2526"),
    ("satra bawan", "1752"),
    ("ek hazar do sau", "1200"),
    ("the four digit pin is 4 8 2 1", "4821"),
    ("मेरा चार अंकों का पिन 4821 है", "4821"),
    ("my husband changed it, it was 2468 I think", "2468"),
]
NO_ANSWERS = [
    "what?",
    "I don't have it",
    "is it 2468?",
    "no, 2468 was the old one",
    "sorry, not 2468",
    "2468 or 2469",
    "one moment",
    "which one",
    "no one told me",
    "do you have my number",
    "I want two tickets",
    "what are your opening hours",
    "एक मिनट रुकिए",
    "main tera saath dunga",
    "a four digit number",
    "नंबर दे दो",
    "क्या 2468?",
    "मुझे नहीं पता",
    "",
]


@pytest.mark.parametrize(("text", "keys"), ANSWERS)
def test_spoken_digits_are_read_however_they_are_said(text: str, keys: str) -> None:
    assert spoken_keys(text, 4) == keys


@pytest.mark.parametrize("text", NO_ANSWERS)
def test_words_that_are_no_answer_have_no_spoken_digits(text: str) -> None:
    assert spoken_keys(text, 4) == ""


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("five hundred", "500"),
        ("98765", "98765"),
        ("the number I was given is 447812", "447812"),
        ("I have had it for 3 months", ""),
    ],
)
def test_spoken_digits_may_be_of_any_length(text: str, keys: str) -> None:
    assert spoken_keys(text, 0) == keys


@pytest.mark.parametrize("text", [text for text, _ in ANSWERS])
def test_no_digit_is_left_in_a_masked_transcript(text: str) -> None:
    masked = mask_digits(text)
    assert MASK in masked
    assert spoken_keys(masked, 4) in ("", "#")
    assert mask_digits(masked) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("is it 2468?", "is it [digits]?"),
        ("no, two four six eight was the old one", "no, [digits] was the old one"),
        ("एक मिनट, २४६८ है", "एक मिनट, [digits] है"),
        ("one moment please", "one moment please"),
        ("what do you want to know?", "what do you want to know?"),
        ("नंबर बता दो", "नंबर बता दो"),
    ],
)
def test_the_words_around_masked_digits_stay(text: str, masked: str) -> None:
    assert mask_digits(text) == masked


@pytest.mark.parametrize(
    ("text", "only"),
    [(MASK, True), (f"{MASK} {MASK}", True), (f"is it {MASK}", False), ("", False), ("2", False)],
)
def test_a_masked_transcript_may_hold_nothing_but_digits(text: str, *, only: bool) -> None:
    assert only_digits(text) is only
