"""The stream of an LLM's answer: reasoning, written tool calls and markup never reach the TTS."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.providers.llm_output.reasoning import without_reasoning
from shared.providers.llm_output.stream import AnswerStream

ANSWER = "We open at nine."
TOOLS = frozenset({"lookup", "hang_up", "book", "transfer"})

THOUGHTS = [
    "<think>They want hours.</think>",
    "<think>\nThey want hours.\nSo: nine?\n</think>\n\n",
    "<thinking>They want hours.</thinking>",
    "<THINKING>They want hours.</THINKING>",
    '<think effort="high">They want hours.</think>',
    "< think >They want hours.</ think >",
    "<reasoning>They want hours.</reasoning>",
    "<reflection>They want hours.</reflection>",
    '<scratchpad>2 < 3, and {"a": 1}</scratchpad>',
    "<inner_monologue>They want hours.</inner_monologue>",
    "<seed:think>They want hours.</seed:think>",
    "<antThinking>They want hours.</antThinking>",
    "<musing>They want hours.</musing>",  # whatever its name
    "<think><plan>Hours.</plan> They want hours.</think>",
    "<think></think>",
    "<think/>",
    "[THINK]They want hours.[/THINK]",
    "[thinking]They want hours.[/thinking]",
    "◁think▷They want hours.◁/think▷",
    "```thinking\nThey want hours.\n```\n",
    "<|begin_of_thought|>They want hours.<|end_of_thought|>",
    "<|START_THINKING|>They want hours.<|END_THINKING|><|START_RESPONSE|>",
    "<|channel|>analysis<|message|>Hours.<|end|><|start|>assistant<|channel|>final<|message|>",
    "analysisThey want hours.assistantfinal",
    "<विचार>They want hours.</विचार>",  # and its script
    "<思考>They want hours.</思考>",
    "<réflexion>They want hours.</réflexion>",
    "<!-- They want hours. -->",
    "<|channel>thought\nThey want hours.<channel|>",
    "Thought: They want hours.\nAnswer: ",
    "Thought process: They want hours.\n\nFinal answer: ",
    "**Reasoning:** They want hours.\n\n**Final Answer:** ",
    "<think>They want hours.\n<answer>",  # its end is missing
    "They want hours. Nine, then.</think>",  # its beginning is missing
    "<think>They want hours.</think><answer>",
]
CALLS = [
    '<function=lookup>{"name": "Meera"}</function>',
    '<tool_call>\n{"name": "lookup", "arguments": {"name": "Meera"}}\n</tool_call>',
    "<tool_call>",
    '<|tool_call|>[{"name": "lookup"}]',
    "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>lookup",
    '<|channel|>commentary to=functions.lookup <|constrain|>json<|message|>{"name": "Meera"}',
    '<|python_tag|>lookup.call(name="Meera")',
    '<function_calls><invoke name="lookup">',
    "<lookup><name>Meera</name></lookup>",
    '{"name": "lookup", "arguments": {"name": "Meera"}}',
    "{'name': 'lookup'}",
    '{"name": "Meera"}',
    '[{"name": "lookup", "arguments": {}}]',
    '[TOOL_CALLS][{"name": "lookup"}]',
    "[TOOL_CALLS]lookup[ARGS]{}",
    '[lookup(name="Meera")]',
    '```json\n{"name": "lookup"}\n```',
    '```\n{"name": "lookup"}\n```',
    "```tool_code\nprint(default_api.lookup(name='Meera'))\n```",
    'functions.lookup({"name": "Meera"})',
    'functions.lookup:0{"name": "Meera"}',
    'lookup({"name": "Meera"})',
    'lookup: {"name": "Meera"}',
    "lookup()",
    "Action: lookup\nAction Input: {}",
    "Tool: lookup",
    "Function call: lookup\nArguments: {}",
    "tool_call: lookup",
    'json\n{"name": "lookup"}',
    'Arguments: {"name": "Meera"}',
    "[lookup]",
    'tools.lookup(name="Meera")',
    'print(lookup(name="Meera"))',
    'no_such_tool(name="Meera")',  # nobody has it
    'getSlots({"day": "Monday"})',
    'search("hours")',
    '<|tool_call>call:lookup{name:<|"|>Meera<|"|>}<tool_call|>',
]
WORDS = [
    ANSWER,
    "5 < 6, a<b and b > a, <3",
    "Hello <your name>, this is the clinic.",
    'One <break time="1s"/> moment. <emotion value="happy"/>Thank you. <spell>AB12</spell>',
    "<speak>It is <say-as interpret-as='date'>2026-01-02</say-as>.</speak>",
    "<b>Nine</b> to <i>five</i><br>",
    "I can book you (or not) and transfer the call(s). Lookup is done.",
    "Write to a_b@clinic.co.in, or see www.clinic.co.in (open now).",
    "As in [1], [smiles] or [END_CALL]. Hello {name}, {{name}}.",
    "`Code` and *stars*. The first is this one. So. Now, the right user manual is here.",
    "The customer is always right.",
    "नमस्ते, हम नौ बजे खुलते हैं।",
    "வணக்கம், ஒன்பது மணிக்கு.",
    "Our tools. Call: nine to five. The function (dinner) is at 9, input: none. f(x) = 2",
    "यह <आपका नाम> है (नया). Fee(s) apply; write a JSON {sic}.",
    "Okay.",
    "The",
    "7",
]


def said(text: str, size: int | None = None, *, holds: bool = False) -> tuple[str, AnswerStream]:
    """What comes through, in pieces of so many characters, or word by word."""
    stream = AnswerStream(TOOLS, holds=holds)
    cut = rf"(?s).{{1,{size}}}" if size else r"\s*\w+|\s+|[^\w\s]"
    out = [stream.feed(piece) for piece in re.findall(cut, text)]
    return "".join([*out, stream.end()]), stream


def each_way(text: str, *, holds: bool = False) -> list[tuple[str, AnswerStream]]:
    """What comes through, however the text is cut."""
    return [said(text, size, holds=holds) for size in (None, 1, 2, 3, 7, 1_000)]


@pytest.mark.parametrize("thought", THOUGHTS)
def test_llm_reasoning_is_never_spoken(thought: str) -> None:
    headless = thought.startswith("They")
    for out, stream in each_way(thought + ANSWER, holds=headless):
        assert out == ANSWER
        assert stream.headless == headless
        assert not stream.betrayed
        assert not stream.call


@pytest.mark.parametrize("thought", ["<think>They want", "[THINK]They want", "<musing>They want"])
def test_unclosed_llm_reasoning_is_never_spoken(thought: str) -> None:
    assert {out for out, _ in each_way(f"{thought} hours. {ANSWER}")} == {""}


def test_llm_reasoning_without_its_opening_tag_is_detected() -> None:
    for out, stream in each_way(f"Nine, I think.</think>{ANSWER}"):
        assert ANSWER not in out
        assert stream.betrayed
        assert stream.headless


@pytest.mark.parametrize("beginning", ["The user wants hours.", "Okay, so the caller asked again."])
def test_llm_text_about_the_caller_waits_for_the_end_of_reasoning(beginning: str) -> None:
    assert {out for out, _ in each_way(f"{beginning} Nine.</think>{ANSWER}")} == {ANSWER}
    assert {out for out, _ in each_way(beginning)} == {beginning}


def test_an_answer_held_for_reasoning_is_spoken_whole_if_there_is_none() -> None:
    assert said(ANSWER, holds=True)[0] == ANSWER
    assert said(f"Sure. <think>Nine?</think>{ANSWER}", holds=True)[0] == f"Sure. {ANSWER}"


@pytest.mark.parametrize("call", CALLS)
def test_a_tool_call_written_as_text_is_never_spoken(call: str) -> None:
    for before in ("", "Let me look that up. ", "One moment.\n"):
        for out, stream in each_way(before + call):
            assert out.strip() == before.strip()
            assert stream.call


def test_a_tool_s_name_alone_is_a_tool_call_and_a_word_among_others() -> None:
    assert said("hang_up")[1].call
    assert said("I will transfer")[0] == "I will transfer"


@pytest.mark.parametrize("words", WORDS)
def test_words_and_tts_markup_come_through(words: str) -> None:
    for out, stream in each_way(words):
        assert out == words
        assert not (stream.call or stream.headless)


def test_llm_tags_and_special_tokens_are_left_out() -> None:
    assert said(f"{ANSWER}<|eot_id|>")[0] == ANSWER
    assert said(f"<answer>{ANSWER}</answer>")[0] == ANSWER
    assert said(f"Sure. <musing>Nine?</musing>{ANSWER}")[0] == f"Sure. {ANSWER}"
    assert said(f"```\n{ANSWER}\n```")[0].strip() == ANSWER


@pytest.mark.parametrize("nothing", ["", "  \n", "\u200b", "😊", "...", "<think", "```"])
def test_an_llm_answer_without_words_is_not_spoken(nothing: str) -> None:
    assert said(nothing)[0] == ""


@pytest.mark.parametrize("wordless", ["  \n", "😊 ", "... ", '<break time="1s"/>', "<b>"])
def test_wordless_llm_text_comes_with_the_first_word(wordless: str) -> None:
    assert said(wordless + ANSWER)[0] == (wordless + ANSWER).lstrip()


def test_llm_words_come_at_most_one_token_late() -> None:
    stream = AnswerStream(TOOLS)
    pieces = ["Sure", ",", " the", " clinic", " opens", " at", " nine", ".", " I", " can", " book"]
    out = ""
    for at, piece in enumerate([*pieces, " a", " table"]):
        out += stream.feed(piece)
        text = "".join([*pieces, " a", " table"][:at])
        assert out.startswith(text.rstrip()), piece  # one piece later at most


FRAGMENTS = [
    *re.findall(r" \w+|[^\w\s<.]", " ".join(WORDS)),
    "<think>",
    "</think>",
    "<br>",
    "<answer>",
    '{"name": "lookup"}',
    " lookup(",
    " hang_up",
    "```",
    "\n",
    "[THINK]",
    "<|eot_id|>",
    " functions.lookup",
]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12), st.lists(st.integers(1, 9), min_size=60))
@example(["[", " यह", "("], [1] * 60)
@example([" यह", "(", ")"], [1] * 60)
def test_spoken_llm_text_does_not_depend_on_how_it_is_cut_into_tokens(
    fragments: list[str], sizes: list[int]
) -> None:
    text = "".join(fragments)
    whole, at_once = said(text, len(text) or 1)
    stream = AnswerStream(TOOLS)
    out, at = "", 0
    for size in sizes:
        out += stream.feed(text[at : at + size])
        at += size
    out += stream.feed(text[at:]) + stream.end()
    if not (stream.betrayed or at_once.betrayed):
        assert out == whole
        assert bool(stream.call) == bool(at_once.call)


@pytest.mark.parametrize(
    "thought",
    [
        "<think>Who? </think>",
        "Who?</think>",
        "<think></think>",
        "<|begin_of_thought|>Who?<|end_of_thought|>",
        "<|channel|>analysis<|message|>Who?<|end|><|start|>assistant<|channel|>final<|message|>",
    ],
)
def test_a_whole_llm_text_loses_its_reasoning_and_nothing_else(thought: str) -> None:
    assert without_reasoning(f'{thought}\n{{"who": "person"}}') == '{"who": "person"}'
    assert without_reasoning(f"{ANSWER} <think>And") == ANSWER
