"""English numbers as they are said, and what a bot calls the numbers that it asks for."""

from shared.languages.word_lists import NumberNames, SpokenDigits, words

_NUMBERS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"

SPOKEN_DIGITS = SpokenDigits(
    numbers={word: value for value, word in enumerate(_NUMBERS.split())}
    | {word: value for value, word in zip(range(20, 100, 10), _TENS.split(), strict=True)}
    | {"oh": 0, "nought": 0, "naught": 0, "niner": 9},
    tens=words(_TENS),
    scales={"hundred": 100, "thousand": 1_000},
    times={"double": 2, "triple": 3, "treble": 3},
    # "to" and "for" are what a recogniser writes for 2 and 4.
    ambiguous={"to": "2", "too": "2", "for": "4", "ate": "8", "won": "1", "o": "0", "tree": "3"},
    one=words("one"),
    joins=words("and"),
    fillers=words(
        """my the is it its it's that's are was pin number code password passcode otp digit digits
        mpin ok okay yes yeah yep uh um er so well here sure please sir madam and then have i"""
    ),
    doubts=words(
        """what which why how who where when can could would should do does did don't dont not no
        isn't wrong sorry wait change forgot forget forgotten lost"""
    ),
    asks=words("is was are"),
    ends={"hash": "#", "pound": "#", "star": "*"},
    names_length=words("digit digits figure figures"),
)

_REFERENCES = """
    customer consumer policy order booking reference ticket employee staff roll registration
    application invoice bill member membership loan patient tracking service file case complaint
    request transaction subscriber user meter connection agent student
"""

NUMBER_NAMES = NumberNames(
    kinds={
        "phone": (
            "(?:mobile|phone|telephone|cell|contact|whats ?app|call ?back)(?: phone)? ?"
            "(?:number|no|num)\\S*",
            "(?:mobile|phone|number) on which",
            "number .{0,24}(?:call|reach|contact|ring)(?: you)?(?: back)?(?: on| at)?",
        ),
        "post": ("(?:pin|postal|post|zip|area) ?-?codes?",),
        "otp": (
            "otp|o t p|one[- ]time (?:password|passcode|code|pin)",
            "(?:verification|security|confirmation|activation|access) (?:code|pin)",
            "passcode",
        ),
        "cvv": ("cvv|cvc|c v v",),
        "pin": ("[mt]?[- ]?pin(?: number)?", "password"),
        "aadhaar": ("a+dh?a+r(?: card)?(?: number)?",),
        "card": (
            "(?:debit |credit |atm )?card number",
            "number (?:on|of) (?:the |your )?(?:front of (?:the |your )?)?"
            "(?:debit |credit |atm )?card",
        ),
        "account": ("(?:bank )?account (?:number|no)",),
        "pnr": ("pnr(?: number)?",),
        "reference": (
            rf"(?:{'|'.join(_REFERENCES.split())})(?: reference| id)? ?(?:number|no|id|code)",
        ),
        "number": ("your(?: registered| full| correct)? number(?!, (?!please|sir|ma|and))",),
        "other": ("extension|token|(?:user |login |employee |member )?id|serial|weight|height",),
        "year": ("year(?: of birth)?",),
        "date": ("(?:date of birth|dob|birth ?date|birthday|date|expiry(?: date)?)",),
        "time": ("time",),
        "age": ("age|how old",),
        "rating": ("rating|rate|score|scale",),
        "amount": ("amount|how much|rupees|sum",),
        "quantity": ("how many|quantity|number of \\S+",),
    },
    date_formats={
        r"d ?d[ /-]*m ?m[ /-]*y ?y ?y ?y": (8,),
        r"d ?d[ /-]*m ?m[ /-]*y ?y": (6,),
        r"m ?m[ /-]*y ?y(?: ?y ?y)?|d ?d[ /-]*m ?m": (4, 6),
        r"day,? (?:the )?month,? and (?:the )?year": (6, 8),
    },
)
