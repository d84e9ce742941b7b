"""The words of a language by which answers are read; see `shared.languages.word_lists`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.languages.word_lists import NONE, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWords:
    """The words that answers of a known kind are made of, or have around them.

    What is a tuple holds regular expressions of whole words. Signs, such as `@`, are known.

    Attributes:
        kinds: The names of what a bot asks for and callers tell, by the value of an `AnswerKind`.
        births: Of dates those that need a year.
        choices: Stands between two of which one is to be chosen.
        negatives: Words of a no; the words of a yes are those of a listener.
        polite: May stand before or behind whatever is said, such as "sir".
        hesitations: Sounds and words of somebody who searches for words.
        holds: Bids the other wait.
        closings: Behind these nothing comes.
        inside: May stand between the parts of a number.
        corrections: Take back what was said before.
        after: Words that end a number or a name when they stand behind it, such as "hai".
        plus: Stands before the prefix of a country.
        scales: Words for a power of ten, with its zeros.
        halves: Numbers with a half in them.
        half_more: Stand before the number that they add to, as "saade" does.
        points: Stand between a number and its fraction.
        currencies: Names of money.
        letters: Names of letters, in words that mean nothing else.
        letters_too: Names of letters that mean something else, too.
        letter_for: Between a letter and a word that begins with it.
        capitals: Stand before a letter.
        at: What the sign of an e-mail address is called.
        at_rate: May stand behind that, as in "at the rate of".
        dot: What its point is called.
        address_signs: Other signs of one.
        mail_hosts: Hosts of mail that are named without their ending.
        host_ends: The ends of a host's name, such as "com".
        host_regions: Those that often have a country behind them.
        months: Their names.
        weekdays: Their names, also short ones.
        days: Words for a day, such as "tomorrow".
        ordinals: Words such as "fifth".
        dated: Behind the number of a day, such as "tareekh".
        clock: Behind the number of an hour.
        parts_of_day: Such as "evening".
        before_hours: Stand before the number of an hour that they tell a part of.
        numbered: In addresses, what a number or a name follows.
        localities: Names that address parts end with, such as "road".
        beside: In addresses, what the name of a place follows.
        titles: Stand before a name.
        named: What answers are called, such as "number" and "address".
        counted: What a number counts.
    """

    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    births: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    negatives: Words = NONE
    polite: Words = NONE
    hesitations: Words = NONE
    holds: tuple[str, ...] = ()
    closings: tuple[str, ...] = ()
    inside: Words = NONE
    corrections: Words = NONE
    after: Words = NONE
    plus: Words = NONE
    scales: Mapping[str, int] = field(default_factory=dict)
    halves: Words = NONE
    half_more: Words = NONE
    points: Words = NONE
    currencies: Words = NONE
    letters: Mapping[str, str] = field(default_factory=dict)
    letters_too: Mapping[str, str] = field(default_factory=dict)
    letter_for: Words = NONE
    capitals: Words = NONE
    at: Words = NONE
    at_rate: Words = NONE
    dot: Words = NONE
    address_signs: Words = NONE
    mail_hosts: Words = NONE
    host_ends: Words = NONE
    host_regions: Words = NONE
    months: Words = NONE
    weekdays: Words = NONE
    days: Words = NONE
    ordinals: Words = NONE
    dated: Words = NONE
    clock: Words = NONE
    parts_of_day: Words = NONE
    before_hours: Words = NONE
    numbered: Words = NONE
    localities: Words = NONE
    beside: Words = NONE
    titles: Words = NONE
    named: Words = NONE
    counted: Words = NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseWords:
    """The words by whose order a sentence is whole, or wants more.

    The last three groups are of languages whose verb comes last.

    Attributes:
        determiners: Stand before a noun, and never end a sentence.
        attributes: Stand between a determiner and a noun.
        conjunctions: Stand between clauses, and never end one.
        degrees: Stand before what they are a degree of.
        subordinators: Begin a clause that needs another one.
        time_subordinators: Do so before a subject; before a noun they tell a time.
        consequents: Begin the other one.
        bids: Verbs by which somebody is asked to do something.
        question_words: Begin a question, or a clause that stands for something.
        relatives: Words for something, behind which a clause without its object may stand.
        copulas: Forms of "to be".
        auxiliaries: Other verbs that stand before a subject in questions.
        contractions: A subject and its verb in one word.
        subjects: Pronouns that are a subject and nothing else.
        pronouns: Pronouns that may be an object as well.
        prepositions: Stand before a noun.
        particles: Of these, those that belong to a verb as well.
        phrasal: Those verbs.
        about_verbs: Behind these, and nouns never, a preposition may end a question.
        infinitive: Stands before a verb.
        ellipses: Verbs behind which that is enough if one may or does not.
        negations: Say that something is not so.
        transitives: Verbs that hardly ever stand without an object.
        tellings: Verbs behind which a clause stands.
        gives: Verbs behind which a person and something else stand.
        persons: That person, as a pronoun.
        topics: Subjects, and who wants something, in languages whose verb comes last.
        possessives: What belongs to somebody, likewise, which a noun follows.
        subject_possessives: Of these those that only a subject has.
        genitives: Postpositions behind which a noun stands.
        postpositions: Postpositions that end a part of a sentence.
        agents: Postpositions of a subject.
        final_verbs: Verbs that end a sentence.
        verb_endings: Ends of such verbs.
        half_verbs: Verbs that mostly have one more behind them.
        adverbs: Words for a time or a manner, behind which the verb is missing.
        polar: Begins a question that ends with a verb.
    """

    determiners: Words = NONE
    attributes: Words = NONE
    conjunctions: Words = NONE
    degrees: Words = NONE
    subordinators: Words = NONE
    time_subordinators: Words = NONE
    consequents: Words = NONE
    bids: Words = NONE
    question_words: Words = NONE
    relatives: Words = NONE
    copulas: Words = NONE
    auxiliaries: Words = NONE
    contractions: Words = NONE
    subjects: Words = NONE
    pronouns: Words = NONE
    prepositions: Words = NONE
    particles: Words = NONE
    phrasal: Words = NONE
    about_verbs: Words = NONE
    infinitive: Words = NONE
    ellipses: Words = NONE
    negations: Words = NONE
    transitives: Words = NONE
    tellings: Words = NONE
    gives: Words = NONE
    persons: Words = NONE
    topics: Words = NONE
    possessives: Words = NONE
    subject_possessives: Words = NONE
    genitives: Words = NONE
    postpositions: Words = NONE
    agents: Words = NONE
    final_verbs: Words = NONE
    verb_endings: tuple[str, ...] = ()
    half_verbs: Words = NONE
    adverbs: Words = NONE
    polar: Words = NONE
