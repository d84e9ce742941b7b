"""Turn and idle settings: bounds that are refused with the right range, and the presets."""

from dataclasses import asdict, fields, replace
from pathlib import Path

import pytest

from shared.bot.turn_settings import FILLER_SECS, IdleSettings, TurnSettings

PAGE = Path(__file__).parents[4] / "docs" / "conversation.md"
WAITS = ("endpointing_secs", "extendable_secs", "incomplete_secs", "stop_secs")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"confidence": 60}, "confidence=60"),
        ({"confidence": -0.1}, "from 0 to 0.95"),
        ({"min_volume": -50}, "min_volume=-50"),
        ({"start_secs": 0}, "from 0.03 to 2"),
        ({"stop_secs": 200}, "stop_secs=200"),
        ({"endpointing_secs": -1}, "endpointing_secs=-1"),
        ({"incomplete_secs": float("nan")}, "incomplete_secs=nan"),
        ({"uninterruptible_secs": 500}, "uninterruptible_secs"),
        ({"min_interruption_secs": -0.2}, "min_interruption_secs"),
        ({"min_words": 0}, "from 1 to 20"),
    ],
)
def test_turn_settings_that_make_no_sense_are_refused(wrong: dict[str, float], said: str) -> None:
    with pytest.raises(ValueError, match=r"^TurnSettings\(") as refused:
        TurnSettings(**wrong)  # type: ignore[arg-type]
    assert said in str(refused.value)


@pytest.mark.parametrize("name", ["first", "again", "goodbye"])
@pytest.mark.parametrize("secs", [0, -8, 8_000])
def test_idle_settings_that_make_no_sense_are_refused(name: str, secs: float) -> None:
    with pytest.raises(
        ValueError, match=rf"^IdleSettings\({name}={secs}\): it must be from 1 to 3600$"
    ):
        IdleSettings(**{name: secs})


def test_the_bounds_of_turn_and_idle_settings_are_accepted() -> None:
    TurnSettings(
        endpointing_secs=0, incomplete_secs=60, confidence=0.95, min_volume=0, start_secs=0.03
    )
    IdleSettings(first=1, again=3_600)


def test_presets_of_endpointing_wait_longer_and_shorter_than_the_defaults() -> None:
    brisk, usual, relaxed = TurnSettings.brisk(), TurnSettings(), TurnSettings.relaxed()
    for name in WAITS:
        assert getattr(brisk, name) <= getattr(usual, name) < getattr(relaxed, name)
    for name in WAITS[:3]:
        assert getattr(brisk, name) < getattr(usual, name)


@pytest.mark.parametrize("preset", [TurnSettings.brisk(), TurnSettings.relaxed()])
def test_a_preset_changes_only_endpointing_waits_and_can_be_refined(preset: TurnSettings) -> None:
    usual = asdict(TurnSettings())
    changed = {name for name, value in asdict(preset).items() if value != usual[name]}
    assert changed <= {*WAITS}
    refined = replace(preset, min_words=2)
    assert asdict(refined) == {**asdict(preset), "min_words": 2}
    with pytest.raises(ValueError, match="min_words=0"):
        replace(preset, min_words=0)


@pytest.mark.parametrize("preset", [TurnSettings.brisk(), TurnSettings(), TurnSettings.relaxed()])
def test_no_preset_waits_until_the_caller_hears_a_filler(preset: TurnSettings) -> None:
    waits = (preset.endpointing_secs, preset.extendable_secs, preset.incomplete_secs)
    assert max(waits) < FILLER_SECS - 0.5


@pytest.mark.parametrize("name", ["relaxed", "brisk"])
def test_the_docs_page_tells_what_an_endpointing_preset_changes(name: str) -> None:
    (row,) = (
        line
        for line in PAGE.read_text("utf-8").splitlines()
        if line.startswith(f"| `TurnSettings.{name}()`")
    )
    preset, usual = getattr(TurnSettings, name)(), TurnSettings()
    changes = [
        f"`{field.name}` {getattr(preset, field.name)} s"
        for field in fields(preset)
        if getattr(preset, field.name) != getattr(usual, field.name)
    ]
    assert row.split("|")[2].strip() == ", ".join(changes)
