"""CallControl: the methods that a bot's tools may call on `params.app_resources`.

It is the type for their annotations; `shared/conversation/call_control.py` carries them out.
"""

from typing import Protocol

from shared.bot.actions import Action


class CallControl(Protocol):
    """One call, as a tool of its bot sees it: `call: CallControl = params.app_resources`."""

    async def say(self, text: str, *, remembered: bool = True) -> None:
        """Say a text, behind everything that is being said.

        Args:
            text: It is heard at once if it is prepared, else when the TTS has made it.
            remembered: Whether the LLM knows later that it was said.
        """

    async def heard(self) -> bool:
        """Wait until everything said so far has been played at the caller's end.

        Returns:
            False if the caller interrupted it, or the TTS never said it.
        """

    async def hang_up(self, goodbye: str | None = "") -> None:
        """End the call when the goodbye has been heard; an interruption calls it off.

        Args:
            goodbye: "" is the prompt of that name, None says nothing.
        """

    def can_transfer(self, to: tuple[str, ...] = ()) -> bool:
        """Whether a person can take over: one of `to`, or of TRANSFER_NUMBERS."""

    async def transfer(self, reason: str, to: tuple[str, ...] = (), announcement: str = "") -> bool:
        """Connect the caller with a person when the announcement has been heard.

        Args:
            reason: For that person, and for the record.
            to: Whom to ring, in E.164; empty takes TRANSFER_NUMBERS.
            announcement: What is said before; "" is the prompt for it.

        Returns:
            Whether a person can take over in this call.

        Raises:
            ValueError: If one of the numbers can't be dialled.
        """

    async def act(self, action: Action) -> None:
        """Do what a key can do: `Collect` asks for a PIN.

        Raises:
            ValueError: If the action makes no sense.
            TypeError: If it is no action.
        """

    def expects(self, kind: str, *digits: int) -> None:
        """Tell what kind of answer the bot is about to ask for, until it has come.

        The bot reads it from its own words as a rule. By this the end of the caller's turn is
        told: a phone number isn't over after its first five digits.

        Args:
            kind: Such as `phone_number`; `AnswerKind` has them all.
            digits: How many digits or characters it may have, where its kind leaves that open.

        Raises:
            ValueError: If there is no such kind.
        """
