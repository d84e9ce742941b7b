"""One context of Cartesia's speech: sentences spoken one after the other as one utterance."""

import asyncio

from simulator.providers.cartesia_messages import chunk, done, flush_done, timestamps
from simulator.providers.line import Line, sleep_until
from simulator.providers.observed import Speaking
from simulator.speech import speak

CHUNK_SECS = 0.1


class Context:
    """Speaks what is put into `requests`, until a request says that no more follows."""

    def __init__(self, line: Line, context_id: str) -> None:
        self.requests: asyncio.Queue[Speaking] = asyncio.Queue()
        self._line = line
        self._answer = line.answer()
        self.id = context_id
        self._spoken_secs = 0.0

    async def speak(self) -> None:
        """Send the sound of every request, and close the context after the last."""
        number = 0
        while True:
            request = await self.requests.get()
            if request.transcript.strip():
                number += 1
                await self._say(request)
                await self._answer.send(flush_done(self.id, number))
            if not request.more_follows:
                await self._answer.send(done(self.id))
                return

    async def _say(self, request: Speaking) -> None:
        """Send a text as fast as the behaviour allows, each word's time before its sound."""
        loop = asyncio.get_running_loop()
        behaviour = self._line.providers.behaviour
        rate = request.output_format["sample_rate"]
        said = speak(request.transcript, rate)
        due = request.at + behaviour.latency("tts")
        size = 2 * int(rate * CHUNK_SECS)
        step = CHUNK_SECS / behaviour.tts_speed
        for first in range(0, len(said.pcm), size):
            await sleep_until(due)
            due = max(due + step, loop.time())
            begin, end = first / 2 / rate, (first + size) / 2 / rate
            words = [word for word in said.words if begin <= word.start < end]
            if words:
                await self._answer.send(timestamps(self.id, words, self._spoken_secs))
            await self._answer.send(chunk(self.id, said.pcm[first : first + size], step * 1000))
        self._spoken_secs += len(said.pcm) / 2 / rate
