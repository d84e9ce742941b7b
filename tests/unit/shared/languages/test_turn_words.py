"""Turn words: what a caller has said wants more words, or is whole."""

import pytest

from shared.languages.turn_words import Completeness, classify


@pytest.mark.parametrize(
    "text",
    [
        "I would like to",
        "I would like to ...",
        "My number is",
        "I want to book an",
        "Because",
        "Can you tell me",
        "um",
        "मुझे",
        "मेरा नंबर और",
        "mujhe ek appointment ke",
        "My number is 98765",
        "nine eight seven",
        "nine, eight, double seven six",
        "98 76 5",
        "नौ आठ सात छह पाँच",
        "९८७",
        "nau aath saat chhah paanch",
        "12345",
    ],
)
def test_turn_words_that_stop_in_the_middle_are_open(text: str) -> None:
    assert classify(text) is Completeness.OPEN


@pytest.mark.parametrize(
    "text",
    [
        "1234",
        "one two three four",
        "My PIN is 1 2 3 4",
        "482 913",
        "double four triple 7 2",
        "१२३४",
    ],
)
def test_a_turn_of_as_many_digits_as_a_code_has_may_be_one(text: str) -> None:
    assert classify(text) is Completeness.CODE


@pytest.mark.parametrize(
    "text",
    [
        "Yes.",
        "yes I do",
        "No, no.",
        "haan",
        "हाँ जी",
        "जी नहीं।",
        "okay",
        "this",
        "What?",
        "Please.",
        "tomorrow",
        "twenty two",
        "9876543210",
    ],
)
def test_a_turn_of_a_word_or_two_is_short(text: str) -> None:
    assert classify(text) is Completeness.SHORT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "...",
        "I would like to book an appointment",
        "what are your opening hours",
        "my number is nine eight seven six five four three two one zero",
        "it is 98765 43210",
        "मुझे कल का अपॉइंटमेंट चाहिए",
        "the code was 1234 I think",
    ],
)
def test_any_other_turn_may_be_complete_or_not(text: str) -> None:
    assert classify(text) is Completeness.ANY


@pytest.mark.parametrize(
    "text",
    [
        "Thank you.",
        "Okay, thank you very much.",
        "Opening hours, please.",
        "I want to talk to an agent, please.",
        "How are you?",
        "How much is it?",
        "I think so.",
        "I do.",
        "No, that is it.",
        "That's what I need.",
        "That is all I want.",
        "Do you know what it is",
        "Please call me.",
        "What is this?",
        "Where are you from?",
        "What is it about?",
    ],
)
def test_turns_that_end_in_a_word_like_an_unfinished_one_are_whole(text: str) -> None:
    assert classify(text) in (Completeness.SHORT, Completeness.ANY)


@pytest.mark.parametrize(
    "text",
    ["I want", "and I would like", "now can you", "tell me", "no you can give me", "what are"],
)
def test_pairs_of_turn_words_ask_for_more(text: str) -> None:
    assert classify(text) is Completeness.OPEN


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nine", Completeness.FEW),
        ("98", Completeness.FEW),
        ("double nine", Completeness.FEW),
        ("nine eight", Completeness.FEW),
        ("yes nine", Completeness.SHORT),
        ("nine eight six", Completeness.OPEN),
        ("98 76 54 32 1", Completeness.OPEN),  # nine digits
        ("98 76 54 32 10", Completeness.ANY),
        ("double nine double eight", Completeness.CODE),
        ("triple nine", Completeness.OPEN),
        ("double", Completeness.SHORT),
        ("डबल नौ आठ", Completeness.OPEN),
        ("five six 7 8", Completeness.CODE),
        ("room 12", Completeness.SHORT),
    ],
)
def test_digits_of_a_turn_are_counted_however_they_are_said(text: str, said: Completeness) -> None:
    assert classify(text) is said
