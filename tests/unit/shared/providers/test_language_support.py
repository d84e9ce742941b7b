"""A persona's language code, matched with the codes that a provider knows."""

import pytest
from pipecat.services.soniox.stt import language_to_soniox_language
from pipecat.transcriptions.language import Language

from shared.providers.language_support import UnknownLanguage, choose, languages_of


@pytest.mark.parametrize(
    ("code", "known", "chosen"),
    [
        ("en-IN", {"en", "en-IN"}, "en-IN"),
        ("en-IN", {"en", "en-GB"}, "en"),
        ("ta", {"ta-IN", "ta-LK"}, "ta-IN"),
        ("ta", {"ta", "ta-IN"}, "ta"),
    ],
)
def test_the_provider_s_nearest_language_is_chosen(code: str, known: set[str], chosen: str) -> None:
    assert choose(code, known) is Language(chosen)


@pytest.mark.parametrize("code", ["te-IN", "te", "en-GB"])
def test_a_language_unknown_to_the_provider_is_refused_with_the_known_ones(code: str) -> None:
    with pytest.raises(UnknownLanguage) as refused:
        choose(code, {"hi", "en-IN"})
    assert str(refused.value) == f"has no {code}; it has en-IN, hi"


def test_pipecat_s_language_tables_are_read_and_left_as_they_are(log: list[str]) -> None:
    known = languages_of(language_to_soniox_language)
    assert {"en", "hi", "ta", "te", "bn", "mr"} <= known
    assert "or" not in known
    assert language_to_soniox_language(Language.HI_IN) == "hi"
    assert any("not verified" in line for line in log)  # Pipecat's own function still guesses
