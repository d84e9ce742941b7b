"""The preparation of a dial: the call record, Exotel's fields and the tokens of a request."""

from dataclasses import dataclass
from datetime import UTC, datetime

from outbound.dial_settings import fault_of_mode, on_pipecat_cloud, status_callback, stream_url
from outbound.start_request import BadOrder, Order
from shared.records.call_record import CallRecord
from shared.records.correlation import new_call_id
from shared.records.token_signature import signed_token
from shared.records.tokens import Purpose
from shared.settings.settings import Settings
from shared.telephony.connect_mode import ConnectMode
from shared.telephony.direction import Direction
from shared.telephony.errors import InvalidDial, InvalidNumber
from shared.telephony.phone_numbers import check_ringable, e164
from shared.telephony.rest.connect_request import Dial
from shared.web.auth import token_key


@dataclass(frozen=True, slots=True)
class Attempt:
    """One dial that is ready to go out, and the tokens in its URLs."""

    call: CallRecord
    dial: Dial
    tokens: dict[Purpose, str]


def prepare(order: Order, settings: Settings) -> Attempt:
    """Make a dial of an order; nothing is written or sent yet.

    Raises:
        BadOrder: If it can't be dialled in its mode.
    """
    asked = order.dialout_settings
    mode = asked.mode or settings.exotel_connect_mode
    if fault := fault_of_mode(settings, mode):
        raise BadOrder([f"dialout_settings.mode: {fault}"])
    try:
        check_ringable(asked.phone_number, settings.dial_countries)
    except InvalidNumber as error:
        raise BadOrder([f"dialout_settings.phone_number: {error}"]) from error
    if asked.phone_number == e164(settings.exotel_phone_number):
        raise BadOrder(["dialout_settings.phone_number: this is our own ExoPhone"])
    call = CallRecord(
        call_id=new_call_id(),
        direction=Direction.OUTBOUND,
        created_at=datetime.now(UTC),
        mode=mode,
        number=asked.phone_number,
        exophone=settings.exotel_phone_number,
        context=order.context_json,
        ring_secs=asked.time_out,
    )
    tokens = _tokens(mode, settings)
    try:
        return Attempt(call, _dial(order, call, settings, mode, tokens), tokens)
    except InvalidDial as error:
        raise BadOrder([f"dialout_settings: {error}"]) from error


def _tokens(mode: ConnectMode, settings: Settings) -> dict[Purpose, str]:
    key = token_key(settings)
    tokens = {Purpose.STATUS: signed_token(Purpose.STATUS, key)}
    if mode.traits.dial_names_socket and not on_pipecat_cloud(settings):
        tokens[Purpose.SOCKET] = signed_token(Purpose.SOCKET, key)
    return tokens


def _dial(
    order: Order,
    call: CallRecord,
    settings: Settings,
    mode: ConnectMode,
    tokens: dict[Purpose, str],
) -> Dial:
    asked = order.dialout_settings
    traits = mode.traits
    socket = stream_url(settings, tokens.get(Purpose.SOCKET, ""))
    return Dial(
        number=call.number,
        mode=mode,
        custom_field=call.call_id,
        flow_id=settings.exotel_flow_id if traits.dial_names_flow else "",
        stream_url=socket if traits.dial_names_socket else "",
        status_callback=status_callback(settings, tokens[Purpose.STATUS]),
        time_limit=asked.time_limit,
        time_out=asked.time_out,
        record=asked.record,
        recording_channels=asked.recording_channels,
    )
