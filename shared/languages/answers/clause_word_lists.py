"""The words of a language by which sentences are read; see `shared.languages.word_lists`."""

from dataclasses import dataclass

from shared.languages.word_lists import NONE, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseWords:
    """The words by whose order a sentence is whole, or wants more.

    From `topics` on they are of languages whose verb comes last.

    Attributes:
        determiners: Stand before a noun, and never end a sentence.
        indefinites: Of these those before a noun that is new.
        demonstratives: Stand before a noun as well.
        quantifiers: Stand before a noun, or for one.
        attributes: Stand between a determiner and a noun.
        conjunctions: Stand between clauses, and never end one.
        coordinators: Of these those before which a sentence is whole.
        degrees: Stand before what they are a degree of.
        subordinators: Begin a clause that needs another one.
        reasons: Begin a clause that is an answer, too.
        time_subordinators: Begin such a clause before a subject; before a noun they tell a time.
        consequents: Begin the other one.
        bids: Verbs by which somebody is asked to do something.
        question_words: Begin a question, or a clause that stands for something.
        adverbial_questions: Of these those that stand for no noun.
        question_determiners: Of these those that a noun follows.
        relatives: Words for something, behind which a clause without its object may stand.
        relative_pronouns: Words for a noun before them, whose clause they begin.
        copulas: Forms of "to be".
        auxiliaries: Other verbs that stand before a subject in questions.
        contractions: A subject and its verb in one word.
        question_contractions: Of these those that begin a question.
        subjects: Pronouns that are a subject and nothing else.
        pronouns: Pronouns that may be an object as well.
        addressees: Of these those for whoever is spoken to.
        persons: Pronouns that are only an object.
        prepositions: Stand before a noun.
        genitive: The preposition between two nouns.
        destination: The preposition that is also the infinitive's.
        destination_verbs: Verbs with which it is a preposition.
        hollow: Prepositions that want a noun even right behind a question word.
        particles: Prepositions that belong to a verb as well.
        phrasal: Such a verb with its particle.
        about_verbs: Behind these, and nouns never, a preposition may end a question.
        infinitive: Stands before a verb.
        ellipses: Verbs behind which that is enough, if one does not or if a condition is told.
        negations: Say that something is not so.
        transitives: Verbs that hardly ever stand without an object.
        wishes: Verbs that do so behind "would" only.
        would: That word, and its short forms.
        tellings: Verbs behind which a clause stands.
        knows: Of these those that may do without.
        preverbal: Stand between a subject and its verb.
        complementizers: Begin such a clause, or stand for something.
        gives: Verbs behind which a person and something else stand.
        tells: Of these those by which a person is bidden to speak.
        topics: Subjects, and who wants something.
        possessives: What belongs to somebody, which a noun follows.
        subject_possessives: Of these those that only a subject has.
        genitives: Postpositions behind which a noun stands.
        oblique_genitives: Of these those that another postposition or a noun must follow.
        postpositions: Postpositions that end a part of a sentence.
        agents: Postpositions of a subject.
        final_verbs: Verbs that end a sentence.
        verb_endings: Ends of such verbs.
        final_verbs_too: Those that mean something else in another language.
        postpositions_too: Such postpositions.
        half_verbs: Verbs that mostly have one more behind them.
        adverbs: Words for a time or a manner, behind which the verb is missing.
        polar: Begins a question that ends with a verb.
        conditions: Begin a clause that needs another one.
        correlates: Begin the other one.
    """

    determiners: Words = NONE
    indefinites: Words = NONE
    demonstratives: Words = NONE
    quantifiers: Words = NONE
    attributes: Words = NONE
    conjunctions: Words = NONE
    coordinators: Words = NONE
    degrees: Words = NONE
    subordinators: Words = NONE
    reasons: Words = NONE
    time_subordinators: Words = NONE
    consequents: Words = NONE
    bids: Words = NONE
    question_words: Words = NONE
    adverbial_questions: Words = NONE
    question_determiners: Words = NONE
    relatives: Words = NONE
    relative_pronouns: Words = NONE
    copulas: Words = NONE
    auxiliaries: Words = NONE
    contractions: Words = NONE
    question_contractions: Words = NONE
    subjects: Words = NONE
    pronouns: Words = NONE
    addressees: Words = NONE
    persons: Words = NONE
    prepositions: Words = NONE
    genitive: Words = NONE
    destination: Words = NONE
    destination_verbs: Words = NONE
    hollow: Words = NONE
    particles: Words = NONE
    phrasal: Words = NONE
    about_verbs: Words = NONE
    infinitive: Words = NONE
    ellipses: Words = NONE
    negations: Words = NONE
    transitives: Words = NONE
    wishes: Words = NONE
    would: Words = NONE
    tellings: Words = NONE
    knows: Words = NONE
    preverbal: Words = NONE
    complementizers: Words = NONE
    gives: Words = NONE
    tells: Words = NONE
    topics: Words = NONE
    possessives: Words = NONE
    subject_possessives: Words = NONE
    genitives: Words = NONE
    oblique_genitives: Words = NONE
    postpositions: Words = NONE
    agents: Words = NONE
    final_verbs: Words = NONE
    verb_endings: tuple[str, ...] = ()
    final_verbs_too: Words = NONE
    postpositions_too: Words = NONE
    half_verbs: Words = NONE
    adverbs: Words = NONE
    polar: Words = NONE
    conditions: Words = NONE
    correlates: Words = NONE
