"""Clients that leave in the middle leave nothing behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
import uvicorn
from structlog.testing import capture_logs

from api.app import create_app
from api.core import live
from api.core.settings import Settings
from frontend.server import Server, listen_on
from tests.databases import Kind
from tests.drills.streams import following
from tests.drills.waiting import until
from tests.drills.writers import CLIENTS, Writers
from tests.support.house import organisation_url
from tests.support.organisation import AYLIN, MIRIAM


@dataclass(frozen=True)
class Load:
    """What a server holds for its clients."""

    connections: int
    requests: int
    listeners: int


class Near:
    """A server in this very process, real HTTP on loopback, whose insides can be looked at."""

    def __init__(self, server: Server, port: int) -> None:
        self._server = server
        self.port = port
        self.address = f"http://127.0.0.1:{port}"

    @property
    def load(self) -> Load:
        state = self._server.server_state
        return Load(len(state.connections), len(state.tasks), len(live.hub()._listeners))


@asynccontextmanager
async def near(url: str) -> AsyncIterator[Near]:
    """The API over the database `url`, served by this process."""
    ready = asyncio.Event()
    sock = listen_on("127.0.0.1", 0)
    config = uvicorn.Config(create_app(Settings(database_url=url)), log_level="warning", timeout_graceful_shutdown=3)
    server = Server(config, ready.set)
    running = asyncio.create_task(server.serve(sockets=[sock]))
    try:
        await asyncio.wait_for(ready.wait(), 20)
        yield Near(server, sock.getsockname()[1])
    finally:
        server.should_exit = True
        await running


@pytest.fixture
async def server(kind: Kind) -> AsyncIterator[Near]:
    with capture_logs():
        async with near(organisation_url(kind)) as started:
            yield started


IDLE = Load(connections=0, requests=0, listeners=0)


async def test_streams_that_are_left_are_forgotten(server: Near) -> None:
    await until(lambda: server.load == IDLE, 5)
    tasks = len(asyncio.all_tasks())
    for _ in range(3):
        async with following(server.address, AYLIN), following(server.address, MIRIAM):
            await until(lambda: server.load == Load(connections=2, requests=2, listeners=2), 5)
        await until(lambda: server.load == IDLE, 5)
    await until(lambda: len(asyncio.all_tasks()) <= tasks, 5)


@pytest.mark.parametrize(
    "sent",
    [
        b"POST /api/v1/kudos HTTP/1.1\r\nHost: gearmesh\r\n",
        b"POST /api/v1/kudos HTTP/1.1\r\nHost: gearmesh\r\nContent-Type: application/json\r\n"
        b"Content-Length: 1000\r\nAuthorization: Bearer %b\r\n\r\n{" % AYLIN.token.encode(),
        b"GET /api/v1/kudos HTTP/1.1\r\nHost: gearmesh\r\nAuthorization: Bearer %b\r\n\r\n" % AYLIN.token.encode(),
        b"GET /api/v1/events HTTP/1.1\r\nHost: gearmesh\r\nAuthorization: Bearer %b\r\n\r\n" % AYLIN.token.encode(),
    ],
    ids=["in the head", "in the body", "before the answer", "before the stream"],
)
async def test_connections_that_break_off_are_forgotten(server: Near, sent: bytes) -> None:
    tasks = len(asyncio.all_tasks())
    for _ in range(20):
        _reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(sent)
        await writer.drain()
        writer.transport.abort()
    await until(lambda: server.load == IDLE, 5, "nothing is held")
    await until(lambda: len(asyncio.all_tasks()) <= tasks, 5, "no task is left")


async def test_writers_that_break_off_leave_a_server_that_works(server: Near) -> None:
    tasks = len(asyncio.all_tasks())
    writers = Writers()
    for turn in (1, 2):
        writing = asyncio.create_task(writers.write(server.address))
        await writers.acknowledges(turn * CLIENTS, within=20)
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
        assert writers.unanswered
        await until(lambda: server.load == IDLE, 5, "nothing is held")
    await until(lambda: len(asyncio.all_tasks()) <= tasks, 5, "no task is left")
    await writers.repeat_unanswered(server.address)
    assert writers.refused == []
