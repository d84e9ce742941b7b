"""Manners that would make calls deaf or rude are refused when a bot is written, with the range."""

import pytest

from shared.bot.turn_settings import Hearing, Silence


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"confidence": 60}, "confidence=60"),
        ({"confidence": -0.1}, "from 0 to 0.95"),
        ({"min_volume": -50}, "min_volume=-50"),
        ({"start_secs": 0}, "from 0.03 to 2"),
        ({"stop_secs": 200}, "stop_secs=200"),
        ({"patience": -1}, "patience=-1"),
        ({"number_patience": float("nan")}, "number_patience=nan"),
        ({"protected_secs": 500}, "protected_secs"),
        ({"barge_in_secs": -0.2}, "barge_in_secs"),
        ({"min_words": 0}, "from 1 to 20"),
    ],
)
def test_hearing_that_makes_no_sense_is_refused(wrong: dict[str, float], said: str) -> None:
    with pytest.raises(ValueError, match=r"^Hearing\(") as refused:
        Hearing(**wrong)  # type: ignore[arg-type]
    assert said in str(refused.value)


@pytest.mark.parametrize("name", ["first", "again", "goodbye"])
@pytest.mark.parametrize("secs", [0, -8, 8_000])
def test_silence_that_makes_no_sense_is_refused(name: str, secs: float) -> None:
    with pytest.raises(ValueError, match=rf"^Silence\({name}={secs}\): it must be from 1 to 3600$"):
        Silence(**{name: secs})


def test_the_bounds_themselves_are_taken() -> None:
    Hearing(patience=0, number_patience=60, confidence=0.95, min_volume=0, start_secs=0.03)
    Silence(first=1, again=3_600)
