"""What callers say, whole or cut in a pause, with how complete it is as an answer.

In brackets stands what was asked, and behind them the completeness that is right, or several.
"""

_TABLE = """
[phone_number] OPEN
nine
98
98765
9876
98765 4321
98765-4321
nine eight seven six five
ninety eight seventy six fifty four
98 76 54 32
my number is
my number is 98765
my mobile number is nine eight seven six five four three two one
it's nine eight double seven
98765 double
plus
plus nine one
+91 98765
+91 98765 4321
91 98765 432
zero nine eight seven six five four three two one
0 98765 4321
nau aath saat chhah
मेरा नंबर है नौ आठ सात छह
नौ आठ डबल सात
98765 okay
98765 sir
98765 then
98765 uske baad 432
98765 um
triple nine
double eight double seven six
mera number hai
mera mobile number
98765 hai
nine eight seven sorry nine eight six
yes it is 98765

[phone_number] WHOLE
9876543210
98765 43210
98765-43210
9 8 7 6 5 4 3 2 1 0
nine eight seven six five four three two one zero
ninety eight seventy six fifty four thirty two ten
98 76 54 32 10
double nine eight seven six five four three two one
98765 double four 321
98765 triple two 10
my number is 98765 43210
my number is nine eight seven six five four three two one oh
it's 98765 43210 sir
98765 43210 hai
mera number 98765 43210 hai
मेरा नंबर नौ आठ सात छह पांच चार तीन दो एक शून्य है
नाइन एट सेवन सिक्स फाइव फोर थ्री टू वन जीरो
+91 98765 43210
plus nine one nine eight seven six five four three two one zero
91 98765 43210
0 98765 43210
098765 43210
okay 98765 then 43210
98765 aur phir 43210
nau aath saat chhah paanch chaar teen do ek shunya
you can take 9876543210
98765 43210.
Nine eight seven. Six five four. Three two one zero.

[phone_number] EXTENDABLE
98765 43210 98765
98765 43210 sorry 43211

[pin_code] OPEN
560
five six zero
five six double zero
पांच छह शून्य
[pin_code] WHOLE
560034
560 034
five six zero zero three four
five six double zero three four
five sixty zero thirty four
पांच छह शून्य शून्य तीन चार
pin code is 560034

[otp] OPEN
48
four eight two
[otp] EXTENDABLE
4821
four eight two one
[otp] WHOLE
482913
four eight two nine one three
my otp is 482913

[aadhaar_number] OPEN
2345
2345 6789
two three four five six seven eight nine
[aadhaar_number] WHOLE
2345 6789 0123
two three four five six seven eight nine zero one two three

[card_number] OPEN
4111 1111
4111 1111 1111
[card_number] WHOLE
4111 1111 1111 1111

[cvv] OPEN
1 2
[cvv] WHOLE
123

[account_number] OPEN
1234
12345678
[account_number] EXTENDABLE
123456789
1234 5678 9012
[account_number] WHOLE
123456789012345678

[pnr] OPEN
245 123
[pnr] WHOLE
245 123 4567
A B C 1 2 3

[pan_number] OPEN
A B C D E
A B C P K 1 2 3
abcpk 1234
[pan_number] WHOLE
A B C P K 1 2 3 4 F
abcpk1234f
ABCPK 1234 F
a b c p k one two three four f

[ifsc_code] OPEN
SBIN
S B I N 0
hdfc zero zero zero
my ifsc code is
[ifsc_code] WHOLE
SBIN0001234
S B I N zero zero zero one two three four
HDFC triple zero one two three four

[vehicle_number] OPEN
KA
KA 01
ka 01 ab
MH 12 DE 14
[vehicle_number] WHOLE
KA 01 AB 1234
mh 12 d e one four three three
DL 3C AB 1234
22 BH 1234 AA

[reference_number] OPEN
A B
12
[reference_number] EXTENDABLE
order number 45213
A B 4 5 2 1
45213

[quantity] ANY EXTENDABLE
four
two people
twenty five
char log
हम चार लोग हैं
twenty

[] OPEN
my number is 98765
98765
nine eight seven
ninety eight seventy six
plus nine one
my aadhaar number is 2345 6789
my pin code is 560
my account number is 1234
double
triple nine
aadhaar number is 2345
you can call me on 98765

[] EXTENDABLE
one two three
1 2 3 4
4 5
we are 4
I want to book for 2

[] EXTENDABLE
four
25
twenty five

[] WHOLE
9876543210
my aadhaar number is 2345 6789 0123
my pin code is 560034

[] ANY EXTENDABLE
we are 4 people
mujhe do ticket chahiye
flat number 12

[] WHOLE ANY
at 5 pm
tomorrow at 5 pm
I will come at 5 pm

[amount] EXTENDABLE
two lakh
two lakh fifty
twenty five
dhai lakh
saade teen hazaar
ढाई लाख
साढ़े तीन हज़ार
five thousand
around two lakh
2 lakh
do lakh
five hundred

[amount] WHOLE
two lakh fifty thousand rupees
five hundred rupees
dhai lakh rupaye
पांच सौ रुपये
₹500 only
saade teen hazaar rupaye
1.5 lakh rupees
paanch sau rupaye hai
rupees five hundred only

[amount] OPEN
two lakh and
saade
two point
around
it is about
एक लाख और
my budget is
mera budget hai

[] EXTENDABLE
two lakh
do lakh
twenty five thousand
[] WHOLE ANY
five hundred rupees
I want to pay five hundred rupees
[] OPEN
lakh and

[date] EXTENDABLE
fifteenth
15th
the 6th

[date] OPEN
fifteen
the fifteenth of
pandrah
fifth march nineteen
15th august twenty twenty
fifth of
on
next
on the
march and

[date] ANY WHOLE
fifteenth march
5 march
march fifth
15th of august
pandrah august
पंद्रह अगस्त
monday
tomorrow
सोमवार को
next friday
monday ko
kal
परसों
day after tomorrow
fifteenth march twenty twenty six
15 august 2026
5th january 1998
15/08/1998
15 tarikh ko
पंद्रह तारीख को
on monday please
somvar ko
sunday
this saturday

[date] EXTENDABLE
march
march twenty
15 8

[] WHOLE ANY
monday
tomorrow
next friday
tomorrow morning
सोमवार को
कल सुबह
15th august

[time] EXTENDABLE
five
subah das
five forty
morning
at ten

[time] WHOLE ANY
five thirty
5 pm
5:30
5.30
5:30 pm
शाम को
शाम को पांच बजे
subah das baje
in the morning
saade paanch baje
ten o'clock
evening ko
do baje
half past five
शाम को छह बजे

[time] OPEN
half past
quarter to
saade
between five and
from five to
after

[] WHOLE ANY
शाम को
subah das baje
5 pm
in the evening
do baje tak

[email] OPEN
john
john dot
john dot smith
john dot smith at
john dot smith at the rate
john dot smith at the rate of
john at gmail dot
john.smith@
my email is
my email id is john
john underscore
john at abc
john 1 2 3
राहुल डॉट
राहुल ऐट
राहुल एट द रेट
rahul at the rate
mera email hai
john at yahoo dot co dot

[email] EXTENDABLE
john at gmail
john at yahoo dot co
john@gmail
rahul at the rate gmail
राहुल ऐट जीमेल

[email] WHOLE
john at gmail dot com
john.smith@gmail.com
john dot smith at gmail dot com
john at the rate gmail dot com
john at yahoo dot co dot in
john at yahoo.co.in
it's john at gmail dot com
राहुल ऐट जीमेल डॉट कॉम
rahul at the rate yahoo dot com hai
j o h n at gmail dot com
john at gmail.com
john at company dot org

[] OPEN
my email is john dot smith at
it's john at the rate
[] WHOLE
my email is john at gmail dot com
john@gmail.com

[spelling] OPEN
m
m e
my name is meera m e e
rahul r a h
sharma s for
a for apple b for
priya p r i
[spelling] EXTENDABLE
a b c
k double t a
[spelling] WHOLE
m e e r a
एम ई ई आर ए
m for mango e for elephant e for egg r for rat a for apple
meera m e e r a
my name is meera m e e r a
rahul r a h u l
it's sharma s h a r m a
it is priya p for peter r for rat i for india y for yellow a for apple

[name] OPEN
my name is
my name is meera m e e
mr
mera naam hai
मेरा नाम है
doctor
[name] ANY
meera
meera sharma
rahul
मीरा शर्मा
[name] EXTENDABLE
my name is meera
this is rahul
mera naam rahul
[name] ANY WHOLE
mera naam rahul hai
main rahul bol raha hoon
मेरा नाम मीरा है

[address] OPEN
flat number
flat number 12
flat number twelve
near
near the
opposite
house number 4
12
sector
my address is
मकान नंबर
second
flat 12 second
plot number 45
pin code
flat number 12 mg road bangalore pin code 560
[address] OPEN
mg road
flat number 12 mg road
near the railway station
second floor
station ke paas
12 mg road
flat number 12 green park

[address] EXTENDABLE
brigade road bangalore
sector 62 noida
flat number 12 green park near the railway station
[address] WHOLE
mg road bangalore 560034
flat number 12 mg road bangalore 560 034
12 mg road bangalore five six zero zero three four

[yes_no] ANY
yes
haan ji
no
nahi
yes sir
no no
जी हाँ
हाँ
नहीं
yeah sure
yes please
correct
ok
जी
bilkul
theek hai
yes yes
haan
sahi hai

[yes_no] EXTENDABLE ANY
yes I do
no I don't
yes it is

[open] OPEN
yes
okay
haan
हाँ जी

[open] EXTENDABLE
no
[] EXTENDABLE
yes
no
okay

[] OPEN
so
actually
well
let me see
one second
hold on
um
uh
let me check
just a minute
ek minute
एक मिनट
रुकिए
yes let me see
haan ek minute
okay so
yes so
matlab
wait
one moment please
and
because
the
to my
I want to
can you
can you please
could you
I would like to
I'd like to
my name is
I want
I need
I need a
I need the
please can you tell me
I want to book an appointment for
I want to book an appointment with
I am looking for
I am calling about
we would like to come on
the doctor and
if
if I come tomorrow
when I called yesterday
जब मैं
agar main kal aaun
agar main kal aaun to
I wanted to know
I was wondering
I think
they told me that
what is
what are
what is your
how do I
where is
is it
is there
do you have
do you
where is the
what is the price of
mujhe doctor se
main aapke
mujhe
mujhe ek
mujhe appointment
मुझे
मेरा नंबर और
mujhe ek appointment ke
kya aap
क्या आप
main kal
kyunki
lekin
aur
mera appointment monday ko
mujhe kal ke liye
hum log
maine kal
मुझे अपॉइंटमेंट
मैं कल
because my
I have a problem with my
the problem is
it's about my
my father's name is
and then I
I want to change my
please send it to
it is
I am
give me
let me
I have

[] ANY EXTENDABLE WHOLE
where are you from
that is what I am looking for
who is it
what for
I don't want to
come in
who should I talk to
what time are you open until
what is that about
call me
let me know
please call me
tell me
दिल्ली से
ghar pe
doctor ke liye
bhai ke naam par
I would like to book an appointment
what are your opening hours
मुझे कल का अपॉइंटमेंट चाहिए
mujhe doctor se baat karni hai
how are you
how much is it
I think so
no that is it
that's what I need
that is all I want
do you know what it is
what is this
what is it about
which number should I call from
the person I spoke to
this is the number I called from
everything I asked for
who am I speaking with
where do you come from
what are you waiting for
I don't know
I don't know why
how much
what time
because I was sick
can you help me
can you call me
can you hear me
the first one
a haircut
for my wife
with doctor mehta
in bangalore
from delhi
not yet
I'm not sure
not really
maybe later
yes I can
main ghar pe hoon
mera number galat hai
mujhe pata nahi
मुझे नहीं पता
kal subah das baje
aap kaise hain
aap kaun bol rahe hain
timing kya hai
agar main kal aaun to doctor milenge
if I come tomorrow will the doctor be there
when are you open
when will it come
is the offer still on
it stopped working yesterday
I have to go now
I want to cancel my order
room 12
the same
nothing
everything is fine

[] EXTENDABLE
tell me
please tell me
I don't want to

[] ANY EXTENDABLE
because of the rain

[] WHOLE
thank you
thanks
okay thank you very much
that's all
that's it
no that's all
nothing else
bye
where are you from?
Can I come tomorrow?
bas itna hi
dhanyavaad

[phone_number] OPEN
actually can you tell me
actually
one second
let me check
haan ek minute
[phone_number] OPEN
yes
sure
haan ji
okay
[phone_number] EXTENDABLE
no
nahi ji
[phone_number] ANY EXTENDABLE
I don't have one
it is the same number
[] ANY EXTENDABLE
phone number please
I want to change my phone number
why can't I
I don't know where this came from
a cash withdrawal that I didn't do
can I use it anywhere I want
send it as soon as you are able to
mujhe monday ke reminders dikhao
mere alarms cancel kar do
mujhe call kare jab main ghar jaoon
hello
[date] WHOLE EXTENDABLE
8/19/18
08/01/2018
[time] WHOLE ANY
8:30
[date] ANY EXTENDABLE
I am not sure
whenever you have a slot
[email] ANY EXTENDABLE
I don't have one
[phone_number] WHOLE
why do you need it
can you repeat that

[] WHOLE
what is your email address
how do I do it
what age do I have to be
do you have a list of countries you operate in

[email] WHOLE
can you repeat that

[name] WHOLE
why do you ask

[] OPEN
my number is
my card number is
the card number is
note it down
it says
yes it is
haan likhiye
haan note kijiye
mera PIN code hai
order number
my order number is
the reference number is
booking ID hai
my passport number is
passport number
gaadi number hai
my car number is
vehicle number is
my PNR is
PNR number hai
customer ID is
my customer ID
consumer number hai
the meter number is
meter number
my account number is
account number hai
account number
my UPI ID is
UPI ID hai
my IFSC is
IFSC code hai
my OTP is
the code is
OTP hai
aadhaar number hai
mera aadhaar number
my pan card number is
मेरा नंबर है
मेरा पिन कोड है
ऑर्डर नंबर है
पासपोर्ट नंबर है
गाड़ी का नंबर है
आधार नंबर है
ग्राहक नंबर है
मीटर नंबर है
खाता नंबर है
यूपीआई आईडी है
हाँ लिखिए
नोट कीजिए
बुकिंग नंबर
ओटीपी है
it's
yes it's
you can note
mera mobile number
mera number likh lijiye
complaint number is
tracking number is
policy number hai
the number on the card is
my registered mobile is
my email id is
so the number is
pin code
roll number is
my employee id is
the docket number is
mera order ID hai
asha at the rate
asha at the rate ok
my UPI ID is asha at
my order number is O D
the vehicle number is K A 01
my passport number is Z 12
customer ID is 45
meter number is 45
my account number is 1234 56
my number is nine eight
mera number aath

[] EXTENDABLE
forty two
eight one
two one
four five
4 5
5 1 2
order number is 45213
customer id is 45123
meter number 778812
meter number is 7788 1234
three one two four

[] WHOLE
asha at the rate ok axis
asha at ybl
ravi 99 at the rate okhdfcbank
my UPI ID is asha at oksbi
asha at okicici
98450 12345 at paytm
asha at the rate upi
asha@ibl
my passport number is Z 1234567
nine eight seven six five four three two one zero
my IFSC is SBIN0001234

[number] OPEN
eight one
[open] OPEN
yes it is
[yes_no] ANY EXTENDABLE
yes it is
[] ANY EXTENDABLE
I want to pay at paytm
"""


def _rows() -> list[tuple[str, str, str]]:
    """The kind that was asked for, the words, and the levels that are right."""
    rows, kind, levels = [], "", ""
    for line in filter(None, map(str.strip, _TABLE.splitlines())):
        if line.startswith("["):
            kind, _, levels = line.removeprefix("[").partition("] ")
        else:
            rows.append((kind, line, levels))
    return rows


SAID = _rows()
