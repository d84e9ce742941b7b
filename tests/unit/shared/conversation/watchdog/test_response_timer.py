"""What is due when, for somebody who waits: driven second by second, without a clock."""

from math import inf

import pytest

from shared.bot.turn_settings import FILLER_SECS
from shared.conversation.watchdog.response_timer import (
    ANSWER_SECS,
    AUDIBLE_SECS,
    MAX_UNHEARD,
    SPARE_SECS,
    WORTH_SECS,
    Due,
    Stage,
    Vigil,
)

T = 100.0  # when something is asked


def asked(stage: Stage = Stage.MIND) -> Vigil:
    vigil = Vigil()
    vigil.expect(T, stage)
    return vigil


def answered(vigil: Vigil, at: float = T) -> Vigil:
    vigil.sound(at, 1.0, answers=True)
    vigil.complete()
    return vigil


def test_nothing_is_due_when_nobody_waits() -> None:
    vigil = Vigil()
    assert not vigil.awaited
    assert vigil.due_at == inf
    assert vigil.look(1e9) is None


@pytest.mark.parametrize("stage", [Stage.MIND, Stage.VOICE])
def test_a_silence_asks_for_the_spare_first_then_for_a_word_then_for_an_apology(
    stage: Stage,
) -> None:
    vigil = asked(stage)
    assert vigil.look(T + SPARE_SECS - 0.01) is None
    assert vigil.look(T + SPARE_SECS) is Due.SPARE
    vigil.wait_for_it()
    assert vigil.look(T + FILLER_SECS - 0.01) is None
    assert vigil.look(T + FILLER_SECS) is Due.MOMENT
    vigil.sound(T + FILLER_SECS, 1.0, answers=False)
    over = T + FILLER_SECS + 1.0
    assert vigil.look(over + FILLER_SECS - 0.01) is None
    assert vigil.look(over + FILLER_SECS) is Due.SORRY
    assert not vigil.awaited


def test_the_spare_is_due_until_somebody_has_tried_it() -> None:
    vigil = asked()
    assert vigil.look(T + SPARE_SECS) is Due.SPARE
    assert vigil.look(T + SPARE_SECS + 0.2) is Due.SPARE
    assert vigil.try_again()
    assert vigil.look(T + SPARE_SECS + 0.2) is None


def test_who_fails_a_second_time_in_a_row_is_given_up() -> None:
    vigil = asked()
    assert vigil.failed() is Due.SORRY
    vigil.expect(T + 10)
    assert vigil.failed() is Due.GIVE_UP


def test_an_answer_in_between_makes_up_for_a_failure() -> None:
    vigil = asked()
    vigil.failed()
    vigil.expect(T + 10)
    answered(vigil, T + 10)
    assert not vigil.awaited
    vigil.expect(T + 20)
    assert vigil.failed() is Due.SORRY


def test_an_answer_without_a_sound_is_none() -> None:
    vigil = asked()
    vigil.complete()
    assert vigil.awaited


def test_a_line_of_ours_is_no_answer() -> None:
    vigil = asked()
    vigil.sound(T, 1.0, answers=False)
    vigil.complete()
    assert vigil.awaited


def test_a_sound_from_before_the_question_is_no_answer_to_it() -> None:
    vigil = Vigil()
    vigil.sound(T - 1, 1.0, answers=True)
    vigil.expect(T)
    vigil.complete()
    assert vigil.awaited


def test_silence_begins_when_the_last_sound_has_been_played() -> None:
    vigil = asked()
    vigil.sound(T, 2.0, answers=True)
    vigil.sound(T + 0.1, 3.0, answers=True)
    assert vigil.due_at == T + 5.0 + SPARE_SECS


def test_a_sound_that_was_cut_off_is_not_waited_for() -> None:
    vigil = asked()
    vigil.sound(T, 10.0, answers=True)
    vigil.hushed(T + 1.0)
    assert vigil.due_at == T + 1.0 + SPARE_SECS
    vigil.hushed(T + 5.0)  # nothing was being played
    assert vigil.due_at == T + 1.0 + SPARE_SECS


def test_nothing_is_due_while_the_caller_talks() -> None:
    vigil = asked()
    vigil.caller_began(T + 1)
    assert vigil.look(T + 60) is None
    vigil.caller_ended(T + 60)
    assert vigil.due_at == T + 60 + SPARE_SECS


def test_a_cough_into_the_silence_gives_no_more_time() -> None:
    vigil = asked()
    vigil.caller_began(T + 1)
    vigil.caller_ended(T + 1 + WORTH_SECS / 2)
    assert vigil.due_at == T + SPARE_SECS


def test_an_utterance_nobody_makes_out_is_asked_for_again() -> None:
    vigil = Vigil()
    vigil.caller_began(T)
    vigil.caller_ended(T + 1)
    assert vigil.stage is Stage.EARS
    assert vigil.look(T + 1 + SPARE_SECS) is None  # ears have no spare by time
    assert vigil.look(T + 1 + FILLER_SECS) is Due.AGAIN
    assert not vigil.awaited


@pytest.mark.parametrize("lasted", [WORTH_SECS / 2, WORTH_SECS - 0.01])
def test_a_cough_is_no_utterance(lasted: float) -> None:
    vigil = Vigil()
    vigil.caller_began(T)
    vigil.caller_ended(T + lasted)
    assert not vigil.awaited


def test_a_voice_over_the_bots_own_asks_for_no_answer() -> None:
    vigil = Vigil()
    vigil.sound(T, 5.0, answers=True)
    vigil.caller_began(T + 1)
    vigil.caller_ended(T + 3)
    assert not vigil.awaited
    vigil.caller_began(T + 4)
    vigil.caller_ended(T + 5.0)  # at its very end
    assert vigil.awaited


def unheard(vigil: Vigil, at: float) -> Due | None:
    vigil.caller_began(at)
    vigil.caller_ended(at + 1)
    return vigil.look(at + 1 + FILLER_SECS)


def test_after_three_utterances_that_nobody_could_make_out_it_gives_up() -> None:
    vigil = Vigil()
    dues = [unheard(vigil, T + 10 * number) for number in range(MAX_UNHEARD)]
    assert dues == [Due.AGAIN, Due.AGAIN, Due.GIVE_UP]


def test_one_that_is_understood_makes_up_for_those_that_were_not() -> None:
    vigil = Vigil()
    unheard(vigil, T)
    unheard(vigil, T + 10)
    vigil.expect(T + 20, Stage.MIND)
    answered(vigil, T + 21)
    assert unheard(vigil, T + 40) is Due.AGAIN


def test_words_that_come_late_turn_the_waiting_for_ears_into_one_for_the_mind() -> None:
    vigil = Vigil()
    vigil.caller_began(T)
    vigil.caller_ended(T + 1)
    vigil.expect(T + 2)
    assert vigil.stage is Stage.MIND
    assert vigil.due_at == T + 1 + SPARE_SECS  # the caller waits since they stopped


def test_what_fails_is_tried_once_more_and_not_twice() -> None:
    vigil = asked()
    assert vigil.try_again()
    assert not vigil.try_again()


def test_where_a_spare_was_looked_for_only_what_is_no_answer_is_tried_again() -> None:
    vigil = asked()
    vigil.wait_for_it()
    assert not vigil.try_again()
    vigil = asked()
    vigil.wait_for_it()
    assert vigil.try_again(however_late=True)
    assert not vigil.try_again(however_late=True)


def test_nothing_is_tried_again_for_a_caller_who_does_not_wait() -> None:
    assert not Vigil().try_again()


def test_every_answer_may_be_tried_once_more() -> None:
    vigil = asked()
    assert vigil.try_again()
    vigil.expect(T + 1)  # made once more
    answered(vigil, T + 1)
    assert not vigil.awaited
    vigil.expect(T + 10)
    assert vigil.try_again()


def test_the_end_of_a_broken_answer_is_no_end() -> None:
    vigil = asked()
    vigil.sound(T, 1.0, answers=True)
    vigil.try_again()
    vigil.complete()
    assert vigil.awaited
    vigil.expect(T + 1)  # the new one begins
    vigil.sound(T + 1, 1.0, answers=True)
    vigil.complete()
    assert not vigil.awaited


def test_a_voice_that_starves_has_not_said_the_answer() -> None:
    vigil = asked(Stage.VOICE)
    vigil.sound(T, 1.0, answers=True)
    vigil.wait_for_it()
    vigil.complete()
    assert vigil.awaited
    vigil.sound(T + 5, 1.0, answers=False)  # a line of ours is no more of it
    vigil.complete()
    assert vigil.awaited
    vigil.sound(T + 6, 1.0, answers=True)  # there was more of it after all
    vigil.complete()
    assert not vigil.awaited


def test_a_mind_that_is_slow_has_not_starved_the_voice() -> None:
    vigil = asked(Stage.MIND)
    vigil.wait_for_it()
    vigil.sound(T + 2, 1.0, answers=True)
    vigil.complete()
    assert not vigil.awaited


def test_a_caller_who_goes_on_after_being_asked_to_wait_has_been_failed() -> None:
    vigil = asked()
    vigil.wait_for_it()
    assert vigil.look(T + FILLER_SECS) is Due.MOMENT
    vigil.abandon()
    assert not vigil.awaited
    assert vigil.failures == 1
    vigil.expect(T + 10)
    vigil.abandon()  # at once: that is a barge-in
    assert vigil.failures == 1


def test_a_moment_is_asked_for_once_for_each_answer() -> None:
    vigil = asked()
    vigil.wait_for_it()
    assert vigil.look(T + FILLER_SECS) is Due.MOMENT
    answered(vigil, T + FILLER_SECS)
    vigil.expect(T + 20)
    vigil.wait_for_it()
    assert vigil.look(T + 20 + FILLER_SECS) is Due.MOMENT


def test_what_is_awaited_already_is_awaited_since_then() -> None:
    vigil = asked()
    vigil.expect(T + 1.5, Stage.VOICE)
    assert vigil.due_at == T + SPARE_SECS
    assert vigil.stage is Stage.VOICE


def test_a_tool_has_its_own_limit_and_the_caller_is_asked_to_wait_now_and_then() -> None:
    vigil = asked(Stage.TOOL)
    assert vigil.look(T + FILLER_SECS - 0.01) is None  # nobody else can do its work
    assert vigil.look(T + FILLER_SECS) is Due.MOMENT
    vigil.sound(T + FILLER_SECS + 0.1, 1.0, answers=False)
    assert vigil.look(T + FILLER_SECS + 1.2) is None
    assert vigil.look(T + 2 * FILLER_SECS + 1.2) is Due.MOMENT
    assert vigil.failures == 0


def test_whoever_is_asked_to_wait_is_not_asked_again_before_that_can_have_been_heard() -> None:
    vigil = asked(Stage.TOOL)
    assert vigil.look(T + FILLER_SECS) is Due.MOMENT
    assert vigil.look(T + FILLER_SECS + 0.2) is None


def test_a_voice_is_on_until_it_stops() -> None:
    vigil = Vigil()
    vigil.caller_began(T)
    assert vigil.talking
    vigil.caller_ended(T + 1)
    assert not vigil.talking
    vigil.abandon()
    assert not vigil.awaited


def test_what_a_tool_has_told_is_answered_anew() -> None:
    vigil = asked()
    vigil.wait_for_it()
    vigil.try_again()
    vigil.expect(T + 1, Stage.TOOL)
    assert vigil.look(T + FILLER_SECS) is Due.MOMENT
    vigil.sound(T + FILLER_SECS, 1.0, answers=False)
    told = T + FILLER_SECS + 1.0
    vigil.go_on(told)
    assert vigil.look(told + SPARE_SECS) is Due.SPARE
    vigil.wait_for_it()
    assert vigil.look(told + FILLER_SECS) is Due.MOMENT
    vigil.sound(told + FILLER_SECS, 1.0, answers=False)
    assert vigil.look(told + 2 * FILLER_SECS + 1.0) is Due.SORRY


def test_a_spare_gets_no_answer_that_the_first_has_just_been_asked_for() -> None:
    vigil = asked(Stage.TOOL)
    vigil.go_on(T + 2.5)
    assert vigil.look(T + 2.6) is None
    assert vigil.look(T + FILLER_SECS) is Due.MOMENT  # nobody has heard anything so far
    vigil.sound(T + FILLER_SECS, 0.5, answers=False)
    assert vigil.look(T + FILLER_SECS + 0.5 + SPARE_SECS) is Due.SPARE


def test_nobody_waits_for_what_a_tool_tells_after_the_caller_has_gone_on() -> None:
    vigil = asked(Stage.TOOL)
    vigil.abandon()
    vigil.go_on(T + 5)
    assert not vigil.awaited


SHORTEST = 0.3


def test_who_asks_for_patience_gets_it_as_long_as_the_caller_can_be_asked_to_wait() -> None:
    vigil = asked()
    vigil.try_again()
    assert vigil.pause(T, 2.0, SHORTEST) == 2.0
    latest = FILLER_SECS + AUDIBLE_SECS + FILLER_SECS - ANSWER_SECS
    assert vigil.pause(T, latest, SHORTEST) == latest
    assert vigil.pause(T, latest + 0.1, SHORTEST) is None
    assert vigil.pause(T + 2.5, 2.0, SHORTEST) == 2.0
    vigil.wait_for_it()
    assert vigil.look(T + FILLER_SECS) is Due.MOMENT
    vigil.sound(T + FILLER_SECS, 1.5, answers=False)
    assert vigil.pause(T + 4.5, 2.0, SHORTEST) == 2.0
    assert vigil.pause(T + 4.5, 2.1, SHORTEST) is None


def test_who_does_not_say_how_much_is_asked_less_and_less_often() -> None:
    vigil = asked()
    pauses = []
    for _ in range(3):
        vigil.try_again()
        pauses.append(vigil.pause(T, 0.0, SHORTEST))
    assert pauses == pytest.approx([0.3, 0.6, 1.2])


def test_for_a_caller_who_does_not_wait_nobody_else_does() -> None:
    vigil = asked()
    vigil.abandon()
    assert vigil.pause(T, 0.1, SHORTEST) is None
