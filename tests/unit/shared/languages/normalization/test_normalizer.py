"""The normalizer as a whole: every language, markdown, and any text that an LLM may write."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loguru import logger

from shared.languages.normalization.normalizer import normalizer_by, normalizer_for
from shared.languages.normalization.rules import rule

LANGUAGES = ["en-IN", "en-US", "hi-IN", "ta-IN"]

PLAIN = {
    "**Bold**, *it* and `code`": "Bold, it and code",
    "**Note: a part of it": "Note: a part of it",
    "the rest of it** here": "the rest of it here",
    "## Timings\n- Monday\n- Tuesday\n": "Timings. Monday. Tuesday ",
    "> quoted": "quoted",
    "see [our site](https://exotel.com/x)": "see our site",
    "Done 😀 👍🏽 👨\u200d👩\u200d👧": "Done ",
    "your order_id": "your order id",
    "a → b": "a, b",
    "Fine :)": "Fine ",
    "| Name | Day |\n|---|---|\n| Rao | Monday |": "Name, Day. Rao, Monday",
    "~~not~~ this": "this",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("text", "plain"), PLAIN.items())
async def test_normalization_drops_markdown_and_smileys(
    language: str, text: str, plain: str
) -> None:
    assert (await normalizer_for(language)(text, "sentence")).strip() == plain.strip()


@pytest.mark.parametrize(
    ("text", "spoken"),
    {
        "உங்கள் **தொகை** ₹1,250": "உங்கள் தொகை ₹1,250",
        "+91 98765 43210": "+9 1, 9 8 7 6 5, 4 3 2 1 0",
        "10:30, 12/11/2026, 5%": "10:30, 12/11/2026, 5%",
        "https://www.exotel.com/pay": "exotel.com/pay",
        "XXXX 1234": "1 2 3 4",
        "1. பல் ₹800. 2. வேர்": "1: பல், ₹800. 2: வேர்",
    }.items(),
)
async def test_languages_without_normalization_leave_figures_to_the_tts(
    text: str, spoken: str
) -> None:
    assert await normalizer_for("ta-IN")(text, "sentence") == spoken


PARTS = {
    "Dr.": "Doctor",
    "₹1,": "one rupee,",
    "₹": "rupees",
    " 10": " ten",
    "am": "am",
    "**": "",
    "": "",
}


@pytest.mark.parametrize(("text", "spoken"), PARTS.items())
async def test_normalization_works_on_a_part_of_a_sentence(text: str, spoken: str) -> None:
    assert await normalizer_for("en-IN")(text, "sentence") == spoken


async def test_normalization_keeps_the_space_between_two_parts() -> None:
    assert await normalizer_for("en-IN")(" and 5 ", "sentence") == " and five "


async def test_a_failing_normalization_rule_leaves_the_text_without_markdown() -> None:
    def fail(_: object) -> str:
        raise KeyError("paise")

    assert await normalizer_by([rule("5", fail)])("**5** apples", "sentence") == "5 apples"


WRITTEN = """
    ₹ Rs. Rs INR $ 1,250 500 2 10 0 00 007 1.5 .5 2026 1999 1,25,000 98765 43210 +91 482913 - –
    / : % °C km kg lakh Cr k am pm a.m. p.m. बजे सुबह लाख रुपये १२ वीं , . ; ! ? ( ) * ** _ __
    ` ``` ~~ # > | - [a](b) https://x.com a@b.com Nov 20 May st th Mon Sat Dr. St. No. etc. & @
    + = × ½ 😀 \u200d → A4 SBIN0001 word नमस्ते வணக்கம் OTP order <b> </b> < > 24/7 1/2 ~
    <|eot_id|> [laughs] (smiles) *sighs* Bot: &amp; [1] <br> 12/11 on Mon–Sat 10-7 ending XXXX
    ****1234 KA 01 AB $x$ ^2 \\ 1. 2) a. \u2022 {a}
"""
PIECES = st.tuples(st.sampled_from([*WRITTEN.split(), "\n"]), st.sampled_from(["", " "]))
TEXTS = st.lists(PIECES, max_size=8).map(lambda pieces: "".join(a + b for a, b in pieces))


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None, max_examples=60)
@given(text=TEXTS)
async def test_normalization_leaves_its_own_output_alone(language: str, text: str) -> None:
    spoken = await normalizer_for(language)(text, "sentence")
    assert await normalizer_for(language)(spoken, "sentence") == spoken


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None, max_examples=60)
@given(text=st.one_of(TEXTS, st.text(max_size=60)))
async def test_no_text_makes_normalization_fail(language: str, text: str) -> None:
    warnings: list[str] = []
    sink = logger.add(warnings.append, level="WARNING")
    try:
        await normalizer_for(language)(text, "sentence")
    finally:
        logger.remove(sink)
    assert not warnings


ORDINARY = """
    please come with your report doctor Sharma is in Delhi and Mumbai may march sat sun no rest
    I am OK नमस्ते आपका स्वागत है வணக்கம் நன்றி naïve e-mail don't
"""
WORDS = st.tuples(st.sampled_from(ORDINARY.split()), st.sampled_from([" ", ", ", "? ", "! "]))
SENTENCES = st.lists(WORDS, max_size=12).map(lambda pieces: "".join(a + b for a, b in pieces))


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None, max_examples=60)
@given(text=SENTENCES)
async def test_normalization_leaves_ordinary_words_alone(language: str, text: str) -> None:
    assert await normalizer_for(language)(text, "sentence") == text


async def test_normalization_of_a_sentence_takes_no_time() -> None:
    speak = normalizer_for("en-IN")
    text = "Doctor Sharma is free at 10:30 am on 12/11/2026, the fee is ₹1,250.50."
    await speak(text, "sentence")
    taken = []
    for _ in range(20):
        began = perf_counter()
        await speak(text, "sentence")
        taken.append(perf_counter() - began)
    assert min(taken) < 0.005  # 0.4 ms where it was written
