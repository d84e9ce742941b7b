"""English words by which a bot asks for keys, or forbids them."""

from shared.languages.word_lists import KeypadWords, words

KEYPAD_WORDS = KeypadWords(
    types=(
        "type(?: in)?",
        "enter",
        "key(?: it| that| them)? in",
        "punch(?: it| that| them)?(?: in)?",
        "input",
        "dial",
        "press (?:in )?(?:your|the (?:digits|number|code))",
        "(?:key|dial|number|touch) ?-?pad",
        "rate (?:us|it|me|this|our|your)",  # in figures, as on a scale
        "scale (?:of|from)",
        "(?:on|with|using|by|via) (?:the|your)(?: \\S+)? (?:keys|buttons)",
    ),
    asks=(
        "what(?:'s| is| are| was| would)?",
        "which",
        "how (?:many|much|old|satisfied|happy|likely|was|would|do you)",
        "(?:may|can|could) (?:i|we|you)",
        "(?:will|would) you",
        "(?:tell|give|share|provide|confirm|say|repeat|spell|read (?:out|me)|send|speak)",
        "(?:i|we)(?:'ll| will| do)?(?: also| just)? (?:need|require)",
        "let me have",
        "try (?:it |that )?(?:again|once more)",
        "your .{3,40} please",
    ),
    transitions=("ok|okay|all ?right|right|great|sure|thank you|thanks|and|so|sorry|yes|no",),
    yes_or_no=(
        "is|are|was|were|am|do|does|did|have|has|had|shall|should",
        "(?:would|will) (?:you (?:like|prefer|want)|that|it|this)|can i help|is it",
    ),
    forbids=(
        r"\b(?:never|don't|do not|not|no need to|needn't|without)\s+(?:\S+ ){0,2}"
        r"(?:type|enter|typ|share|sharing|give|giving|tell|say|dial|press)",
    ),
    again=(
        "it",
        "them",
        "that",
        "this",
        "one",
        "again",
        "once more",
        "the (?:number|digits|code)",
        "all (?:the )?digits",
        "number",
        "digits",
        "code",
        "use (?:the|your)(?: \\S+)? keypad",
    ),
    hash_last=(
        "then|followed by|and|ends? with|ending with|finish(?:ed)?(?: with)?|done|afterwards",
        "at the end",
    ),
    hash=("(?:the )?(?:hash|pound|#)",),
    star=words("star"),
    keys=("zero|one|two|three|four|five|six|seven|eight|nine|star|hash|pound",),
    menu=(
        r"\b(?:press|dial|hit|push|type|enter|choose|select)(?:ing)? (?:the )?"
        r"(?:number |key |button |digit )?{key}(?![^\s,.?!;:।])(?! ?-?(?:digit|or \S+ digit))",
        r"(?<!\S){key} (?:number )?(?:press|dial)\S*",
    ),
    purpose=("for|to|if",),
    first=("one",),
    last=("five|ten",),
    up_to=("to",),
    through=("and|through",),
    either=("or",),
    digits=("digits?|figures?",),
)
