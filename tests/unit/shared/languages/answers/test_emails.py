"""E-mail addresses are open until something stands behind the last dot."""

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.languages.answers.completeness import Completeness, completeness
from shared.languages.answers.kinds import AnswerKind, ExpectedAnswer

EMAIL = ExpectedAnswer(AnswerKind.EMAIL)
names = st.sampled_from(["rahul", "meera", "john", "s", "sharma 88", "one two", "vikas", "राहुल"])
ats = st.sampled_from([" at ", " at the rate ", " at the rate of ", "@", " ऐट ", " एट द रेट "])
dots = st.sampled_from([" dot ", " डॉट ", "."])
ends = st.sampled_from(["com", "in", "org", "net", "कॉम", "c o m"])


@settings(deadline=None)
@given(st.lists(names, min_size=1, max_size=3), ats, names, dots, ends)
def test_an_address_is_open_until_its_last_dot_and_whole_behind_it(
    local: list[str], at: str, host: str, dot: str, end: str
) -> None:
    said = " dot ".join(local)
    for more in ("", at, host, dot):
        said += more
        assert completeness(said, EMAIL) is Completeness.OPEN, said
    assert completeness(said + end, EMAIL) is Completeness.WHOLE, said + end


@settings(deadline=None)
@given(names, ats, dots)
def test_a_host_that_is_known_is_often_all_that_is_said(local: str, at: str, dot: str) -> None:
    assert completeness(f"{local}{at}gmail", EMAIL) is Completeness.EXTENDABLE
    assert completeness(f"my mail is {local}{at}gmail{dot}com") is Completeness.WHOLE


@settings(deadline=None)
@given(names, ats)
def test_a_country_may_follow(local: str, at: str) -> None:
    assert completeness(f"{local}{at}yahoo dot co", EMAIL) is Completeness.EXTENDABLE
    assert completeness(f"{local}{at}yahoo dot co dot in", EMAIL) is Completeness.WHOLE
