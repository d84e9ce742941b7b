"""The cause of a provider's failure, from whatever its SDK raises or says."""

import socket
from http import HTTPStatus
from types import SimpleNamespace

import pytest
from pipecat.frames.frames import ErrorFrame
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.frames import Close
from websockets.http11 import Response

from shared.providers.catalogue import LLM, STT, TTS
from shared.providers.error_causes import cause_of

KEY = "PROVIDER_API_KEY"
MODEL = "PROVIDER_MODEL"
SAID = "the caller's own words, 4321"


def handshake(status: int, body: bytes = b"") -> Exception:
    return InvalidStatus(Response(status, "", Headers({"x-key": SAID}), body))


class Api(Exception):
    """As SDKs have it."""

    def __init__(self, words: str = "", **facts: object) -> None:
        super().__init__(words)
        self.__dict__.update(facts)


def wrapped(cause: Exception) -> Exception:
    error = RuntimeError(SAID)
    error.__cause__ = cause
    return error


REFUSED = "{} was refused"
QUOTA = "the quota of {} is used up"
RATE = "the rate limit of {} is reached"
CASES: list[tuple[str, Exception | None, str]] = [
    # A key.
    (SAID, handshake(401), f"{REFUSED} (401)"),
    (SAID, handshake(403), f"{REFUSED} (403)"),
    (SAID, Api(status_code=401), f"{REFUSED} (401)"),
    (SAID, Api(response=SimpleNamespace(status=401)), f"{REFUSED} (401)"),
    (SAID, Api(code=HTTPStatus.UNAUTHORIZED), f"{REFUSED} (401)"),  # gRPC's
    (SAID, Api("API key not valid. Please pass a valid API key.", code=400), f"{REFUSED} (400)"),
    (SAID, wrapped(handshake(401)), f"{REFUSED} (401)"),
    ("Error getting audio (status: 401, error: ...)", None, f"{REFUSED} (401)"),
    ("Error: 401 (_receive_messages) - Invalid API key.", None, f"{REFUSED} (401)"),
    ("Error: {'type': 'error', 'status_code': 401}", None, f"{REFUSED} (401)"),
    ("canceled - WebSocket upgrade failed: Authentication error (401).", None, f"{REFUSED} (401)"),
    ("TTS Error: Invalid API key", None, REFUSED),
    (SAID, Api("('invalid_grant: Invalid JWT Signature.', {})"), REFUSED),
    ("Error: You must be authenticated to use this endpoint.", None, REFUSED),
    (SAID, ConnectionClosedError(Close(1008, "Invalid API key"), None), REFUSED),
    # Its account.
    (SAID, handshake(402), f"{QUOTA} (402)"),
    (SAID, handshake(401, b'{"detail": {"status": "quota_exceeded"}}'), f"{QUOTA} (401)"),
    (SAID, Api(status_code=429, code="insufficient_quota"), f"{QUOTA} (429)"),
    ("Error: This request exceeds your quota of 10000.", None, QUOTA),
    ("You exceeded your current quota, please check your plan", Api(code=429), f"{QUOTA} (429)"),
    (SAID, handshake(429), f"{RATE} (429)"),
    (SAID, Api(code=HTTPStatus.TOO_MANY_REQUESTS), f"{RATE} (429)"),
    ("Error: too_many_concurrent_requests", None, RATE),
]


@pytest.mark.parametrize(("said", "exception", "words"), CASES)
def test_refused_provider_credentials_are_named_by_their_setting(
    said: str, exception: Exception | None, words: str
) -> None:
    cause = cause_of(ErrorFrame(said, exception=exception), KEY, MODEL)
    assert cause.words.startswith(words.format(KEY) + ":")
    assert cause.names_setting
    assert "own words" not in cause.words


@pytest.mark.parametrize(
    ("said", "exception"),
    [
        (SAID, Api("The model `gpt-9` does not exist", status_code=404)),
        (SAID, Api('model "llama9" not found, try pulling it first', status_code=404)),
        (SAID, Api("models/gemini-9 is not found for API version v1beta", code=404)),
        (SAID, Api(status_code=404, code="DeploymentNotFound")),
        ("Error code: model_not_found", None),
    ],
)
def test_an_unknown_provider_model_is_named_by_its_setting(
    said: str, exception: Exception | None
) -> None:
    assert cause_of(ErrorFrame(said, exception=exception), KEY, MODEL).words.startswith(MODEL)
    assert MODEL not in cause_of(ErrorFrame(said, exception=exception), KEY).words


@pytest.mark.parametrize(
    ("said", "exception", "words"),
    [
        (SAID, handshake(503), "HTTP 503"),
        (SAID, handshake(404), "HTTP 404"),
        (SAID, Api(status_code=500), "HTTP 500"),
        (SAID, socket.gaierror(-2, "Name or service not known"), "gaierror"),
        (f"Unknown error occurred: [Errno 111] Connect call failed {SAID}", None, "Errno 111"),
        (SAID, TimeoutError(), "TimeoutError"),
        (SAID, None, "it reports an error"),
        ("the connection was lost in mid-sentence", None, "lost in mid-sentence"),
        ("bad request, status 400: unauthorised is what they said", None, "HTTP 400"),
    ],
)
def test_other_provider_errors_are_told_by_facts_without_their_words(
    said: str, exception: Exception | None, words: str
) -> None:
    cause = cause_of(ErrorFrame(said, exception=exception), "", "")
    assert words in cause.words
    assert "own words" not in cause.words
    assert "4321" not in cause.words
    assert not cause.names_setting


def test_every_provider_with_an_api_key_names_its_setting() -> None:
    keys = {
        f"{kind}={name}": row.key
        for kind, table in (("STT", STT), ("LLM", LLM), ("TTS", TTS))
        for name, row in table.items()
    }
    keyless = {"STT=whisper", "STT=pocketsphinx", "LLM=scripted", "TTS=piper", "TTS=espeak"}
    assert {label for label, key in keys.items() if not key} == keyless
    assert keys["LLM=openai"] == "OPENAI_API_KEY"
    assert keys["LLM=openai-compatible"] == "OPENAI_COMPATIBLE_API_KEY"
    assert keys["LLM=google"] == "GOOGLE_API_KEY"
    assert keys["TTS=google"] == "GOOGLE_APPLICATION_CREDENTIALS"
    assert keys["STT=azure"] == "AZURE_SPEECH_KEY"
    assert LLM["azure-openai"].model == "AZURE_OPENAI_DEPLOYMENT"
    assert STT["whisper"].model == ""
