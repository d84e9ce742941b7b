"""The digits and DTMF keys that a sentence of the bot asks for."""

import pytest

from shared.languages.requested_digits import (
    ExpectedKeys,
    asks_something,
    asks_yes_or_no,
    ends_by_hash,
    expected_in,
    menu_keys,
)

PIN = ExpectedKeys(frozenset({4, 6}))
TYPED = {
    # English
    "On a scale of 1 to 5, how satisfied are you?": {1},
    "How would you rate our service from one to ten?": {1, 2},
    "Please dial the extension.": set(),
    "Enter your token, please.": set(),
    "Please type your ten digit mobile number on the keys": {10},
    "Great. Now type your mobile number on the keypad of your phone.": {10},
    "Please enter all ten digits.": {10},
    "Enter your mobile number starting with zero.": {10},
    "Please enter your PIN.": {4, 6},
    "Please enter your four or six digit PIN.": {4, 6},
    "Please type a 4-digit PIN of your choice.": {4},
    "Please press the digits of your PIN on your phone.": {4, 6},
    "Please say or type your PIN.": {4, 6},
    "Please key in your PIN code.": {6},
    "Enter the 6-digit OTP sent to your mobile number.": {6},
    "Key in the four digit code we have just sent you.": {4},
    "Could you type the last four digits of your Aadhaar number?": {4},
    "Type in your twelve digit Aadhaar number.": {12},
    "Type your 16-digit card number.": {16},
    "Please type the last 4 digits of your card.": {4},
    "Please enter your date of birth as DDMMYYYY.": {8},
    "Please type the date, day and month.": {4, 6, 8},
    "Kindly enter the amount in rupees using your keypad.": set(range(1, 8)),
    "Key in the amount you want to pay.": set(range(1, 8)),
    "Please enter the number of guests.": {1, 2, 3, 4},
    "Rate us from 1 to 5 on your keypad.": {1},
    "Rate us from 1 to 10 on your keypad.": {1, 2},
    "If you know your policy number, please type it now.": set(range(5, 21)),
    "Please punch your 6-digit code.": {6},
    "Please punch in your consumer number.": set(range(5, 21)),
    "Please use your keypad to enter your number.": set(),
    "Press 1 to confirm, or type a new number.": set(),
    # Hindi
    "कृपया अपना दस अंकों का मोबाइल नंबर कीपैड पर टाइप करें।": {10},
    "अपने मोबाइल नंबर पर आया ओटीपी डालिए।": {4, 6},
    "कृपया अपना पिन दर्ज करें।": {4, 6},
    "कृपया अपना छह अंकों का पिन कोड टाइप कीजिए": {6},
    "अपना चार अंकों वाला पिन डालें और फिर हैश दबाएं": {4},
    "कृपया राशि दर्ज करें": set(range(1, 8)),
    "कृपया कीपैड पर अपना नंबर टाइप करें": set(),
    # Hindi in Latin letters
    "Apna das ank ka mobile number keypad par type kijiye.": {10},
    "apne phone ke keypad se apna 10 digit number daal dijiye": {10},
    "kripya apna pin code type karein": {6},
    "apna pin daaliye": {4, 6},
    "OTP darj karein": {4, 6},
}
ASKED = {
    "Apna 10 ank ka number batayein": {10},
    "apna OTP bata dein": {4, 6},
    "PIN code bata dijiyega": {6},
    "May I have your number, please?": set(),
    "अपना रजिस्टर्ड नंबर बताइए": set(),
    "Which number should we call you back on?": {10},
    "What's the best number to reach you on?": {10},
    "किस नंबर पर कॉल करें?": {10},
    "What is your mobile number?": {10},
    "And your mobile number?": {10},
    "Your mobile number, please.": {10},
    "May I have your phone number, please?": {10},
    "Can you confirm your PIN code please?": {6},
    "What's the OTP you received?": {4, 6},
    "Kindly provide the OTP.": {4, 6},
    "I need your policy number.": set(range(5, 21)),
    "To verify you, I need the last four digits of your account number.": {4},
    "कृपया अपना मोबाइल नंबर बताइए।": {10},
    "मोबाइल नंबर क्या है?": {10},
    "Apna OTP bataiye": {4, 6},
}
NOTHING = [
    "I have your number, how can I help?",
    "Should I call you on your number?",
    "What interest rate do you pay?",
    "How was your day?",
    "I have sent an OTP to your mobile number.",
    "Your mobile number is registered with us.",
    "You typed 98765 43210, is that right?",
    "Is your mobile number 9876543210?",
    "You entered only five digits.",
    "Sorry, that PIN is wrong.",
    "Never share your OTP with anyone.",
    "Please don't share your PIN.",
    "Let me check the number you typed.",
    "We are open from 9 to 5.",
    "How can I help you today?",
    "What's your name?",
    "What is your date of birth?",
    "How many people will come?",
    "Do you have your policy number?",
    "Shall I call you on this number?",
    "Press 9 to end the call.",
    "Press 1 for sales, 2 for support, or zero for a person.",
    "Press any key to continue.",
    "पिन किसी को मत बताइए",
    "आपका मोबाइल नंबर हमारे पास है।",
    "क्या आपका मोबाइल नंबर यही है?",
    "हिंदी के लिए दो दबाएं",
    "",
]


@pytest.mark.parametrize("sentence", TYPED)
def test_a_sentence_may_ask_for_digits_on_the_dtmf_keys(sentence: str) -> None:
    expected = expected_in(sentence)
    assert expected is not None
    assert expected.typed
    assert expected.lengths == TYPED[sentence]


@pytest.mark.parametrize("sentence", ASKED)
def test_digits_that_are_asked_for_may_be_typed(sentence: str) -> None:
    expected = expected_in(sentence)
    assert expected is not None
    assert not expected.typed
    assert expected.lengths == ASKED[sentence]


@pytest.mark.parametrize("sentence", NOTHING)
def test_a_sentence_about_a_number_may_ask_for_no_digits(sentence: str) -> None:
    assert expected_in(sentence) is None


@pytest.mark.parametrize(
    ("before", "sentence", "lengths"),
    [
        ("We have sent a six digit code to your phone.", "Please enter it.", {6}),
        ("I have sent an OTP to your mobile number.", "What is it?", {4, 6}),
        ("How many people will come?", "Please type it on the keys.", {1, 2, 3, 4}),
    ],
)
def test_the_requested_digits_may_be_named_a_sentence_before(
    before: str, sentence: str, lengths: set[int]
) -> None:
    expected = expected_in(sentence, before)
    assert expected is not None
    assert expected.lengths == lengths


@pytest.mark.parametrize(
    "sentence",
    ["Please type it again.", "I could not find that. Please try again.", "फिर से टाइप कीजिए।"],
)
def test_digits_asked_for_again_are_those_that_were_asked_for_last(sentence: str) -> None:
    assert expected_in(sentence, last=PIN) == PIN


@pytest.mark.parametrize(
    ("keys", "lengths"),
    [
        ("98", {10}),
        ("0", {11}),
        ("91", {10, 12}),
        ("091", {11, 13}),
        ("0091", {14}),
    ],
)
def test_a_phone_number_may_have_a_prefix(keys: str, lengths: set[int]) -> None:
    expected = expected_in("Please type your ten digit mobile number.")
    assert expected is not None
    assert expected.lengths_of(keys) == lengths


def test_no_other_number_than_a_phone_number_has_a_prefix() -> None:
    assert PIN.lengths_of("0") == PIN.lengths


@pytest.mark.parametrize(
    ("sentence", "keys"),
    [
        ("Press 1 for sales, 2 for support, or zero for a person.", "120"),
        ("Enter your PIN or press 0 for a person.", "0"),
        ("You can press nine at any time to hang up.", "9"),
        ("For a person, press *.", "*"),
        ("Press hash to hear that again.", "#"),
        ("Please enter your PIN, then press hash.", ""),
        ("हिंदी के लिए दो दबाएं", "2"),
        ("Hindi ke liye 2 dabaiye", "2"),
        ("Please type your 4 digit PIN.", ""),
        ("Press any key.", ""),
    ],
)
def test_the_dtmf_keys_that_a_menu_offers_are_found(sentence: str, keys: str) -> None:
    assert menu_keys(sentence) == set(keys)


@pytest.mark.parametrize(
    ("sentence", "by_hash"),
    [
        ("Please enter your PIN, then press hash.", True),
        ("Dial your customer number followed by the pound key.", True),
        ("When you are done, press #.", True),
        ("और फिर हैश दबाएं", True),
        ("Press hash to hear that again.", False),
        ("Please enter your PIN.", False),
    ],
)
def test_a_sentence_may_ask_for_the_hash_key_behind_the_digits(
    sentence: str, *, by_hash: bool
) -> None:
    assert ends_by_hash(sentence) is by_hash


def test_questions_beside_the_requested_digits_are_told_from_statements() -> None:
    assert asks_something("What is your name?")
    assert asks_something("Please tell me your name.")
    assert not asks_something("Take your time.")
    assert asks_yes_or_no("Okay, is that right?")
    assert not asks_something("Okay, is that right?")
    assert not asks_yes_or_no("It is right.")
