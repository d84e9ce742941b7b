"""Spelled names are open until the letters spell the name that was said."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shared.languages.answers.completeness import Completeness, completeness
from shared.languages.answers.kinds import AnswerKind, ExpectedAnswer

SPELLING = ExpectedAnswer(AnswerKind.SPELLING)
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
WORDS = dict(
    zip(
        ALPHABET,
        """apple ball cat dog egg fish goat hat india jug kite lion mango nest
    orange pune queen rat sun tiger umbrella van water xray yellow zebra""".split(),  # noqa: SIM905
        strict=True,
    )
)
NAMES = """meera rahul priya krishna sharma venkat anil zainab lakshmi gupta farhan nair
    iyer sunita""".split()  # noqa: SIM905


@settings(deadline=None)
@given(st.sampled_from(NAMES), st.booleans(), st.data())
def test_letters_behind_a_name_are_open_until_they_spell_it(
    name: str, explained: bool, data: st.DataObject
) -> None:
    letters = [f"{each} for {WORDS[each]}" if explained else each for each in name]
    begun = data.draw(st.integers(1, len(name) - 1))
    said = f"it is {name} {' '.join(letters[:begun])}"
    assert completeness(said, SPELLING) is Completeness.OPEN, said
    said = f"it is {name} {' '.join(letters)}"
    assert completeness(said, SPELLING) is Completeness.WHOLE, said


@settings(deadline=None)
@given(st.text(ALPHABET, min_size=1, max_size=8))
def test_letters_alone_may_go_on_as_long_as_they_like(letters: str) -> None:
    assume("w" not in letters and "uu" not in letters)  # "double u"
    level = Completeness.OPEN if len(letters) < 3 else Completeness.EXTENDABLE
    assert completeness(" ".join(letters), SPELLING) is level
