"""The answer that the bot asks for, by its words in English, Hindi and both mixed."""

import pytest

from shared.languages.answers.expected import expected_answer
from shared.languages.answers.kinds import AnswerKind, ExpectedAnswer
from tests.support.bot_questions import QUESTIONS

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
open | Kya problem hai?
none | Your appointment is confirmed.
none | Thank you for calling.
none | One moment, please.
none | Never share your OTP with anyone.
none | Your number is 98765 43210.
none | आपका अपॉइंटमेंट बुक हो गया है।
none | I have noted your address.
none | We will send you an email.
phone_number | Sure, what's the best number to reach you on?
phone_number | Could you give me a contact number in case we get disconnected?
phone_number | And your phone number please.
phone_number | Which mobile number is registered with us?
phone_number 10 | Please say your 10-digit mobile number, one digit at a time.
phone_number | Aap apna registered mobile number bata dijiye.
phone_number | क्या मैं आपका मोबाइल नंबर जान सकती हूँ?
phone_number | Sorry, I only got part of that. Could you repeat your phone number?
phone_number | Can you tell me your WhatsApp number?
pin_code | And what's the PIN code of your area?
pin_code | Aapke area ka pin code kya hai?
otp 4 | Please read me the four-digit code we just sent.
otp | Please tell me the verification code.
aadhaar_number 12 | Please share your 12 digit Aadhaar number.
amount | How much do you want to transfer?
amount | What loan amount are you looking for?
amount | Aapka budget kitna hai?
amount | आप कितनी राशि जमा करना चाहते हैं?
amount | What is your monthly salary?
quantity | For how many people should I book the table?
quantity | How many nights will you stay?
quantity | कितने लोगों के लिए?
date | For which date should I book it?
date | When should we schedule the visit?
date | Aap kab aana chahenge?
date | What day works best for you?
date | When is the wedding?
date 6 8 | May I have your date of birth for verification?
date 6 8 | When were you born?
date 6 8 | Aapki janm tithi kya hai?
time | And what time?
time | What time works for you on Monday?
time | Kis samay par call karein?
time | Which slot would you prefer, morning or evening?
email | Which email should I send the confirmation to?
email | Ek email ID de dijiye.
email | अपना ईमेल बताइए।
spelling | Could you please spell your surname?
spelling | How do you spell that?
spelling | Can you spell it out for me?
spelling | Kya aap spelling bata sakte hain?
name | What's your full name?
name | Could you tell me the patient's name?
name | Whom am I speaking to?
name | आपका नाम क्या है?
name | Kaun bol rahe hain?
name | May I have the name for the booking?
address | And the delivery address?
address | Where should we deliver the order?
address | What's your current address?
address | Delivery ke liye pata bataiye.
address | आपका पता क्या है?
yes_no | So your name is Meera, is that right?
yes_no | Do you have an account with us?
yes_no | Should I go ahead and cancel it?
yes_no | Shall I transfer you to an agent?
yes_no | Does Monday at five work for you?
yes_no | I have you down for Monday at 5 PM. Is that correct?
yes_no | Kya aap Monday ko aa sakte hain?
yes_no | क्या आपके पास कार्ड है?
yes_no | Aapka number 98765 43210 hai, sahi hai na?
yes_no | Would you like me to repeat that?
yes_no | Can I put you on hold for a moment?
yes_no | Do you want me to send the details by SMS?
yes_no | Have you tried restarting it?
open | What brings you in today?
open | How may I assist you?
open | Aaj main aapki kya sahayata kar sakti hoon?
open | Could you describe the issue?
open | Please tell me more about the problem.
open | Anything else?
open | Would you prefer cash or card?
none | I'm looking that up for you now.
none | Got it, thank you.
none | Let me check that for you.
none | Your OTP has been sent.
none | The clinic is open from nine to five.
none | Don't worry, I can help you with that.
vehicle_number | Please tell me your car number.
account_number | May I have the account number?
reference_number | Do you know your booking reference number? Please tell me.
reference_number | Could you share the complaint number?
pan_number | Please spell out your PAN.
ifsc_code | What's the IFSC code of your branch?
card_number 4 | What are the last four digits of your card?
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


@pytest.mark.parametrize(("asked", "sentence"), QUESTIONS)
def test_bots_ask_for_the_same_in_many_words(asked: str, sentence: str) -> None:
    assert as_text(expected_answer(sentence)) == asked


def test_a_question_may_stand_for_the_sentence_before_it() -> None:
    before = "We have sent a 4 digit OTP to your mobile number."
    assert expected_answer("What is it?", before) == ExpectedAnswer(AnswerKind.OTP, frozenset({4}))


@pytest.mark.parametrize("sentence", ["Could you say it again?", "कृपया फिर से बताइए।"])
def test_asking_again_asks_for_the_same(sentence: str) -> None:
    last = ExpectedAnswer(AnswerKind.EMAIL)
    assert expected_answer(sentence, last=last) == last
    assert expected_answer(sentence) == ExpectedAnswer(AnswerKind.OPEN)
