"""What is due when, for somebody who waits: driven second by second, without a clock."""

from math import inf

import pytest

from shared.bot.turn_settings import FILLER_SECS
from shared.conversation.watchdog.response_timer import (
    ANSWER_SECS,
    AUDIBLE_SECS,
    FALLBACK_SECS,
    MAX_UNHEARD,
    WORTH_SECS,
    Due,
    ResponseTimer,
    Stage,
)

T = 100.0  # when something is asked


def asked(stage: Stage = Stage.LLM) -> ResponseTimer:
    timer = ResponseTimer()
    timer.expect(T, stage)
    return timer


def answered(timer: ResponseTimer, at: float = T) -> ResponseTimer:
    timer.sound(at, 1.0, answers=True)
    timer.complete()
    return timer


def test_nothing_is_due_when_nobody_waits() -> None:
    timer = ResponseTimer()
    assert not timer.awaited
    assert timer.due_at == inf
    assert timer.look(1e9) is None


@pytest.mark.parametrize("stage", [Stage.LLM, Stage.TTS])
def test_a_silence_asks_for_the_fallback_first_then_for_a_word_then_for_an_apology(
    stage: Stage,
) -> None:
    timer = asked(stage)
    assert timer.look(T + FALLBACK_SECS - 0.01) is None
    assert timer.look(T + FALLBACK_SECS) is Due.FALLBACK
    timer.wait_for_it()
    assert timer.look(T + FILLER_SECS - 0.01) is None
    assert timer.look(T + FILLER_SECS) is Due.FILLER
    timer.sound(T + FILLER_SECS, 1.0, answers=False)
    over = T + FILLER_SECS + 1.0
    assert timer.look(over + FILLER_SECS - 0.01) is None
    assert timer.look(over + FILLER_SECS) is Due.APOLOGY
    assert not timer.awaited


def test_the_fallback_is_due_until_somebody_has_tried_it() -> None:
    timer = asked()
    assert timer.look(T + FALLBACK_SECS) is Due.FALLBACK
    assert timer.look(T + FALLBACK_SECS + 0.2) is Due.FALLBACK
    assert timer.try_again()
    assert timer.look(T + FALLBACK_SECS + 0.2) is None


def test_who_fails_a_second_time_in_a_row_is_given_up() -> None:
    timer = asked()
    assert timer.failed() is Due.APOLOGY
    timer.expect(T + 10)
    assert timer.failed() is Due.GIVE_UP


def test_an_answer_in_between_makes_up_for_a_failure() -> None:
    timer = asked()
    timer.failed()
    timer.expect(T + 10)
    answered(timer, T + 10)
    assert not timer.awaited
    timer.expect(T + 20)
    assert timer.failed() is Due.APOLOGY


def test_an_answer_without_a_sound_is_none() -> None:
    timer = asked()
    timer.complete()
    assert timer.awaited


def test_a_line_of_ours_is_no_answer() -> None:
    timer = asked()
    timer.sound(T, 1.0, answers=False)
    timer.complete()
    assert timer.awaited


def test_a_sound_from_before_the_question_is_no_answer_to_it() -> None:
    timer = ResponseTimer()
    timer.sound(T - 1, 1.0, answers=True)
    timer.expect(T)
    timer.complete()
    assert timer.awaited


def test_silence_begins_when_the_last_sound_has_been_played() -> None:
    timer = asked()
    timer.sound(T, 2.0, answers=True)
    timer.sound(T + 0.1, 3.0, answers=True)
    assert timer.due_at == T + 5.0 + FALLBACK_SECS


def test_a_sound_that_was_cut_off_is_not_waited_for() -> None:
    timer = asked()
    timer.sound(T, 10.0, answers=True)
    timer.interrupted(T + 1.0)
    assert timer.due_at == T + 1.0 + FALLBACK_SECS
    timer.interrupted(T + 5.0)  # nothing was being played
    assert timer.due_at == T + 1.0 + FALLBACK_SECS


def test_nothing_is_due_while_the_caller_talks() -> None:
    timer = asked()
    timer.caller_began(T + 1)
    assert timer.look(T + 60) is None
    timer.caller_ended(T + 60)
    assert timer.due_at == T + 60 + FALLBACK_SECS


def test_a_cough_into_the_silence_gives_no_more_time() -> None:
    timer = asked()
    timer.caller_began(T + 1)
    timer.caller_ended(T + 1 + WORTH_SECS / 2)
    assert timer.due_at == T + FALLBACK_SECS


def test_an_utterance_nobody_makes_out_is_asked_for_again() -> None:
    timer = ResponseTimer()
    timer.caller_began(T)
    timer.caller_ended(T + 1)
    assert timer.stage is Stage.STT
    assert timer.look(T + 1 + FALLBACK_SECS) is None  # STT has no fallback by time
    assert timer.look(T + 1 + FILLER_SECS) is Due.REPROMPT
    assert not timer.awaited


@pytest.mark.parametrize("lasted", [WORTH_SECS / 2, WORTH_SECS - 0.01])
def test_a_cough_is_no_utterance(lasted: float) -> None:
    timer = ResponseTimer()
    timer.caller_began(T)
    timer.caller_ended(T + lasted)
    assert not timer.awaited


def test_a_voice_over_the_bots_own_asks_for_no_answer() -> None:
    timer = ResponseTimer()
    timer.sound(T, 5.0, answers=True)
    timer.caller_began(T + 1)
    timer.caller_ended(T + 3)
    assert not timer.awaited
    timer.caller_began(T + 4)
    timer.caller_ended(T + 5.0)  # at its very end
    assert timer.awaited


def unheard(timer: ResponseTimer, at: float) -> Due | None:
    timer.caller_began(at)
    timer.caller_ended(at + 1)
    return timer.look(at + 1 + FILLER_SECS)


def test_after_three_utterances_that_nobody_could_make_out_it_gives_up() -> None:
    timer = ResponseTimer()
    dues = [unheard(timer, T + 10 * number) for number in range(MAX_UNHEARD)]
    assert dues == [Due.REPROMPT, Due.REPROMPT, Due.GIVE_UP]


def test_one_that_is_understood_makes_up_for_those_that_were_not() -> None:
    timer = ResponseTimer()
    unheard(timer, T)
    unheard(timer, T + 10)
    timer.expect(T + 20, Stage.LLM)
    answered(timer, T + 21)
    assert unheard(timer, T + 40) is Due.REPROMPT


def test_words_that_come_late_turn_the_waiting_for_stt_into_one_for_the_llm() -> None:
    timer = ResponseTimer()
    timer.caller_began(T)
    timer.caller_ended(T + 1)
    timer.expect(T + 2)
    assert timer.stage is Stage.LLM
    assert timer.due_at == T + 1 + FALLBACK_SECS  # the caller waits since they stopped


def test_what_fails_is_tried_once_more_and_not_twice() -> None:
    timer = asked()
    assert timer.try_again()
    assert not timer.try_again()


def test_where_a_fallback_was_looked_for_only_what_is_no_answer_is_tried_again() -> None:
    timer = asked()
    timer.wait_for_it()
    assert not timer.try_again()
    timer = asked()
    timer.wait_for_it()
    assert timer.try_again(however_late=True)
    assert not timer.try_again(however_late=True)


def test_nothing_is_tried_again_for_a_caller_who_does_not_wait() -> None:
    assert not ResponseTimer().try_again()


def test_every_answer_may_be_tried_once_more() -> None:
    timer = asked()
    assert timer.try_again()
    timer.expect(T + 1)  # made once more
    answered(timer, T + 1)
    assert not timer.awaited
    timer.expect(T + 10)
    assert timer.try_again()


def test_the_end_of_a_broken_answer_is_no_end() -> None:
    timer = asked()
    timer.sound(T, 1.0, answers=True)
    timer.try_again()
    timer.complete()
    assert timer.awaited
    timer.expect(T + 1)  # the new one begins
    timer.sound(T + 1, 1.0, answers=True)
    timer.complete()
    assert not timer.awaited


def test_a_voice_that_starves_has_not_said_the_answer() -> None:
    timer = asked(Stage.TTS)
    timer.sound(T, 1.0, answers=True)
    timer.wait_for_it()
    timer.complete()
    assert timer.awaited
    timer.sound(T + 5, 1.0, answers=False)  # a line of ours is no more of it
    timer.complete()
    assert timer.awaited
    timer.sound(T + 6, 1.0, answers=True)  # there was more of it after all
    timer.complete()
    assert not timer.awaited


def test_an_llm_that_is_slow_has_not_starved_the_voice() -> None:
    timer = asked(Stage.LLM)
    timer.wait_for_it()
    timer.sound(T + 2, 1.0, answers=True)
    timer.complete()
    assert not timer.awaited


def test_a_caller_who_goes_on_after_being_asked_to_wait_has_been_failed() -> None:
    timer = asked()
    timer.wait_for_it()
    assert timer.look(T + FILLER_SECS) is Due.FILLER
    timer.abandon()
    assert not timer.awaited
    assert timer.failures == 1
    timer.expect(T + 10)
    timer.abandon()  # at once: that is a barge-in
    assert timer.failures == 1


def test_a_moment_is_asked_for_once_for_each_answer() -> None:
    timer = asked()
    timer.wait_for_it()
    assert timer.look(T + FILLER_SECS) is Due.FILLER
    answered(timer, T + FILLER_SECS)
    timer.expect(T + 20)
    timer.wait_for_it()
    assert timer.look(T + 20 + FILLER_SECS) is Due.FILLER


def test_what_is_awaited_already_is_awaited_since_then() -> None:
    timer = asked()
    timer.expect(T + 1.5, Stage.TTS)
    assert timer.due_at == T + FALLBACK_SECS
    assert timer.stage is Stage.TTS


def test_a_tool_has_its_own_limit_and_the_caller_is_asked_to_wait_now_and_then() -> None:
    timer = asked(Stage.TOOL)
    assert timer.look(T + FILLER_SECS - 0.01) is None  # nobody else can do its work
    assert timer.look(T + FILLER_SECS) is Due.FILLER
    timer.sound(T + FILLER_SECS + 0.1, 1.0, answers=False)
    assert timer.look(T + FILLER_SECS + 1.2) is None
    assert timer.look(T + 2 * FILLER_SECS + 1.2) is Due.FILLER
    assert timer.failures == 0


def test_whoever_is_asked_to_wait_is_not_asked_again_before_that_can_have_been_heard() -> None:
    timer = asked(Stage.TOOL)
    assert timer.look(T + FILLER_SECS) is Due.FILLER
    assert timer.look(T + FILLER_SECS + 0.2) is None


def test_a_voice_is_on_until_it_stops() -> None:
    timer = ResponseTimer()
    timer.caller_began(T)
    assert timer.talking
    timer.caller_ended(T + 1)
    assert not timer.talking
    timer.abandon()
    assert not timer.awaited


def test_what_a_tool_has_told_is_answered_anew() -> None:
    timer = asked()
    timer.wait_for_it()
    timer.try_again()
    timer.expect(T + 1, Stage.TOOL)
    assert timer.look(T + FILLER_SECS) is Due.FILLER
    timer.sound(T + FILLER_SECS, 1.0, answers=False)
    told = T + FILLER_SECS + 1.0
    timer.go_on(told)
    assert timer.look(told + FALLBACK_SECS) is Due.FALLBACK
    timer.wait_for_it()
    assert timer.look(told + FILLER_SECS) is Due.FILLER
    timer.sound(told + FILLER_SECS, 1.0, answers=False)
    assert timer.look(told + 2 * FILLER_SECS + 1.0) is Due.APOLOGY


def test_a_fallback_gets_no_answer_that_the_first_has_just_been_asked_for() -> None:
    timer = asked(Stage.TOOL)
    timer.go_on(T + 2.5)
    assert timer.look(T + 2.6) is None
    assert timer.look(T + FILLER_SECS) is Due.FILLER  # nobody has heard anything so far
    timer.sound(T + FILLER_SECS, 0.5, answers=False)
    assert timer.look(T + FILLER_SECS + 0.5 + FALLBACK_SECS) is Due.FALLBACK


def test_nobody_waits_for_what_a_tool_tells_after_the_caller_has_gone_on() -> None:
    timer = asked(Stage.TOOL)
    timer.abandon()
    timer.go_on(T + 5)
    assert not timer.awaited


SHORTEST = 0.3


def test_who_asks_for_patience_gets_it_as_long_as_the_caller_can_be_asked_to_wait() -> None:
    timer = asked()
    timer.try_again()
    assert timer.pause(T, 2.0, SHORTEST) == 2.0
    latest = FILLER_SECS + AUDIBLE_SECS + FILLER_SECS - ANSWER_SECS
    assert timer.pause(T, latest, SHORTEST) == latest
    assert timer.pause(T, latest + 0.1, SHORTEST) is None
    assert timer.pause(T + 2.5, 2.0, SHORTEST) == 2.0
    timer.wait_for_it()
    assert timer.look(T + FILLER_SECS) is Due.FILLER
    timer.sound(T + FILLER_SECS, 1.5, answers=False)
    assert timer.pause(T + 4.5, 2.0, SHORTEST) == 2.0
    assert timer.pause(T + 4.5, 2.1, SHORTEST) is None


def test_who_does_not_say_how_much_is_asked_less_and_less_often() -> None:
    timer = asked()
    pauses = []
    for _ in range(3):
        timer.try_again()
        pauses.append(timer.pause(T, 0.0, SHORTEST))
    assert pauses == pytest.approx([0.3, 0.6, 1.2])


def test_for_a_caller_who_does_not_wait_nobody_else_does() -> None:
    timer = asked()
    timer.abandon()
    assert timer.pause(T, 0.1, SHORTEST) is None
