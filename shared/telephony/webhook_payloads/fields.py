"""The fields of a webhook, and the one that none can do without: the call SID."""

from collections.abc import Mapping

from shared.telephony.errors import MalformedWebhook
from shared.telephony.form import Form


def read_fields(fields: object) -> Form:
    """The fields of a form, a query or a JSON object.

    Raises:
        MalformedWebhook: If it is none of these.
    """
    if not isinstance(fields, Mapping):
        raise MalformedWebhook(f"a {type(fields).__name__} instead of fields")
    return Form(fields)


def call_sid_in(form: Form) -> str:
    """The SID of the call that the webhook is about.

    Raises:
        MalformedWebhook: If there is none.
    """
    sid = form.sid("CallSid")
    if not sid:
        raise MalformedWebhook("no usable 'CallSid'")
    return sid
