"""English questions that ask for an answer of a kind without its name, or in other words."""

_SENT = (
    "(?:you (?:have |'ve )?(?:just )?(?:received|got|get)|did you (?:get|receive)|(?:we|i|that))"
)
_MOBILE = "(?:mobile|phone|cell|cellphone|contact)"
_PLACES = "area|locality|city|town|place|colony|society|district|state"
_WE = "(?:we|i|they|(?:the|our) \\S+)"
_RECORDS = "order|booking|ticket|complaint|policy|consignment|shipment|parcel|reservation"

ANSWER_QUESTIONS = {
    "email": (
        f"where (?:can|should|shall|may|do) {_WE} (?:send|share) .{{0,30}}(?:e ?-?)?mail",
        "(?:which|what) (?:e ?-?)?mail",
        "mail ?id",
    ),
    "phone_number": (
        f"(?:which|registered|alternate|alternative|another|other) {_MOBILE}",
        f"(?<!with )(?<!to )(?<!on )(?<!of )your {_MOBILE}(?=\\W*(?:please\\W*)?$)",
        f"(?:good|best|convenient|alternate|alternative) (?:{_MOBILE} )?number",
    ),
    "pin_code": (
        f"(?:{_PLACES})(?:'s)? pin",
        f"pin (?:of|for) (?:your|the) (?:{_PLACES})",
    ),
    "otp": (
        f"codes? {_SENT}",
        "(?:code|number) (?:in|from|on) (?:the|your|that) (?:text|sms|message|phone)\\S*",
        "(?:sms|text|message) says?",
        "digit code",
        "(?:the|that|what) code",
    ),
    "card_number": ("digits? (?:on|of|from) (?:the|your)(?: \\S+){0,2} card",),
    "reference_number": (f"which (?:{_RECORDS}) (?:is|was) (?:it|this)(?: about)?",),
    "quantity": ("number of (?!(?:your|the) (?:card|vehicle|car|bike))\\S+",),
    "amount": ("(?:what|which) emi",),
    "spelling": ("how (?:is|was) (?:\\S+ ){1,3}spel(?:t|led)",),
    "address": (
        "where (?:do|are|did) you (?:live|stay|staying|living|located|residing|reside|based|from)",
        f"where (?:shall|should|can|do|must|will|may) {_WE} (?:deliver|send|ship|drop|pick|come)",
        f"(?:which|what) (?:{_PLACES}) (?:do|are|is|should|shall)",
        "(?:pick ?-?up|drop|drop ?-?off|delivery|service|exact|current) (?:location|point|place)",
        "where (?:is|'s) (?:your|the) (?:house|home|shop|office)",
        "where you (?:live|stay)",
    ),
    "name": (
        "whose name",
        "who(?:'s| is)? (?:this|calling|speaking|on the line)",
        "who is the (?:patient|passenger|account holder|customer|guest|student)",
        "(?:what|which) name",
        "what (?:should|shall|can|may|do) i call you",
        "\\S+(?:'s|s') name",
        "name(?=\\W*(?:please)?\\W*$)",
    ),
}
