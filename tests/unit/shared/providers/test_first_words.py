"""First words of an LLM's answer, spoken before its first sentence is complete."""

import pytest
from pipecat.utils.text.base_text_aggregator import TextType

from shared.providers.first_words import EarlyAggregator, first_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We are open from", "We are open "),
        ("  We are open from", "  We are open "),
        ("Yes, we are open", "Yes, we are "),
        ("You said: hello there", "You said: hello "),
        ("That's what I know", "That's what I "),
        ("It is well-known that", "It is well-known "),
        ("Of course you can", "Of course you "),
        ("आप कैसे हैं और क्या", "आप कैसे हैं "),
        ("நான் உங்களுக்கு எப்படி உதவ", "நான் உங்களுக்கு எப்படி "),
        ("हम सुबह नौ बजे खुलते", "हम सुबह नौ "),
        ("कुल ५०० रुपये हुए हैं", ""),
        ("जी हाँ। हम खुले हैं", ""),
        ("We are", ""),
        ("We are open", ""),  # there may be more of the word
        ("We are open ", ""),
        ("We are open 9 to 5", ""),  # figures stay with what follows them
        ("At 9 we open the", ""),
        ("It costs ₹ 500 today", ""),
        ("We are open. Come", ""),
        ("Please ask Dr Meera about", ""),
        ("Please ask DR Meera about", ""),
        ("You owe us Rs five hundred", "You owe us "),
        ("You owe Rs five hundred", ""),
        ("Use snake_case here now", ""),
    ],
)
def test_three_plain_llm_words_go_to_the_tts_before_the_rest(text: str, words: str) -> None:
    assert first_words(text) == words


def a_new_one() -> EarlyAggregator:
    return EarlyAggregator()  # type: ignore[no-untyped-call]  # Pipecat's


async def handed_out(aggregator: EarlyAggregator, *tokens: str) -> list[str]:
    parts = []
    for token in tokens:
        async for part in aggregator.aggregate(token):
            assert part.type is TextType.SENTENCE
            parts.append(part.text)
    return parts


async def rest(aggregator: EarlyAggregator) -> str | None:
    flushed = await aggregator.flush()
    return flushed.text if flushed else None


async def test_the_tts_gets_the_first_words_and_then_whole_sentences() -> None:
    aggregator = a_new_one()
    tokens = ("We ", "are ", "open ", "f", "rom nine to five. ", "And on Monday ", "we close. X")
    assert await handed_out(aggregator, *tokens) == [
        "We are open",
        "from nine to five.",
        "And on Monday we close.",
    ]
    assert await rest(aggregator) == "X"


async def test_no_llm_word_is_lost_or_spoken_twice() -> None:
    aggregator = a_new_one()
    text = "Yes, we are open on Monday. Shall I book it? Just say so."
    said = [*await handed_out(aggregator, *text), await rest(aggregator) or ""]
    assert " ".join(said) == text


async def test_every_llm_answer_has_its_own_first_words() -> None:
    aggregator = a_new_one()
    await handed_out(aggregator, "We are open from")
    await aggregator.flush()
    assert await handed_out(aggregator, "We are closed on") == ["We are closed"]
    await aggregator.handle_interruption()
    assert await handed_out(aggregator, "We are here for") == ["We are here"]
    await aggregator.reset()
    assert await handed_out(aggregator, "We are there for") == ["We are there"]


async def test_an_interrupted_llm_answer_is_not_spoken_later() -> None:
    aggregator = a_new_one()
    await handed_out(aggregator, "We are open from nine")
    await aggregator.handle_interruption()
    assert await rest(aggregator) is None


async def test_only_sentences_go_to_the_tts_after_a_short_sentence() -> None:
    aggregator = a_new_one()
    assert await handed_out(aggregator, "Yes. We are open from nine") == ["Yes."]
