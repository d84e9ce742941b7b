"""STT and TTS connect in the background: the greeting waits for neither, and no audio is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from shared.bot import Caller, Persona
from simulator.caller.caller import place_call
from simulator.caller.scenario import HangUp, Pause, Say, WaitForBot
from simulator.providers import Completion, Providers
from simulator.stream.profiles import Profile
from tests.support.bots import PERSONA, eventually, running_bot

SLOW = 1.2  # seconds until the connection is let through


@asynccontextmanager
async def slow_road_to(address: str) -> AsyncIterator[str]:
    """A TCP proxy that makes every connection wait before it goes on."""
    host, port = address.split(":")

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
        writer.close()

    async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(SLOW)
        onward = await asyncio.open_connection(host, int(port))
        await asyncio.gather(
            carry(reader, onward[1]), carry(onward[0], writer), return_exceptions=True
        )

    server = await asyncio.start_server(forward, "127.0.0.1", 0)
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def test_a_slow_stt_connection_delays_no_greeting_and_loses_no_utterance(
    providers: Providers,
) -> None:
    silent = Persona(instructions="Wait.")

    async def answer(caller: Caller) -> Persona:
        return PERSONA if caller.number.endswith("1") else silent

    async with slow_road_to(providers.address) as road:
        slow = {
            "DEEPGRAM_BASE_URL": f"ws://{road}",
            "CARTESIA_URL": f"ws://{road}/tts/websocket",
        }
        async with running_bot({**providers.env, **slow}, answer=answer) as bot:
            greeted, hasty = await asyncio.gather(
                place_call(
                    bot.url,
                    (Pause(1.0), HangUp()),
                    profile=Profile(from_number="+919812340001", frame_ms=100),
                ),
                place_call(
                    bot.url,
                    (Say("opening_hours.wav"), WaitForBot(quiet=0.2), HangUp()),
                    profile=Profile(frame_ms=100),
                ),
            )
            await eventually(lambda: len(bot.capacity) == 0)
    assert greeted.first_sound is not None
    assert greeted.first_sound - greeted.lag < SLOW
    assert hasty.turns[0].response is not None
    questions = [completion.messages[-1]["content"] for completion in providers.asked(Completion)]
    assert questions == ["what are your opening hours"]
