"""Phrases of living people who answer a call in English."""

from shared.languages.word_lists import HumanPhrases

_RELATIVE = (
    "(?:wife|husband|mother|father|mom|mum|dad|son|daughter|brother|sister|uncle|aunt|friend|"
    "cousin|"
    "roommate|flatmate|neighbou?r|colleague|secretary|assistant|boss|manager|driver|maid|nurse|"
    "son in law|daughter in law|mother in law|grandmother|grandfather|grandson|nephew|niece|"
    "partner)"
)

HUMAN_PHRASES = HumanPhrases(
    # They ask the caller something, say who they are to whom, or speak to the caller about
    # themselves.
    answers=(
        "who (?:is|are|am) (?:this|that|you|i|it|speaking|on)|whos (?:this|that|speaking|there)|"
        "who (?:do|did) you|who you want|who gave you",
        "what (?:do|did|are) you|whats (?:this|that|up|it)|what for|what is (?:it|this|that)|"
        "what should|what number",
        "(?:which|what) (?:company|place|bank|office|one|city)|"
        "where (?:are you|is this|you are)|why (?:are|did|do|you)",
        "how (?:may|can|do) (?:i|we)|(?:may|can|could) i (?:know|ask|help|speak|have)|"
        "what can i do",
        "can you (?:hear|tell|call|speak|repeat|say|hold|wait)|do you (?:want|need|have|know|hear)|"
        "would you like|did you|are you (?:a|the|there|calling|from|sure|who)",
        "(?:should|shall|do|can|must|did|have) i (?:have to |need to )?(?:press|dial|call|tell|"
        "leave|give|enter)",
        "i (?:pressed|dialled|already|got your|saw|heard|told)|press what",
        f"(?:i am|im|this is|its|me) (?:\\S+ )?(?:his|her|their|the|\\S+s) {_RELATIVE}|"
        f"(?:my|our|his|her) (?:\\S+ )?{_RELATIVE}",
        "(?:my|his|her) (?:phone|mobile|number|phones)(?! number)"
        "(?= (?:is|was|has|got|keeps|stays))",
        "(?:with|tell|ask) me|leave it with|with us here",
        "(?:yes|yeah|yep|\\S+) speaking(?! (?:to|on|with))$|speaking (?:here|please)|this side$",
        "(?:ill|i will) (?:convey|tell|pass|inform|ask)",
        "wrong (?:number|person|call|extension)|you have the wrong",
        "(?:i|we) (?:cant|cannot|dont|didnt|could not) (?:hear|understand|know|have|want|need|get)|"
        "cant hear|hear me|say (?:that )?again|come again|pardon|not interested|stop calling|"
        "leave me alone",
        "hello hello|hello (?:\\S+ ){0,3}hello|yes (?:hello|tell|please|go)|hello yes",
    ),
    # Somebody who is spoken of; they ask to wait; they tell what they do just now.
    talks=(
        "he|she|him|her|his|hes|shes",
        "(?:call|message|text|try|ring|contact|reach|whatsapp|phone|give) (?:me|us)|to me",
        "i (?:just|was|know)",
        "(?:just |please )?(?:a|one|two) (?:sec|second|seconds|minute|minutes|moment)|hang on|wait",
        "hold on(?! the line)|let me|ill (?:call|get|give|tell|ask|wake|pass|take) (?:him|her|it|"
        "them|the)",
        "(?:im|i am) (?:\\S+ )?(?:driving|in a|in the|at work|at the|eating|outside|busy|"
        "travel\\S*|on another|sleeping|listening)",
    ),
    greets=("hello|hallo|hey|hi|yes|yeah|good (?:morning|afternoon|evening)",),
    of_self=("i|im|ive|ill|me|my|mine",),
)
