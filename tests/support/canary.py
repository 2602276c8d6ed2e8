"""Small servers on loopback: one that nobody may reach, and receivers that answer as told."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

Answering = Callable[["Received"], Awaitable[bytes]]

OK = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"


class Received:
    """A request as it came, header names in lower case, and the connection to answer on."""

    def __init__(self, path: str, headers: dict[str, str], body: bytes, writer: asyncio.StreamWriter) -> None:
        self.path = path
        self.headers = headers
        self.body = body
        self.writer = writer


class Receiver:
    """Keeps what it gets. `connections` counts also those who said nothing."""

    def __init__(self, answer: Answering | None) -> None:
        self.connections = 0
        self.requests: list[Received] = []
        self.port = 0
        self.answer = answer

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, ValueError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            lines = (line.partition(": ") for line in head[1:] if line)
            headers = {name.lower(): value for name, _sep, value in lines}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            request = Received(head[0].split(" ")[1], headers, body, writer)
            self.requests.append(request)
            writer.write(await self.answer(request) if self.answer else OK)
            await writer.drain()
        writer.close()


@asynccontextmanager
async def receiver(answer: Answering | None = None, host: str = "127.0.0.1") -> AsyncIterator[Receiver]:
    """A server on a free port of loopback; answers 204, or what `answer` says."""
    made = Receiver(answer)
    server = await asyncio.start_server(made.serve, host, 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
