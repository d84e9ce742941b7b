"""Phrases of machines that answer a call in English."""

from shared.languages.machine_phrases import MachinePhrases

_ASK = "(?:say|state|record|give|tell|announce|provide|leave|speak)(?: me| us)?"
_KEY = "(?:[0-9]|zero|one|two|three|four|five|six|seven|eight|nine|star|hash|pound)"
_MESSAGE = (
    "(?:me |us |him |her |your |a |an |the |brief |short |detailed |voice |name and |number and )"
)
_STATE = (
    "(?:currently |presently |temporarily |now |either )*"
    "(?:switched off|powered off|turned off|not reachable|unreachable|not responding|"
    "not (?:in|within) (?:the )?(?:network |service )?(?:coverage|service|use|area)|"
    "out of (?:the )?(?:network |service )?(?:coverage|order|service|reach)|"
    "disconnected|deactivated|suspended|barred|not valid|invalid|incorrect|not recogni[sz]ed|"
    "unallocated|not in existence)"
)

MACHINE_PHRASES = MachinePhrases(
    screen=(
        "(?:using|uses|has|by|with) (?:a |an )?(?:google )?(?:call )?screening",
        "call (?:screening|assist)|(?:screening|screen|screens) (?:service|assistant|this call|"
        "your call|calls)",
        "call is (?:being )?screened",
        "(?:virtual|digital|automated|ai|phone|call|google|truecaller|personal)s? assistant",
        "(?:bixby|text call|truecaller)",
        "(?:a (?:copy|transcript)|the transcript) of (?:this|the|your) (?:conversation|call)",
        "(?:voice|words|speech|call|conversation) (?:is|are|will be) (?:being )?"
        "(?:converted|transcribed|changed)",
        "(?:doesnt|does not|not) (?:accept|take|taking|accepting) (?:calls from )?"
        "(?:unknown|unidentified|private|anonymous|blocked)",
        "(?:say|state|speak|record) your (?:full )?name (?:after|at) the (?:tone|beep)",
    ),
    name_and_reason=(
        f"if you {_ASK} your name",
        f"{_ASK} your (?:full )?name and (?:the |your )?(?:reason|purpose|why|what|business)",
        f"{_ASK} (?:the |your )?(?:reason|purpose) (?:of|for) (?:your |the |this )?call",
        f"{_ASK} (?:who you are|whos calling|who is calling) and (?:why|what|the reason)",
        "(?:your name|who (?:you are|is calling)|whos calling) (?:and|or) "
        "(?:the |your )?(?:reason|purpose|why|what)",
        f"{_ASK} why (?:youre|you are|you have) call",
    ),
    name=("your (?:full )?name|who (?:you are|is calling)|whos calling",),
    connects=(
        "(?:ill|i will|we will|well|let me|to) (?:see|check|find out|ask) (?:if|whether)",
        "(?:connect|put) you(?: through)?",
        "let (?:them|him|her|the person|this person) know",
    ),
    tone=(
        "(?:leave|record|say|speak|begin|start) .{0,60}(?:after|at|following|when you hear) "
        "the (?:tone|beep|signal)",
        "(?:after|at|following|wait for|until|hear) the (?:tone|beep|signal) .{0,30}"
        "(?:leave|record|say|speak|begin|start|hang)",
        "to the (?:voice ?mail|mail ?box|answering machine) (?:of|for)",
        "(?:forwarded|diverted|transferred|redirected) to (?:an? )?(?:automated |automatic |the |"
        "my )*"
        "(?:voice|answering|mail ?box)",
    ),
    mailbox=(
        f"please (?:\\S+ )?(?:leave|record) {_MESSAGE}*(?:message|voicemail)"
        "(?! (?:with|to|on|in|for (?:him|her|them|me|us)|at the (?:reception|desk|office|gate)))",
        f"^(?:leave|record) {_MESSAGE}*message$",
        "record your (?:message|name and number)",
        "(?:you have|youve) reached (?:the )?(?:voice ?mail|mail ?box|answering|voice messag)",
        "(?:this is|reached) the (?:voice ?mail|mail ?box|answering machine) (?:of|for)",
        "(?:voice ?mail ?box|voice ?mail (?:service|system|box)|(?:the|users|subscribers|"
        "customers) mail ?box is full|mail ?box belonging|"
        "voice messaging (?:system|service))",
        "when you (?:have|are|ve) (?:finished|done)(?: recording| your message)?",
    ),
    recorded=(
        "(?:you have|youve) reached",
        "(?:thank you|thanks) for calling|welcome to",
        f"leave {_MESSAGE}*(?:message|voicemail|voice mail|name|number|details)",
        "voice ?mail",
        "as soon as (?:possible|i can|we can)",
        "(?:our|the) (?:office|clinic|shop|store|business|working|opening) hours",
    ),
    absent=(
        "(?:cant|cannot|unable to|not able to|couldnt|wont be able to) "
        "(?:take|answer|attend|get to|come to|pick up|receive|talk|speak)",
        "(?:is|am|im|are|were|nobody is|no one is) (?:currently |presently )?"
        "(?:not available|unavailable|not here|not at home|away|out of (?:the )?(?:office|town|"
        "station))",
        "(?:no ?one|nobody) is (?:available|here|in)",
        "missed your call",
        "(?:our office is|office is|we are|were) (?:currently |now )?closed",
    ),
    promise=(
        "(?:call|ring|get back to|reach|contact) you (?:back )?"
        "(?:as soon|later|shortly|back|soon|when|within)",
        "(?:call|ring|get) you back|get back to you|return your call",
    ),
    menu=(
        f"(?:for|to|if) (?:\\S+ ){{1,8}}(?:press|dial|enter|select) {_KEY}\\b",
        "(?:please )?(?:choose|select) (?:one of|from|any of) the following",
        "(?:listen (?:carefully )?to|following) (?:the |our )?(?:following )?(?:options|menu)",
        "(?:main|previous) menu",
        "enter (?:your|the) [a-z0-9 ]{0,40}followed by",
        "partys extension|extension number",
    ),
    key=(f"(?:press|dial|enter) {_KEY}\\b",),
    dialled=(
        "the (?:\\S+ )?(?:number|person|subscriber|customer|party|user|mobile|airtel|jio|"
        "vodafone|vi|"
        "bsnl)(?: (?:number|customer|user|subscriber))? (?:that |whom |which )?(?:you\\b|youve|"
        "youre)",
        "the (?:dialled|dialed|called) (?:number|party|subscriber)|number dial(?:l)?ed",
    ),
    unreachable=(
        f"(?:is|are|has been|have been|may be) {_STATE}",
        "(?:does not|doesnt) exist",
        "out of (?:the )?(?:network )?coverage area",
        "incoming (?:call )?(?:facility|service|calls)",
        "(?:cannot|cant|could not|couldnt) be (?:reached|connected|completed)",
    ),
    later=(
        "(?:please )?(?:try|call) (?:again|your call)? ?(?:later|after|in some)",
        "check the number (?:you|and)|check and dial|verify the number",
    ),
    unreachable_only=(
        f"(?:calling|dialled|dialed|called|reach|contact) (?:is|has been) {_STATE}",
        "(?:calling|dialled|dialed|called) (?:does not|doesnt) exist",
        "all (?:the )?(?:circuits|lines|routes) (?:\\S+ ){0,4}(?:are|is) busy",
        "call (?:cannot|can not|could not) be (?:completed|connected)",
        "incoming (?:call )?(?:facility|services?|calls) (?:\\S+ ){0,6}"
        "(?:barred|stopped|not available|restricted|suspended)",
    ),
    hold=(
        "(?:is|are) (?:currently |presently )?(?:busy|on|speaking on|speaking to|speaking with) "
        "(?:on )?(?:another call|someone else|with someone|another line)",
        "(?:please )?(?:stay|hold|remain|be|wait) (?:on )?(?:the )?line",
        "your call (?:has been|is being|will be|is) (?:placed on hold|put on hold|connected|"
        "answered|"
        "forwarded|transferred|important)",
    ),
    wait=(
        "(?:please )?(?:stay|hold|remain|be|wait) (?:on )?(?:the )?line",
        "(?:please )?(?:hold on|hang on|hold|wait|stand by)|(?:just )?(?:a|one) (?:moment|second|"
        "minute)",
        "(?:while|and|as) (?:i|we)(?:ll| will)? (?:try|connect|check|see|transfer|find|ask|get)"
        "(?: \\S+){0,8}",
        "(?:ill|i will|well|we will|im|we are|i am) "
        "(?:see|check|try|trying|connect|connecting|checking|find|notify|notifying|"
        "let)(?: \\S+){0,8}",
        "(?:trying to connect|connecting|transferring)(?: you| your call)?(?: now)?",
    ),
    polite=("thanks?(?: you)?|ok(?:ay)?|please|alright|all right|sure|great|got it|just|now",),
)
