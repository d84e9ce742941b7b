"""English words for what is written as a sign or a short form beside a number."""

from shared.languages.normalization.locale import Currency

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

WEB = {".": "dot", "@": "at", "/": "slash", "-": "dash", "_": "underscore", "+": "plus"}

SCALES = {
    "lakh": "lakh",
    "lakhs": "lakh",
    "lac": "lakh",
    "lacs": "lakh",
    "crore": "crore",
    "crores": "crore",
    "cr": "crore",
    "k": "thousand",
    "thousand": "thousand",
    "million": "million",
    "mn": "million",
    "billion": "billion",
    "bn": "billion",
    "hundred": "hundred",
    "hazaar": "hazaar",
    "hazar": "hazaar",
    "karod": "karod",
    "karor": "karod",
}

# The zeros of what these are said as.
ZEROS = {
    **{"hundred": 2, "thousand": 3, "hazaar": 3, "lakh": 5, "million": 6, "crore": 7, "karod": 7},
    "billion": 9,
}

_RUPEE = Currency("rupee", "rupees", "paisa", "paise")
_DOLLAR = Currency("dollar", "dollars", "cent", "cents")
_EURO = Currency("euro", "euros", "cent", "cents")
_POUND = Currency("pound", "pounds", "penny", "pence")
_DIRHAM = Currency("dirham", "dirhams", "fils", "fils")

CURRENCIES = {
    "₹": _RUPEE,
    "rs.": _RUPEE,
    "rs": _RUPEE,
    "inr": _RUPEE,
    "us$": _DOLLAR,
    "usd": _DOLLAR,
    "$": _DOLLAR,
    "eur": _EURO,
    "€": _EURO,
    "gbp": _POUND,
    "£": _POUND,
    "aed": _DIRHAM,
}

UNITS = {
    "km": ("kilometre", "kilometres"),
    "kms": ("kilometre", "kilometres"),
    "m": ("metre", "metres"),
    "cm": ("centimetre", "centimetres"),
    "mm": ("millimetre", "millimetres"),
    "ft": ("foot", "feet"),
    "sq ft": ("square foot", "square feet"),
    "sq. ft.": ("square foot", "square feet"),
    "sqft": ("square foot", "square feet"),
    "sq m": ("square metre", "square metres"),
    "kg": ("kilogram", "kilograms"),
    "kgs": ("kilogram", "kilograms"),
    "g": ("gram", "grams"),
    "gm": ("gram", "grams"),
    "gms": ("gram", "grams"),
    "mg": ("milligram", "milligrams"),
    "mcg": ("microgram", "micrograms"),
    "l": ("litre", "litres"),
    "ltr": ("litre", "litres"),
    "ml": ("millilitre", "millilitres"),
    "mL": ("millilitre", "millilitres"),
    "GB": ("gigabyte", "gigabytes"),
    "MB": ("megabyte", "megabytes"),
    "KB": ("kilobyte", "kilobytes"),
    "TB": ("terabyte", "terabytes"),
    "Mbps": ("megabit per second", "megabits per second"),
    "Gbps": ("gigabit per second", "gigabits per second"),
    "kmph": ("kilometre per hour", "kilometres per hour"),
    "km/h": ("kilometre per hour", "kilometres per hour"),
    "kW": ("kilowatt", "kilowatts"),
    "kWh": ("kilowatt hour", "kilowatt hours"),
    "°C": ("degree Celsius", "degrees Celsius"),
    "° C": ("degree Celsius", "degrees Celsius"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "° F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°": ("degree", "degrees"),
    "hr": ("hour", "hours"),
    "hrs": ("hour", "hours"),
    "min": ("minute", "minutes"),
    "mins": ("minute", "minutes"),
    "sec": ("second", "seconds"),
    "secs": ("second", "seconds"),
    "yr": ("year", "years"),
    "yrs": ("year", "years"),
    "mo": ("month", "months"),
    "mth": ("month", "months"),
    "wk": ("week", "weeks"),
}

# After these, digits are said one by one. `order 500 units` asks for 500; `order 4521` is a name.
NAMING = (
    r"(?i:OTP|PIN|(?:PIN ?)?code|passcode|password|CVV|numbers?|no\.|id|token|extension|ext\."
    r"|digits|ending|ends|dial|helpline)"
    r"|(?i:order|booking|ticket|invoice|complaint|account|policy|docket|bill|card|PNR|ref|reference)"
    r"(?=[ ][0-9]{4}|[ ][0-9]{3}-[0-9]{3})(?![ ][0-9]+00(?![0-9]))"
)

# Before these, digits count something however many they are.
COUNTED = r"(?:rupees?|paise|paisa|dollars?|people|customers?|users?|points?|steps|units)(?![a-z])"

# What is said for the signs of a formula.
FORMULA = {
    "²": "squared",
    "³": "cubed",
    "^": "to the power",
    "√": "the square root of",
    "±": "plus or minus",
    "≈": "about",
    "≤": "at most",
    "≥": "at least",
    "≠": "is not",
    "<": "less than",
    ">": "more than",
    "÷": "divided by",
    "=": "equals",
    "+": "plus",
    "-": "minus",
    "/": "over",
    "×": "times",
    "*": "times",
    "%": "percent",
}
