"""The handling of a dialled call that a machine has answered: a message, a transfer, or the end."""

from collections.abc import Callable
from functools import partial

from loguru import logger

from shared.conversation.answering_machine.detector import Ask, MachineDetector
from shared.conversation.answering_machine.voicemail_drop import Mailbox
from shared.conversation.call_control import CallControl
from shared.conversation.greeting.opening import Opener
from shared.conversation.greeting.policy import AtOnce, OpeningPolicy, WhenSpokenTo
from shared.languages.machine_phrases import AnsweredBy
from shared.records.session_record import Ending
from shared.settings.values import Voicemail

ENDINGS = {
    AnsweredBy.MAILBOX: Ending.VOICEMAIL,
    AnsweredBy.MENU: Ending.MENU,
    AnsweredBy.NOBODY: Ending.NO_ANSWER,
}

Prepare = Callable[[str], object]
Leave = Callable[[Ending], None]


async def deal_with(
    machine: AnsweredBy,
    mailbox: Mailbox,
    *,
    call_control: CallControl,
    message: str | None,
    prepare: Prepare,
    leave: Leave,
) -> None:
    """Leave a message where one can be left, and then the call.

    Args:
        machine: Who has answered.
        mailbox: By its sound, if it is one.
        call_control: Who is to say nothing more.
        message: What to leave in a mailbox; None hangs up.
        prepare: Begins to make the message into sound, while the greeting still goes on.
        leave: Ends the call.
    """
    await call_control.interrupt()
    if machine is AnsweredBy.MAILBOX and message:
        prepare(message)
        await mailbox.leave(message)
        leave(Ending.MESSAGE_LEFT)
        return
    if machine is AnsweredBy.MAILBOX and message is not None:
        logger.warning("hanging up on a mailbox: the persona has no `voicemail` to leave")
    leave(ENDINGS[machine])


def detect_machines(
    setting: Voicemail,
    opening_policy: OpeningPolicy,
    call_control: CallControl,
    opener: Opener | None,
    *,
    ask: Ask | None,
    message: str,
    prepare: Prepare,
    leave: Leave,
) -> MachineDetector | None:
    """A detector for a call that we placed; None for others, and where it is not wanted."""
    if setting is Voicemail.IGNORE or isinstance(opening_policy, AtOnce):
        return None
    return MachineDetector(
        call_control,
        opener,
        ringing=isinstance(opening_policy, WhenSpokenTo),
        ask=ask,
        deal=partial(
            deal_with,
            call_control=call_control,
            message=message if setting is Voicemail.LEAVE_MESSAGE else None,
            prepare=prepare,
            leave=leave,
        ),
    )
