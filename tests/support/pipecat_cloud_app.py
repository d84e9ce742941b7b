"""A stand-in for the app in Pipecat Cloud's base image (0.2.0), as its documents describe it.

It is run as the image runs its own: `python app.py` in a folder that also holds `bot.py`.
"""

import base64
import json
import sys
import threading
from os import dup, dup2, environ, fdopen, pipe  # noqa: TID251  # a program of its own
from typing import Any

from loguru import logger

LOG_FOLDER = environ.get("PCC_LOG_DIR")  # set where the platform collects lines
LEVEL = environ.get("PIPECAT_LOG_LEVEL", "DEBUG")

console = sys.stderr


def capture() -> None:
    """Whatever is printed becomes a line of the platform's log, too."""
    global console
    console = fdopen(dup(2), "w", buffering=1)
    logger.remove()
    logger.add(console)
    read, write = pipe()
    dup2(write, 2)

    def pump() -> None:
        with fdopen(read, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                console.write(line)
                logger.bind(pcc_stream="stderr").info(line.rstrip("\n"))

    threading.Thread(target=pump, daemon=True).start()


def record_of(message: Any) -> None:
    record = message.record
    line = {
        "stream": record["extra"].get("pcc_stream", "app"),
        "level": record["level"].name,
        "session_id": record["extra"].get("session_id"),
        "line": record["message"],
    }
    with open(f"{LOG_FOLDER}/bot.jsonl", "a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


if LOG_FOLDER:
    capture()  # before the bot is imported, which may print

import bot as bot_module  # noqa: E402

# isort: split
import uvicorn  # noqa: E402
from fastapi import FastAPI, Header, WebSocket  # noqa: E402
from fastapi.responses import JSONResponse  # noqa: E402
from pipecatcloud.agent import (  # noqa: E402
    PipecatSessionArguments,
    WebSocketSessionArguments,
)

# After the bot's import: whatever handlers of loguru's there were are gone.
logger.remove()
logger.add(
    console,
    format="{level} | {name} | {extra[session_id]} - {message}",
    level=LEVEL,
    filter=lambda record: "pcc_stream" not in record["extra"],
)
if LOG_FOLDER:
    logger.add(record_of, level=LEVEL)
logger.configure(extra={"session_id": "NONE"})

app = FastAPI()


@app.get("/livez")
async def livez() -> dict[str, str]:
    return {"status": "ok"}


@app.get("/readyz")
async def readyz() -> JSONResponse:
    """A bot's own `readyz` may say bool or dict, or wait for it."""
    told = getattr(bot_module, "readyz", lambda: True)()
    told = await told if hasattr(told, "__await__") else told
    ready = told if isinstance(told, bool) else told["ready"]
    return JSONResponse({"ready": told} if isinstance(told, bool) else told, 200 if ready else 503)


@app.post("/bot")
async def start(body: dict[str, Any], x_daily_session_id: str | None = Header(None)) -> Any:
    await run(PipecatSessionArguments(session_id=x_daily_session_id, body=body))
    return {}


@app.websocket("/ws")
async def session(
    websocket: WebSocket, x_daily_session_id: str | None = Header(None), body: str | None = None
) -> None:
    await websocket.accept()
    decoded = json.loads(base64.b64decode(body)) if body else None
    await run(
        WebSocketSessionArguments(
            session_id=x_daily_session_id or "a-session", websocket=websocket, body=decoded
        )
    )


async def run(arguments: Any) -> None:
    """What a bot raises is logged and forgotten; a socket that it leaves open is nobody's."""
    with logger.contextualize(session_id=arguments.session_id):
        logger.info("Starting bot session")
        try:
            await bot_module.bot(arguments)
        except Exception as error:  # noqa: BLE001  # as the image does
            logger.error(f"Exception running bot(): {error}")
        finally:
            logger.info("Stopping bot session")


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(environ.get("PORT", "8080")))
