"""REST's two formats: XML unless the path ends in `.json`."""

import json
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.responses import Response

from simulator.exotel.rest.errors import Refusal


def render(document: dict[str, Any], *, as_json: bool, status: int = 200) -> Response:
    """Write a document as an answer."""
    text = to_json(document) if as_json else to_xml(document)
    return Response(text, status, media_type="application/json" if as_json else "application/xml")


def render_refusal(refusal: Refusal, *, as_json: bool) -> Response:
    """Write a RestException as an answer."""
    response = render(refusal.document(), as_json=as_json, status=refusal.status)
    if refusal.retry_after is not None:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def to_json(document: dict[str, Any]) -> str:
    """Write compact JSON with slashes escaped, as PHP does and Exotel's samples show."""
    return json.dumps(document, separators=(",", ":")).replace("/", "\\/")


def to_xml(document: dict[str, Any]) -> str:
    """Write nested elements; nothing becomes an empty element, a list its items in a row."""
    root = Element("TwilioResponse")  # sic
    _fill(root, document)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode")


def _fill(element: Element, value: Any) -> None:
    match value:
        case dict():
            for name, item in value.items():
                _fill(SubElement(element, name), item)
        case list():
            for item in value:
                for name, inner in item.items():
                    _fill(SubElement(element, name), inner)
        case None:
            pass
        case _:
            element.text = str(value)
