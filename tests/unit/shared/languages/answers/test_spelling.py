"""Spelled names are open until the letters spell the name that was said."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shared.languages.answers.completeness import Completeness, completeness
from shared.languages.answers.kinds import AnswerKind, ExpectedAnswer
from shared.languages.answers.naming import named_kinds
from shared.languages.answers.vocabulary import ANSWER

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
KNOWN = sorted(name for name in ANSWER.names if "w" not in name and "uu" not in name)


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
def test_letters_that_begin_no_known_name_may_go_on_as_long_as_they_like(letters: str) -> None:
    assume("w" not in letters and "uu" not in letters)  # "double u"
    assume(not any(letters.startswith(name[:2]) for name in KNOWN))
    assume(not named_kinds(" ".join(letters)))  # "o t p"
    level = Completeness.OPEN if len(letters) < 3 else Completeness.EXTENDABLE
    assert completeness(" ".join(letters), SPELLING) is level


@settings(deadline=None)
@given(st.sampled_from(KNOWN), st.booleans())
def test_letters_are_a_name_of_the_list_or_begin_one(name: str, explained: bool) -> None:
    letters = [f"{each} for {WORDS[each]}" if explained else each for each in name]
    for end in range(1, len(name)):
        if name[:end] not in KNOWN:
            assert completeness(" ".join(letters[:end]), SPELLING) is Completeness.OPEN
    longer = any(each != name and each.startswith(name) for each in ANSWER.names)
    level = Completeness.EXTENDABLE if longer else Completeness.WHOLE
    assert completeness(" ".join(letters), SPELLING) is level


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("k a v", Completeness.OPEN),
        ("k a v i t a", Completeness.WHOLE),
        ("r a m", Completeness.EXTENDABLE),  # and "Ramesh"
        ("के ए वी", Completeness.OPEN),
        ("एन आई एस एच ए", Completeness.WHOLE),
        ("r a h u l s h a", Completeness.OPEN),
        ("r a h u l s h a r m a", Completeness.WHOLE),
        ("a for apple n for nest i for india l for lion", Completeness.WHOLE),
        ("x y q", Completeness.EXTENDABLE),
    ],
)
def test_a_name_that_was_not_said_is_looked_up(said: str, level: Completeness) -> None:
    assert completeness(said, SPELLING) is level
