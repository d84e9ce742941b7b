"""Normalization drops tokens, stage directions, labels and tags, in every language."""

import pytest

from shared.languages.normalization.labels import names_in
from shared.languages.normalization.normalizer import normalizer_for

CARTESIA = frozenset({"break", "spell"})

TOKENS = {
    "<|eot_id|>Hello<|im_end|>": "Hello",
    "Hello</s>": "Hello",
    "<s>[INST] Hello [/INST]": "Hello",
    "<|im_start|>assistant\nHello": "Hello",
    "<|start_header_id|>assistant<|end_header_id|>\n\nHello": "Hello",
    "<start_of_turn>model\nHello<end_of_turn>": "Hello",
    "<\uff5cend\u2581of\u2581sentence\uff5c>Hello": "Hello",
    "<<SYS>>Hello<</SYS>>": "Hello",
    "Goodbye. [END_CALL]": "Goodbye.",
    "[HANGUP] Goodbye [TRANSFER TO AGENT]": "Goodbye",
    "Goodbye. END_CALL": "Goodbye.",
    "Goodbye <END_CALL/>": "Goodbye",
    "Goodbye ##END##": "Goodbye",
    "@@HANGUP@@ Goodbye ###END_OF_CALL###": "Goodbye",
    "CALL_ENDED": "",
    "Goodbye <|eot_i": "Goodbye",  # the answer was cut off
    "Hello {customer_name}, hello {{name}}": "Hello, hello",
}

DIRECTIONS = {
    "[laughs] That is nice": "That is nice",
    "That is nice [laughs softly].": "That is nice.",
    "*smiles* Hello": "Hello",
    "Hello *smiles warmly*": "Hello",
    "*clears throat* Hello": "Hello",
    "*checks the calendar* We have Monday": "We have Monday",
    "_sighs_ Hello": "Hello",
    "**laughs** Hello": "Hello",
    "(pauses) Hello": "Hello",
    "(pause...) Hello": "Hello",
    "(in a warm voice) Hello": "Hello",
    "(softly) Hello": "Hello",
    "(with a smile) Hello": "Hello",
    "(speaking slowly) Hello": "Hello",
    "~giggles~ Hello": "Hello",
    "(checking availability) Hello": "Hello",
    "Goodbye (call ends)": "Goodbye",
    "(note to self: be kind) Hello": "Hello",
    "(...) Hello": "Hello",
    "We open at nine (see [1])": "We open at nine",
    "(with a friend) and (Note: bring it)": "(with a friend) and (Note: bring it)",
    "(हँसते हुए) नमस्ते": "नमस्ते",
    "(धीरे से) नमस्ते": "नमस्ते",
    "(मीठी आवाज़ में) नमस्ते": "नमस्ते",
    "(हल्की मुस्कान के साथ) नमस्ते": "नमस्ते",
    "नमस्ते (कॉल समाप्त)": "नमस्ते",
    "*मुस्कुराते हुए* नमस्ते": "नमस्ते",
}

LABELS = {
    "Assistant: Hello": "Hello",
    "**Assistant:** Hello": "Hello",
    "AI: Hello": "Hello",
    "Bot: Hello": "Hello",
    "AI Assistant: Hello": "Hello",
    "Agent: Hello": "Hello",
    "Asha: Hello": "Hello",
    "**Asha:** Hello": "Hello",
    "Asha Rao: Hello": "Hello",
    "Asha (smiling): Hello": "Hello",
    "Hello! Asha: I am here.": "Hello! I am here.",
    "Hello.\nAsha: I am here.": "Hello. I am here.",
    "असिस्टेंट: नमस्ते": "नमस्ते",
    "आशा: नमस्ते": "नमस्ते",  # the same name in another script
    "आशा राव: नमस्ते": "नमस्ते",
    "आशिमा: नमस्ते": "आशिमा: नमस्ते",
    "Asha says: Hello": "Hello",
    "assistant\n\nHello": "Hello",  # of a header whose tokens a server has dropped
    "null": "",
    "A model assistant": "A model assistant",
    "Hello.\\nHow are you?\\n\\nBye": "Hello. How are you? Bye",
}

CITATIONS = {
    "It is true [1].": "It is true.",
    "True [2, 3], really[4][5], as said [^2]": "True, really, as said",
    "See the list\u30104\u2020source\u3011.": "See the list.",
    "[1](https://exotel.com) It is true": "It is true",
    "As told ([exotel.com](https://exotel.com/x)).": "As told.",
    "Done.\u00b9 Next": "Done. Next",
    "Done \ue200cite\ue202turn0search0\ue201 now": "Done now",
    "Done [oai_citation:0\u2021exotel.com](https://exotel.com) now": "Done now",
    "see [our site](https://exotel.com/x)": "see our site",
}

TAGS = {
    "<नाम>Hello</नाम>": "Hello",
    "<details><summary>Hours</summary>Nine</details>": "Hours. Nine",
    "<b>Hello</b> <i>there</i>": "Hello there",
    '<a href="https://exotel.com">our site</a>': "our site",
    "Hello<br/>there": "Hello. there",
    "<p>Hello</p><ul><li>Cleaning</li><li>Filling</li></ul>": "Hello. Cleaning. Filling",
    "<!-- to do --> Hello": "Hello",
    '<speak>Wait <break time="1s"/> please</speak>': "Wait please",
    '<prosody rate="slow">Hello</prosody>': "Hello",
    '<sub alias="World Wide Web">WWW</sub>': "World Wide Web",
    "Rao &amp; Sons&#39; &quot;shop&quot;": 'Rao and Sons\' "shop"',
    "one&nbsp;two &hellip; three": "one two … three",
    "R&amp;D &lt;b&gt;bold&lt;/b&gt;": "R and D bold",
    "AT&T": "AT and T",
    "if a<b then": "if a<b then",
}

SPOKEN = TOKENS | DIRECTIONS | LABELS | CITATIONS | TAGS


@pytest.mark.parametrize(("text", "spoken"), SPOKEN.items())
async def test_normalization_drops_tokens_directions_labels_and_tags(
    text: str, spoken: str
) -> None:
    assert await normalizer_for("en-IN", {"Asha", "Asha Rao"})(text, "sentence") == spoken


@pytest.mark.parametrize("text", [*TOKENS, *DIRECTIONS, *LABELS, *CITATIONS])
@pytest.mark.parametrize("language", ["hi-IN", "ta-IN"])
async def test_normalization_drops_markup_in_other_languages_too(language: str, text: str) -> None:
    spoken = await normalizer_for(language, {"Asha", "Asha Rao"})(text, "sentence")
    assert spoken == SPOKEN[text]


@pytest.mark.parametrize(
    "text",
    [
        "We are open (Monday to Friday), (daily).",
        "The clinic (closes early) is near (if you walk).",
        "It needs to be paid",
        "Your order is pending (waiting for approval), the office (opens the next day).",
        "Choose a voice (female voice) and dance (music).",
        "Monday: closed",
        "Note: bring it",
        "We use AI: it helps",
        "Our doctor is Asha: a dentist",
        "Smiles and laughs are free",
    ],
)
async def test_normalization_keeps_what_only_resembles_markup(text: str) -> None:
    assert await normalizer_for("en-IN", {"Asha"})(text, "sentence") == text


async def test_normalization_keeps_a_choice_in_brackets() -> None:
    text = "Press [1] or [2], option [A]."
    assert await normalizer_for("en-IN")(text, "sentence") == "Press one or two, option A."


async def test_normalization_keeps_a_name_that_is_not_the_personas() -> None:
    assert await normalizer_for("en-IN")("Asha: Monday, Ravi: Friday", "s") == (
        "Asha: Monday, Ravi: Friday"
    )


async def test_emphasis_is_no_stage_direction_to_normalization() -> None:
    text = "It *needs* to be paid *today*"
    assert await normalizer_for("en-IN")(text, "sentence") == "It needs to be paid today"


async def test_normalization_reads_figures_in_brackets() -> None:
    spoken = await normalizer_for("en-IN")("Pay [₹500] or call [080-4711 2233]", "sentence")
    assert spoken.startswith("Pay five hundred rupees or call zero eight zero, four seven")


@pytest.mark.parametrize(
    "text",
    ["...", ".", '""', "\u2014", "😀", "*", "#", "&", "?!", "[END_CALL]", "(pauses)", "Bot:", "।"],
)
@pytest.mark.parametrize("language", ["en-IN", "hi-IN", "ta-IN"])
async def test_normalization_leaves_nothing_of_a_text_without_words(
    language: str, text: str
) -> None:
    assert await normalizer_for(language, (), CARTESIA)(text, "sentence") == ""


async def test_a_lone_tag_of_the_tts_is_nothing_to_say() -> None:
    assert await normalizer_for("en-IN", (), CARTESIA)('<break time="1s"/> …', "sentence") == ""


async def test_a_tag_stays_for_the_tts_that_obeys_it() -> None:
    text = 'Wait <break time="500ms"/> for <b>code</b> <spell>A500</spell>'
    kept = 'Wait <break time="500ms"/> for code <spell>A500</spell>'
    assert await normalizer_for("en-IN", (), CARTESIA)(text, "sentence") == kept
    assert await normalizer_for("en-IN")(text, "sentence") == "Wait for code A500"


@pytest.mark.parametrize(
    ("instructions", "names"),
    [
        ("You are Asha, a receptionist.", {"Asha"}),
        ("You are Asha Rao from Smile Dental.", {"Asha", "Asha Rao"}),
        ("You're an assistant called Maya.", {"Maya"}),
        ("Your name is Maya. Be kind.", {"Maya"}),
        ("आप आशा हैं", {"आशा"}),
        ("आपका नाम आशा है।", {"आशा"}),
        ("You are a clerk. You are the best. You are not alone.", set()),
        ("आप एक सहायक हैं", set()),
        ("", set()),
    ],
)
def test_the_personas_names_are_found_in_its_instructions(
    instructions: str, names: set[str]
) -> None:
    assert names_in(instructions) == names
