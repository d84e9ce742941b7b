"""English words by which callers take turns: what goes on, and what a listener murmurs."""

from shared.languages.word_lists import Backchannels, words

BACKCHANNELS = Backchannels(
    murmurs=words("hm hmm hmmm mm mmm uh um ah oh ohh"),
    hummed=words("mhm mmhm mm-hmm uh-huh huh aha"),
    said=words(
        """yes yeah yep yup ya ok okay okey right sure fine alright correct exactly true absolutely
        agreed understood great good perfect cool nice indeed certainly definitely noted gotcha
        wow"""
    ),
    phrases=frozenset(
        (
            *("i see", "got it", "of course", "all right", "makes sense", "that's right"),
            *("thats right", "i understand", "sounds good", "fair enough", "no problem"),
            *("you're right", "i know", "that's fine", "thats fine", "that's okay", "thats okay"),
            *(
                "sounds great",
                "that is right",
                "very good",
                "very nice",
                "very well",
                "go on",
                "go ahead",
                "carry on",
            ),
        )
    ),
    to_whom=words("sir madam ma'am maam"),
)

QUESTIONS = (
    r"\b(?:say (?:yes|no|so|your)|yes or no|tell me|let me know|confirm|choose)\b",
    r"\bplease (?:say|give|share|spell|repeat|describe|explain)\b",
    # Without a mark, as models write them.
    r"^(?:(?:and|so|ok|okay|alright|sure|great|or|now)\b,? )*(?:(?:would|shall|should|can|could"
    r"|may|do|does|did|is|are|will|have) (?:you|i|we|it|that|this|there|your|the)\b"
    r"|(?:which|what|when|where|who|how)\b(?! (?:we|i|you|it|the|they|your|our)\b))",
    r", (?:right|okay|ok|correct|yes)\W*$",
)

FAREWELLS = (
    r"\b(?:good ?bye|bye|have an? (?:\w+ )?(?:day|evening|night|one|weekend)|take care|see you"
    r"|talk to you|thank(?:s| you) for (?:calling|your call)"
    r"|(?:enjoy|rest of) your (?:day|evening|night|weekend)|good night|cheers|talk soon|farewell"
    r"|adi[oó]s|au revoir)\b",
)
