"""Slots of templates: filled alike in both writings, with pauses in both at the same places."""

from random import Random

import pytest

from benchmarks.hearing.texts.slots import SLOT, Slots
from benchmarks.hearing.texts.texts import LANGUAGES, REPORT, WORK, texts_of


@pytest.mark.parametrize("split", [WORK, REPORT])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_can_be_filled_with_the_same_places_for_pauses(
    split: str, language: str
) -> None:
    (texts,) = texts_of(split, language)
    for seed in range(5):
        slots = Slots(texts, language, Random(seed))
        for template in (each for some in texts.said.values() for each in some):
            spoken, written = slots.fill(template)
            assert not SLOT.search(spoken + written)
            assert spoken.count("|") == written.count("|")
            assert spoken.strip() and written.strip()


def test_a_phone_number_is_told_in_figures_too() -> None:
    (texts,) = texts_of(WORK, "en-IN")
    slots = Slots(texts, "en-IN", Random(3))
    slots.fill(("{phone}", "{phone}"))
    assert len(slots.digits) == 10
    assert slots.digits[0] in "6789"


def test_a_spelled_name_is_the_name_before_it() -> None:
    (texts,) = texts_of(WORK, "en-IN")
    for seed in range(10):
        slots = Slots(texts, "en-IN", Random(seed))
        _, written = slots.fill(("{name} | {spelled_name}", "{name} | {spelled_name}"))
        name, *letters = written.split(" | ")
        assert (
            "".join(word[0] for part in letters for word in part.split() if len(word) == 1)
            == (name)
            or " for " in written
            or " as in " in written
        )
