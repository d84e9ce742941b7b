import json
import logging

import pytest
from loguru import logger

from shared.logs import mask, set_up_logging


@pytest.mark.parametrize(
    ("number", "shown"),
    [("+919812345678", "*********5678"), ("09812345678", "*******5678"), ("", "unknown")],
)
def test_a_masked_number_keeps_four_digits(number: str, shown: str) -> None:
    assert mask(number) == shown


def test_a_number_is_masked_in_whatever_line_it_turns_up(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logging()
    logger.warning("no customer +919812345678, nor 09812345678; call 4c18aa9812345678191f, 12:30")
    line = capsys.readouterr().err
    assert "*********5678, nor *******5678; call 4c18aa9812345678191f, 12:30" in line


def test_json_is_one_object_per_line_with_the_calls_facts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logging(as_json=True)
    with logger.contextualize(call_sid="c1"):
        logger.bind(turns=3).info("call ended: नमस्ते")
    line = json.loads(capsys.readouterr().err)
    assert line.pop("time")
    assert line == {"level": "INFO", "message": "call ended: नमस्ते", "turns": 3, "call_sid": "c1"}


@pytest.mark.parametrize("as_json", [False, True])
def test_a_traceback_says_where_but_not_with_which_values(
    capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    set_up_logging(as_json=as_json)
    secret = "hunter2"
    try:
        int(f"{secret}"[:0])
    except ValueError:
        logger.exception("it failed")
    text = capsys.readouterr().err
    assert "test_logs.py" in text
    assert "ValueError" in text
    assert "hunter2" not in text
    assert text.count("\n") == 1 if as_json else text.count("\n") > 1


def test_libraries_speak_only_when_something_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("DEBUG")
    logging.getLogger("httpx").info("POST https://api/secret")
    logging.getLogger("uvicorn.error").error("cannot bind")
    text = capsys.readouterr().err
    assert "secret" not in text
    assert "ERROR   cannot bind" in text
