"""What callers say, with a slash where they pause, by what they were asked for."""

_TEXT = """
[phone_number]
yeah so it's / nine eight four five / zero one / two three double four
sure / 70 22 / 45 / 88 / 19
my number / is seven zero / double two / four five eight eight one nine
हाँ लिखिए / नौ आठ एक शून्य / दो तीन चार / पाँच छह सात
ji note kijiye / nau saat / ek do / teen char / paanch chhe saat aath
you can reach me on / triple nine / zero eight / seven six five four three
it's 0 / 98450 / 12345
plus ninety one / 8123 / 456 / 789
alternate number is / 63 / 64 / 65 66 67
eighty nine / seventy one / twenty two / thirty three / forty four
mera WhatsApp number hai / 99 / 80 / 12 34 56
nine eight seven six / five four three two / one zero sir
hmm / 9 4 4 8 / 0 6 7 / 1 2 3
one second / haan / 81 23 / 45 67 89
the number is nine triple eight / seven six / five four three two
ok my number / eight zero / seven four / two two / nine one / five five
haan / nau chaar / aath aath / teen teen / do ek / saat saat
it's nine / triple four / double six / one two three four
सात शून्य / एक एक दो / तीन चार / पाँच छह सात
so / 97 / 400 / 12 345
note it down / 6 3 6 0 / double one / 4 5 6 7
my husband's number is / 9 0 0 8 / 1 1 2 / 2 3 3
+91 / 77 60 / 12 34 56
zero double nine / four five / one two three / four five six
I will give you my / office number / 080 / 2345 / 6789
seventy three / thirty eight / double zero / sixty five / eleven
one minute / it's / 9 8 1 2 / 3 3 4 4 / 5 5
नाइन वन / ट्रिपल टू / फोर फाइव / सिक्स सेवन एट
my mobile / it's eight eight / zero zero / one two / three four / five six
ek second / nau / saat teen / do do / aath paanch / ek nau / shunya
so that's 90 / 36 / 11 / 22 / 45
haan to / मेरा नंबर / नौ आठ तीन / दो एक शून्य / चार पाँच / छह सात
seven oh / two oh / triple five / nine eight one
[pin_code]
it is five six / double zero / nine five
110 / 001
चार सौ / एक
ek ek shunya / shunya ek nau
six zero zero / zero four zero
four double zero / zero / five three
पिन कोड है / दो दो / छह शून्य / एक शून्य
it's 7 0 0 / 0 9 1
nine five one / six / double four
[otp]
the code is seven / three / nine one
uh / 44 / 21 / 90
चार आठ / दो एक
nine nine / zero / one
six two / three three / one zero
ओटीपी है / सात आठ / नौ नौ
five / double zero / eight / one two
[aadhaar_number]
it is 5544 / 3322 / 1100
पाँच छह सात आठ / नौ शून्य एक दो / तीन चार पाँच छह
sixty one / twenty two / 33 44 / 55 / 66
nine zero one two / three four / five six / seven eight nine zero
8899 / 7766 / 5544
aadhaar is / seven seven eight eight / one two one two / three four five six
[card_number]
five two four one / eight one / double zero / 7766 / 5544
4 5 3 9 / 1 2 3 4 / 5678 / 9 0 1 2
[account_number]
it's five zero one / zero zero / double four / 7 8 9
it starts with / 0 0 2 / 4 5 6 7 / 8 9 0 1
3 0 / 4 5 6 / 7 8 / 9 9 0 1
[pan_number]
B N Z / P M / 2 5 0 1 / F
bnzpm / 2501 f
C for cat / D F / P S / one nine double zero / K
CDFPS / 1900 / K
A A / P F U / 9 5 / 4 2 / J
[ifsc_code]
I C I C / zero / zero zero one / two three four
utib / 0 / 000 123
K K B K / triple zero / zero five / nine one
P U N B / 0 4 / 5 6 7 / 8 0
axis wala / U T I B / 0 0 0 / 2 3 4 5
[vehicle_number]
T N / zero nine / B C / four five six seven
gj 05 / hb / 9 0 9 0
KL seven / C D / double one two two
U P / 32 / E F / 56 / 78
HR 26 / D K / 8 3 3 7
delhi wala number hai D L / 8 C / A F / 5 0 3 0
[pnr]
eight six five / two one four / three three / nine zero
[reference_number]
it is R F / 7 7 / 2 1 9
booking ID is / B K / 4 5 5
ticket number / T / 1 0 / 9 8 7
INC / 0 0 / 4 5 6 7
complaint number is / C M / 3 3 / 0 9
[amount]
around / fifteen / thousand rupees
one lakh / twenty five thousand / rupees
pachaas hazaar / paanch sau / rupaye
डेढ़ / लाख रुपये
about two point / five lakhs
saade / saat sau rupaye
three crore / forty lakhs
मेरा बजट है / बीस / हज़ार
rupees / twelve hundred
minimum five hundred / and maximum / two thousand rupees
ninety nine / rupees
seven hundred and / fifty
up to / thirty / thousand
paanch / lakh / tak
उन्नीस सौ / पचास / रुपये
between one and / two lakhs
nearly / six hundred / and forty rupees
three thousand / four hundred / and twenty
सवा / लाख
ek hazaar / do sau / rupaye
not more than / ten thousand
twenty / twenty five thousand
maximum / das / lakh
minimum / two lakh / seventy five thousand
kareeb / chaalees / hazaar rupaye
just / four hundred / rupees
एक लाख / पचास हज़ार / रुपये
fifteen / point five / lakhs
[date]
the twenty / second of / july
third / of next month
born on the fourth / of july / nineteen ninety / two
12 / march / 1985
do / october
पच्चीस / दिसंबर / उन्नीस सौ / नब्बे
saturday / the fourteenth
it's on the / first of / june
kal / ya parso
next / wednesday
monday ko nahi / tuesday ko
twenty sixth / january / two thousand / one
april / the ninth
mangalwar ko
this coming / friday
aaj se / do din baad
on the / eleventh
eleventh / november
my birthday is / on the sixth of / february / two thousand / and three
14 / 02 / 1991
teen / march / do hazaar / paanch
agle / mangalwar
the week / after next
this / sunday
third / week of / may
सात / जून / उन्नीस सौ / अट्ठासी
first of / april
from monday / to wednesday
july / four / nineteen / sixty eight
parso / subah
twenty second / of / august
on / monday / the sixth
मेरा जन्मदिन है / दस / मई / उन्नीस सौ / पचासी
fourth / jan / nineteen seventy / six
agle mahine / ki / paanch tareekh
coming / thursday
is / shanivar ko
march the / third
[time]
around / six / thirty
quarter / past / nine
between / two and / four pm
subah / nau baje
शाम को / साढ़े / छह बजे
after / five thirty
ten / fifteen / am
dopahar ke baad
anytime after / lunch
half / past eight
eleven / forty five
at / half past / three
five / to seven
in the / evening / around six
das baje ke / baad
रात को / आठ बजे
seven / in the morning
savere / saade / saat baje
quarter to / eleven
around / ten thirty / in the morning
dopahar / do baje
kal / subah / gyarah baje ke baad
between five / and six
[email]
it's sunita / dot / rao / at / gmail / dot com
s u n i t a / underscore / nineteen / at the rate / yahoo / dot / co dot in
info / at the rate / my company / dot / in
मेरा ईमेल है / विकास / डॉट शर्मा / एट द रेट / जीमेल / डॉट कॉम
anil kumar / 1 9 8 4 / at rediffmail / dot com
it is a for apple / k for kite / at hotmail / dot com
rajesh at / infotech / dot / co / dot in
email hai / pooja / 99 / at the rate gmail dot com
first name / dot last name / at outlook dot com
contact / hyphen us / at / abc / dot org
mera email / deepa / dot / iyer / at / yahoo / dot / com
p r a / sad / at the rate / gmail dot / com
support / at / exa mple / dot / co / dot / in
सुनील / अंडरस्कोर / बारह / एट द रेट / आउटलुक / डॉट कॉम
it's my name / manoj / dot / nair / five five / at gmail / dot com
all small / t i n a / at / rediff / dot / com
office at / the rate / zen / dash tech / dot io
mail id is / sana / dot / khan / at the rate / hotmail / dot com
ravi / dash / verma / at / tcs / dot / co / dot in
नेहा / डॉट / सिंह / ऐट / याहू / डॉट / को डॉट इन
r o h i t / 1 2 3 / at gmail / dot com
billing at / acme / dot / net
[spelling]
v / i / k / r a m
it's spelled / k r i / s h / n a
d for delhi / e for egg / e for egg / p for paper / a for apple / k for king
सी एच / ए एन / डी ए एन
double e / t a
it's nair / n a / i r
agarwal a g / a r / w a l
capital j / o / s e / p h
s / u / n i / l
it's p / a t / e l
f for father / a for apple / r for rat / a for apple / h for hotel
gupta / g u / p t / a
z a / i n / a b
एम / ओ / एच / ए एन
double l / o / y d
it's a / m / i t
p for pune / r for rani / i for india / t for tiger / i for india
nisha / n i / s h / a
सुमित / एस यू / एम आई / टी
[name]
my name is / venkat / raghavan
mera naam / suresh / hai
this is / doctor / anand
I am / lakshmi
मेरा नाम / आरती है
mrs / fernandes
it's harpreet / singh
name is / imran
myself / ramesh / kumar
I'm / shalini
it's miss / d'souza
मैं / अमित / बोल रहा हूँ
naam hai / farhan / qureshi
first name / is joseph
I'm / doctor / mehra
this is / mrs / kapoor / speaking
mera shubh naam / gaurav / hai
[address]
house number / forty two / third cross / indira nagar / bangalore
C 14 / second floor / lajpat nagar / delhi / 110024
near / the post office / karol bagh
मकान नंबर / सत्ताईस / गली नंबर / चार / लक्ष्मी नगर
flat / B 203 / sunrise apartments / opposite / city mall / pune / 411 014
it's 7 / park street / kolkata
plot / number / 88 / sector / 21 / gurgaon
shop no / 5 / gandhi market / behind / the bus stand
hamara ghar / station ke paas / hai
block / C / green valley society
door number / 18 / fourth main / jayanagar
221 / baker lane / near / hanuman temple / nashik
I live in / sector 14 / rohini / delhi
village / rampur / post office / sohna / district / gurgaon
फ्लैट नंबर / तीन सौ दो / शांति अपार्टमेंट / अंधेरी / मुंबई
behind / apollo hospital / greams road / chennai / six double zero / double zero six
ghar ka number / 54 / gandhi / colony
plot 9 / phase / two / hitech city
house no / 9 / lane / 3 / koregaon park
flat 1204 / tower / B / prestige apartments / whitefield / bangalore / 560066
गली नंबर / पाँच / शास्त्री नगर / मेरठ
opposite / the old / bus stand / salem
post office ke / peechhe / ward number / 7
[yes_no]
yes / that's right
no / I want to change it
haan / theek hai
nahi / woh galat hai
yes / but not today
जी / बिल्कुल
no / it is not
yeah / go ahead
haan ji / bilkul
no / not really
yes / please do
जी नहीं / धन्यवाद
okay / sure
[quantity]
we are / four adults / and two children
teen / log hain
just / one
around / twenty five / people
do bade / aur ek baccha
six / people
हम / पाँच लोग हैं
two / maybe three
do / ya teen
[open]
I want to / know about / my loan status
I'm calling / because my / card is not working
actually / I had booked a / ticket yesterday / and I need to / cancel it
mujhe / apna address / change karwana hai
मुझे / अपने बेटे के लिए / अपॉइंटमेंट चाहिए
meri / delivery / abhi tak nahi aayi
main / kal ke liye / booking karna chahta hoon
can you / please tell me / what the charges are
I was told that / the technician will / come today
where is / my / order
how much / does it cost to / send it to / mumbai
what if / I don't / pay on time
kya aap / mujhe bata sakte hain / ki balance kitna hai
if the doctor is not / there / then I'll come later
जब मैंने / कल फोन किया था / तो उन्होंने मना कर दिया
agar / aaj possible nahi hai / to kal kar dijiye
I think / there is some / problem with the / internet
well / I would say / it was okay
let me see / I think it was / last tuesday
I have been waiting / for / two hours
what documents / do I need to / bring with me
who do I / speak to
the person I talked to / said it is / free
is there any / discount on / this plan
do you have / any rooms / for tonight
mera order / kahan hai
आपका ऑफिस / कितने बजे / खुलता है
bijli / nahi aa rahi hai / subah se
my / father wants to / open an account
I don't understand / what you are / talking about
could you / repeat / that
sorry / I didn't / get that
please / connect me to / an agent
I lost / my / debit card
mera card / kho gaya hai
refund / kab tak / aayega
yeh kis / ke baare mein / hai
I need it / by / tomorrow evening
send it to / my / office address
it's not / working
my internet is / very / slow
I want a / bigger / room
actually no / I'll / do it later
मैं / आपसे / बाद में बात करूँगा
mujhe hindi mein / baat karni hai
what is the / last date for / payment
we are looking for / a two bedroom / flat
because / nobody / called me back
that is all I / wanted to know
I already / paid the / bill
aap log / kya karte ho
मेरी / गाड़ी खराब हो गई है
paani / ki problem hai
haan main / theek hoon
how long will / it / take
which bank is / it with
he told me to / call you
you can / call me after / six
thanks / bye
I'm interested in / the / gold plan
no / that's fine
I would prefer / monday
it depends on / the price
can I speak to / someone in / billing
whose number is / this
did you get / my message
as I said / I am not / interested
either monday or / tuesday
maybe / next week
मुझे / नहीं चाहिए
kitna / time lagega
kal / dopahar ko
bas / ek baar / check kar lijiye
I would like to / know if / you have / any openings
my son / has a / fever / since yesterday
mujhe / ye jaanna tha ki / mera refund / kab aayega
could I / please / get a / callback
there is / a mistake / in my bill
मेरे / बिजली का बिल / बहुत ज़्यादा आया है
humein / ek / naya connection / chahiye
what's the / difference between / the two plans
I don't know / how to / do that
when can I / come to / collect it
main aapse / kuch / poochna chahti hoon
so basically / what happened was / the driver / never came
the app / keeps / crashing when I / open it
if it's / possible / I want to / change the date
agar / doctor sahab / free hain to / aaj hi aa jaate hain
क्या आप / हिंदी में / बात कर सकते हैं
is it / open on / sundays
do I have to / pay for / the delivery
she said / that I should / speak to you
I need to / talk to / somebody from / the sales team
who is / the manager / there
which one / is better / for me
no I / already / did that
it was / delivered to / the wrong address
mera / net / nahi chal raha
yeh / kitne / ka hai
aapka / address / kya hai
मुझे / थोड़ा / टाइम दीजिए
maine / kal hi / payment kar diya tha
not that / one
for my / mother
about the / insurance / policy
the blue / one
whatever / you think is best
I can't / hear you / properly
sorry what / did you say
can you / speak a little / slowly
hello / can you / hear me
I am / calling from / hyderabad
aap / mujhe / kal call kijiye
jo / sabse sasta ho / woh de dijiye
I'm not sure / but I think / it's the second one
we moved to / a new / house
please don't / call me / again
jab tak / aap nahi bataenge / main wait karunga
doctor sharma / se milna hai
paise / wapas chahiye
bahut / der ho gayi
one more / thing
what else / do you need
you have / my number
let me know / when / it is ready
how can I / reach / you
is that / the price with / tax
what's that / for
that's the one / I was looking at
none of / them
I was / at the / hospital
because of / the rain / I couldn't come
although / it's late / I'd like to try
that would be / great
theek hai / main sochta hoon
achha / to phir / kal milte hain
are you / a / robot
I need some / information about / your / home loans
my wife / has been / trying to / reach you
do you guys / have / parking
what would be / the total / for that
mujhe / pichle mahine ka / bill / chahiye
मुझे / अपना / पता बदलवाना है
kya mera / order / nikal gaya
aapne / kaha tha / ki kal tak / aa jayega
if there's / a delay / will you / inform me
I was / just / wondering whether / you could / help
the thing is / I'm travelling / until / thursday
it was supposed to / arrive / on friday
who was / the person / I was / speaking with
what else / should I / bring along
my card got / stuck in / the machine
I'd like / to / speak with / someone else
nahi / mujhe / woh wala / nahi chahiye
doctor ne / mujhe / blood test / karwane ko kaha hai
we have / a booking / under the name / of sharma
isn't there / a cheaper / option
it says / that my / payment / failed
bhaiya / zara / dekh ke / bataiye
agar / mil jaye / to / achha rahega
jab / aap log / kholte ho / tab bata dena
humne / do din pehle / hi / complain ki thi
can I come / at / a different / time
how do you / spell / that
tell him / that I / called
yes but / only if / it's free
no / because I'm / out of town
[phone_number]
right it's / seven eight / nine nine / zero one / two double three / six
98 / double 0 / 4 / 5 1 2 / 6 0
नंबर है / नौ शून्य / सात सात / एक दो तीन / चार पाँच छह
mera doosra number / aath chaar / ek ek / nau nau / do teen / paanch chaar
just a sec / 6 2 8 / 1 9 0 / 4 4 3 3
[pin_code]
pincode / four one one / zero / five seven
[otp]
code aaya hai / teen / saat / paanch / nau
[aadhaar_number]
5 6 7 8 / 9 0 1 2 / 3 4 / 5 6
[account_number]
one eight / double two / 0 0 3 / 4 5 6
[pan_number]
D as in delhi / K L / P M / three three / zero one / Q
[vehicle_number]
R J / fourteen / C P / 8 8 1 2
[reference_number]
A W B / 4 4 7 / 8 2
[amount]
close to / ninety / thousand
saat sau / pachaas / rupaye only
do crore / bees lakh
five hundred and / twenty rupees
लगभग / तीन / लाख
[date]
seventeenth / september / two thousand / twelve
wednesday / ya thursday
birth date is / 9 / november / 1979
इक्कीस / मार्च को
day after / tomorrow
in the / second week
[time]
eight / fifty
शाम / सात बजे
half / past / four
any time / before / noon
[email]
geeta / dot / nair / seven / at / yahoo / dot / in
mail is / a / dot / kulkarni / at the rate / wipro / dot com
अजय / डॉट / वर्मा / एट / आउटलुक / डॉट / कॉम
hr / at / zenith / dash / labs / dot / co / dot in
[spelling]
g / o / u / t / h a m
rekha / r e / k / h a
n for nagpur / e for elephant / h for hyderabad / a for agra
इरफान / आई आर / एफ ए / एन
[name]
name / is / sandeep / reddy
हाँ मैं / नेहा / बोल रही हूँ
miss / thomas
[address]
third floor / above / sbi bank / station road / thane
sector / 45 / house number / 1120 / chandigarh / 160047
मकान / नंबर / बारह / गांधी नगर / जयपुर
near / big bazaar / hinjewadi / phase / one
[open]
I'd like to / find out / if you / deliver to / whitefield
my order / was supposed to / come / yesterday
there seems to be / an issue / with my bill
can we / reschedule / for another / day
main / do ghante se / wait kar raha hoon
mujhe / apne / account ka / balance jaanna hai
kya aapke paas / koi / offer hai
मेरे पति को / बुखार है
मेरा / फोन / चोरी हो गया
what happens / if I / miss an / EMI
I've been / a customer / since / 2015
you people / never / pick up
who do I / complain to
this is regarding / my / gas connection
isko / kaise / band karein
agar main / aaj pay kar doon / to kya / late fee lagegi
jab se / naya phone liya hai / tab se / problem hai
the agent said / he would / call me / back
which / plan / is cheaper
I don't / want / it any more
are there any / charges / for that
that's not / what I / asked for
could you tell me / where / the nearest / branch is
we were / told to / wait
unless / it's urgent / I'll come / next week
please / ask him / to call me
haan / wahi / chahiye
"""


def _sentences() -> list[tuple[str, list[str]]]:
    """The kind that was asked for, and the pieces."""
    sentences, kind = [], ""
    for line in filter(None, map(str.strip, _TEXT.splitlines())):
        if line.startswith("["):
            kind = line.strip("[]")
        else:
            sentences.append((kind, line.split(" / ")))
    return sentences


IN_PIECES = _sentences()
