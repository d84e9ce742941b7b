"""A provider's fault counts as one failure of a call, however many errors it raises."""

from shared.conversation.failure_count import FailureCount
from shared.records.session_record import SessionRecord
from shared.telephony.direction import Direction


def counted() -> tuple[FailureCount, SessionRecord, list[str]]:
    record, told = SessionRecord("c1", "s1", Direction.INBOUND), list[str]()
    return FailureCount(record, told.append), record, told


def test_the_errors_of_one_tts_fault_are_one_failure() -> None:
    count, record, told = counted()
    for _ in range(13):
        count.failed("tts")
    assert record.failures == {"tts": 1}
    assert told == ["tts"]


async def test_an_stt_that_fails_in_five_turns_has_five_failures() -> None:
    count, record, _ = counted()
    for _ in range(5):
        count.failed("stt")
        count.failed("stt")
        await count.next_turn(None, None, None)
    assert record.failures == {"stt": 5}


def test_a_tts_that_fails_again_after_it_has_worked_has_two_failures() -> None:
    count, record, _ = counted()
    count.failed("tts")
    count.worked("tts")
    count.failed("tts")
    assert record.failures == {"tts": 2}


def test_an_llm_and_a_tts_that_fail_are_two_failures() -> None:
    count, record, _ = counted()
    count.failed("llm")
    count.failed("tts")
    count.worked("tts")
    count.failed("llm")
    assert record.failures == {"llm": 1, "tts": 1}
    assert count.something_fails


def test_an_llm_that_works_has_no_failure() -> None:
    count, record, _ = counted()
    count.worked("llm")
    assert not record.failures
    assert not count.something_fails
