"""Exotel's REST, version 1: connect, call details, the list of calls, active streams.

There is no way to end a call by REST, for v1 has none; v2 and campaigns are left out.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from simulator.exotel.calls.call_flow import place
from simulator.exotel.calls.calls import Call
from simulator.exotel.exotel import Exchange
from simulator.exotel.rest.auth_and_rate_limit import Admission
from simulator.exotel.rest.call_list import page_of, page_uri
from simulator.exotel.rest.connect_request import read_order
from simulator.exotel.rest.documents import described, placed
from simulator.exotel.rest.errors import Refusal
from simulator.exotel.rest.fault_injection import suffer
from simulator.exotel.rest.faults import Fault
from simulator.exotel.rest.rendering import render, render_refusal

JSON = ".json"

Handler = Callable[[Request], Awaitable[Response]]


class Api:
    """The routes of one account at one exchange."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._admission = Admission(exchange)

    def routes(self) -> list[Route]:
        """All there is; paths are case-sensitive, as Exotel's are."""
        account = "/v1/Accounts/{account}"
        paths: list[tuple[str, str, Handler]] = [
            ("POST", "Calls/connect", self.connect),
            ("POST", "Calls/connect.json", self.connect),
            ("GET", "Calls", self.listing),
            ("GET", "Calls.json", self.listing),
            ("GET", "Calls/{call}", self.details),
            ("GET", "ActiveStreams", self.streams),
            ("GET", "ActiveStreams.json", self.streams),
        ]
        return [
            Route(f"{account}/{path}", self._answering(handler), methods=[method])
            for method, path, handler in paths
        ]

    async def connect(self, request: Request) -> Response:
        """Place a call, and say so once the person's phone is being dialled."""
        self._admission.check_rate()
        form = await _form(request)
        exchange, account = self._exchange, self._exchange.account
        order = read_order(form, account, exchange.flows)
        self._admission.check_account(order)
        fault = exchange.fault(exchange.faults.of_number(order.person), order.person)
        with exchange.busy():
            await exchange.pause(exchange.behaviour.origination_secs / exchange.clock.speed)
            rings = (fault is None or fault.rings) and not exchange.closing.is_set()
            call = place(exchange, order, dict(form)) if rings else None
        if call and exchange.callbacks.before_answer and order.status_callback:
            await call.told.wait()
        answer = self._placed(request, call)
        return await self._suffer(fault, request, answer)

    async def details(self, request: Request) -> Response:
        """Describe one call."""
        sid = request.path_params["call"].removesuffix(JSON)
        exchange = self._exchange
        fault = exchange.fault(exchange.faults.details, f"details of {self._person_of(sid)}")
        call = exchange.call(sid)
        if call is None:
            raise Refusal(404, "Call not found.")
        with_details = request.query_params.get("details") == "true"
        answer = self._render(request, {"Call": self._describe(call, details=with_details)})
        return await self._suffer(fault, request, answer)

    async def listing(self, request: Request) -> Response:
        """Describe the calls a query asks for, a page at a time."""
        exchange, query = self._exchange, request.query_params
        fault = exchange.fault(exchange.faults.listing, "list of calls")
        page = page_of(exchange.calls, query)
        path = request.url.path
        metadata = {
            "Total": page.total,
            "PageSize": page.size,
            "FirstPageUri": page_uri(path, query),
            "PrevPageUri": page_uri(path, query, Before=page.before),
            "NextPageUri": page_uri(path, query, After=page.after),
        }
        calls = [self._describe(call) for call in page.calls]
        if not _is_json(request):
            calls = [{"Call": call} for call in calls]
        answer = self._render(request, {"Metadata": metadata, "Calls": calls})
        return await self._suffer(fault, request, answer)

    async def streams(self, request: Request) -> Response:
        """Count the open sockets: XML always, unless there is a JSON variant after all."""
        exchange = self._exchange
        fault = exchange.fault(exchange.faults.streams, "streams")
        count, limit = exchange.live_streams, exchange.account.max_streams
        document: dict[str, Any] = {"ActiveStreamCount": count, "ThrottleLimit": limit}
        if _is_json(request) and not exchange.behaviour.active_streams_json:
            raise Refusal(404, "Not Found")
        answer = self._render(request, {"Stream": document})
        return await self._suffer(fault, request, answer)

    def _answering(self, handler: Handler) -> Handler:
        async def answer(request: Request) -> Response:
            try:
                self._admission.check_credentials(request)
                response = await handler(request)
            except Refusal as refusal:
                response = render_refusal(refusal, as_json=_is_json(request))
            self._exchange.transcript.note(
                "request",
                method=request.method,
                path=request.url.path,
                query=dict(request.query_params),
                form=request.scope.get("simulator.form", {}),
                status=response.status_code,
                body=bytes(response.body).decode(),
            )
            return response

        return answer

    def _placed(self, request: Request, call: Call | None) -> Response:
        """Say that a call was placed, or, where a fault kept it from that, that it was not."""
        if call is None:
            return render_refusal(Refusal(504, "Gateway Time-out"), as_json=_is_json(request))
        suffix = JSON if _is_json(request) else ""
        return self._render(request, placed(call, self._exchange.account.sid, suffix))

    def _describe(self, call: Call, *, details: bool = False) -> dict[str, Any]:
        exchange = self._exchange
        settled = (
            call.ended_at is not None
            and exchange.clock.elapsed(call.ended_at) >= exchange.behaviour.settle_secs
        )
        return described(call, exchange.account.sid, settled=settled, details=details)

    def _person_of(self, sid: str) -> str:
        call = self._exchange.call(sid)
        return call.number if call else sid

    async def _suffer(self, fault: Fault | None, request: Request, answer: Response) -> Response:
        as_json = _is_json(request)
        return await suffer(self._exchange, fault, request, answer, as_json=as_json)

    def _render(self, request: Request, document: Mapping[str, Any]) -> Response:
        return render(dict(document), as_json=_is_json(request))


def _is_json(request: Request) -> bool:
    return request.url.path.endswith(JSON)


async def _form(request: Request) -> list[tuple[str, str]]:
    """Read an urlencoded or multipart form; files in it are nothing Exotel knows."""
    form: FormData = await request.form()
    pairs = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    request.scope["simulator.form"] = dict(pairs)
    return pairs
