import json
import logging
import re

import pytest
from loguru import logger

from shared.logs import mask, set_up_logging


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+919812345678", "*********5678"),
        ("09812345678", "*******5678"),
        ("+91 98123 45678", "*********5678"),
        ("", "unknown"),
        ("1234", "unknown"),
        ("anonymous\ncall ended", "unknown"),
        ("9" * 200_000, "*" * 16 + "9999"),
    ],
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


@pytest.mark.parametrize(
    "written",
    [
        "9812345678.",
        "+91 98123 45678",
        "+91-98123-45678",
        "customer_9812345678",
        "(09812345678)",
        "098123 45678",
        "98123-45678",
        "(098) 1234 5678",
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_a_number_is_masked_however_it_is_written_also_in_an_exception(
    capsys: pytest.CaptureFixture[str], written: str, as_json: bool
) -> None:
    set_up_logging(as_json=as_json)
    try:
        raise LookupError(f"no customer {written}")
    except LookupError:
        logger.exception("the lookup of {} failed", written)
    text = capsys.readouterr().err
    assert "98123" not in text
    assert "1234 5678" not in text
    assert text.count("5678") == 2
    assert re.search(r"\b20\d\d-\d\d-\d\d[ T]\d\d:\d\d", text)  # a time is no number


def test_what_pipecat_quotes_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging()
    line = "logger.error('TTS#1: not speaking [Your appointment is on Tuesday.]')"
    exec(line, {"__name__": "pipecat.services.tts_service", "logger": logger})
    text = capsys.readouterr().err
    assert "not speaking [...]" in text


def test_a_line_says_which_call_it_is_about(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging()
    with logger.contextualize(call_sid="c1"):
        logger.error("the voice is away")
        logger.info("call c1 ended")
    first, second = capsys.readouterr().err.splitlines()
    assert first.endswith("the voice is away (call c1)")
    assert second.endswith("call c1 ended")


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
    password = "hunter2"
    try:
        password.no_such_method()  # type: ignore[attr-defined]
    except AttributeError:
        logger.exception("it failed")
    text = capsys.readouterr().err
    assert "test_logs.py" in text
    assert "AttributeError" in text
    assert "hunter2" not in text
    assert text.count("\n") == 1 if as_json else text.count("\n") > 1


def test_libraries_speak_only_when_something_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("DEBUG")
    logging.getLogger("httpx").info("POST https://api/secret")
    logging.getLogger("uvicorn.error").error("cannot bind")
    logging.getLogger("somebody").log(35, "at a level of their own")
    text = capsys.readouterr().err
    assert "secret" not in text
    assert "ERROR   cannot bind" in text
    assert "at a level of their own" in text


@pytest.mark.parametrize(
    "end", ["\n", "\r", "\r\n", "\x0b", "\x85", "\u2028", "\x1b[2K\x1b[1G", "\u202e"]
)
def test_whatever_is_in_a_message_it_is_one_line(
    capsys: pytest.CaptureFixture[str], end: str
) -> None:
    set_up_logging()
    logger.warning("refused {}", f"nobody{end}2026-11-28 INFO call c1 ended: caller hung up")
    text = capsys.readouterr().err
    assert text.splitlines() == [text.rstrip("\n")]
    assert text.rstrip("\n").isprintable()
