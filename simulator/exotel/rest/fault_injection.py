"""A fault at work: what becomes of an answer that REST was about to give."""

from starlette.requests import Request
from starlette.responses import Response

from simulator.exotel.exotel import Exchange
from simulator.exotel.rest.errors import Refusal
from simulator.exotel.rest.faults import CutConnection, Delay, Fault, Garbage200, Http
from simulator.exotel.rest.rendering import render, render_refusal
from simulator.http_server import cut_off

HTML = "<html><head><title>Exotel</title></head><body><h1>We will be back soon</h1></body></html>"


async def suffer(
    exchange: Exchange, fault: Fault | None, request: Request, answer: Response, *, as_json: bool
) -> Response:
    """Spoil an answer as the fault says."""
    match fault:
        case None:
            return answer
        case Delay(seconds):
            await exchange.pause(seconds)
            return answer
        case Http():
            return _error(fault, as_json=as_json)
        case CutConnection():
            await cut_off(request)
            return answer
        case Garbage200():
            return _garbage(fault, answer, as_json=as_json)


def _error(fault: Http, *, as_json: bool) -> Response:
    refusal = Refusal(fault.status, fault.message, code=fault.code, retry_after=fault.retry_after)
    response = render_refusal(refusal, as_json=as_json)
    if fault.body is not None:
        response.body = fault.body.encode()
        response.headers["Content-Length"] = str(len(response.body))
        response.headers["Content-Type"] = "text/html"
    return response


def _garbage(fault: Garbage200, answer: Response, *, as_json: bool) -> Response:
    match fault.kind:
        case "html":
            return Response(HTML, media_type="text/html")
        case "empty":
            return Response("", media_type=answer.media_type)
        case "truncated":
            return Response(
                bytes(answer.body)[: len(answer.body) // 2], media_type=answer.media_type
            )
        case "no-sid":
            return render({"Call": {"Status": "in-progress"}}, as_json=as_json)
        case "exception":
            exception = Refusal(500, "Internal Server Error")
            return render(exception.document(), as_json=as_json)
