"""What phone bots in India ask, by the kind of answer that they want."""

ASKED = """
[phone_number]
And your phone?
Which mobile is registered with us?
What's a good number for you?
Could you tell me your registered mobile?
Do you have an alternate mobile number?
Could I get a callback number?
Mobile number, please.
May I note down your contact number?
आपका रजिस्टर्ड मोबाइल बताइए।
Aapka WhatsApp number kya hai?
Kis number par call karein?
किस नंबर पर कॉल करें?
Which number should we call you back on?
Can I take a phone number for the technician?
[number]
May I note your number?
[reference_number]
What's the number on the back of the device?
Which number is printed on it?
[pin_code]
Your area's PIN, please?
What is the PIN of your area?
PIN code, please.
Aapke ghar ka pin code?
आपके इलाके का पिन कोड क्या है?
Could you share the postal code for delivery?
Can I have the area PIN code?
[otp]
Please tell me the code you just received.
What does the SMS say?
आपके फ़ोन पर एक कोड आया होगा, वह बताइए।
Can you confirm the code in the text message?
Please read out the code we have sent you.
OTP, please.
What code did you get?
Aapke phone par jo code aaya hai woh bataiye.
जो ओटीपी आया है वह बताएं।
Could you read me the verification code?
What is the code?
[otp 4]
What is the four digit code?
Please share the 4-digit code that came by SMS.
[card_number 16]
What are the sixteen digits on your card?
[card_number]
Card number, please.
May I have your debit card number?
[card_number 4]
Could you confirm the last four digits on your card?
[aadhaar_number]
Aadhaar number, please.
Do you have your Aadhaar number?
आधार नंबर बताइए।
Aapka aadhaar card number?
[pan_number]
PAN card number, please.
And your PAN?
पैन नंबर क्या है?
Can I get your PAN number?
[account_number]
Account number, please.
Which account number should we credit?
Do you have the bank account number handy?
Aapka account number bata dijiye.
[reference_number]
Do you have the booking number?
Which order is it?
What's your docket number?
Complaint number, please.
May I note the ticket number?
Could I get the consumer number?
Aapka order ID kya hai?
Do you have a reference ID?
What is the tracking ID of the parcel?
Which booking is this about?
आपका ग्राहक नंबर क्या है?
Aapke paas complaint number hai?
What's the policy number?
May I have your customer ID?
Please tell me the AWB number.
What is the consignment number?
[vehicle_number]
Vehicle number, please.
What is your bike number?
गाड़ी का नंबर क्या है?
[pnr]
PNR number, please.
Do you have the PNR number?
PNR kya hai?
[ifsc_code]
IFSC code, please.
Do you know the IFSC code of the branch?
[passport_number]
Passport number, please.
What's your passport number?
[quantity]
How many tickets do you need?
For how many guests?
Number of passengers, please.
And how old is the patient?
Kitne log aayenge?
आपकी उम्र क्या है?
[amount]
And the amount?
How much should I transfer?
What was the amount deducted?
Bill amount, please.
Aap kitne paise bharna chahte hain?
आपकी मासिक आय कितनी है?
What EMI amount are you comfortable with?
[date 6 8]
Date of birth, please.
May I know your date of birth?
Aapki date of birth kya hai?
What's the patient's date of birth?
[date]
Which date works for you?
And the travel date?
When should I schedule the pickup?
Kab ki booking chahiye?
कब आना चाहेंगे?
On which day should the technician come?
[time]
At what time?
What time shall I book the table for?
Kitne baje aana hai?
किस समय फ़ोन करें?
Preferred time, please.
[email]
Where can I send the confirmation mail?
Email address, please.
Do you have an email address?
Which email ID should I use?
Mail ID bataiye.
ईमेल आईडी बताइए।
Where should I email the invoice?
May I note your email?
[spelling]
How is that spelt?
How is your name spelled?
Could you spell it?
Spelling bata dijiye.
स्पेलिंग क्या है?
[name]
Whose name should I put?
Under whose name is the booking?
May I know who's calling?
Who is this?
What should I call you?
In what name should I make the reservation?
Name, please.
Your good name, please?
Kiske naam par booking hai?
किसके नाम से बुक करूँ?
Aapka poora naam bataiye.
Can I get your name?
What is the child's name?
Who is the patient?
[address]
Where do you stay?
Where shall we send it?
कहाँ भेजना है?
Which area do you live in?
Delivery address, please.
Where should the technician come?
Where are you located?
Aap kahan rehte hain?
Kahan deliver karna hai?
Which city are you calling from?
आप कहाँ से बोल रहे हैं?
What's the pickup location?
Aapka ghar kahan hai?
Do you have the complete address?
Kis area mein hai?
[yes_no]
Aap ghar par hain?
आप घर पर हैं?
Aap free hain kya?
Aapko appointment chahiye?
Delivery mil gayi?
Main transfer kar doon?
Kya aapko OTP mila?
Do you have a PAN card?
Did you get the code?
Is your phone switched on?
Shall I note the number?
Is it okay if we call you tomorrow?
Do you already have an account with us?
Are you calling about an existing order?
Aap wahi number use kar rahe hain?
ठीक है ना?
Can I book it for Monday?
Will you be at home?
Kya delivery free hai?
क्या आपका ऑर्डर आ गया?
[open]
Kya problem hai?
क्या समस्या है?
Kya dikkat aa rahi hai?
What is wrong with your phone?
Which doctor do you want to see?
What seems to be the issue?
What are the symptoms?
Kaise madad kar sakta hoon?
आपको क्या परेशानी है?
Which plan are you interested in?
Kya hua?
Would you like window or aisle?
Please describe the problem.
Aap kya order karna chahenge?
Which size would you like?
What did the technician say?
Why are you returning it?
[none]
One moment, please.
Please stay on the line.
I'll send the code to your phone.
Your OTP will arrive shortly.
Please wait while I check the number.
Aapka order kal aayega.
Thanks, I have your address.
Thank you for your patience.
"""


def _questions() -> list[tuple[str, str]]:
    """The kind, with lengths if some are expressly asked for, and what the bot says."""
    rows, kind = [], ""
    for line in filter(None, map(str.strip, ASKED.splitlines())):
        if line.startswith("["):
            kind = line.strip("[]")
        else:
            rows.append((kind, line))
    return rows


QUESTIONS = _questions()
