"""Tables of the hearing benchmark: targets, kinds of utterance, splits and single outcomes."""

from dataclasses import replace

from benchmarks.hearing.kinds import Kind
from benchmarks.hearing.outcome import Effect, Outcome
from benchmarks.hearing.table import by_kind, described, faults, missed, summary
from benchmarks.measure import NEVER

ANSWER = Outcome(split="work", kind=Kind.QUESTION, name="hours", text="hello", response=0.7)
PAUSED = Outcome(split="work", kind=Kind.PHONE, name="n", response=0.7, paused=True, whole=True)
INTO = replace(PAUSED, response=0.0, talked_into=True, cut=True, whole=False)
STOP = Outcome(split="work", kind=Kind.INTERRUPTION, name="wait", stop=0.3)
COUGH = Outcome(split="work", kind=Kind.NOISE, name="cough", effect=Effect.NONE)
HICCUP = replace(COUGH, effect=Effect.HICCUP, gap=0.4)
STOPPED = replace(COUGH, effect=Effect.STOPPED, gap=NEVER)
HMM = replace(COUGH, kind=Kind.ASSENT, name="hmm")
GOOD = [ANSWER, PAUSED, STOP, COUGH, HMM]


def cell(label: str, *outcomes: Outcome) -> str:
    rows = {row[0]: row[1] for row in summary({"ours": outcomes})}
    return rows[label]


def test_a_bot_that_listens_well_misses_no_target() -> None:
    assert missed({"ours": GOOD}) == []


def test_every_shortcoming_in_listening_misses_its_target() -> None:
    slow = replace(ANSWER, response=1.5)
    deaf = replace(STOP, stop=0.5)
    answered = replace(HMM, effect=Effect.ANSWERED)
    assert missed({"x": [slow]}) == [
        "x: answered late ≤ 8 %",
        "x: answer p50 ≤ 0.75 s",
        "x: answer p95 ≤ 1.3 s",
    ]
    assert missed({"x": [INTO]}) == [
        "x: talked into ≤ 5 %",
        "x: cut at all ≤ 15 %",
        "ten-digit numbers with pauses not whole ≤ 3.33 %",
    ]
    assert missed({"x": [deaf]}) == ["x: quiet after an interruption, p95 ≤ 0.3 s"]
    assert missed({"x": [STOPPED]}) == ["false by noise ≤ 2 %"]
    assert missed({"x": [answered]}) == ["x: false by assent ≤ 5 %"]


def test_few_noises_in_a_split_are_counted_in_all_splits_together() -> None:
    sets = {"work": [COUGH] * 30, "report": [COUGH] * 30}
    assert missed(sets | {"fresh": [COUGH] * 29 + [STOPPED]}) == []
    assert missed(sets | {"fresh": [COUGH] * 28 + [STOPPED] * 2}) == ["false by noise ≤ 2 %"]


def test_a_hiccup_is_no_false_barge_in() -> None:
    assert missed({"x": [HICCUP]}) == []
    assert cell("false by noise", COUGH, HICCUP, STOPPED) == "1 of 3, 33.3 %"


def test_an_answer_to_a_caller_who_was_talked_into_has_no_latency() -> None:
    assert cell("answer p50", INTO) == "–"
    assert cell("answered late", INTO, ANSWER) == "0 of 1, 0.0 %"


def test_only_utterances_with_pauses_count_in_the_lines_of_those() -> None:
    assert cell("talked into", ANSWER, INTO) == "1 of 2, 50.0 %"
    assert cell("talked into, with pauses", ANSWER, INTO) == "1 of 1, 100.0 %"


def test_every_kind_of_utterance_has_a_line() -> None:
    assert [row[0] for row in by_kind({"ours": GOOD})] == [
        "ours",
        Kind.QUESTION,
        Kind.PHONE,
        Kind.INTERRUPTION,
        Kind.ASSENT,
        Kind.NOISE,
    ]


def test_the_sets_stand_side_by_side_where_they_differ() -> None:
    slower = replace(ANSWER, response=0.9)
    heading, question = by_kind({"ours": [ANSWER], "reference": [slower]})
    assert heading[0] == "ours / reference"
    assert question[1:6] == ["1", "0", "0", "0", "0.70 s / 0.90 s"]


def test_a_difference_between_splits_beyond_chance_is_a_fault() -> None:
    good, bad = [PAUSED] * 100, [PAUSED] * 80 + [INTO] * 20
    assert faults({"work": good, "report": good}) == []
    assert "work and report differ beyond chance in: talked into" in faults(
        {"work": good, "report": bad}
    )


def test_the_line_of_an_outcome_says_what_was_wrong() -> None:
    assert described(ANSWER) == "hours: hello  answer 0.70 s"
    assert described(INTO) == "n  answer 0.00 s  TALKED INTO  NOT WHOLE"
    assert described(replace(ANSWER, response=NEVER, cut=True)).endswith("answer never  CUT  LATE")
    assert described(STOPPED) == "cough  stopped, gap never"
