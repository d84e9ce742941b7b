"""What only somebody alive says who answers a call, whatever machines' words they use too."""

from shared.languages.machine_phrases import compiled, normalise

_RELATIVE = (
    "(?:wife|husband|mother|father|mom|mum|dad|son|daughter|brother|sister|uncle|aunt|friend|"
    "cousin|"
    "roommate|flatmate|neighbou?r|colleague|secretary|assistant|boss|manager|driver|maid|nurse|"
    "son in law|daughter in law|mother in law|grandmother|grandfather|grandson|nephew|niece|"
    "partner)"
)
_RELATIVE_HINDI = (
    "(?:पत्नी|बीवी|वाइफ|पति|हस्बैंड|मां|माँ|मम्मी|पिता|पिताजी|पापा|बेटा|बेटे|बेटी|भाई|बहन|दोस्त|"
    "चाचा|चाची|मामा|"
    "साथी|सेक्रेटरी|ड्राइवर|दादी|दादा|नाना|नानी|पडोसी|सहेली|बहू|दामाद)"
)
# They ask the caller something, say who they are to whom, or speak to the caller about themselves.
_ANSWERS = (
    "who (?:is|are|am) (?:this|that|you|i|it|speaking|on)|whos (?:this|that|speaking|there)|"
    "who (?:do|did) you|who you want|who gave you",
    "what (?:do|did|are) you|whats (?:this|that|up|it)|what for|what is (?:it|this|that)|"
    "what should|what number",
    "(?:which|what) (?:company|place|bank|office|one|city)|where (?:are you|is this|you are)|"
    "why (?:are|did|do|you)",
    "how (?:may|can|do) (?:i|we)|(?:may|can|could) i (?:know|ask|help|speak|have)|what can i do",
    "can you (?:hear|tell|call|speak|repeat|say|hold|wait)|do you (?:want|need|have|know|hear)|"
    "would you like|did you|are you (?:a|the|there|calling|from|sure|who)",
    "(?:should|shall|do|can|must|did|have) i (?:have to |need to )?(?:press|dial|call|tell|leave|"
    "give|enter)",
    "i (?:pressed|dialled|already|got your|saw|heard|told)|press what",
    f"(?:i am|im|this is|its|me) (?:\\S+ )?(?:his|her|their|the|\\S+s) {_RELATIVE}|"
    f"(?:my|our|his|her) (?:\\S+ )?{_RELATIVE}",
    "(?:my|his|her) (?:phone|mobile|number|phones)(?! number)(?= (?:is|was|has|got|keeps|stays))",
    "(?:with|tell|ask) me|leave it with|with us here",
    "(?:yes|yeah|yep|\\S+) speaking(?! (?:to|on|with))$|speaking (?:here|please)|this side$",
    "(?:ill|i will) (?:convey|tell|pass|inform|ask)",
    "wrong (?:number|person|call|extension)|you have the wrong",
    "(?:i|we) (?:cant|cannot|dont|didnt|could not) (?:hear|understand|know|have|want|need|get)|"
    "cant hear|hear me|say (?:that )?again|come again|pardon|not interested|stop calling|"
    "leave me alone",
    "hello hello|hello (?:\\S+ ){0,3}hello|yes (?:hello|tell|please|go)|hello yes",
    "कौन|किसने|किससे|कहां से|कहाँ से|क्या (?:काम|बात|चाहिए|हुआ|है|दबा\\S*|बोल\\S*|कह\\S*|आप|करूं|"
    "करना)|क्यों (?:कर|फोन)",
    f"(?:मैं|में|ये|यह) (?:\\S+ ){{0,2}}(?:उनकी|उनका|उनके|उसकी|उसका|इनकी|इनका|"
    f"\\S+) (?:\\S+ )?{_RELATIVE_HINDI}|"
    f"(?:मेरे|मेरी|मेरा|उनकी|उनके|उनका|उसकी|उसका|उसके|हमारे) {_RELATIVE_HINDI}",
    "(?:मेरा|मेरी|हमारा) (?:फोन|मोबाइल|नंबर|नम्बर)",
    "(?:मुझे|मुझको|मुझसे|हमें|हमको) (?:\\S+ ){0,4}(?:बता|बोल|दे|कह|लिख)|दबाऊं|दबाऊँ|दबाना|दबाया",
    "बोल रह[ाीे]|बोलिए|बोलिये|बताइए|बताइये|रॉन्ग नंबर|गलत नंबर|सुनाई नहीं|आवाज नहीं|नहीं चाहिए|समझ नहीं",
    "(?:वो|उनको|उन्हें|उनसे|उसको|उसे|साहब|भैया|मैडम) (?:\\S+ ){0,3}(?:नहीं|बाहर|सो|गए|गये|गई|घर|"
    "ऑफिस|मीटिंग|"
    "बाद|दे|बता|बोल|बात)",
    "kaun|kya (?:kaam|baat|chahiye|hua|dabau|dabana)|main unki|main unka|mere pati|meri patni|"
    "bol raha|bol rahi|boliye|galat number|wo abhi|woh abhi|unka phone|unki wife",
)
# Somebody who is spoken of; they ask to wait; they tell what they do just now.
_TALKS = (
    "he|she|him|her|his|hes|shes",
    "(?:call|message|text|try|ring|contact|reach|whatsapp|phone|give) (?:me|us)|to me",
    "i (?:just|was|know)",
    "(?:just |please )?(?:a|one|two) (?:sec|second|seconds|minute|minutes|moment)|hang on|wait",
    "hold on(?! the line)|let me|ill (?:call|get|give|tell|ask|wake|pass|take) (?:him|her|it|"
    "them|the)",
    "(?:im|i am) (?:\\S+ )?(?:driving|in a|in the|at work|at the|eating|outside|busy|travel\\S*|"
    "on another|sleeping|listening)",
    "(?:उनका|उनकी|उनके|उसका|उसकी|उसके|इनका) (?:फोन|मोबाइल|नंबर|नम्बर)",
    "वो|रुको|रुकिए|एक मिनट|अभी बुला|मीटिंग में|गाडी चला|बाद में (?:फोन|कॉल|बात)",
)
_GREETS = (
    "hello|hallo|hey|hi|yes|yeah|good (?:morning|afternoon|evening)|namaste|haan|haan ji|ji haan",
    "हैलो|हेलो|हलो|नमस्ते|नमस्कार|हां|हाँ|जी",
)
_SELF = ("i|im|ive|ill|me|my|mine|मैं|मेरा|मेरी|मेरे|मुझे|main|mera|meri|mere",)

_WORD_END = r"(?!\S)"
_ANSWER = compiled(f"(?:{each}){_WORD_END}" for each in _ANSWERS)
_TALK = compiled(f"(?:{each}){_WORD_END}" for each in _TALKS)
_GREETING = compiled(f"(?:{each}){_WORD_END}" for each in _GREETS)
_OWN = compiled(f"(?:{each}){_WORD_END}" for each in _SELF)


def answers(text: str) -> bool:
    """Whether they surely talk to whoever called: no machine is asked, or related to anybody."""
    return bool(_ANSWER.search(normalise(text)))


def talks(text: str) -> bool:
    """Whether they talk as people do, and recordings seldom."""
    return "?" in text or answers(text) or bool(_TALK.search(normalise(text)))


def greets(text: str) -> bool:
    """Whether there is a hello in it, as in some recordings."""
    return bool(_GREETING.search(normalise(text)))


def speaks_of_self(text: str) -> bool:
    """Whether there is an "I" in it, as in people's own recordings."""
    return bool(_OWN.search(normalise(text)))
