"""Turn settings that would make calls deaf or rude are refused, with the range that is right."""

import pytest

from shared.bot.turn_settings import IdleSettings, TurnSettings


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
def test_hearing_that_makes_no_sense_is_refused(wrong: dict[str, float], said: str) -> None:
    with pytest.raises(ValueError, match=r"^TurnSettings\(") as refused:
        TurnSettings(**wrong)  # type: ignore[arg-type]
    assert said in str(refused.value)


@pytest.mark.parametrize("name", ["first", "again", "goodbye"])
@pytest.mark.parametrize("secs", [0, -8, 8_000])
def test_silence_that_makes_no_sense_is_refused(name: str, secs: float) -> None:
    with pytest.raises(
        ValueError, match=rf"^IdleSettings\({name}={secs}\): it must be from 1 to 3600$"
    ):
        IdleSettings(**{name: secs})


def test_the_bounds_themselves_are_taken() -> None:
    TurnSettings(
        endpointing_secs=0, incomplete_secs=60, confidence=0.95, min_volume=0, start_secs=0.03
    )
    IdleSettings(first=1, again=3_600)
