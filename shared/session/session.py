"""The life of a call, from its first message on the socket to its last line in the log."""

import asyncio
from functools import partial

from fastapi import WebSocket, WebSocketDisconnect
from loguru import logger
from pipecat.frames.frames import EndFrame, Frame
from pipecat.pipeline.worker import PipelineWorker

from shared.bot.persona import Persona
from shared.conversation.conversation import CallContext, build_conversation
from shared.conversation.greeting.policy import OpeningPolicy
from shared.conversation.runner import run
from shared.conversation.time_limit import limit_time
from shared.observability import rate_limited_log
from shared.records.session_record import Ending, SessionRecord
from shared.records.tokens import Ticket
from shared.runtime.resources import Resources
from shared.session import close_codes, stream_socket
from shared.session.bot_answer import choose_persona
from shared.session.call_log import log_call_ended, log_call_started
from shared.session.connect_mode_rules import ModeRules
from shared.session.lost_connection import until_dead
from shared.session.record_lookup import RecordLookup, WrongTicket, leg_of
from shared.session.record_writer import RecordWriter
from shared.telephony.errors import CallRefused, ProtocolError
from shared.telephony.stream.handshake import agree_sample_rate
from shared.telephony.stream.messages import Start, Stop
from shared.telephony.stream.serializer import FLOODED
from shared.telephony.stream.transport import ExotelTransport

TRANSFER_SECS = 5.0  # for a flow to ask whom it shall ring, when this process is about to end


async def serve_call(
    websocket: WebSocket, resources: Resources, ticket: Ticket | None = None
) -> None:
    """Carry the call behind an accepted socket, or close the socket with the reason why not.

    Args:
        websocket: Accepted.
        resources: What it shares with other calls.
        ticket: The token in its path, if it came with one.
    """
    who = "a socket"
    try:
        start = await stream_socket.read_start(websocket, resources.capacity)
        who = f"call {start.call_sid}"
        rate = agree_sample_rate(start, resources.sample_rate)
        mode = resources.conversation.providers.settings.exotel_connect_mode
        looking = RecordLookup(resources.store, leg_of(start), resources.direction, mode, ticket)
        async with looking as lookup:
            await Call(websocket, start, rate, resources, lookup).run()
    except WebSocketDisconnect as gone:
        rate_limited_log.info("a socket closed ({}) before it said which call it is", gone.code)
    except ProtocolError as error:
        rate_limited_log.warn("refused a socket: {}", error)
        resources.capacity.metrics.refusals["protocol"] += 1
        await stream_socket.close(websocket, close_codes.PROTOCOL_ERROR, str(error))
    except WrongTicket:
        rate_limited_log.warn("refused {}: its token is another call's, or spent", who)
        resources.capacity.metrics.refusals["credentials"] += 1
        await stream_socket.close(websocket, close_codes.POLICY_VIOLATION, "wrong token")
    except CallRefused as error:
        rate_limited_log.warn("refused {}: {}", who, error)
        await stream_socket.close(websocket, close_codes.TRY_AGAIN_LATER, str(error))


class Call:
    """One call: its record, its conversation, and the one place where it ends.

    Args:
        websocket: Accepted, with its `start` message already read.
        start: That message.
        rate: Hz, of the line and of the whole pipeline.
        resources: What it shares with other calls.
        lookup: Of the call's record in the store, if it has one already.
    """

    def __init__(
        self,
        websocket: WebSocket,
        start: Start,
        rate: int,
        resources: Resources,
        lookup: RecordLookup,
    ) -> None:
        self._websocket = websocket
        self._start = start
        self._rate = rate
        self._resources = resources
        self._lookup = lookup
        self._call_record = lookup.call_record
        self._settings = resources.conversation.providers.settings
        self._over: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._transport = ExotelTransport(websocket, start, rate, self._stopped)
        self.record = SessionRecord(
            start.call_sid,
            start.stream_sid,
            resources.direction,
            start.from_number,
            start.to_number,
        )
        configured = self._settings.exotel_connect_mode
        self._mode_rules = ModeRules(self.record, lookup.call_record, configured)

    def end(self, ending: Ending) -> None:
        """Bring the call to its end; only the first reason counts."""
        self.record.end(ending)
        if not self._over.done():
            self._over.set_result(ending)

    async def run(self) -> None:
        """Talk with the caller until somebody ends it.

        Raises:
            CallRefused: If there is no place for the call.
        """
        record, call_record, resources = self.record, self._call_record, self._resources
        writer = RecordWriter(
            resources.store, record, self._lookup, self._settings.exotel_phone_number
        )
        with (
            resources.capacity.acquire(
                record.call_sid, self.end, call_record.call_id if call_record else ""
            ),
            logger.contextualize(call_sid=record.call_sid, call_id=writer.call_id),
        ):
            writer.open(resources.capacity.release, partial(self.end, Ending.WRONG_TOKEN))
            log_call_started(record, self._rate, writer.call_id)
            watch = asyncio.create_task(self._watch_the_line(), name="watch the line")
            try:
                read_caller = partial(writer.caller, self._start.custom_parameters)
                persona = await choose_persona(read_caller, resources)
                if not self._over.done():
                    await self._converse(persona, writer)
            finally:
                watch.cancel()
                self.end(Ending.FAILURE)  # unless it ended otherwise
                await self._conclude(writer)

    async def _converse(self, persona: Persona, writer: RecordWriter) -> None:
        numbers = self._settings.transfer_numbers or persona.has_transfer_numbers
        can_transfer = numbers and self._mode_rules.can_transfer and self._resources.store
        call = CallContext(
            record=self.record,
            transport=self._transport,
            sample_rate=self._rate,
            opening_policy=self._opening_policy(),
            leave=self.end,
            number_known=writer.number_known,
            transfer_call=writer.transfer_call if can_transfer else None,
        )
        conversation = await build_conversation(self._resources.conversation, persona, call)
        self._watch_for_the_end(conversation.worker)
        limit = limit_time(self._settings.max_call_secs, conversation.call_control, self.end)
        clock = asyncio.create_task(limit, name="watch the clock")
        try:
            await run(conversation.worker, self._over)
        finally:
            clock.cancel()

    async def _conclude(self, writer: RecordWriter) -> None:
        """Tell the log, the metrics, Exotel and the store that the call is over, in this order."""
        record, capacity = self.record, self._resources.capacity
        record.malformed = self._transport.serializer.malformed
        record.missing = self._transport.serializer.missing
        log_call_ended(record)
        ending = record.ending or Ending.FAILURE
        capacity.metrics.call_ended(ending, record.failures, record.response_secs)
        failed = ending is Ending.FAILURE
        await stream_socket.close(
            self._websocket,
            close_codes.INTERNAL_ERROR if failed else close_codes.NORMAL_CLOSURE,
        )
        await writer.close()
        if record.ending is Ending.TRANSFERRED and capacity.draining:
            await asyncio.sleep(TRANSFER_SECS)

    def _opening_policy(self) -> OpeningPolicy:
        return self._mode_rules.opening_policy(partial(self.end, Ending.NO_ANSWER))

    async def _watch_the_line(self) -> None:
        await until_dead(self._transport.serializer)
        self.end(Ending.CONNECTION_LOST)

    def _watch_for_the_end(self, worker: PipelineWorker) -> None:
        @self._transport.event_handler("on_client_disconnected")
        async def lost(*_: object) -> None:
            flooded = getattr(self._websocket.state, "flooded", False)
            self.end(Ending.FLOODED if flooded else Ending.CONNECTION_LOST)

        @worker.event_handler("on_idle_timeout")
        async def idle(*_: object) -> None:
            self.end(Ending.SILENCE)

        @worker.event_handler("on_pipeline_finished")
        async def finished(_: PipelineWorker, frame: Frame) -> None:
            self.end(Ending.BOT_HUNG_UP if isinstance(frame, EndFrame) else Ending.FAILURE)

    def _stopped(self, stop: Stop) -> None:
        endings = {"callended": Ending.CALLER_HUNG_UP, FLOODED: Ending.FLOODED}
        self.end(endings.get(stop.reason, Ending.STREAM_STOPPED))
