"""English words by whose order a sentence is whole, or wants more."""

from shared.languages.answers.word_lists import ClauseWords
from shared.languages.word_lists import words

CLAUSE_WORDS = ClauseWords(
    determiners=words("a an the my your our their its every whose"),
    attributes=words(
        """new old next last first second third other different big small good better best nearest
        current previous own main certain specific few little"""
    ),
    conjunctions=words(
        """and or but because if nor although though unless whereas than as cause since while until
        till when whenever"""
    ),
    degrees=words("very quite almost just approximately roughly nearly maybe perhaps fairly such"),
    subordinators=words("if when whenever while because although though unless once cause"),
    time_subordinators=words("after before since until till"),
    consequents=words("then please"),
    bids=words("call tell let send give help show ask check do please"),
    question_words=words("what who whom where when why how which whose"),
    relatives=words("what all everything anything something nothing whatever someone anyone that"),
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
    subjects=words("i we he she they"),
    pronouns=words("you it this that there these those"),
    prepositions=words(
        """to for from of at with about by into in on under between without during against towards
        per via than regarding upto onto onwards"""
    ),
    particles=words("in on by"),
    phrasal=words(
        """come coming came log logged logging check checked hold hang go going goes went carry move
        turn turned switch switched put get getting sign signed fill drop walk stay step stand
        standing call called check-in passing pass stop is's be are was close"""
    ),
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
        """want wants need needs wanted needed have get take make buy bring put find like prefer
        got"""
    ),
    tellings=words(
        """think thought said say says wondering wonder mean means believe guess hope know ask
        asking hoping saying thinking"""
    ),
    gives=words("tell give show send told gave sent let get"),
    persons=words("me us him her them"),
)
