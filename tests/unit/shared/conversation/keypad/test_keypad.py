"""The keypad's answers to DTMF keys, with a call control that only takes notes."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import cast

import pytest
from pipecat.audio.dtmf.types import KeypadEntry
from pipecat.frames.frames import (
    BotSpeakingFrame,
    Frame,
    InputDTMFFrame,
    InterruptionFrame,
    LLMMessagesAppendFrame,
    UserSpeakingFrame,
)
from pipecat.tests.utils import SleepFrame, run_test

from shared.bot.actions import Action, Collect, HangUp, Say, Tell, Transfer
from shared.conversation.call_control import CallControl
from shared.conversation.keypad import action_runner, interdigit_timeout
from shared.conversation.keypad.asked_keys import AskedKeys
from shared.conversation.keypad.keypad import Keypad
from shared.languages.english.prompts import ENGLISH
from tests.support.keypad_notes import Decides, Notes, told

LONG, SHORT = 30.0, 0.4  # seconds without a key, after which it is complete
PIN = "2468"

Meanings = Mapping[str, Action]


def keys(digits: str, gap: float = 0.01) -> list[Frame]:
    frames: list[Frame] = []
    for digit in digits:
        frames += [InputDTMFFrame(KeypadEntry(digit)), SleepFrame(sleep=gap)]
    return frames


def pause(secs: float = 0.1) -> list[Frame]:
    return [SleepFrame(sleep=secs)]


async def pressed(
    meanings: Meanings, *frames: list[Frame], notes: Notes | None = None
) -> tuple[list[str], list[Frame]]:
    """What call control does, and what goes on down the pipeline."""
    notes = notes or Notes()
    pad = notes.keypad = Keypad(cast(CallControl, notes), meanings, AskedKeys())
    down, _ = await run_test(pad, frames_to_send=[frame for part in frames for frame in part])
    return notes.done, list(down)


@pytest.mark.parametrize(
    ("action", "done"),
    [
        (Say("We are open."), ["say We are open."]),
        (HangUp("Bye."), ["hang up Bye."]),
        (Transfer("pressed 0", ("+918047112233",)), ["transfer pressed 0 ('+918047112233',) "]),
        (Tell("What does it cost?"), []),
    ],
)
async def test_a_dtmf_key_interrupts_the_bot_and_does_its_action(
    action: Action, done: list[str]
) -> None:
    did, down = await pressed({"1": action}, keys("1"), pause())
    assert did == ["interrupt", *done]
    assert told(down) == ([action.text] if isinstance(action, Tell) else [])
    assert not any(isinstance(frame, InputDTMFFrame) for frame in down)


async def test_what_a_dtmf_key_tells_the_llm_comes_behind_the_interruption() -> None:
    class Slow(Notes):
        async def interrupt(self) -> None:
            self.done.append("interrupt")
            asyncio.get_running_loop().call_later(0.15, asyncio.ensure_future, self._arrive())

        async def _arrive(self) -> None:
            assert self.keypad
            await self.keypad.queue_frame(InterruptionFrame())

    _, down = await pressed({"1": Tell("Go on.")}, keys("1"), pause(0.3), notes=Slow())
    kinds = [type(frame) for frame in down]
    assert kinds == [InterruptionFrame, LLMMessagesAppendFrame]


async def test_a_key_for_a_transfer_says_so_where_nobody_can_take_over() -> None:
    did, _ = await pressed({"0": Transfer()}, keys("0"), pause(), notes=Notes(can_transfer=False))
    assert did[-1] == f"say {ENGLISH.no_agent}"


async def test_dtmf_keys_without_an_action_are_told_to_the_llm() -> None:
    did, down = await pressed({"1": Say("Hours.")}, keys("42#"), pause())
    assert told(down) == ["DTMF: 42#"]
    assert sum(isinstance(frame, InterruptionFrame) for frame in down) == 1
    assert did == []


@pytest.mark.parametrize("key", "*#")
async def test_star_and_hash_are_dtmf_keys_like_all_others(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interdigit_timeout, "FIRST_SECS", 0.1)
    did, _ = await pressed({key: Say("Again.")}, keys(key), pause())
    assert did == ["interrupt", "say Again."]
    _, down = await pressed({}, keys(key), pause(0.3))
    assert told(down) == [f"DTMF: {key}"]


async def test_a_dtmf_key_that_continues_a_number_belongs_to_it() -> None:
    did, down = await pressed({"1": Say("Hours.")}, keys("451#"), pause(), keys("1"), pause())
    assert told(down) == ["DTMF: 451#"]
    assert did == ["interrupt", "say Hours."]


async def test_a_dtmf_key_that_is_pressed_twice_is_answered_twice() -> None:
    did, _ = await pressed({"1": Say("Hours.")}, keys("11", gap=0.02), pause())
    assert did == ["interrupt", "say Hours."] * 2


@pytest.mark.parametrize(
    ("length", "terminator", "entered", "digits"),
    [
        (0, "#", f"{PIN}#", PIN),
        (4, "#", PIN, PIN),
        (4, "#", "12#", "12"),
        (0, "#", "#", ""),
        (2, "", "1#", "1#"),
        (2, "*", "1#*", "1#"),
    ],
)
async def test_digits_are_collected_until_they_are_complete(
    length: int, terminator: str, entered: str, digits: str
) -> None:
    check = Decides(Say("Thank you."))
    ask = Collect("Your PIN?", check, length, terminator, LONG)
    meanings: Meanings = {"5": ask, "1": Say("Hours."), "2": HangUp()}  # plain digits meanwhile
    did, down = await pressed(meanings, keys("5"), pause(), keys(entered), pause())
    assert check.told == [digits]
    assert [act for act in did if act != "interrupt"] == ["say Your PIN?", "say Thank you."]
    assert did[-1] == "say Thank you."  # nothing has interrupted it
    assert told(down) == []
    assert not any(isinstance(frame, InputDTMFFrame) for frame in down)


@pytest.mark.parametrize("entered", ["", "12"])
async def test_digits_are_complete_at_the_timeout(entered: str) -> None:
    check = Decides(Say("Thank you."))
    ask = Collect("Your PIN?", check, secs=SHORT)
    did, _ = await pressed({"5": ask}, keys("5" + entered), pause(SHORT + 0.4))
    assert check.told == [entered]
    assert did[-1] == "say Thank you."


async def test_collected_digits_count_from_the_first_though_they_come_all_at_once() -> None:
    check = Decides()
    meanings: Meanings = {"5": Collect("Your PIN?", check, secs=LONG)}
    await pressed(meanings, keys(f"5{PIN}#", gap=0.0), pause(0.2))
    assert check.told == [PIN]


async def test_the_timeout_for_digits_begins_when_the_question_has_been_heard() -> None:
    check = Decides()
    meanings: Meanings = {"5": Collect("A long question?", check, secs=SHORT)}
    notes = Notes(question_secs=SHORT * 2)
    await pressed(meanings, keys("5"), pause(SHORT * 2), keys("12#"), pause(), notes=notes)
    assert check.told == ["12"]


@pytest.mark.parametrize("voice", [BotSpeakingFrame, UserSpeakingFrame])
async def test_the_timeout_for_digits_begins_anew_while_somebody_speaks(
    voice: Callable[[], Frame],
) -> None:
    check = Decides()
    meanings: Meanings = {"5": Collect("Your PIN?", check, secs=SHORT)}
    talk = [frame for _ in range(8) for frame in (voice(), *pause(SHORT / 5))]
    await pressed(meanings, keys("5"), talk, keys("12#"), pause(), notes=Notes())
    assert check.told == ["12"]


async def test_collected_digits_may_lead_to_another_question() -> None:
    month = Decides(Say("Thank you."))
    day = Decides(Collect("Which month?", month, length=2, secs=LONG))
    meanings: Meanings = {"5": Collect("Which day?", day, length=2, secs=LONG)}
    did, _ = await pressed(meanings, keys("5"), pause(), keys("05#"), pause(), keys("12"), pause())
    assert (day.told, month.told) == (["05"], ["12"])
    assert [act for act in did if act != "interrupt"] == [
        "say Which day?",
        "say Which month?",
        "say Thank you.",
    ]
    assert did[-1] == "say Thank you."  # nothing has interrupted it


async def test_a_digit_too_many_and_a_late_hash_are_swallowed() -> None:
    check = Decides(Say("Your balance is nine rupees."))
    meanings: Meanings = {"5": Collect("Your PIN?", check, length=4, secs=LONG), "1": HangUp()}
    did, down = await pressed(meanings, keys("5"), pause(), keys(f"{PIN}1#"), pause())
    assert check.told == [PIN]
    assert did[-1] == "say Your balance is nine rupees."
    assert told(down) == []


async def test_behind_the_collected_digits_the_menu_keys_do_their_actions_again() -> None:
    check = Decides(Say("Thank you."))
    meanings: Meanings = {"5": Collect("Your PIN?", check, secs=LONG), "1": Say("Hours.")}
    did, _ = await pressed(meanings, keys("512#"), pause(), keys("1"), pause())
    assert did[-2:] == ["interrupt", "say Hours."]


async def test_a_tool_can_collect_digits_too() -> None:
    check = Decides(Tell("My PIN is right."))
    notes = Notes()
    pad = notes.keypad = Keypad(cast(CallControl, notes), {}, AskedKeys())

    async def tool() -> None:
        await asyncio.sleep(0.1)
        await pad.act(Collect("Your PIN?", check, secs=LONG))

    asking = asyncio.create_task(tool())
    down, _ = await run_test(pad, frames_to_send=[*pause(0.3), *keys(f"{PIN}#"), *pause()])
    await asking
    assert notes.done == ["say Your PIN?", *["interrupt"] * 5]
    assert told(list(down)) == ["My PIN is right."]


async def test_a_second_collection_of_digits_takes_the_place_of_the_first() -> None:
    first, second = Decides(), Decides()
    notes = Notes()
    pad = notes.keypad = Keypad(cast(CallControl, notes), {}, AskedKeys())

    async def tool() -> None:
        for check in (first, second):
            await asyncio.sleep(0.1)
            await pad.act(Collect("Your PIN?", check, secs=LONG))

    asking = asyncio.create_task(tool())
    await run_test(pad, frames_to_send=[*pause(0.3), *keys("12#"), *pause()])
    await asking
    assert (first.told, second.told) == ([], ["12"])


async def test_a_tools_action_with_a_bad_phone_number_is_refused_at_once() -> None:
    pad = Keypad(cast(CallControl, Notes()), {}, AskedKeys())
    with pytest.raises(ValueError, match="nobody can be rung"):
        await pad.act(Transfer(to=("911",)))


@pytest.mark.parametrize(
    "wrong", ["raises", "hangs", "hangs for good", "returns a text", "returns a bad number"]
)
async def test_code_that_fails_on_digits_gets_an_apology_and_logs_no_pin(
    wrong: str, log: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(action_runner, "THEN_SECS", 0.1)
    over = asyncio.Event()

    async def check(digits: str) -> Action | None:
        match wrong:
            case "raises":
                raise KeyError(digits)
            case "hangs":
                await asyncio.sleep(60)
            case "hangs for good":  # whatever cancels it
                while not over.is_set():
                    with suppress(asyncio.CancelledError):
                        await over.wait()
            case "returns a text":
                return f"wrong PIN {digits}"  # type: ignore[return-value]  # users do
        return Transfer(to=(digits,))

    meanings: Meanings = {"5": Collect("Your PIN?", check, secs=LONG)}
    did, down = await pressed(meanings, keys(f"5{PIN}#"), pause(0.4))
    over.set()
    assert did[-1] == f"say {ENGLISH.sorry}"
    (line,) = [line for line in log if line.startswith("ERROR")]
    log.remove(line)
    assert "what follows from the keys failed" in line
    assert PIN not in "".join(log) + line
    assert told(down) == []


async def test_slow_code_behind_collected_digits_gets_a_filler(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(action_runner, "FILLER_SECS", 0.1)

    async def look_up(digits: str) -> Action:
        await asyncio.sleep(0.3)
        return Say("Found.")

    did, _ = await pressed({"5": Collect("?", look_up, secs=LONG)}, keys("512#"), pause(0.4))
    assert did[-2:] == [f"say {ENGLISH.one_moment}", "say Found."]


async def test_a_caller_who_was_told_goodbye_is_asked_for_no_more_digits() -> None:
    check = Decides(Say("Thank you."))
    notes = Notes()

    class Leaves(Decides):
        async def __call__(self, digits: str) -> Action | None:
            notes.leaving = True
            return await super().__call__(digits)

    follows = Leaves(Collect("And then?", check, secs=LONG))
    meanings: Meanings = {"5": Collect("Your PIN?", follows, secs=LONG)}
    did, _ = await pressed(meanings, keys("512#"), pause(), notes=notes)
    assert did[-1] == "interrupt"
    assert check.told == []


async def test_every_dtmf_key_raises_the_keypads_event() -> None:
    notes = Notes()
    pad = notes.keypad = Keypad(
        cast(CallControl, notes), {"5": Collect("?", Decides(), secs=LONG)}, AskedKeys()
    )
    there: list[Keypad] = []

    async def note(pad: Keypad) -> None:
        there.append(pad)

    pad.add_event_handler("on_key", note)
    await run_test(pad, frames_to_send=[*keys("512#"), *pause(0.2), *keys("7#"), *pause(0.2)])
    assert there == [pad] * 6
