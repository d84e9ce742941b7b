"""Log lines of a process: our own words, and of a library's lines what can hold no secret."""

import asyncio
import json
import logging
import re
import sys
import threading
import warnings
from pathlib import Path

import pytest
from loguru import logger

from shared.observability.library_logs import tell_elsewhere
from shared.observability.logs import catch_the_rest, keep_secrets, set_up_logging
from shared.records.database.transactions import StoreError

SAID = "my account is four three two one"
KEY = "sk-planted-0123456789abcdef"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Where a package of somebody else's is installed."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    return folder


def run(folder: Path, code: str, name: str = "pipecat.services.x.tts", **values: object) -> None:
    """Run code as if it were a library's."""
    file = folder / f"module_{abs(hash(code))}.py"
    file.write_text(code, encoding="utf-8")
    exec(compile(code, str(file), "exec"), {"__name__": name, "logger": logger, **values})


@pytest.mark.parametrize("as_json", [False, True])
def test_a_phone_number_is_masked_in_every_log_line(
    capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    set_up_logging(as_json=as_json)
    with logger.contextualize(caller="+919812345678"):
        logger.warning("no customer +919812345678, nor 09812345678; call 4c18aa9812345678191f")
    text = capsys.readouterr().err
    assert "*********5678, nor *******5678; call 4c18aa9812345678191f" in text
    assert "98123456789" not in text.replace("4c18aa9812345678191f", "")
    assert re.search(r"\b20\d\d-\d\d-\d\d[ T]\d\d:\d\d", text)  # a time is no number


@pytest.mark.parametrize("level", ["TRACE", "DEBUG", "INFO", "WARNING", "ERROR"])
def test_a_secret_is_hidden_at_every_log_level(
    capsys: pytest.CaptureFixture[str], level: str
) -> None:
    set_up_logging("TRACE", secrets=[KEY])
    logger.log(level, "the key is {}", KEY)
    assert "the key is ***" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('logger.error(f"{self}: not speaking [{said}]")', "Cartesia: not speaking […]"),
        ('logger.error(f"Incorrect API key provided: {key}")', "Incorrect API key provided: …"),
        (
            'logger.error(\n    f"{self} could not "\n    f"say {said}: {error}"\n)',
            "say …: HTTP 401",
        ),
        ('logger.opt(exception=False).error(f"[{said}] failed")', "[…] failed"),
        ('logger.bind(a=1).error("it " f"took {said}")', "it took …"),
        ('text = f"{self} error: {error}"\nlogger.error(text)', "Cartesia error: HTTP 401"),
        ('if said:\n    a = f"no {said}"\nelse:\n    a = "all"\nlogger.error(a)', "no …"),
        ("logger.error(said + ' ' + str(error))", "HTTP 401"),
        ("logger.error(said)", "ERROR   …"),
        ('logger.error("{} said {}", self, said)', "ERROR   …"),
        ('logger.error("nothing to hide")', "nothing to hide"),
    ],
)
def test_a_library_s_log_line_shows_its_own_words_and_no_values(
    capsys: pytest.CaptureFixture[str], library: Path, code: str, shown: str
) -> None:
    set_up_logging()
    error = f"Error code: 401 - {{'error': {{'message': 'you sent {SAID}, {KEY}'}}}}"
    run(library, code, self="Cartesia#2", said=SAID, key=KEY, error=error)
    text = capsys.readouterr().err
    assert shown in text
    assert SAID not in text
    assert "planted" not in text


@pytest.mark.parametrize(
    ("error", "fact"),
    [
        (f"Error code: 429 - {SAID}", "HTTP 429"),
        (f"server rejected WebSocket connection: HTTP 401, {SAID}", "HTTP 401"),
        (f"status_code: 503, body: {SAID}", "HTTP 503"),
        (f"received 1008 (policy violation) {SAID}; then sent 1008 (same)", "close code 1008"),
        (f"{{'code': 'insufficient_quota', 'message': '{SAID}'}}", "insufficient_quota"),
        (f"ReadTimeout('{SAID}')", "ReadTimeout"),
        (f"[Errno 111] Connect call failed ('{SAID}', 5555)", "Errno 111, connect call failed"),
        (f"{SAID}: Name or service not known", "name or service not known"),
        (f"{SAID}: certificate verify failed", "certificate verify failed"),
    ],
)
def test_the_log_of_a_library_keeps_the_facts_of_a_failure(
    capsys: pytest.CaptureFixture[str], library: Path, error: str, fact: str
) -> None:
    set_up_logging()
    run(library, 'logger.error(f"{self} error: {error}")', self="OpenAI#7", error=error)
    text = capsys.readouterr().err
    assert f"OpenAI error: {fact}" in text
    assert SAID not in text


def test_pipecat_s_log_lines_are_known_wherever_its_source_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logging()
    code = compile("logger.error(f'{said}: HTTP 503')", "<no file>", "exec")
    exec(code, {"__name__": "pipecat.services.x", "logger": logger, "said": SAID})
    assert capsys.readouterr().err.endswith("ERROR   HTTP 503\n")


def test_a_log_value_that_looks_like_the_code_around_it_is_hidden(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    set_up_logging()
    run(
        library, 'logger.error(f"[{a}] failed: {b}")', a=f"x] failed: {SAID}", b=f"] failed: {SAID}"
    )
    text = capsys.readouterr().err
    assert SAID not in text
    assert "] failed: …" in text


def test_values_given_to_standard_logging_are_hidden(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    set_up_logging()
    code = (
        'log.warning("sent %s to %(where)s", *args) if 0 else log.warning("> %r in %.1f s", *args)'
    )
    run(library, code, log=logging.getLogger("sdk.client"), args=(SAID, 0.25))
    run(
        library, 'log.error(f"answered {x}")', log=logging.getLogger("sdk"), x=f"status 500: {SAID}"
    )
    text = capsys.readouterr().err
    assert "sdk.client: > … in … s" in text
    assert "sdk: answered HTTP 500" in text
    assert SAID not in text


async def test_an_unawaited_task_s_failure_is_logged_with_its_type(
    capsys: pytest.CaptureFixture[str], log: list[str]
) -> None:
    set_up_logging()

    async def fail() -> None:
        raise LookupError(SAID)

    task = asyncio.create_task(fail())
    await asyncio.wait({task})
    del task
    text = capsys.readouterr().err
    assert "asyncio: Task exception was never retrieved (" in text
    assert "LookupError" in text
    assert SAID not in text


def test_a_log_line_says_which_call_it_is_about(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging()
    with logger.contextualize(call_sid="c1"):
        logger.error("the voice is away")
        logger.info("call c1 ended")
    first, second = capsys.readouterr().err.splitlines()
    assert first.endswith("the voice is away (call c1)")
    assert second.endswith("call c1 ended")


def test_a_json_log_has_one_object_per_line_with_the_call_s_facts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logging(as_json=True)
    with logger.contextualize(call_sid="c1"):
        logger.bind(turns=3).info("call ended: नमस्ते")
    line = json.loads(capsys.readouterr().err)
    assert line.pop("time")
    assert line == {"level": "INFO", "message": "call ended: नमस्ते", "turns": 3, "call_sid": "c1"}


@pytest.mark.parametrize("as_json", [False, True])
def test_a_logged_traceback_says_where_but_not_with_which_values(
    capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    set_up_logging(as_json=as_json)
    password = "hunter2"
    try:
        try:
            password.no_such_method()  # type: ignore[attr-defined]
        except AttributeError as error:
            raise LookupError(f"{SAID}: hunter2, +919812345678") from error
    except LookupError:
        with logger.contextualize(call_sid="c1"):
            logger.exception("it failed")
    text = capsys.readouterr().err
    assert "test_logs.py" in text
    assert text.index("AttributeError") < text.index("LookupError")
    for hidden in ("hunter2", SAID, "98123"):
        assert hidden not in text
    if as_json:
        line = json.loads(text)
        assert line["message"] == "it failed"
        assert line["exception"].startswith("Traceback (most recent call last):")
    else:
        assert "it failed (call c1)\nTraceback" in text


def test_a_logged_exception_shows_a_library_s_words_and_ours(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    set_up_logging()
    for error in ('raise ValueError(f"no such voice: {said}")', "raise own(said)"):
        try:
            run(library, error, said="asha", own=StoreError)
        except (ValueError, StoreError):
            logger.exception("it failed")
    text = capsys.readouterr().err
    assert "ValueError: no such voice: …" in text
    assert "StoreError: asha" in text


def test_a_group_of_exceptions_is_logged_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging()
    group = ExceptionGroup(SAID, [KeyError(SAID), ExceptionGroup(SAID, [OSError(111, SAID)])])
    logger.opt(exception=group).error("several failed")
    text = capsys.readouterr().err
    for told in ("ExceptionGroup", "  | KeyError", "ConnectionRefusedError: Errno 111"):
        assert told in text
    assert SAID not in text


def test_a_log_line_that_cannot_be_redacted_is_dropped_without_an_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Odd(Exception):
        def __str__(self) -> str:
            raise RuntimeError(SAID)

    set_up_logging()
    logger.opt(exception=Odd()).error("it failed: {}", SAID)
    text = capsys.readouterr().err
    assert "RuntimeError" in text
    assert SAID not in text


def test_a_very_long_log_line_is_shortened(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging()
    logger.warning("no {}", "o" * 100_000)
    assert len(capsys.readouterr().err) < 10_000


def test_log_sinks_of_others_show_no_more(tmp_path: Path) -> None:
    """Such as those of Pipecat Cloud and of Pipecat's runner, which show values in tracebacks."""
    logger.remove()
    file = tmp_path / "log"
    logger.add(file, backtrace=True, diagnose=True, level="TRACE")
    keep_secrets([KEY])
    sentence = SAID
    try:
        raise ValueError(f"{KEY} {sentence}")
    except ValueError:
        logger.exception("the key is {}", KEY)
    text = file.read_text("utf-8")
    assert "the key is ***" in text
    assert "ValueError" in text
    assert SAID not in text
    assert "planted" not in text


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_uncaught_exception_is_logged_with_its_type(
    capsys: pytest.CaptureFixture[str], log: list[str]
) -> None:
    set_up_logging()
    catch_the_rest()
    error = LookupError(SAID)
    sys.excepthook(LookupError, error, None)
    thread = threading.Thread(target=lambda: dict[str, str]()[SAID])
    thread.start()
    thread.join()
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        catch_the_rest()
        warnings.warn(SAID, UserWarning, stacklevel=1)
    text = capsys.readouterr().err
    for told in ("LookupError", "KeyError", "UserWarning at"):
        assert told in text
    assert SAID not in text
    log.clear()


def test_libraries_log_only_when_something_is_wrong(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    set_up_logging("DEBUG")
    logging.getLogger("httpx").info("POST https://api/secret")
    logging.getLogger("uvicorn.error").error("cannot bind")
    logging.getLogger("somebody").log(35, "at a level of their own")
    run(library, 'logger.debug("a step")', "pipecat.pipeline.x")
    text = capsys.readouterr().err
    assert "secret" not in text
    assert "a step" not in text
    assert "ERROR   cannot bind" in text
    assert "at a level of their own" in text


@pytest.mark.parametrize(
    ("level", "told"), [("INFO", False), ("WARNING", False), ("DEBUG", True), ("TRACE", True)]
)
def test_library_errors_that_our_code_logs_are_shown_at_debug_only(
    capsys: pytest.CaptureFixture[str], library: Path, level: str, told: bool
) -> None:
    tell_elsewhere("Spoken")
    set_up_logging(level)
    code = 'def push_error_frame(self):\n    logger.error(f"{self} error: it failed")\n'
    for name in ("Spoken#3", "SomebodyElse#1"):
        run(
            library,
            f"{code}push_error_frame(self)",
            "pipecat.processors.frame_processor",
            self=name,
        )
    text = capsys.readouterr().err
    assert "SomebodyElse error: it failed" in text
    assert ("Spoken error" in text) == told


def test_at_trace_libraries_log_every_step_and_still_no_value(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    set_up_logging("TRACE")
    run(library, 'logger.trace(f"a step with {said}")', "pipecat.pipeline.x", said=SAID)
    run(library, 'log.debug("< %s", said)', log=logging.getLogger("websockets"), said=SAID)
    text = capsys.readouterr().err
    assert "a step with …" in text
    assert "websockets: < …" in text
    assert SAID not in text


@pytest.mark.parametrize(
    "end", ["\n", "\r", "\r\n", "\x0b", "\x85", "\u2028", "\x1b[2K\x1b[1G", "\u202e"]
)
def test_a_log_message_is_one_line_whatever_is_in_it(
    capsys: pytest.CaptureFixture[str], end: str
) -> None:
    set_up_logging()
    logger.warning("refused {}", f"nobody{end}2026-11-28 INFO call c1 ended: caller hung up")
    text = capsys.readouterr().err
    assert text.splitlines() == [text.rstrip("\n")]
    assert text.rstrip("\n").isprintable()
