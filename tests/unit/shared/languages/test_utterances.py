"""The LLM's text in pieces of any size makes the same utterances for the TTS as in one piece."""

import random
import re
from collections.abc import Iterator, Sequence

import pytest

from shared.languages.normalization.normalizer import normalizer_for
from shared.languages.utterances import Utterances
from shared.providers.first_words import EarlyAggregator

ANSWERS = {
    "en-IN": [
        "Your appointment is on 12/11 at 10:30 a.m. Please bring your report. Dr.Rao will see you.",
        "We are open Mon–Sat 10-7. Fees Rs.500 only. The OTP is 4821, e.g. for Rs. 1,250.50.",
        "kal 12/11 ko Dr.Rao milenge, Rs.500 lagenge. Theek hai? Mon-Fri 10 a.m. to 7 p.m. tak.",
        "Please call us at +91 80 4718 9999. Or at St. Mary's, No. 12. No. We can't.",
        "Our prices: 1. Cleaning ₹800. 2. Filling ₹1,200. 3. Root canal ₹5 lakh 20 thousand.",
        "We offer:\n1. **Cleaning** ₹800\n2. Filling\n- Braces\n• Crowns\n\nShall I book it?",
        "<|im_start|>assistant\nAsha: [laughs. ok] Gladly! *clears my throat. Hm.* It is true [1].",
        'Hello&nbsp;there; R&amp;D is. <say-as interpret-as="digits">4. 2</say-as> (pause. Hm.)',
        "The formula is $E = mc^2$. See 【4†source. x】 or www.exotel.com/pay?x=1. Bye [END_CALL]",
        "Haan ji, OTP is 4821. Your car KA 01 AB 1234 and card XXXX 1234 are fine! ... Bye.",
        "Open 9\u202fAM\u2013\u202f5\u202fPM. Rs.\u202f500 to No.\u202f5, 12\u201111. "
        "Dr.\u2009Rao. 10\u202f% off.",
        "I am A. K. Sharma, B.Sc. from the U.S. It is 3.5 km, approx. 20 min. Nov. 20 is fine.",
    ],
    "hi-IN": [
        "आपका अपॉइंटमेंट 12/11 को है। डॉ. शर्मा मिलेंगे। फ़ीस रु. 500 है, Rs.500.",
        "हम सोम–शनि 10-7 खुले हैं। सुबह 10 a.m. से 7 p.m. तक। ₹5 लाख 20 हज़ार लगेंगे।",
        "1. सफ़ाई ₹800। 2. फ़िलिंग ₹1200। [हँसते हुए] क) पहला ख) दूसरा। नंबर +91 80 4718 9999 है।",
        "दूरी 5 कि.मी. है। कृपया Dr.Rao से नं. 12 पर मिलिए। Haan ji, OTP 4821 hai.",
    ],
    "ta-IN": [
        "உங்கள் எண் +91 98765 43210. கட்டணம் Rs. 500 மட்டும். [laughs] நன்றி! 1. பல் ₹800. 2. வேர்.",
    ],
}
CASES = [(language, answer) for language, answers in ANSWERS.items() for answer in answers]


def cuts(text: str) -> Iterator[Sequence[str]]:
    """Every way in which an LLM may stream a text: characters, words, all of it, at random."""
    for size in (1, 2, 3, 5, 11, len(text)):
        yield [text[at : at + size] for at in range(0, len(text), size)]
    yield re.findall(r"\s*\S+", text)
    chance = random.Random(text)
    for _ in range(4):
        ends = sorted(chance.sample(range(1, len(text)), 9))
        yield [text[a:b] for a, b in zip([0, *ends], [*ends, len(text)], strict=True)]


def aggregator(kind: type[Utterances], language: str) -> Utterances:
    return kind(language=language)


async def handed_out(aggregator: Utterances, pieces: Sequence[str]) -> list[str]:
    utterances = [u.text for piece in pieces async for u in aggregator.aggregate(piece)]
    rest = await aggregator.flush()
    return [*utterances, rest.text] if rest else utterances


def words(text: str) -> list[str]:
    return re.findall(r"[\w\u0900-\u097f\u0b80-\u0bff]+", text.lower())


@pytest.mark.parametrize(("language", "answer"), CASES)
@pytest.mark.parametrize("kind", [Utterances, EarlyAggregator])
async def test_the_same_utterances_are_made_from_pieces_of_any_size(
    kind: type[Utterances], language: str, answer: str
) -> None:
    speak = normalizer_for(language, {"Asha"})
    expected = words(await speak(answer, "sentence"))
    for pieces in cuts(answer):
        utterances = await handed_out(aggregator(kind, language), pieces)
        said = " ".join([await speak(utterance, "sentence") for utterance in utterances])
        assert words(said) == expected, (pieces, utterances)


@pytest.mark.parametrize(
    ("answer", "utterances"),
    [
        ("It is Rs. 500. Fine. Bye", ["It is Rs. 500.", "Fine.", "Bye"]),
        ("Ask Dr. Rao. Or Mr. Das. OK", ["Ask Dr. Rao.", "Or Mr. Das.", "OK"]),
        ("No. We can't. Call No. 5. OK", ["No.", "We can't.", "Call No. 5.", "OK"]),
        ("1. One ₹5. 2. Two. OK", ["1. One ₹5.", "2. Two.", "OK"]),
        ("Take 2. Then go.", ["Take 2.", "Then go."]),
        ("[laughs. ok] Yes. No", ["[laughs. ok] Yes.", "No"]),
        ("Salt &amp; water. OK", ["Salt &amp; water.", "OK"]),
        ("We have:\n- One\n- Two\nand more", ["We have:", "\n- One", "\n- Two\nand more"]),
        ("1. One\n2. Two\n3) Three", ["1. One", "\n2. Two", "\n3) Three"]),
        ("A line\nthat goes on. OK", ["A line\nthat goes on.", "OK"]),
        ("हम 10 a.m. से हैं। ठीक", ["हम 10 a.m. से हैं।", "ठीक"]),
    ],
)
async def test_an_utterance_ends_where_a_sentence_does(answer: str, utterances: list[str]) -> None:
    assert await handed_out(aggregator(Utterances, "en"), answer) == utterances


async def test_a_bracket_that_is_never_closed_holds_no_utterance_up() -> None:
    answer = "I like [this very much, and there is a lot of it. " + "It is good. " * 12
    first, *others = await handed_out(aggregator(Utterances, "en"), list(answer))
    assert first.startswith("I like [this")
    assert len(others) > 6


async def test_an_utterance_without_an_end_is_cut_somewhere() -> None:
    answer = "and then, so it went " * 100
    utterances = await handed_out(aggregator(Utterances, "en"), list(answer))
    assert len(utterances) > 2
    assert " ".join(utterances).split() == answer.split()


async def test_utterances_of_a_mad_answer_take_no_time() -> None:
    for mad in ("1. " * 200, "<[(*$" * 100, "a." * 300, "\n- " * 200):
        await handed_out(aggregator(Utterances, "en"), list(mad))
