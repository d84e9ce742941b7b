"""English words by whose order a sentence is whole, or wants more."""

from shared.languages.answers.clause_word_lists import ClauseWords
from shared.languages.word_lists import words


def _with(particle: str, verbs: str) -> frozenset[str]:
    """Verbs with a particle that belongs to them."""
    return frozenset(f"{verb} {particle}" for verb in verbs.split())


CLAUSE_WORDS = ClauseWords(
    determiners=words("a an the my your our their its every whose"),
    indefinites=words("a an"),
    demonstratives=words("this that these those"),
    quantifiers=words("some any another no"),
    attributes=words(
        """new old next last first second third other different big small good better best nearest
        current previous main certain specific few little coming bigger smaller better cheaper
        larger longer shorter"""
    ),
    conjunctions=words(
        """and or but because if whether nor unless whereas than as cause while when
        whenever"""
    ),
    coordinators=words("and but so or"),
    degrees=words("""very quite almost just approximately roughly nearly fairly such least"""),
    subordinators=words("if when while although though unless once because"),
    reasons=words("because"),
    time_subordinators=words("after before since until till"),
    consequents=words("then please"),
    bids=words("call tell let send give help show ask check do"),
    question_words=words("what who whom where when why how which whose"),
    adverbial_questions=words("how why when"),
    question_determiners=words("which whose"),
    relatives=words("all everything anything something nothing whatever someone anyone that one"),
    relative_pronouns=words("who which whose"),
    copulas=words("is are was were am be"),
    auxiliaries=words(
        """do does did have has had will would can could shall should may might must isn't aren't
        wasn't weren't don't doesn't didn't haven't hasn't hadn't won't wouldn't can't cannot
        couldn't shouldn't been being having"""
    ),
    contractions=words(
        """it's that's what's there's he's she's who's where's how's let's i'm you're we're they're
        i've you've we've they've i'll you'll we'll they'll it'll i'd you'd we'd they'd"""
    ),
    question_contractions=words("what's who's where's"),
    subjects=words("i we he she they"),
    pronouns=words("you it this that there these those"),
    addressees=words("you"),
    persons=words("me us him her them"),
    prepositions=words(
        """to for from of at with about by into in on under between without during against towards
        per via regarding upto onto since until till around after"""
    ),
    genitive=words("of"),
    destination=words("to"),
    destination_verbs=words(
        "talk talking talked speak speaking spoke go going went belong listen refer write connect"
    ),
    hollow=words("about of"),
    particles=words("in on"),
    phrasal=_with("in", "come came coming log logging logged check checked fill sign drop walk let")
    | _with("in", "put get getting move moving call called stay pass be am is")
    | _with("on", "hold hang go going goes went carry turn turned switch put log sign keep try")
    | _with("on", "move be is what's"),
    about_verbs=words("think thinking hear heard speak know talk aware afraid made take care out"),
    infinitive=words("to"),
    ellipses=words(
        """want wants wanted need needs needed like have has had going able supposed used trying
        try plan planning love prefer ready happy allowed willing asked told"""
    ),
    negations=words(
        """not no never nobody don't doesn't didn't can't cannot couldn't won't wouldn't isn't
        aren't wasn't weren't haven't hasn't shouldn't"""
    ),
    transitives=words(
        "want wants need needs wanted needed have get take make buy bring put find prefer got"
    ),
    wishes=words("like love"),
    would=words("would i'd we'd also he'd she'd they'd"),
    tellings=words(
        """think thought said say says wondering wonder mean means believe guess hope know ask
        asking hoping saying thinking told shows"""
    ),
    knows=words("know"),
    preverbal=words("already really still always never also even usually actually simply"),
    complementizers=words("that"),
    gives=words("tell give show send told gave sent let get"),
    tells=words("tell show"),
)
