"""Deepgram's live transcription (`WS /v1/listen`), by an ear that knows its callers."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from starlette.websockets import WebSocket

from simulator.providers.behaviour import Quote, Refuse
from simulator.providers.deepgram_messages import metadata, results
from simulator.providers.hearing import Hearing
from simulator.providers.line import Answer, Line, quotation, refusal, sleep_until
from simulator.providers.observed import Heard, Listening
from simulator.providers.providers import Providers
from simulator.speech import HeardWord

INTERIM_SECS = 0.8
# Later than a voice detector's stop, so that a client's Finalize decides whenever it comes.
ENDPOINTING_SECS = 0.5
PATIENCE_SECS = 10.0  # without audio or KeepAlive
NO_AUDIO = 1011
RATES = range(8000, 48001)


async def listen(websocket: WebSocket, providers: Providers) -> None:
    """Serve one transcription connection."""
    query = websocket.query_params
    if not websocket.headers.get("authorization", "").startswith(("Token ", "Bearer ")):
        await websocket.send_denial_response(refusal(Refuse(401)))
        return
    rate = query.get("sample_rate", "")
    mono_pcm = query.get("encoding") == "linear16" and query.get("channels", "1") == "1"
    if not mono_pcm or not rate.isdigit() or int(rate) not in RATES:
        await websocket.send_denial_response(refusal(Refuse(400)))
        return
    line = Line(websocket, providers, "stt")
    if await line.accept():
        now = asyncio.get_running_loop().time()
        providers.requests.append(Listening(now, dict(query)))
        transcription = _Transcription(line, query)
        providers.transcriptions.add(transcription)
        try:
            await line.serve(transcription.read(), transcription.write())
        finally:
            providers.transcriptions.discard(transcription)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of audio whose transcript is to be sent when it is due."""

    audio: bytes
    start: float
    due: float
    spoken: bool
    final: bool
    from_finalize: bool


class _Transcription:
    """Two tasks around a queue: one listens, the other tells what was heard when it is due."""

    def __init__(self, line: Line, query: Mapping[str, str]) -> None:
        self._line = line
        self._providers = line.providers
        self._hearing = Hearing(int(query["sample_rate"]))
        self._endpointing = _endpointing_secs(query.get("endpointing", ""))
        self._wants_interims = query.get("interim_results") == "true"
        self._interim_due = INTERIM_SECS
        self._request_id = str(uuid4())
        self._stretches: asyncio.Queue[_Stretch | None] = asyncio.Queue()

    async def read(self) -> None:
        """Take audio and control messages until the client leaves."""
        while True:
            try:
                async with asyncio.timeout(PATIENCE_SECS):
                    message = await self._line.receive()
            except TimeoutError:
                await self._line.websocket.close(NO_AUDIO, "NET-0001")
                return
            if isinstance(message, bytes):
                if self._hearing.take(message):
                    self._consider()
            else:
                self._obey(message.get("type"))

    async def write(self) -> None:
        """Send the transcripts in order, each when it is due, until the stream is closed."""
        answer = self._line.answer()
        while stretch := await self._stretches.get():
            words: list[HeardWord] = []
            if stretch.spoken:  # in a thread, as the search takes milliseconds of other lines
                ear, rate = self._providers.ear, self._hearing.rate
                words = await asyncio.to_thread(ear.words, stretch.audio, rate)
            await sleep_until(stretch.due)
            if words or stretch.final:
                await self._tell(words, stretch, answer)
            if stretch.final:
                answer = self._line.answer()
        await self._line.answer().send(metadata(self._request_id, self._hearing.end))
        await self._line.websocket.close()

    async def mishear(self, text: str, *, final: bool) -> None:
        """Send a transcript of nothing, at once."""
        words = [HeardWord(word, 0.0, 0.1, 0.5) for word in text.split()]
        end = self._hearing.end
        stretch = _Stretch(b"", end, end, spoken=True, final=final, from_finalize=False)
        await self._tell(words, stretch, self._line.answer())

    async def _tell(self, words: list[HeardWord], stretch: _Stretch, answer: Answer) -> None:
        if isinstance(self._providers.behaviour.stt, Quote):
            said = quotation(self._line.websocket.headers, " ".join(word.text for word in words))
            await answer.send({"type": "Error", "description": said, "message": said})
            await self._line.websocket.close(NO_AUDIO, said[:120])
            return
        message = results(
            words,
            start=stretch.start,
            duration=len(stretch.audio) / 2 / self._hearing.rate,
            final=stretch.final,
            from_finalize=stretch.from_finalize,
            request_id=self._request_id,
        )
        if stretch.final:
            now = asyncio.get_running_loop().time()
            text = " ".join(word.text for word in words)
            self._providers.requests.append(Heard(now, text, stretch.from_finalize))
        await answer.send(message)

    def _consider(self) -> None:
        """Decide, after some audio, whether there is something to tell."""
        if not self._hearing.spoken:
            return
        if self._hearing.quiet_secs >= self._endpointing:
            self._finish(from_finalize=False)
        elif self._wants_interims and self._hearing.duration >= self._interim_due:
            self._interim_due = self._hearing.duration + INTERIM_SECS
            self._put(final=False)

    def _obey(self, request: str | None) -> None:
        match request:
            case "Finalize":
                self._finish(from_finalize=True)
            case "CloseStream":
                if self._hearing.spoken:
                    self._finish(from_finalize=False)
                self._stretches.put_nowait(None)

    def _finish(self, *, from_finalize: bool) -> None:
        self._interim_due = INTERIM_SECS
        self._put(final=True, from_finalize=from_finalize)

    def _put(self, *, final: bool, from_finalize: bool = False) -> None:
        hearing = self._hearing
        start, spoken = hearing.start, hearing.spoken
        audio = hearing.give() if final else hearing.peek()
        latency = self._providers.behaviour.latency("stt")
        due = asyncio.get_running_loop().time() + latency
        self._stretches.put_nowait(_Stretch(audio, start, due, spoken, final, from_finalize))


def _endpointing_secs(parameter: str) -> float:
    if parameter == "false":
        return float("inf")
    return int(parameter) / 1000 if parameter.isdigit() else ENDPOINTING_SECS
