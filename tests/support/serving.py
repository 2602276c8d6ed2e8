"""A real server on loopback, and somebody who listens to its stream."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

import httpx
import uvicorn
from litestar import Litestar

from frontend.server import Server, listen_on


@asynccontextmanager
async def serving(app: Litestar) -> AsyncIterator[tuple[str, Server]]:
    """Serve `app` as `gearmesh serve` does: (its address, the server). Its lifespan belongs to the server."""
    ready = asyncio.Event()
    sock = listen_on("127.0.0.1", 0)
    config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="on", timeout_graceful_shutdown=3)
    server = Server(config, ready.set)
    task = asyncio.create_task(server.serve(sockets=[sock]))
    try:
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        assert ready.is_set(), task.result()
        yield f"http://127.0.0.1:{sock.getsockname()[1]}", server
    finally:
        server.should_exit = True
        await task


class Heard(NamedTuple):
    """An event of the stream."""

    cursor: str
    kind: str
    kudos: str
    mine: bool


class Listener:
    """Reads a stream of server-sent events."""

    def __init__(self, response: httpx.Response) -> None:
        self._lines = response.aiter_lines()

    async def line(self, seconds: float = 10) -> str | None:
        """The next line; None when the stream has ended."""
        async with asyncio.timeout(seconds):
            return await anext(self._lines, None)

    async def next(self, seconds: float = 10) -> Heard:
        """The next event, comments left out. Raises EOFError at the end of the stream."""
        found: dict[str, str] = {}
        while (line := await self.line(seconds)) is not None:
            name, _sep, value = line.partition(": ")
            if line == "" and "data" in found:
                data = json.loads(found["data"])
                return Heard(found["id"], found["event"], data["kudos"], data["mine"])
            if name:
                found[name] = value
        raise EOFError

    async def ended(self, seconds: float = 10) -> bool:
        """Wait for the end of the stream, whatever still comes."""
        while await self.line(seconds) is not None:
            pass
        return True
