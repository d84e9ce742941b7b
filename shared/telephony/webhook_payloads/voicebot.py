"""The request of a Voicebot applet for the URL of a call's socket."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.telephony.webhook_payloads.fields import call_sid_in, read_fields


@dataclass(frozen=True, slots=True)
class VoicebotRequest:
    """The call for which a Voicebot applet asks its dynamic URL.

    Attributes:
        from_number: `CallFrom`: on a dialled call that is the person too, who is rung first.
        to_number: `CallTo`, the ExoPhone. `To` isn't: it can be a number of Exotel's own.
        direction: "incoming" or "outbound-dial".
        custom_field: What the dial was given; "" on calls that come in.
    """

    call_sid: str
    from_number: str
    to_number: str
    direction: str
    custom_field: str


def parse_voicebot(query: Mapping[str, object]) -> VoicebotRequest:
    """Read the query of a Voicebot applet.

    Raises:
        MalformedWebhook: If it doesn't say which call it is about.
    """
    form = read_fields(query)
    return VoicebotRequest(
        call_sid=call_sid_in(form),
        from_number=form.text("CallFrom"),
        to_number=form.text("CallTo"),
        direction=form.text("Direction").lower(),
        custom_field=form.text("CustomField"),
    )
