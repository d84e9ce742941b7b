"""The end of turn strategy alone, with a stub for the turn model, on a virtual clock."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from pipecat.audio.turn.base_turn_analyzer import BaseTurnAnalyzer, BaseTurnParams, EndOfTurnState
from pipecat.frames.frames import (
    InterimTranscriptionFrame,
    STTMetadataFrame,
    TranscriptionFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.metrics.metrics import MetricsData
from pipecat.turns.user_start import VADUserTurnStartStrategy
from pipecat.turns.user_turn_controller import UserTurnController
from pipecat.turns.user_turn_strategies import UserTurnStrategies
from pipecat.utils.asyncio.task_manager import TaskManager
from pipecat.utils.base_object import BaseObject

from shared.bot.turn_settings import TurnSettings
from shared.conversation.runner import BoundedTaskManager
from shared.conversation.turns import end_of_turn
from shared.conversation.turns.end_of_turn import (
    EMPTY_SECS,
    MODEL_SECS,
    POLL_SECS,
    ROUNDING,
    SETTLE_SECS,
    VOICE_SECS,
    HybridUserTurnStop,
)
from shared.conversation.turns.expected_answers import ExpectedAnswers
from shared.conversation.turns.patience import STRETCH, WHOLE_SECS
from shared.conversation.turns.take_back import TakeBack
from shared.languages.answers.completeness import Completeness
from shared.languages.answers.kinds import AnswerKind, ExpectedAnswer
from tests.support.virtual_time import in_virtual_time, now

COMPLETE, INCOMPLETE = EndOfTurnState.COMPLETE, EndOfTurnState.INCOMPLETE
TURN_SETTINGS = TurnSettings(endpointing_secs=0.9, extendable_secs=1.2, incomplete_secs=2.0)
STT_SECS = 0.1  # the STT's usual latency, from the end of the voice
VAD_START_SECS, STOP_SECS = 0.1, 0.12
ANY = "what are your opening hours"

# What the grammar, which has tests of its own, says of the words here; of all others, ANY.
GRAMMAR = {
    "Yes.": Completeness.WHOLE,
    "wait": Completeness.WHOLE,
    "wait, stop": Completeness.WHOLE,
    "my number is 987 654 3210": Completeness.WHOLE,
    "my number is": Completeness.OPEN,
    "my number is 98765": Completeness.OPEN,
    "my number is 987": Completeness.OPEN,
    "my number is 987 654": Completeness.OPEN,
    "my number is nine eight seven": Completeness.OPEN,
    "I would like to": Completeness.OPEN,
    "it is 1234": Completeness.EXTENDABLE,
    "my number is it is 1234": Completeness.EXTENDABLE,
    "nine eight": Completeness.EXTENDABLE,
}


@pytest.fixture(autouse=True)
def _grammar(monkeypatch: pytest.MonkeyPatch) -> None:
    def completeness(text: str, _: object) -> Completeness:
        return GRAMMAR.get(text, Completeness.ANY)

    monkeypatch.setattr(end_of_turn, "completeness", completeness)


class Judge(BaseTurnAnalyzer):
    """Judges by the number of times it is asked.

    Args:
        complete_at: The look at which the turn sounds complete; None: at none.
    """

    def __init__(self, complete_at: int | None) -> None:
        super().__init__()
        self.complete_at = complete_at
        self.asked_at: list[float] = []
        self.secs = 0.0  # that it takes
        self.on_verdict: Callable[[], object] = lambda: None  # that the turn is over

    @property
    def speech_triggered(self) -> bool:
        return False

    @property
    def params(self) -> BaseTurnParams:
        return BaseTurnParams()

    def append_audio(self, buffer: bytes, is_speech: bool) -> EndOfTurnState:
        return INCOMPLETE

    async def analyze_end_of_turn(self) -> tuple[EndOfTurnState, MetricsData | None]:
        self.asked_at.append(now())
        await asyncio.sleep(self.secs)
        complete = self.complete_at is not None and len(self.asked_at) >= self.complete_at
        if complete:
            self.on_verdict()
        return (COMPLETE if complete else INCOMPLETE), None

    def clear(self) -> None:
        pass


@dataclass
class Turn:
    """A caller's turn, as the strategy lives it."""

    strategy: HybridUserTurnStop
    judge: Judge
    expected: ExpectedAnswers
    take_back: TakeBack
    quiet_at: float = 0.0
    ended_at: list[float] = field(default_factory=list)

    async def begin(self) -> None:
        await self.strategy.handle_user_turn_started()
        await self.strategy.interruption_arrived()
        await self.speak()

    async def begin_with_words(self, text: str, *, settled: bool = True) -> None:
        await self.strategy.handle_user_turn_started()
        if settled:
            await self.strategy.interruption_arrived()
        await self.words(text, finalized=True)

    async def speak(self) -> None:
        await self.strategy.process_frame(VADUserStartedSpeakingFrame(start_secs=VAD_START_SECS))

    async def pause(self) -> None:
        """The voice ends, and the voice detector is sure of it STOP_SECS later."""
        self.quiet_at = now()
        await asyncio.sleep(STOP_SECS)
        await self.strategy.process_frame(VADUserStoppedSpeakingFrame(stop_secs=STOP_SECS))

    async def bot_talks(self) -> None:
        """There is a turn no longer, until words begin one."""
        await self.strategy.handle_user_turn_stopped()

    async def words(self, text: str, *, finalized: bool = False) -> None:
        frame = TranscriptionFrame(text, "", "", finalized=finalized)
        await self.strategy.process_frame(frame)

    @property
    def lasted(self) -> float | None:
        """Seconds of silence that ended the turn; None while it goes on."""
        return self.ended_at[0] - self.quiet_at if self.ended_at else None


@asynccontextmanager
async def turn(
    complete_at: int | None = 1, stt_secs: float = STT_SECS, *, has_model: bool = True
) -> AsyncIterator[Turn]:
    judge, expected, take_back = Judge(complete_at), ExpectedAnswers(), TakeBack()
    model = judge if has_model else None
    strategy = HybridUserTurnStop(TURN_SETTINGS, expected, take_back, lambda: STOP_SECS, model)
    await BaseObject.setup(strategy, TaskManager())
    lived = Turn(strategy, judge, expected, take_back)

    async def end(*_: object) -> None:
        lived.ended_at.append(now())
        # As the controller does, at once.
        await strategy.handle_user_turn_stopped()

    strategy.add_event_handler("on_user_turn_stopped", end)
    await strategy.process_frame(STTMetadataFrame(service_name="stt", ttfs_p99_latency=stt_secs))
    await lived.begin()
    yield lived
    await strategy.cleanup()
    await asyncio.sleep(0)
    assert not strategy.task_manager.current_tasks()


@in_virtual_time
async def test_a_turn_ends_when_the_turn_model_finds_that_it_sounds_complete() -> None:
    async with turn() as caller:
        await caller.words(ANY)
        await caller.pause()
        await asyncio.sleep(5)
        assert caller.lasted == pytest.approx(MODEL_SECS)
        assert len(caller.ended_at) == 1


@in_virtual_time
async def test_a_turn_that_nobody_is_sure_of_ends_after_endpointing_secs() -> None:
    async with turn(complete_at=None) as caller:
        await caller.words(ANY)
        await caller.pause()
        await asyncio.sleep(5)
        assert caller.lasted == pytest.approx(TURN_SETTINGS.endpointing_secs, abs=POLL_SECS)
        assert caller.lasted and caller.lasted >= TURN_SETTINGS.endpointing_secs - 1e-9


@in_virtual_time
async def test_the_turn_model_is_asked_once_in_a_silence() -> None:
    async with turn(complete_at=None) as caller:
        await caller.words(ANY)
        await caller.pause()
        await asyncio.sleep(5)
        looks = [at - caller.quiet_at for at in caller.judge.asked_at]
        assert looks == pytest.approx([MODEL_SECS])


@in_virtual_time
async def test_the_end_of_turn_waits_for_the_transcript_of_a_complete_sound() -> None:
    async with turn() as caller:
        await caller.pause()
        await asyncio.sleep(0.3)
        assert not caller.ended_at
        assert len(caller.judge.asked_at) == 1  # it has said it
        await caller.words(ANY, finalized=True)
        assert caller.lasted == pytest.approx(STOP_SECS + 0.3)


@in_virtual_time
async def test_the_end_of_turn_waits_for_words_as_long_as_the_stt_usually_takes() -> None:
    async with turn(stt_secs=0.5) as caller:
        await caller.words(ANY)
        await caller.pause()
        await asyncio.sleep(5)
        assert caller.lasted == pytest.approx(0.5, abs=POLL_SECS)


@in_virtual_time
async def test_a_finalized_transcript_ends_the_turn_without_waiting() -> None:
    async with turn(stt_secs=0.5) as caller:
        await caller.words(ANY, finalized=True)
        await caller.pause()
        await asyncio.sleep(5)
        assert caller.lasted == pytest.approx(MODEL_SECS)


@in_virtual_time
async def test_an_stt_slower_than_usual_ends_the_turn_with_its_words() -> None:
    async with turn(complete_at=None, stt_secs=1.5) as caller:
        await caller.pause()
        await asyncio.sleep(1.7)
        assert not caller.ended_at
        await caller.words(ANY)
        await asyncio.sleep(POLL_SECS)
        assert caller.lasted == pytest.approx(STOP_SECS + 1.7, abs=POLL_SECS)


@in_virtual_time
async def test_a_slow_turn_model_is_not_outrun_by_the_transcript() -> None:
    async with turn() as caller:
        caller.judge.secs = 0.3
        await caller.words(ANY)
        await caller.pause()
        await asyncio.sleep(5)
        assert caller.lasted == pytest.approx(MODEL_SECS + 0.3, abs=POLL_SECS)


@pytest.mark.parametrize("text", ["my number is 987", "it is 1234", "Yes."])
@in_virtual_time
async def test_the_turn_model_is_not_asked_where_words_decide(text: str) -> None:
    async with turn() as caller:
        await caller.pause()
        await caller.strategy.process_frame(InterimTranscriptionFrame(text, "", ""))
        await asyncio.sleep(0.2)
        await caller.words(text, finalized=True)
        await asyncio.sleep(5)
        assert caller.ended_at
        assert not caller.judge.asked_at


@pytest.mark.parametrize("complete_at", [1, None])
@pytest.mark.parametrize(
    ("text", "secs"),
    [
        ("my number is 98765", TURN_SETTINGS.incomplete_secs),
        ("I would like to", TURN_SETTINGS.incomplete_secs),
        ("it is 1234", TURN_SETTINGS.extendable_secs),
    ],
)
@in_virtual_time
async def test_a_turn_with_unfinished_words_is_waited_for_however_it_sounds(
    text: str, secs: float, complete_at: int | None
) -> None:
    async with turn(complete_at=complete_at) as caller:
        await caller.words(text, finalized=True)
        await caller.pause()
        await asyncio.sleep(5)
        assert caller.lasted == pytest.approx(secs, abs=POLL_SECS)
        assert caller.lasted and caller.lasted >= secs - 1e-9


@in_virtual_time
async def test_a_turn_of_a_short_answer_ends_soon_whatever_the_model_thinks() -> None:
    async with turn(complete_at=None) as caller:
        await caller.words("Yes.")
        await caller.pause()
        await asyncio.sleep(5)
        assert caller.lasted == pytest.approx(WHOLE_SECS, abs=POLL_SECS)
        assert not caller.judge.asked_at  # the words have decided


@in_virtual_time
async def test_a_number_read_in_groups_is_one_turn() -> None:
    async with turn() as caller:
        for group in ("my number is 987", "654", "3210"):
            await caller.words(group)
            await caller.pause()
            await asyncio.sleep(1.0)
            assert not caller.ended_at or group == "3210"
            await caller.speak()
        assert len(caller.ended_at) == 1


@in_virtual_time
async def test_a_caller_who_goes_on_within_endpointing_secs_keeps_the_turn() -> None:
    async with turn(complete_at=None) as caller:
        await caller.words(ANY)
        await caller.pause()
        await asyncio.sleep(TURN_SETTINGS.endpointing_secs - STOP_SECS - 0.1)
        await caller.speak()
        await asyncio.sleep(10)
        assert not caller.ended_at
        await caller.words("on Saturday")
        await caller.pause()
        await asyncio.sleep(2)
        assert caller.lasted == pytest.approx(TURN_SETTINGS.endpointing_secs, abs=POLL_SECS)


@in_virtual_time
async def test_a_turn_without_words_ends_when_the_stt_has_had_its_time() -> None:
    async with turn(complete_at=None) as caller:
        await caller.pause()
        await asyncio.sleep(5)
        assert caller.lasted == pytest.approx(STT_SECS + EMPTY_SECS, abs=2 * POLL_SECS)
        assert len(caller.ended_at) == 1


@in_virtual_time
async def test_an_empty_transcript_ends_no_turn_sooner() -> None:
    async with turn(complete_at=None) as caller:
        await caller.pause()
        await caller.words("  ")
        await asyncio.sleep(5)
        assert caller.lasted == pytest.approx(STT_SECS + EMPTY_SECS, abs=2 * POLL_SECS)


@in_virtual_time
async def test_the_words_of_one_turn_say_nothing_about_the_next() -> None:
    async with turn() as caller:
        await caller.words("nine eight")
        await caller.pause()
        await asyncio.sleep(3)
        assert len(caller.ended_at) == 1
        caller.ended_at.clear()
        await caller.begin()
        await caller.words("seven")  # these three would be a part of a number
        await caller.pause()
        await asyncio.sleep(3)
        assert len(caller.ended_at) == 1
        assert caller.lasted == pytest.approx(MODEL_SECS, abs=POLL_SECS)


@in_virtual_time
async def test_a_turn_begun_by_words_ends_by_the_silence_since_their_voice() -> None:
    for text, secs in (("wait", WHOLE_SECS), (ANY, TURN_SETTINGS.endpointing_secs)):
        async with turn(complete_at=None) as caller:
            await caller.bot_talks()
            await caller.speak()
            await caller.pause()
            await asyncio.sleep(0.1)
            await caller.begin_with_words(text)
            await asyncio.sleep(5)
            assert caller.lasted == pytest.approx(secs, abs=2 * POLL_SECS)
            assert len(caller.ended_at) == 1


@in_virtual_time
async def test_a_turn_begun_by_words_long_after_their_voice_ends_at_once() -> None:
    async with turn(complete_at=None) as caller:
        await caller.bot_talks()
        await caller.speak()
        await caller.pause()
        await asyncio.sleep(3)
        await caller.begin_with_words(ANY)
        assert caller.lasted == pytest.approx(STOP_SECS + 3)


@in_virtual_time
async def test_a_turn_begun_by_words_while_they_are_said_is_heard_out() -> None:
    async with turn(complete_at=None) as caller:
        await caller.bot_talks()
        await caller.speak()
        await asyncio.sleep(1)
        await caller.begin_with_words("wait")
        await asyncio.sleep(5)
        assert not caller.ended_at
        await caller.pause()
        await asyncio.sleep(1)
        assert caller.lasted == pytest.approx(WHOLE_SECS, abs=POLL_SECS)


@pytest.mark.parametrize("silent", [0.3, 0.6, 0.9, 2.0])
@in_virtual_time
async def test_a_turn_begun_by_an_interim_transcript_waits_for_the_final_one(silent: float) -> None:
    async with turn(complete_at=1) as caller:
        await caller.bot_talks()
        await caller.speak()
        await caller.pause()
        await asyncio.sleep(silent)
        await caller.strategy.handle_user_turn_started()
        await caller.strategy.interruption_arrived()
        await caller.strategy.process_frame(InterimTranscriptionFrame("wait", "", ""))
        await asyncio.sleep(STT_SECS + EMPTY_SECS - POLL_SECS)
        assert not caller.ended_at
        await caller.words("wait, stop")
        await asyncio.sleep(POLL_SECS)
        assert len(caller.ended_at) == 1


@in_virtual_time
async def test_words_that_come_into_a_turn_already_begun_are_judged_like_others() -> None:
    async with turn(complete_at=1) as caller:
        await caller.bot_talks()
        await caller.speak()
        await caller.pause()
        await asyncio.sleep(0.3)
        await caller.strategy.handle_user_turn_started()
        await asyncio.sleep(0.2)
        await caller.words("my number is nine eight seven")
        await asyncio.sleep(5)
        assert caller.lasted == pytest.approx(TURN_SETTINGS.incomplete_secs, abs=POLL_SECS)


@in_virtual_time
async def test_the_silence_since_an_old_backchannel_does_not_end_a_new_turn() -> None:
    async with turn(complete_at=None, stt_secs=0.5) as caller:
        await caller.bot_talks()
        await caller.speak()
        await caller.pause()  # a hum
        await asyncio.sleep(VOICE_SECS + 1)
        await caller.begin_with_words("my number is")  # so softly that only the STT hear it
        for _ in range(5):
            await asyncio.sleep(0.3)
            assert not caller.ended_at
            await caller.words("nine")
        await asyncio.sleep(1)
        assert len(caller.ended_at) == 1


@pytest.mark.parametrize(("settled_after", "secs"), [(0.07, 0.07), (9.0, SETTLE_SECS)])
@in_virtual_time
async def test_the_interrupted_answer_is_in_the_context_before_the_turn_ends(
    settled_after: float, secs: float
) -> None:
    async with turn(complete_at=None) as caller:
        await caller.bot_talks()
        await caller.speak()
        await caller.pause()
        await asyncio.sleep(1)
        await caller.begin_with_words("wait", settled=False)
        await asyncio.sleep(settled_after)
        await caller.strategy.interruption_arrived()
        await asyncio.sleep(POLL_SECS)
        assert caller.lasted == pytest.approx(STOP_SECS + 1 + secs, abs=POLL_SECS)


@pytest.mark.parametrize("words", ["hmm", ""])
@in_virtual_time
async def test_a_backchannel_while_the_bot_talks_is_nobodys_turn(words: str) -> None:
    async with turn(complete_at=1) as caller:
        await caller.bot_talks()
        await caller.speak()
        await caller.pause()
        await asyncio.sleep(0.1)
        await caller.words(words, finalized=True)
        await asyncio.sleep(5)
        assert not caller.ended_at
        assert not caller.judge.asked_at
        assert not caller.strategy.task_manager.current_tasks()


@in_virtual_time
async def test_no_task_is_left_when_the_turn_is_over() -> None:
    async with turn(complete_at=None) as caller:
        for _ in range(3):
            await caller.begin()
            await caller.words(ANY)
            await caller.pause()
            await asyncio.sleep(3)
        assert len(caller.ended_at) == 3
        assert not caller.strategy.task_manager.current_tasks()


@in_virtual_time
async def test_the_turn_model_is_not_asked_about_a_turn_that_is_over() -> None:
    async with turn(complete_at=1) as caller:
        await caller.words(ANY)
        await caller.pause()
        await asyncio.sleep(3)
        assert len(caller.judge.asked_at) == 1


@in_virtual_time
async def test_a_call_that_ends_within_a_turn_leaves_no_task_behind() -> None:
    async with turn(complete_at=None) as caller:
        await caller.words(ANY)
        await caller.pause()
        await asyncio.sleep(0.1)


@pytest.mark.parametrize("manager", [TaskManager, BoundedTaskManager])
@pytest.mark.parametrize("steps", range(10))
@in_virtual_time
async def test_a_voice_that_resumes_at_the_end_of_turn_is_heard(
    steps: int, manager: type[TaskManager]
) -> None:
    judge = Judge(complete_at=1)
    strategy, voice = (
        HybridUserTurnStop(TURN_SETTINGS, ExpectedAnswers(), TakeBack(), lambda: STOP_SECS, judge),
        VADUserTurnStartStrategy(),
    )
    controller = UserTurnController(
        user_turn_strategies=UserTurnStrategies(start=[voice], stop=[strategy])
    )
    tasks = manager()
    for each in (controller, strategy, voice):
        await BaseObject.setup(each, tasks)
    voice.add_event_handler("on_user_turn_started", controller._on_user_turn_started)
    strategy.add_event_handler("on_user_turn_stopped", controller._on_user_turn_stopped)
    resumed = asyncio.Event()

    async def resume() -> None:
        for _ in range(steps):
            await asyncio.sleep(0)
        await controller.process_frame(VADUserStartedSpeakingFrame())
        resumed.set()

    judge.on_verdict = lambda: asyncio.create_task(resume())
    for frame in (
        STTMetadataFrame(service_name="STT", ttfs_p99_latency=1.0),
        VADUserStartedSpeakingFrame(),
        TranscriptionFrame(ANY, "", "", finalized=True),
        VADUserStoppedSpeakingFrame(stop_secs=STOP_SECS),
    ):
        await controller.process_frame(frame)
    await strategy.interruption_arrived()
    await asyncio.wait_for(resumed.wait(), 1)
    await strategy.cleanup()
    await asyncio.sleep(0)
    assert not tasks.current_tasks()


@in_virtual_time
async def test_a_caller_who_pauses_for_long_is_waited_for_longer_the_next_time() -> None:
    async with turn(complete_at=None) as caller:
        await caller.words("my number is")
        await caller.pause()
        await asyncio.sleep(1.2 - STOP_SECS)
        await asyncio.sleep(VAD_START_SECS)
        await caller.speak()
        await caller.words("it is 1234")
        await caller.pause()
        await asyncio.sleep(5)
        longest = STRETCH[Completeness.EXTENDABLE] * TURN_SETTINGS.extendable_secs
        assert caller.lasted == pytest.approx(longest, abs=2 * POLL_SECS)


@in_virtual_time
async def test_a_turn_that_goes_on_is_judged_by_all_of_its_words() -> None:
    async with turn(complete_at=1) as caller:
        await caller.words("my number is 987")
        await caller.pause()
        await asyncio.sleep(3)
        assert len(caller.ended_at) == 1
        caller.take_back.turn_ended("my number is 987")
        caller.take_back.turn_started(now())
        await caller.begin()
        await caller.words("654")
        await caller.pause()
        await asyncio.sleep(5)
        assert len(caller.ended_at) == 2
        assert caller.ended_at[1] - caller.quiet_at >= TURN_SETTINGS.incomplete_secs - ROUNDING


@in_virtual_time
async def test_what_the_bot_has_asked_for_is_told_when_its_answer_comes() -> None:
    async with turn(complete_at=1) as caller:
        caller.expected.expect(ExpectedAnswer(AnswerKind.YES_NO))
        await caller.words("Yes.", finalized=True)
        await caller.pause()
        await asyncio.sleep(1)
        assert caller.ended_at
        assert caller.expected.current
        caller.expected.bot_says("Thank you.")
        assert caller.expected.current is None


@in_virtual_time
async def test_without_a_turn_model_silence_and_words_decide() -> None:
    async with turn(complete_at=None, has_model=False) as caller:
        await caller.words(ANY, finalized=True)
        await caller.pause()
        await asyncio.sleep(5)
        assert caller.lasted == pytest.approx(TURN_SETTINGS.endpointing_secs, abs=POLL_SECS)
        assert not caller.judge.asked_at
