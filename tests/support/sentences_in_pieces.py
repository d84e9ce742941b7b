"""What callers to businesses in India say: sentences with a pause in them, and short whole ones."""

# A slash stands where the caller pauses, behind what is no full sentence by its form.
_IN_PIECES = """
I have a problem with my / electricity bill
I was calling to ask if / you have a slot tomorrow
the reason I am calling is / my refund has not come
what I want to know is / when the doctor comes
last week when I visited / the clinic was closed
the person who / came yesterday did not finish the work
the order that I placed / has not arrived
actually my son who is in class five / has lost his ID card
regarding my / home loan application
the parcel which was supposed to come / is still in Pune
my mother who is sixty five / needs a check-up
the technician who came yesterday / broke the switch
the amount that was deducted / has not been refunded
I wanted to ask whether / you are open on Sunday
I am calling because / my card is blocked
the thing is that / I am out of town
the problem with the / new meter is that it runs too fast
my question is / whether it covers dental
what happened was / the driver never came
I booked a table for / eight people
we had ordered a / paneer pizza
as per my / last statement
the flight that I booked / got cancelled
one of my / cards is not working
the doctor I saw last time / told me to come again
I just wanted to / confirm my appointment
can you please check if / my order has been shipped
do you know whether / the school is open
since last month my / bill has doubled
whenever I call your / helpline nobody answers
if the payment is not / done by Friday
the date on my / ticket is wrong
my husband and I / want to open an account
I would like to know / the fees for class one
because the / power went off again
the package that came / was damaged
I had given my / laptop for repair
instead of / the blue one you sent red
I need to speak to someone about / my claim
it has been two weeks since I / applied
both my / cards are blocked
the lady who / answered the phone
for the last three days / there has been no power
the reason is / I lost my job
about the / admission form
this is regarding the / complaint that I made
in the app it shows that / the order was delivered
my complaint is that / nobody has come
the address which is on the / bill is old
all I want is / my money back
I am the one who / called this morning
at the time of / booking I paid five hundred
the money I sent / has not reached
I am trying to / pay my bill but it fails
as soon as I / enter the OTP it logs me out
before I / pay I want to see it
after the / surgery he had fever
the second thing is / the bill is wrong
my daughter's / fees are pending
your delivery boy / was very rude
मेरा जो ऑर्डर था / वह नहीं आया
जो पैकेज आया / वह टूटा हुआ था
मेरे बेटे की / फीस जमा करनी है
मैं यह पूछना चाहता था कि / कल क्लिनिक खुला है
मुझे अपने / बिल के बारे में बात करनी है
मेरी माँ को / दो दिन से बुखार है
पिछले हफ्ते जब मैं / आया था
जो पैसे कटे थे / वे वापस नहीं आए
मैंने कल जो / शिकायत की थी
हमारे घर में / बिजली नहीं है
मेरा सवाल यह है कि / फीस कितनी है
मैं इसलिए फोन कर रहा हूँ क्योंकि / मेरा कार्ड खो गया
अगर डॉक्टर साहब / कल मिलें तो
मेरे अकाउंट से / पैसे कट गए
जिस डॉक्टर ने / मुझे देखा था
आपके यहाँ जो / टिकट बुक किया था
मुझे यह जानना था कि / ट्रेन कब है
मेरा मतलब है कि / पैसे वापस चाहिए
हम लोग कल / दिल्ली जा रहे हैं
मेरे पति का / ऑपरेशन हुआ था
कल रात से / पानी नहीं आ रहा है
मैं अपनी बेटी के / एडमिशन के लिए
जब भी मैं / फोन करता हूँ
बात यह है कि / मैं बाहर हूँ
जो लड़का डिलीवरी करने / आया था
jo package aaya / woh kharab tha
mera jo order tha / woh abhi tak nahi aaya
main yeh poochna chahta tha ki / kal clinic khula hai
mere bete ki / fees jama karni hai
maine jo complaint ki thi / uska kya hua
problem yeh hai ki / meter chal nahi raha
mujhe apne / bill ke baare mein baat karni hai
jo paise kate the / woh wapas nahi aaye
mere account se / paanch hazaar kat gaye
jis doctor ne / mujhe dekha tha
last week jab main / aaya tha
hamare area mein / light nahi hai
main isliye call kar raha hoon kyunki / mera card kho gaya
mera matlab hai ki / paise wapas chahiye
agar aap log / kal bhej do
meri mummy ko / doctor ko dikhana hai
jo delivery boy / aaya tha
mere husband ka / operation hua tha
baat yeh hai ki / main bahar hoon
aapke yahan se jo / saaman mangwaya tha
mera sawaal yeh hai ki / fees kitni hai
main apni beti ke / admission ke liye call kar raha hoon
kal raat se / paani nahi aa raha
mujhe yeh jaanna tha ki / train kab hai
jo ticket maine book kiya tha / woh cancel karna hai
maine aapko jo / form bheja tha
mera phone jo / repair ke liye diya tha
jab se naya meter laga hai / tab se bill zyada hai
actually mera beta jo / class five mein hai
uske baad maine / payment kar diya
subah se hum log / wait kar rahe hain
aapne kaha tha ki / do din mein aa jayega
toh maine socha ki / pehle pooch loon
mere ghar ke paas jo / branch hai
jo amount dikha raha hai / woh galat hai
"""

# Whole as they are: none of them wants more.
_WHOLE = """
My order has not arrived.
my order has not come
the power is out
I lost my card
I want a refund
please cancel my order
I need an appointment
do you have parking
are you open on Sunday
what are your timings
how much is the fee
I paid yesterday
the bill is wrong
nobody came
I am at home
it is urgent
for two people
a table for four
tomorrow morning
the blue one
no problem
I will call later
my son is sick
it stopped working
the food was cold
I changed my mind
send it to my office
next Monday
a window seat
economy class
two tickets
I already paid
who is the principal
when does school start
where is my parcel
the driver is late
it is broken
I got the wrong item
only for today
no thank you
light nahi hai
mera order nahi aaya
mujhe refund chahiye
bill galat hai
card kho gaya
paise kat gaye
do log
kal subah
doctor sahab hain kya
fees kitni hai
मेरा ऑर्डर नहीं आया
मुझे रिफंड चाहिए
बिजली नहीं है
बिल गलत है
कल सुबह
डॉक्टर कब आएंगे
मेरा कार्ड खो गया
पैसे कट गए
फीस कितनी है
ठीक है
"""

OPEN_BEGINNINGS = [line.split(" / ")[0] for line in _IN_PIECES.strip().splitlines()]
WHOLE_SENTENCES = _WHOLE.strip().splitlines()
