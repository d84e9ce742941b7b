"""English text normalization: what a clinic's, bank's or courier's bot writes, as it is said."""

import pytest

from shared.languages.normalization.normalizer import normalizer_for

MONEY = {
    "Your bill is ₹1,250.50.": (
        "Your bill is one thousand two hundred and fifty rupees and fifty paise."
    ),
    "Pay Rs. 500 now": "Pay five hundred rupees now",
    "Rs.500.": "five hundred rupees.",
    "a loan of Rs 1.5 lakh": "a loan of one point five lakh rupees",
    "INR 2,00,000": "two lakh rupees",
    "₹2.5 Cr": "two point five crore rupees",
    "₹50k": "fifty thousand rupees",
    "₹1 or ₹0.50 or ₹1.00": "one rupee or fifty paise or one rupee",
    "₹500-700": "five hundred to seven hundred rupees",
    "₹5,00,000–₹10,00,000": "five lakh to ten lakh rupees",
    "Rs. 1,000/- only": "one thousand rupees only",
    "500/- per visit": "five hundred rupees per visit",
    "₹80/kg": "eighty rupees per kilogram",
    "₹999/month": "nine hundred and ninety-nine rupees per month",
    "a fee of -₹500": "a fee of minus five hundred rupees",
    "125000 rupees": "one lakh twenty-five thousand rupees",
    "$20 or US$1.5 million": "twenty dollars or one point five million dollars",
    "£1.01": "one pound and one penny",
    "₹5 lakh 20 thousand": "five lakh twenty thousand rupees",
    "Rs. 5 lakh and 20 thousand only": "five lakh twenty thousand rupees only",
    "₹1 crore 25 lakh 50 thousand/year": (
        "one crore twenty-five lakh fifty thousand rupees per year"
    ),
    "₹20 thousand 500": "twenty thousand five hundred rupees",
    "5 lakh 20 thousand INR": "five lakh twenty thousand rupees",
    "5 lakh 20 thousand rupees": "five lakh twenty thousand rupees",
    "₹5 lakh 20 hazaar": "five lakh twenty hazaar rupees",
    "-₹5 lakh 20 thousand": "minus five lakh twenty thousand rupees",
    "₹5 lakh 50 people": "five lakh rupees fifty people",
    "₹5 lakh 20 lakh": "five lakh rupees twenty lakh",
    "5.2 lakh rupees, 2.5k": "five point two lakh rupees, two point five thousand",
    "₹5 lakh - ₹6 lakh": "five to six lakh rupees",
    "₹50 thousand-1 lakh": "fifty thousand to one lakh rupees",
    "₹5L or $1.5M": "five lakh rupees or one point five million dollars",
    "₹1 lakh 25,000": "one lakh twenty-five thousand rupees",
    "Rs. 1 lakh 25000 only": "one lakh twenty-five thousand rupees only",
    "₹1 lakh 5,000": "one lakh five thousand rupees",
    "₹2 crore 50,00,000": "two crore fifty lakh rupees",
    "₹5 lakh and 3 gifts": "five lakh rupees and three gifts",
    "₹1 lakh 2.5 times": "one lakh rupees two point five times",
    "₹2,499/mo or ₹1.2L/yr": (
        "two thousand four hundred and ninety-nine rupees per month"
        " or one point two lakh rupees per year"
    ),
    "Rs. 2 Cr 50 L": "two crore fifty lakh rupees",
    "₹500 p.m. only, at 5 pm": "five hundred rupees per month only, at five P M",
    "₹10,000+ a year": "ten thousand rupees plus a year",
    "₹99+GST": "ninety-nine rupees plus GST",
    "Fees Rs.500": "Fees five hundred rupees",
    "aapke Rs.500 lagenge": "aapke five hundred rupees lagenge",
    "₹500\u2014700": "five hundred to seven hundred rupees",
    "1,23,45,678": (
        "one crore twenty-three lakh forty-five thousand six hundred and seventy-eight"
    ),
}

NUMBERS = {
    "There are 3 doctors and 1234 patients": (
        "There are three doctors and one thousand two hundred and thirty-four patients"
    ),
    "100000 users": "one lakh users",
    "98.6": "ninety-eight point six",
    "0.05": "zero point zero five",
    "18% GST, 12.5 % off, 10-12%": (
        "eighteen percent GST, twelve point five percent off, ten to twelve percent"
    ),
    "your 3rd visit, the 21st": "your third visit, the twenty-first",
    "3–5 days, 10 - 12 weeks": "three to five days, ten to twelve weeks",
    "5+ years": "five plus years",
    "-5°C": "minus five degrees Celsius",
    "1 km, 5 km, 2.5kg, 500 ml": (
        "one kilometre, five kilometres, two point five kilograms, five hundred millilitres"
    ),
    "2 GB/day": "two gigabytes per day",
    "pressure 120/80": "pressure one hundred and twenty by eighty",
    "1/2 a tablet": "half a tablet",
    "open 24/7": "open twenty-four seven",
    "2*3": "two times three",
    "5+3=8, 2x+3=7": "five plus three equals eight, 2x plus three equals seven",
    "10^3, C++": "ten to the power three, C++",
    "10,20,30": "ten,twenty,thirty",
}

DATES = {
    "on 2026-11-20": "on twentieth November twenty twenty-six",
    "20-Nov-26, 20/Nov/2026": (
        "twentieth November twenty twenty-six, twentieth November twenty twenty-six"
    ),
    "on 12/11/2026": "on twelfth November twenty twenty-six",
    "on 01-02-26": "on first February twenty twenty-six",
    "on 31.12.2026.": "on thirty-first December twenty twenty-six.",
    "by 11/20/2026": "by twentieth November twenty twenty-six",
    "20 Nov 2026": "twentieth November twenty twenty-six",
    "on 29 Feb.": "on twenty-ninth February.",
    "05-Nov-2026": "fifth November twenty twenty-six",
    "Nov 20, 2026": "November twentieth, twenty twenty-six",
    "20-22 November": "twentieth to twenty-second November",
    "the 5th of May": "the fifth May",
    "Nov 2026": "November twenty twenty-six",
    "in 2005, since 1999": "in two thousand and five, since nineteen ninety-nine",
    "FY 2025-26": "FY twenty twenty-five to twenty-six",
    "Fri, 20 Nov": "Friday, twentieth November",
    "on 12/11": "on twelfth November",
    "on 2/3, by 9/12": "on second March, by ninth December",
    "from 12/11 to 15/11": "from twelfth November to fifteenth November",
    "2/3, 3/3 aur 4/3 ko": "second March, third March aur fourth March ko",
    "12/11-15/11": "twelfth November to fifteenth November",
    "Fri 9/10 at 5 pm": "Friday ninth October at five P M",
    "kal 12/11 ko": "kal twelfth November ko",
    "9/12 ko, 5/8 tak": "ninth December ko, fifth August tak",
    "05/11": "fifth November",
    "on 11/20": "on twentieth November",
    "valid till 1/2": "valid till first February",
    "2/3 of patients, 3/4 cup": "two by three of patients, three quarters cup",
    "rated 12/10, BP 12/8": "rated twelve by ten, BP twelve by eight",
    "house no. 12/3": "house number twelve by three",
    "12/3 MG Road": "twelve by three MG Road",
    "open on 24/7": "open on twenty-four seven",
}

TIMES = {
    "Timings: 9.30 to 6.30, Monday to Saturday": (
        "Timings: nine thirty to six thirty, Monday to Saturday"
    ),
    "Timing 9.30 se 6.30 hai": "Timing nine thirty se six thirty hai",
    "Subah 10.30 baje": "Subah ten thirty baje",
    "Your slot is at 10.30 on Monday.": "Your slot is at ten thirty on Monday.",
    "at 8.50% or at 2.30 km": (
        "at eight point five zero percent or at two point three zero kilometres"
    ),
    "pay 10.30 to 11.30 rupees": ("pay ten point three zero to eleven point three zero rupees"),
    "at 10:30 am": "at ten thirty A M",
    "at 18:00": "at six P M",
    "9:05": "nine oh five",
    "10:00": "ten o'clock",
    "12:00 pm and 00:30": "twelve P M and twelve thirty A M",
    "9AM": "nine A M",
    "at 10.30 am": "at ten thirty A M",
    "10 a.m.–7 p.m.": "ten A M to seven P M.",
    "10-11 am": "ten to eleven A M",
    "7:00-8:00 PM": "seven to eight P M",
    "Come at 10 a.m. Bring it by 7 p.m.": "Come at ten A M. Bring it by seven P M.",
    "Mon-Sat, 10 am to 7 pm": "Monday to Saturday, ten A M to seven P M",
    "Mon\u2013Sat 10-7": "Monday to Saturday ten to seven",
    "Mon \u2013 Fri 9.30-6.30": "Monday to Friday nine thirty to six thirty",
    "MON-SAT 10:30-7": "Monday to Saturday ten thirty to seven o'clock",
    "Mon, Wed & Fri 10-1": "Monday, Wednesday and Friday ten to one",
    "Tue/Thu 5-8": "Tuesday, Thursday five to eight",
    "Mon se Sat 10-7 baje": "Monday se Saturday ten to seven baje",
    "Sun: closed, Sat only": "Sunday: closed, Saturday only",
    "Open Mon-Sat. Come": "Open Monday to Saturday. Come",
    "open 9-9": "open nine to nine",
    "won 3-2": "won three-two",
}

DIGITS = {
    "call 98450XXXXX": "call nine eight four five zero",
    "Your OTP for login is 4821.": "Your OTP for login is four eight two one.",
    "PNR 245-1234567": "PNR two four five, one two three four, five six seven",
    "+91 98765 43210": "plus nine one, nine eight seven six five, four three two one zero",
    "+919876543210": "plus nine one, nine eight seven six five, four three two one zero",
    "Call 9876543210.": "Call nine eight seven six five, four three two one zero.",
    "098765 43210": "zero, nine eight seven six five, four three two one zero",
    "080-4711 2233": "zero eight zero, four seven one one, two two three three",
    "(080) 4711-2233": "zero eight zero, four seven one one, two two three three",
    "1800 123 4567": "one eight zero zero, one two three, four five six seven",
    "OTP is 482913": "OTP is four eight two, nine one three",
    "Your PIN is 4821": "Your PIN is four eight two one",
    "Bengaluru 560001": "Bengaluru five six zero, zero zero one",
    "order number 4521": "order number four five two one",
    "your order #45213": "your order number four five two one three",
    "order 500 units": "order five hundred units",
    "account ending in 4821": "account ending in four eight two one",
    "SBIN0001234": "SBIN zero zero zero one, two three four",
    "flat B-1204": "flat B-one two zero four",
    "007": "zero zero seven",
    "KA 01 AB 1234": "KA zero one AB one two three four",
    "KA05AM1234, DL-3C-AB-1234": (
        "KA zero five AM one two three four, DL three C AB one two three four"
    ),
    "22 BH 1234 AA": "two two BH one two three four AA",
    "XXXX 1234": "ending in one two three four",
    "account XXXX-XXXX-1234": "account ending in one two three four",
    "ending in XXXX1234": "ending in one two three four",
    "card ****1234, **** **** 4321": (
        "card ending in one two three four, ending in four three two one"
    ),
    "\u2022\u2022\u2022\u2022 1234": "ending in one two three four",
    "98XXXXXX10": "nine eight, ending in one zero",
    "**500 rupees** by **25 November**": "five hundred rupees by twenty-fifth November",
    "pay **1234** rupees": "pay one thousand two hundred and thirty-four rupees",
    "size XXL 40": "size XXL forty",
    "ends with 4321": "ends with four three two one",
    "PAN ABCDE1234F": "PAN ABCDE one two three four F",
    "29ABCDE1234F1Z5": "two nine ABCDE one two three four F one Z five",
    "4821 is your OTP": "four eight two one is your OTP",
    "use 4821 as the code, password: 1000": (
        "use four eight two one as the code, password: one zero zero zero"
    ),
    "OTP is 482 913": "OTP is four eight two, nine one three",
    "5000GB": "five thousand gigabytes",
}

SHORT = {
    "¼ cup, 2¾ hours, w/o GST": "a quarter cup, two and three quarters hours, without GST",
    "9\u202fAM \u2013 5\u202fPM": "nine A M to five P M",  # as some models typeset
    "₹\u202f5\u202flakh, 10\u202f% off": "five lakh rupees, ten percent off",
    "Dr.\u00a0Rao, KA\u202f01\u2009AB\u202f1234": "Doctor Rao, KA zero one AB one two three four",
    "12\u201111\u20112026, 37\u202f℃, № 5": (
        "twelfth November twenty twenty-six, thirty-seven degrees Celsius, number five"
    ),
    "Dr. Sharma, Mr. Rao and Mrs. Iyer": "Doctor Sharma, Mister Rao and Missus Iyer",
    "St. Xavier's": "Saint Xavier's",
    "Church St. Bengaluru": "Church Street Bengaluru",
    "No. 12": "number twelve",
    "tests, e.g. blood, etc.": "tests, for example blood, et cetera.",
    "i.e. today, approx. 20 min": "that is today, approximately twenty minutes",
    "R&D & sales": "R and D and sales",
    "care_team@clinic.co.in": "care underscore team at clinic dot co dot in",
    "ravi@okhdfc": "ravi at okhdfc",
    "https://www.exotel.com/pay?x=1.": "exotel dot com slash pay.",
    "www.1mg.com": "one mg dot com",
    "Press * then #": "Press star then hash",
    "Rs.": "rupees",
    "Dr.Rao, dr. rao and DR. RAO": "Doctor Rao, Doctor rao and Doctor RAO",
    "Mr.Rao, Smt.Devi, Adv. Das": "Mister Rao, Shrimati Devi, Advocate Das",
    "St.Xavier's": "Saint Xavier's",
    "No.12 or approx.20": "number twelve or approximately twenty",
}

FORMULAS = {
    "$E = mc^2$ is true": "E equals mc squared is true",
    "the $x$ axis": "the x axis",
    r"\(a \times b\)": "a times b",
    r"$$\sqrt{16} = 4$$": "the square root of sixteen equals four",
    r"$\frac{x}{3} \leq 5$": "x over three at most five",
    "$20 or $30": "twenty dollars or thirty dollars",
    "$5 to 10$": "five dollars to ten dollars",
}

LISTS = {
    "1. Yes 2. No 3. Maybe": "one: Yes. two: No. three: Maybe",
    "1.Cleaning ₹800 2.Filling": "one: Cleaning, eight hundred rupees. two: Filling",
    "① Cleaning - ₹800 ② Filling": "one: Cleaning, eight hundred rupees. two: Filling",
    "1. Cleaning ₹800. 2. Filling ₹1,200.": (
        "one: Cleaning, eight hundred rupees. two: Filling, one thousand two hundred rupees."
    ),
    "Prices: 1) Cleaning ₹800 2) Fillings": (
        "Prices: one: Cleaning, eight hundred rupees. two: Fillings"
    ),
    "1. Cleaning ₹800\n2. Filling": "one: Cleaning, eight hundred rupees. two: Filling",
    "**1. Cleaning** ₹800\n**2.** Filling": "one: Cleaning, eight hundred rupees. two: Filling",
    "1.Cleaning ₹800. 2.Filling": "one: Cleaning, eight hundred rupees. two: Filling",
    "a. Cleaning\nb) Filling\n(c) Braces": "A: Cleaning. B: Filling. C: Braces",
    "i. Cleaning\nii. Filling": "one: Cleaning. two: Filling",
    "- Cleaning ₹800\n- Filling": "Cleaning, eight hundred rupees. Filling",
    "We offer: \u2022 Cleaning \u2022 Filling": "We offer: Cleaning. Filling",
    "1\ufe0f\u20e3 Cleaning 2\ufe0f\u20e3 Filling": "one: Cleaning. two: Filling",
    "1. Basic 2. Pro": "one: Basic. two: Pro",
    "Take 2. Then call.": "Take two. Then call.",
    "It is Rs. 5. Call No. 6. Done.": "It is five rupees. Call number six. Done.",
    "Your token is: 5. Please wait.": "Your token is: five. Please wait.",
    "A. Sharma waits, option (a) is full": "A. Sharma waits, option (a) is full",
}


@pytest.mark.parametrize(
    ("text", "spoken"),
    (MONEY | NUMBERS | DATES | TIMES | DIGITS | SHORT | FORMULAS | LISTS).items(),
)
async def test_english_normalization_is_as_in_india(text: str, spoken: str) -> None:
    assert await normalizer_for("en-IN")(text, "sentence") == spoken


@pytest.mark.parametrize(
    "text",
    [
        "No. I can't.",
        "May I come in? March on, he/she said.",
        "A4, 5G, B12, H1N1, Section 80C, 2BHK and MP3",
        "Version 2.0.1 at 192.168.1.1",
        "Your PNR is ABC123.",
        "Say 'yes', please... well—fine; it's Rao's (new) e-mail!",
        "ASAP, GST, EMI, OK?",
        "The Sun is hot, he Sat down, we wed.",
    ],
)
async def test_english_normalization_leaves_alone_what_is_no_figure(text: str) -> None:
    assert await normalizer_for("en-IN")(text, "sentence") == text


async def test_us_normalization_counts_in_millions_and_reads_the_month_first() -> None:
    spoken = await normalizer_for("en-US")("$1,250,000 on 12/11/2026", "sentence")
    assert spoken == (
        "one million two hundred and fifty thousand dollars on December eleventh, twenty twenty-six"
    )


async def test_normalization_reads_no_date_that_cannot_be() -> None:
    assert await normalizer_for("en-IN")("on 32.13.2026", "sentence") == "on 32.13.2026"
