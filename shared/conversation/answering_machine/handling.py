"""What becomes of a call that we placed and a machine has answered."""

from collections.abc import Callable
from functools import partial

from loguru import logger

from shared.conversation.answering_machine.detector import Ask, MachineDetector
from shared.conversation.answering_machine.voicemail_drop import Mailbox
from shared.conversation.call_control import Attendant
from shared.conversation.greeting.opening import Opener
from shared.conversation.greeting.policy import AtOnce, FirstWord, WhenSpokenTo
from shared.languages.machine_phrases import Machine
from shared.records.session_record import Ending
from shared.telephony.connect_mode import Voicemail

ENDINGS = {
    Machine.MAILBOX: Ending.VOICEMAIL,
    Machine.MENU: Ending.MENU,
    Machine.NOBODY: Ending.NO_ANSWER,
}

Prepare = Callable[[str], object]
Leave = Callable[[Ending], None]


async def deal_with(
    machine: Machine,
    mailbox: Mailbox,
    *,
    attendant: Attendant,
    message: str | None,
    prepare: Prepare,
    leave: Leave,
) -> None:
    """Leave a message where one can be left, and then the call.

    Args:
        machine: Who has answered.
        mailbox: By its sound, if it is one.
        attendant: Who is to say nothing more.
        message: What to leave in a mailbox; None hangs up.
        prepare: Begins to make the message into sound, while the greeting still goes on.
        leave: Ends the call.
    """
    await attendant.hush()
    if machine is Machine.MAILBOX and message:
        prepare(message)
        await mailbox.leave(message)
        leave(Ending.MESSAGE_LEFT)
        return
    if machine is Machine.MAILBOX and message is not None:
        logger.warning("hanging up on a mailbox: the persona has no `voicemail` to leave")
    leave(ENDINGS[machine])


def detect_machines(
    setting: Voicemail,
    first_word: FirstWord,
    attendant: Attendant,
    opener: Opener | None,
    *,
    ask: Ask | None,
    message: str,
    prepare: Prepare,
    leave: Leave,
) -> MachineDetector | None:
    """A detector for a call that we placed; None for others, and where it is not wanted."""
    if setting is Voicemail.IGNORE or isinstance(first_word, AtOnce):
        return None
    return MachineDetector(
        attendant,
        opener,
        ringing=isinstance(first_word, WhenSpokenTo),
        ask=ask,
        deal=partial(
            deal_with,
            attendant=attendant,
            message=message if setting is Voicemail.LEAVE_MESSAGE else None,
            prepare=prepare,
            leave=leave,
        ),
    )
