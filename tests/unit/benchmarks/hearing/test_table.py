"""Tables of the listening benchmark: targets, kinds of utterance and single outcomes."""

from benchmarks.hearing.fixtures import Kind
from benchmarks.hearing.judge import Effect, Outcome
from benchmarks.hearing.table import cells, described, missed
from benchmarks.measure import NEVER

ANSWER = Outcome(kind=Kind.QUESTION, name="hours", response=0.7)
PAUSED = Outcome(kind=Kind.NUMBER, name="digits", response=0.8)
STOP = Outcome(kind=Kind.BARGE_IN, name="wait", response=0.7, stop=0.3)
COUGH = Outcome(kind=Kind.COUGH, name="cough", effect=Effect.NONE)
HICCUP = Outcome(kind=Kind.COUGH, name="cough", effect=Effect.HICCUP, gap=0.4)
STOPPED = Outcome(kind=Kind.COUGH, name="cough", effect=Effect.STOPPED, gap=NEVER)
GOOD = [ANSWER, PAUSED, STOP, COUGH]


def column(name: str, *outcomes: Outcome) -> dict[str, str]:
    heading, *lines = cells({"ours": outcomes})
    return {line[0]: line[heading.index(name)] for line in lines}


def test_a_bot_that_listens_well_misses_no_target() -> None:
    assert missed(GOOD) == []


def test_every_shortcoming_in_listening_misses_its_target() -> None:
    slow = Outcome(kind=Kind.QUESTION, name="hours", response=1.3, late=True)
    early = Outcome(kind=Kind.NUMBER, name="digits", response=0.0, cut_early=True)
    deaf = Outcome(kind=Kind.BARGE_IN, name="wait", response=0.7, stop=0.5, late=True)
    assert missed([slow]) == ["answer p50 ≤ 0.75 s", "answer p95 ≤ 1.2 s"]
    assert missed([early]) == ["no pause ends the turn"]
    assert missed([deaf]) == ["quiet within 0.4 s of an interruption"]
    assert missed([STOPPED]) == ["no noise stops the bot"]


def test_a_hiccup_is_no_false_barge_in_but_its_length_is_told() -> None:
    assert missed([HICCUP]) == []
    assert column("false interruptions", COUGH, HICCUP, STOPPED)[Kind.COUGH] == "1"
    assert column("hiccups, longest", COUGH, HICCUP, STOPPED)[Kind.COUGH] == "1, 0.40 s"


def test_every_kind_of_utterance_has_a_line_and_all_have_one_together() -> None:
    assert list(column("answer p50", *GOOD)) == [
        Kind.QUESTION,
        Kind.NUMBER,
        Kind.BARGE_IN,
        Kind.COUGH,
        "all",
    ]


def test_measures_that_do_not_apply_to_a_kind_are_left_out() -> None:
    assert column("answer p50", *GOOD)[Kind.COUGH] == "–"
    assert column("false interruptions", *GOOD)[Kind.QUESTION] == "–"
    assert column("stop p95", *GOOD) == {
        Kind.QUESTION: "–",
        Kind.NUMBER: "–",
        Kind.BARGE_IN: "0.30 s",
        Kind.COUGH: "–",
        "all": "0.30 s",
    }


def test_the_bots_stand_side_by_side_where_they_differ() -> None:
    slower = Outcome(kind=Kind.QUESTION, name="hours", response=0.9)
    heading, question, _ = cells({"ours": [ANSWER], "reference": [slower]})
    assert heading[:3] == ["ours / reference", "fixtures", "answer p50"]
    assert question[:3] == [Kind.QUESTION, "1", "0.70 s / 0.90 s"]


def test_a_hundred_answers_have_few_late_ones_in_their_p95_latency() -> None:
    slow = Outcome(kind=Kind.QUESTION, name="hours", response=3.0, late=True)
    assert column("p95", *[ANSWER] * 95, *[slow] * 5)["all"] == "0.70 s"
    assert column("late", *[ANSWER] * 95, *[slow] * 5)["all"] == "5"


def test_the_line_of_an_outcome_says_what_was_wrong_with_the_answer() -> None:
    late = Outcome(kind=Kind.NUMBER, name="digits", response=NEVER, cut_early=True, late=True)
    assert described(late) == "pause in a number: digits  answer never  CUT EARLY  LATE"
    assert described(STOPPED) == "cough: cough  stopped, gap never"
