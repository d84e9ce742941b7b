"""The response timer: which action is due when, driven second by second, without a clock."""

from math import inf

import pytest

from shared.bot.turn_settings import FILLER_SECS
from shared.conversation.watchdog.caller_voice import WORTH_SECS
from shared.conversation.watchdog.pending_response import FALLBACK_SECS, FailedAttempt
from shared.conversation.watchdog.response_timer import MAX_UNHEARD, ResponseTimer
from shared.conversation.watchdog.stages import Due, Stage

T = 100.0  # when something is asked


def asked(stage: Stage = Stage.LLM) -> ResponseTimer:
    timer = ResponseTimer()
    timer.await_response(T, stage)
    return timer


def answered(timer: ResponseTimer, at: float = T) -> ResponseTimer:
    timer.audio_sent(at, 1.0, is_response=True)
    timer.response_ended(T)
    return timer


def retried(timer: ResponseTimer, *, no_answer: bool = False) -> bool:
    return timer.attempt_failed(T, FailedAttempt(no_answer=no_answer)) is not None


def test_no_response_is_due_when_nobody_waits() -> None:
    timer = ResponseTimer()
    assert not timer.awaited
    assert timer.due_at == inf
    assert timer.poll(1e9) is None


@pytest.mark.parametrize("stage", [Stage.LLM, Stage.TTS])
def test_a_silence_makes_a_fallback_due_then_a_filler_then_an_apology(
    stage: Stage,
) -> None:
    timer = asked(stage)
    assert timer.poll(T + FALLBACK_SECS - 0.01) is None
    assert timer.poll(T + FALLBACK_SECS) is Due.FALLBACK
    timer.found_no_fallback()
    assert timer.poll(T + FILLER_SECS - 0.01) is None
    assert timer.poll(T + FILLER_SECS) is Due.FILLER
    timer.audio_sent(T + FILLER_SECS, 1.0, is_response=False)
    over = T + FILLER_SECS + 1.0
    assert timer.poll(over + FILLER_SECS - 0.01) is None
    assert timer.poll(over + FILLER_SECS) is Due.APOLOGY
    assert not timer.awaited


def test_the_fallback_is_due_until_somebody_has_tried_it() -> None:
    timer = asked()
    assert timer.poll(T + FALLBACK_SECS) is Due.FALLBACK
    assert timer.poll(T + FALLBACK_SECS + 0.2) is Due.FALLBACK
    assert retried(timer)
    assert timer.poll(T + FALLBACK_SECS + 0.2) is None


def test_a_second_failed_response_in_a_row_is_given_up_after_one_apology() -> None:
    timer = asked()
    assert timer.response_failed() is Due.APOLOGY
    timer.await_response(T + 10)
    assert timer.response_failed() is Due.GIVE_UP


def test_a_response_between_two_failures_makes_the_second_an_apology() -> None:
    timer = asked()
    timer.response_failed()
    timer.await_response(T + 10)
    answered(timer, T + 10)
    assert not timer.awaited
    timer.await_response(T + 20)
    assert timer.response_failed() is Due.APOLOGY


def test_a_response_without_a_sound_is_none() -> None:
    timer = asked()
    timer.response_ended(T)
    assert timer.awaited


def test_a_prompt_is_no_response() -> None:
    timer = asked()
    timer.audio_sent(T, 1.0, is_response=False)
    timer.response_ended(T)
    assert timer.awaited


def test_a_sound_from_before_the_question_is_no_response_to_it() -> None:
    timer = ResponseTimer()
    timer.audio_sent(T - 1, 1.0, is_response=True)
    timer.await_response(T)
    timer.response_ended(T)
    assert timer.awaited


def test_the_wait_for_a_fallback_begins_when_the_last_sound_was_played() -> None:
    timer = asked()
    timer.audio_sent(T, 2.0, is_response=True)
    timer.audio_sent(T + 0.1, 3.0, is_response=True)
    assert timer.due_at == T + 5.0 + FALLBACK_SECS


def test_a_sound_cut_off_by_an_interruption_is_not_waited_for() -> None:
    timer = asked()
    timer.audio_sent(T, 10.0, is_response=True)
    timer.interruptions.send()
    timer.interrupted(T + 1.0)
    assert timer.due_at == T + 1.0 + FALLBACK_SECS
    timer.interruptions.send()
    timer.interrupted(T + 5.0)  # nothing was being played
    assert timer.due_at == T + 1.0 + FALLBACK_SECS


def test_no_fallback_is_due_while_the_caller_talks() -> None:
    timer = asked()
    timer.voice.start(T + 1)
    assert timer.poll(T + 60) is None
    timer.voice_stopped(T + 60)
    assert timer.due_at == T + 60 + FALLBACK_SECS


def test_a_cough_into_the_silence_does_not_delay_the_fallback() -> None:
    timer = asked()
    timer.voice.start(T + 1)
    timer.voice_stopped(T + 1 + WORTH_SECS / 2)
    assert timer.due_at == T + FALLBACK_SECS


def test_an_utterance_without_a_transcript_makes_a_reprompt_due() -> None:
    timer = ResponseTimer()
    timer.voice.start(T)
    timer.voice_stopped(T + 1)
    assert timer.stage is Stage.STT
    assert timer.poll(T + 1 + FALLBACK_SECS) is None  # STT has no fallback by time
    assert timer.poll(T + 1 + FILLER_SECS) is Due.REPROMPT
    assert not timer.awaited


@pytest.mark.parametrize("lasted", [WORTH_SECS / 2, WORTH_SECS - 0.01])
def test_a_cough_is_no_utterance(lasted: float) -> None:
    timer = ResponseTimer()
    timer.voice.start(T)
    timer.voice_stopped(T + lasted)
    assert not timer.awaited


def test_a_voice_over_the_bots_own_waits_for_no_response() -> None:
    timer = ResponseTimer()
    timer.audio_sent(T, 5.0, is_response=True)
    timer.voice.start(T + 1)
    timer.voice_stopped(T + 3)
    assert not timer.awaited
    timer.voice.start(T + 4)
    timer.voice_stopped(T + 5.0)  # at its very end
    assert timer.awaited


def unheard(timer: ResponseTimer, at: float) -> Due | None:
    timer.voice.start(at)
    timer.voice_stopped(at + 1)
    return timer.poll(at + 1 + FILLER_SECS)


def test_the_third_utterance_without_a_transcript_is_no_reprompt_but_the_end() -> None:
    timer = ResponseTimer()
    dues = [unheard(timer, T + 10 * number) for number in range(MAX_UNHEARD)]
    assert dues == [Due.REPROMPT, Due.REPROMPT, Due.GIVE_UP]


def test_an_utterance_that_is_understood_resets_the_count_of_reprompts() -> None:
    timer = ResponseTimer()
    unheard(timer, T)
    unheard(timer, T + 10)
    timer.await_response(T + 20, Stage.LLM)
    answered(timer, T + 21)
    assert unheard(timer, T + 40) is Due.REPROMPT


def test_a_late_transcript_turns_the_wait_for_stt_into_one_for_the_llm() -> None:
    timer = ResponseTimer()
    timer.voice.start(T)
    timer.voice_stopped(T + 1)
    timer.await_response(T + 2)
    assert timer.stage is Stage.LLM
    assert timer.due_at == T + 1 + FALLBACK_SECS  # the caller waits since they stopped


def test_a_failed_response_gets_one_retry_and_no_second() -> None:
    timer = asked()
    assert retried(timer)
    assert not retried(timer)


def test_without_a_fallback_only_a_missing_answer_gets_a_late_retry() -> None:
    timer = asked()
    timer.found_no_fallback()
    assert not retried(timer)
    timer = asked()
    timer.found_no_fallback()
    assert retried(timer, no_answer=True)
    assert not retried(timer, no_answer=True)


def test_there_is_no_retry_for_a_caller_who_does_not_wait() -> None:
    assert not retried(ResponseTimer())


def test_every_response_may_have_a_retry() -> None:
    timer = asked()
    assert retried(timer)
    timer.await_response(T + 1)  # made once more
    answered(timer, T + 1)
    assert not timer.awaited
    timer.await_response(T + 10)
    assert retried(timer)


def test_the_end_of_a_response_that_has_a_retry_is_no_end() -> None:
    timer = asked()
    timer.audio_sent(T, 1.0, is_response=True)
    retried(timer)
    timer.response_ended(T)
    assert timer.awaited
    timer.await_response(T + 1)  # the new one begins
    timer.audio_sent(T + 1, 1.0, is_response=True)
    timer.response_ended(T)
    assert not timer.awaited


def test_a_tts_that_stops_in_the_middle_has_not_said_the_response() -> None:
    timer = asked(Stage.TTS)
    timer.audio_sent(T, 1.0, is_response=True)
    timer.found_no_fallback()
    timer.response_ended(T)
    assert timer.awaited
    timer.audio_sent(T + 5, 1.0, is_response=False)  # a line of ours is no more of it
    timer.response_ended(T)
    assert timer.awaited
    timer.audio_sent(T + 6, 1.0, is_response=True)  # there was more of it after all
    timer.response_ended(T)
    assert not timer.awaited


@pytest.mark.parametrize(("secs", "awaited"), [(0.001, True), (0.4, True), (0.6, False)])
def test_a_tts_error_just_after_the_end_makes_the_response_awaited_again(
    secs: float, awaited: bool
) -> None:
    timer = asked(Stage.TTS)
    timer.response_failed()  # the one before
    answered(asked_again(timer))
    timer.tts_failed(T + secs)
    assert timer.awaited == awaited
    assert timer.failures == int(awaited)
    assert timer.provider == "tts"
    assert retried(timer) == awaited


def test_a_tts_error_after_a_caller_has_interrupted_reopens_no_response() -> None:
    timer = answered(asked(Stage.TTS))
    timer.interrupted(T + 0.1)
    timer.tts_failed(T + 0.2)
    assert not timer.awaited


def test_a_tts_error_in_the_next_turn_leaves_its_response_as_it_is() -> None:
    timer = answered(asked(Stage.TTS))
    timer.turn_ended(T + 0.1)
    timer.tts_failed(T + 0.2)
    assert timer.awaited
    assert timer.stage is Stage.LLM


def asked_again(timer: ResponseTimer) -> ResponseTimer:
    timer.await_response(T)
    timer.tts_started(T)
    return timer


def test_a_slow_llms_response_is_complete_when_it_was_heard() -> None:
    timer = asked(Stage.LLM)
    timer.found_no_fallback()
    timer.audio_sent(T + 2, 1.0, is_response=True)
    timer.response_ended(T)
    assert not timer.awaited


def test_a_caller_who_goes_on_after_a_filler_makes_the_response_a_failure() -> None:
    timer = asked()
    timer.found_no_fallback()
    assert timer.poll(T + FILLER_SECS) is Due.FILLER
    timer.interrupted(T + FILLER_SECS + 1)
    assert not timer.awaited
    assert timer.failures == 1
    timer.await_response(T + 10)
    timer.interrupted(T + 10)  # at once: that is a barge-in
    assert timer.failures == 1


def test_each_response_may_have_a_filler() -> None:
    timer = asked()
    timer.found_no_fallback()
    assert timer.poll(T + FILLER_SECS) is Due.FILLER
    answered(timer, T + FILLER_SECS)
    timer.await_response(T + 20)
    timer.found_no_fallback()
    assert timer.poll(T + 20 + FILLER_SECS) is Due.FILLER


def test_a_response_awaited_already_is_awaited_since_then() -> None:
    timer = asked()
    timer.await_response(T + 1.5, Stage.TTS)
    assert timer.due_at == T + FALLBACK_SECS
    assert timer.stage is Stage.TTS


def test_a_tool_has_no_fallback_and_fillers_now_and_then() -> None:
    timer = asked(Stage.TOOL)
    assert timer.poll(T + FILLER_SECS - 0.01) is None  # nobody else can do its work
    assert timer.poll(T + FILLER_SECS) is Due.FILLER
    timer.audio_sent(T + FILLER_SECS + 0.1, 1.0, is_response=False)
    assert timer.poll(T + FILLER_SECS + 1.2) is None
    assert timer.poll(T + 2 * FILLER_SECS + 1.2) is Due.FILLER
    assert timer.failures == 0


def test_no_second_filler_is_due_before_the_first_can_have_been_heard() -> None:
    timer = asked(Stage.TOOL)
    assert timer.poll(T + FILLER_SECS) is Due.FILLER
    assert timer.poll(T + FILLER_SECS + 0.2) is None


def test_a_callers_voice_is_on_until_it_stops() -> None:
    timer = ResponseTimer()
    timer.voice.start(T)
    assert timer.voice.is_heard
    timer.voice_stopped(T + 1)
    assert not timer.voice.is_heard
    timer.interrupted(T + 2)
    assert not timer.awaited


def test_a_tools_result_has_a_fallback_and_a_filler_of_its_own() -> None:
    timer = asked()
    timer.found_no_fallback()
    retried(timer)
    timer.await_response(T + 1, Stage.TOOL)
    assert timer.poll(T + FILLER_SECS) is Due.FILLER
    timer.audio_sent(T + FILLER_SECS, 1.0, is_response=False)
    told = T + FILLER_SECS + 1.0
    timer.tool_ended("look_up", told, llm_responds=True)
    assert timer.poll(told + FALLBACK_SECS) is Due.FALLBACK
    timer.found_no_fallback()
    assert timer.poll(told + FILLER_SECS) is Due.FILLER
    timer.audio_sent(told + FILLER_SECS, 1.0, is_response=False)
    assert timer.poll(told + 2 * FILLER_SECS + 1.0) is Due.APOLOGY


def test_no_fallback_is_due_just_after_a_tools_result_went_to_the_llm() -> None:
    timer = asked(Stage.TOOL)
    timer.tool_ended("look_up", T + 2.5, llm_responds=True)
    assert timer.poll(T + 2.6) is None
    assert timer.poll(T + FILLER_SECS) is Due.FILLER  # nobody has heard anything so far
    timer.audio_sent(T + FILLER_SECS, 0.5, is_response=False)
    assert timer.poll(T + FILLER_SECS + 0.5 + FALLBACK_SECS) is Due.FALLBACK


def test_a_tools_result_is_not_awaited_after_the_caller_has_gone_on() -> None:
    timer = asked(Stage.TOOL)
    timer.interrupted(T + 1)
    timer.tool_ended("look_up", T + 5, llm_responds=True)
    assert not timer.awaited


def test_no_retry_waits_for_a_rate_limit_after_an_interruption() -> None:
    timer = asked()
    timer.interrupted(T)
    assert timer.attempt_failed(T, FailedAttempt(retry_after=0.1)) is None


def test_the_awaited_provider_is_the_llm_while_it_writes_over_a_begun_tts() -> None:
    timer = asked()
    timer.llm_writes(writes=True)
    timer.tts_started(T + 1)
    assert timer.provider == "llm"
    timer.llm_writes(writes=False)
    assert timer.provider == "tts"
    timer.await_response(T + 2, Stage.STT)
    assert timer.provider == "stt"


def test_an_interruption_tells_which_provider_the_caller_waited_for_in_vain() -> None:
    timer = asked()
    assert timer.interrupted(T + 1) == ""
    timer.await_response(T + 2)
    timer.found_no_fallback()
    assert timer.poll(T + 2 + FILLER_SECS) is Due.FILLER
    timer.interruptions.send()
    assert timer.interrupted(T + 6) == ""
    assert timer.interrupted(T + 7) == "llm"


def test_an_opening_that_is_heard_is_complete() -> None:
    timer = ResponseTimer()
    timer.await_opening(T)
    assert timer.awaited and timer.opening_pending
    timer.audio_sent(T + 1, 1.0, is_response=True)
    assert not timer.awaited and not timer.opening_pending
