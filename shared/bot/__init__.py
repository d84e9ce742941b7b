"""The one import of whoever writes a bot: `from shared.bot import Caller, Persona, Say, …`."""

from shared.bot.actions import Action, Collect, HangUp, Say, Tell, Transfer
from shared.bot.call_control import CallControl
from shared.bot.caller import Caller
from shared.bot.persona import Persona
from shared.bot.turn_settings import EndOfTurn, IdleSettings, TurnSettings
from shared.languages.answers.kinds import AnswerKind
from shared.languages.catalogue import prompts_in
from shared.languages.prompts import Prompts
from shared.plain_text import one_line
from shared.telephony.connect_mode import ConnectMode
from shared.telephony.direction import Direction

__all__ = [
    "Action",
    "AnswerKind",
    "CallControl",
    "Caller",
    "Collect",
    "ConnectMode",
    "Direction",
    "EndOfTurn",
    "HangUp",
    "IdleSettings",
    "Persona",
    "Prompts",
    "Say",
    "Tell",
    "Transfer",
    "TurnSettings",
    "one_line",
    "prompts_in",
]
