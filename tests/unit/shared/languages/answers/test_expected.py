"""The answer that the bot asks for, by its words in English, Hindi and both mixed."""

import pytest

from shared.languages.answers.expected import expected_answer
from shared.languages.answers.kinds import AnswerKind, ExpectedAnswer

# The kind, and the lengths if some are expressly asked for, before what the bot says.
ASKED = """
phone_number | May I have your mobile number, please?
phone_number | What is your phone number?
phone_number 10 | Please tell me your ten digit mobile number.
phone_number | Can you share the number on which we can reach you?
phone_number | अपना मोबाइल नंबर बताइए।
phone_number | Aapka mobile number kya hai?
phone_number | Kripya apna phone number batayein.
otp 6 | Please tell me the six digit OTP.
otp 4 | We have sent a 4 digit OTP to your mobile number. What is it?
otp | What is the OTP that you have received?
otp 6 | छह अंकों का ओटीपी बताइए।
otp | Aapko jo OTP aaya hai, bataiye.
pin_code | What is your PIN code?
pin_code | आपका पिन कोड क्या है?
pin | Please tell me your PIN.
aadhaar_number | Could you tell me your Aadhaar number?
aadhaar_number | apna aadhaar number bataiye
aadhaar_number 4 | Could you tell me the last four digits of your Aadhaar number?
pan_number | What is your PAN number?
pan_number | May I have your PAN card number?
card_number | Please read out your card number.
account_number | What is your account number?
account_number | आपका खाता नंबर क्या है?
pnr | Can I have your PNR?
reference_number | What is your order number?
reference_number | Please share your booking ID.
ifsc_code | And the IFSC code?
vehicle_number | What is your vehicle registration number?
vehicle_number | Gaadi ka number bataiye.
quantity | How many people are you?
quantity | Kitne log hain?
quantity | How old are you?
amount | How much would you like to pay?
amount | What is your budget?
amount | Aap kitna amount dena chahte hain?
amount | कितने रुपये भेजने हैं?
date 6 8 | What is your date of birth?
date 6 8 | आपकी जन्म तिथि क्या है?
date | Which day suits you?
date | When would you like to come?
date | What date would you like?
date | Kis din aana chahenge?
date | आप किस तारीख को आना चाहते हैं?
time | What time would you like?
time | At what time should we come?
time | Kitne baje?
time | कितने बजे आएंगे?
email | What is your email address?
email | May I have your e-mail ID?
email | आपका ईमेल आईडी क्या है?
spelling | Could you spell your name for me?
spelling | Please spell that.
spelling | Can you spell your last name letter by letter?
name | May I know your name, please?
name | Who am I speaking with?
name | Aapka naam kya hai?
name | आपका शुभ नाम?
name | Can I have your good name?
address | What is your address?
address | Please tell me your full address with the landmark.
address | Where do you live?
address | अपना पता बताइए।
address | Aap kahan rehte hain?
yes_no | Is that correct?
yes_no | Shall I book it?
yes_no | Do you want to go ahead?
yes_no | Would you like to confirm the appointment?
yes_no | So that's 98765 43210, right?
yes_no | Is your number 98765 43210?
yes_no | क्या यह सही है?
yes_no | Kya main booking confirm kar doon?
yes_no | Your appointment is on Monday at five, is that okay?
yes_no | Are you free tomorrow?
yes_no | Can I help you with anything else?
yes_no | Did you receive the OTP?
open | Would you like the morning or the evening?
open | How can I help you?
open | What can I do for you today?
open | मैं आपकी क्या मदद कर सकता हूँ?
open | What is the problem?
open | Which doctor would you like to see?
open | Tell me more.
open | Why do you want to cancel?
yes_no | Kya problem hai?
none | Your appointment is confirmed.
none | Thank you for calling.
none | One moment, please.
none | Never share your OTP with anyone.
none | Your number is 98765 43210.
none | आपका अपॉइंटमेंट बुक हो गया है।
none | I have noted your address.
none | We will send you an email.
"""


def as_text(expected: ExpectedAnswer | None) -> str:
    """The kind and the lengths, as the table has them."""
    if expected is None:
        return "none"
    return " ".join([expected.kind, *map(str, sorted(expected.lengths))])


@pytest.mark.parametrize("row", ASKED.strip().splitlines())
def test_a_sentence_asks_for_an_answer_of_a_kind(row: str) -> None:
    asked, _, sentence = row.partition(" | ")
    assert as_text(expected_answer(sentence)) == asked


def test_a_question_may_stand_for_the_sentence_before_it() -> None:
    before = "We have sent a 4 digit OTP to your mobile number."
    assert expected_answer("What is it?", before) == ExpectedAnswer(AnswerKind.OTP, frozenset({4}))


@pytest.mark.parametrize("sentence", ["Could you say it again?", "कृपया फिर से बताइए।"])
def test_asking_again_asks_for_the_same(sentence: str) -> None:
    last = ExpectedAnswer(AnswerKind.EMAIL)
    assert expected_answer(sentence, last=last) == last
    assert expected_answer(sentence) == ExpectedAnswer(AnswerKind.OPEN)
