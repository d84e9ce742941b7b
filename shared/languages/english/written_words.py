"""English words around figures and marks in a written text."""

from shared.languages.english.directions import DIRECTIONS
from shared.languages.english.vocabulary import MONTHS, NAMING
from shared.languages.normalization.written_words import WrittenWords

_FIGURE = "(?=[ ]?[#(]?[0-9०-९])"

WRITTEN = WrittenWords(
    months=tuple((name, name[:3], *(["Sept"] if name == "September" else [])) for name in MONTHS),
    weekdays=(
        *("mon(?:day)?", "tue(?:s(?:day)?)?", "wed(?:nesday)?", "thu(?:r(?:s(?:day)?)?)?"),
        *("fri(?:day)?", "sat(?:urday)?", "sun(?:day)?"),
    ),
    weekday_alone=("closed|off|holiday|only|morning|evening|open",),
    to=("to", "till"),
    until=("until",),
    through=("thru|through",),
    and_=("and",),
    or_=("or",),
    dated=("on|dated?|till|until|upto|due|expires",),
    dated_then=("the|is|was",),
    dates=("date|at [0-9]",),
    perhaps_dated=("(?:by|for|from|before|after|since|between)(?: the)?",),
    numbered=(
        "flat|house|door|plot|shop|room|unit|block|ward|survey|h|no|number|page|score[ds]?|bp",
        "rat(?:ed|ing|io)|pressure|section|form|chapter|size|out of",
    ),
    numbered_then=("is|was|no|number",),
    measured=(
        "of|cups?|inch(?:es)?|tablets?|spoons?|stars?|rating|parts?|months?|days?|hours?|extract",
    ),
    streets=("Road|Rd|Street|St|Cross|Main|Nagar|Lane|Layout|Colony|Avenue|Block|Marg|Sector",),
    opens=(
        r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|daily|every ?day|weekdays?"
        r"|weekends?|opens?|timings?|hours|from|between|OPD|slots?)",
    ),
    oclock=("o'clock",),
    at=("at|by|around|until|till",),
    measures=(
        r"(?:[kcm]?m|[km]?g|ml|l|ft|rs|inr|x|cr|pct)\b|per|lakh|crore|million|billion",
        "rupees|dollars|times|points?|degrees|percent|hours|hrs|metres|kilo",
    ),
    results=(
        "won|lost|beat|scored?|lead|led|flat|house|door|plot|shop|room|no|number|section|sector",
        "gate|block|lane|row|seat|tower|wing|phase|table|unit",
    ),
    percent=("percent|pct",),
    naming=(NAMING,),
    code_purpose=("[ ](?:for|to)(?:[ ][a-z]+){1,4}(?=[ ](?:is|are)[ ])",),
    code_is=("is|are|number|no|code|id|ID|in|with",),
    code_verbs=("is|as",),
    possessives=("your|the|my",),
    code_names=("(?i:OTP|one[- ]time|PIN|passcode|password|verification|code)(?![a-z])",),
    last_digits=(r"\bend(?:s|ing)(?: in| with)?|\bdigits?(?: are| is)?",),
    rupees=("Rs|INR",),
    abbreviations=(
        r"(?i:dr|mrs?|ms|prof|smt|shri|sh|kum|adv|er|capt|col|maj|gen|lt|hon|rs|inr|approx|vs|viz"
        r"|st)\.",
        r"(?i:nos?|re|ext|ph|tel|mob|fig|vol|sec|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\."
        + _FIGURE,
        rf"(?i:mon|tues?|wed|thu|fri|sat|sun)\.(?=[ ]?[-\u2013,&]|[ ](?:to|and)\b|{_FIGURE})",
        r"(?i:[ap]\.[ ]?m|e\.g|i\.e|sq|ft|hrs?|mins?)\.(?![ ]+[A-Z]|$)",
    ),
    before_numbers=(
        r"nos?|rs|re|approx|ext|vs|ph|tel|mob|sec|fig|vol|[ap]\.m|jan|feb|mar|apr|jun|jul|aug|sept?",
        "oct|nov|dec|mon|tues?|wed|thu|fri|sat|sun",
    ),
    before_prices=(
        r"\b(?:for|of|at|is|are|was|only|just|costs?|from|to|upto|about|around|plus|and|or|than"
        "|under|below|above|over|pay|paid|by|with|in|on|the|an?|be|get|save|till|per)",
    ),
    choices=("press|dial|enter|keys?|options?|choose|select|button|or",),
    directions=DIRECTIONS,
    roles=(
        "(?:(?:ai|virtual|voice|chat|phone)[ -]?)?(?:assistant|bot)|chatbot|voicebot",
        "(?:ai|virtual|voice) agent|ai",
    ),
    lone_roles=("agent",),
    called=(
        "[Yy]ou are|[Yy]ou're|YOU ARE|[Yy]our name is|[Ii]ts name is|called|named|[Aa]ct as",
        "[Ii] am|[Ii]'m|[Tt]his is|[Nn]ame:",
    ),
    says=("says|said|speaks|replies",),
    no_names=("The|An?|In|On|At|Not|Now|Here|Our|My|For|No",),
    titles=("dr|mr|mrs|ms|prof|smt|shri|st|no|rs|inr|usd",),
    telling=("bp|score|page|flat|house|ai",),
)
