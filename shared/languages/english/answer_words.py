"""English words that answers of a known kind are made of, as they are said in India."""

from shared.languages.answers.word_lists import AnswerWords
from shared.languages.english.answer_questions import ANSWER_QUESTIONS
from shared.languages.english.cities import CITIES
from shared.languages.english.names import NAMES
from shared.languages.english.vocabulary import MONTHS, WEEKDAYS, ZEROS
from shared.languages.word_lists import words

_ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
    thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    thirtieth"""

ANSWER_WORDS = AnswerWords(
    kinds={
        "email": (
            "e ?-?mails?(?: ?(?:id|address))?",
            "mail (?:id|address)",
            "upi(?: ?(?:id|address))?",
            "where (?:should|shall|can|do|may) (?:we|i) (?:e ?-?)?mail",
        ),
        "pan_number": ("pan(?: card)?(?: (?:number|no))?",),
        "ifsc_code": ("ifsc(?: ?code)?", "i f s c(?: code)?"),
        "passport_number": ("passport(?: (?:number|no))?",),
        "voter_id": ("voter(?:'s)?(?: id)?(?: card)?(?: (?:number|no))?", "epic (?:number|no)"),
        "gstin": ("gst(?:in| in)?(?: (?:number|no))?",),
        "vehicle_number": (
            "(?:vehicle|car|bike|scooter|truck|auto)(?:'s)?(?: registration)? (?:number|no)",
            "registration number of (?:your|the|my) (?:vehicle|car|bike|scooter|truck)",
            "(?:number|licen[cs]e) plate",
        ),
        "spelling": ("spell(?:ing|ed)?", "letter by letter"),
        "amount": (
            "(?:what|which|your|my)(?: \\S+){0,2} (?:salary|income|price)",
            "budget",
            "how much (?:money|would|do|did|can|should|have)",
        ),
        "address": (
            "(?<!e-mail )(?<!email )(?<!mail )(?:address|landmark)",
            "where (?:do you live|should (?:we|i) (?:deliver|send))",
        ),
        "date": (
            "(?:which|what) (?:day|date|dates)",
            "(?<!, )when (?:would|do|should|can|shall|is|was|were|will)",
        ),
        "time": ("(?:which|what) (?:time|slot)", "what hour"),
        "name": (
            "(?:your|full|good|first|last|father's|mother's|my|patient's|customer's) name",
            "sur ?name",
            "the name (?:for|on|of)",
            "names? of",
            "name (?:please|is)",
            "(?:who|whom) (?:am i|is|are we) (?:speaking|talking)(?: (?:to|with))?",
        ),
    },
    asked=ANSWER_QUESTIONS,
    codes=("number|numbers|no|code|id",),
    births=("birth", "dob", "born", "birthday", "birthdate"),
    tags=(
        "(?:is|does) (?:that|it|this) (?:okay|ok|correct|right|fine|work(?: for you)?)",
        "(?:right|correct|okay|ok|yes|isn't it)",
    ),
    polar=(
        "(?:can|may|could) (?:i|we)"
        "(?! (?:please |just |also |kindly )?(?:have|know|get|ask|take|confirm|note))",
    ),
    requests=(
        "do you (?:have|know|remember) (?:\\S+ ){0,5}"
        "(?:number|code|otp|pnr|id|e ?-?mail|address|name|date of birth)",
    ),
    statements=("(?:i|we|someone|you|they)(?:'ll| will)(?! (?:also |just )?(?:need|require))",),
    polar_ends=("will you be \\S+(?: \\S+)?",),
    choices=("or",),
    negatives=words("no nope nah not never"),
    polite=words("please sir madam ma'am maam mam dear ji bro boss miss kindly"),
    hesitations=words(
        """um uh umm uhh er erm hm hmm hmmm mm mmm ah oh so well actually basically like see and ok
        okay right look listen maybe perhaps"""
    ),
    greetings=words("hello hi hey"),
    holds=(
        "let me (?:just )?(?:see|check|think|look|find it|find out|confirm|recall|remember)",
        "(?:just |only )?(?:one|a|1) (?:sec|second|minute|min|moment)(?: only)?",
        "(?:just )?(?:hold|hang) on",
        "(?:give|gimme)(?: me)? (?:a|one) (?:sec|second|minute|min|moment)",
        "(?:yes |ok |okay |please |just |kindly )*wait",
        "(?:what was it|how do i say|how to say|what do you call it|what to say)",
        "i (?:am|was) (?:just )?(?:thinking|checking|looking|searching)",
        "i(?:'m| will|'ll) (?:just )?(?:check|checking|look|see|tell you)",
        "where did i (?:put|keep) it",
        "(?:you can )?(?:please )?(?:note|write|take)(?: (?:it|this))?(?: down)?",
    ),
    closings=(
        "thank you(?: (?:so|very) much)?|thanks(?: a lot)?",
        "(?:good ?)?bye(?: bye)?",
        "that(?:'s| is| will be|'ll be) (?:it|all|everything)(?: for now)?",
        "that(?:'s| is) (?:my|the) (?:number|name|address|email|e-mail|e-mail id|email id)",
        "nothing (?:else|more)",
    ),
    inside=words(
        """and then after that next dash hyphen space um uh umm er okay ok again also followed by
        comma slash"""
    ),
    corrections=words("sorry no wait correction rather"),
    after=words("only it's ok okay right correct"),
    plus=words("plus"),
    scales={**ZEROS, "lakhs": 5, "lac": 5, "lacs": 5, "crores": 7, "thousands": 3, "k": 3},
    halves=words("half quarter"),
    points=words("point dot"),
    currencies=words("rupees rupee rs inr bucks dollars dollar paise paisa only percent cr"),
    letters_too={
        **{"a": "a", "i": "i", "o": "o"},
        **{"bee": "b", "be": "b", "see": "c", "sea": "c", "dee": "d", "eff": "f", "gee": "g"},
        **{"eye": "i", "jay": "j", "kay": "k", "el": "l", "ell": "l", "em": "m", "en": "n"},
        **{"oh": "o", "pee": "p", "pea": "p", "queue": "q", "cue": "q", "are": "r", "ar": "r"},
        **{"ess": "s", "tea": "t", "tee": "t", "you": "u", "we": "v", "vee": "v", "ex": "x"},
        **{"why": "y", "zed": "z", "zee": "z", "aitch": "h", "haitch": "h"},
    },
    letter_for=words("for as like in"),
    capitals=words("capital small letter letters uppercase lowercase"),
    at=words("at"),
    at_rate=words("the rate of sign"),
    rates=words("rate"),
    dot=words("dot"),
    address_signs=words("underscore hyphen dash minus"),
    underscores=words("underscore"),
    mail_hosts=words("gmail yahoo hotmail outlook rediffmail rediff icloud protonmail zoho ymail"),
    upi_handles=words("ybl okaxis okhdfcbank oksbi okicici paytm upi ibl axl apl"),
    host_ends=words("com in org net edu gov io info biz nic ai app dev"),
    host_regions=words("co ac gov edu nic"),
    months_too=words("may march mar"),
    area_codes=words("pin code pincode zip postal"),
    months=words(" ".join(MONTHS).lower() + " jan feb mar apr jun jul aug sep sept oct nov dec"),
    weekdays=words(" ".join(WEEKDAYS).lower() + " mon tue tues wed thu thurs fri sat"),
    days=words("today tomorrow yesterday tonight weekend weekday"),
    ordinals=words(_ORDINALS),
    ranges=words("from between minimum maximum"),
    dated=words("date"),
    clock=words("am pm o'clock oclock hours hrs"),
    parts_of_day=words("morning afternoon evening night noon midnight"),
    before_hours=words("past to quarter half"),
    introductions=words("myself name"),
    numbered=words(
        """flat house plot door room shop number no sector block phase wing ward tower street
        lane building floor cross gate unit apartment villa quarter pin pincode code"""
    ),
    localities=words(
        """road street nagar colony layout apartment apartments complex society park market gate
        floor cross main circle chowk garden gardens enclave vihar puram stage extension township
        towers residency"""
    ),
    cities=CITIES,
    names=NAMES,
    beside=words("near opposite behind beside above below opp off"),
    titles=words("mr mrs ms dr doctor mister miss prof professor shri smt"),
    named=words(
        """name number phone mobile contact whatsapp email e-mail mail id address pin code pincode
        otp aadhaar aadhar pan card account ifsc order booking ticket reference policy vehicle date
        birth birthday amount budget age"""
    ),
)
