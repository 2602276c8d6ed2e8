"""SIGTERM under load: nothing acknowledged is lost, nobody is cut off."""

import asyncio
import time
from contextlib import AsyncExitStack

from tests.databases import Kind
from tests.drills.command import serving
from tests.drills.stored import broken, letters, opened
from tests.drills.streams import following
from tests.drills.writers import Writers, message
from tests.support.house import organisation_url
from tests.support.organisation import AYLIN, BRITTA, HELENE, JONAS, MIRIAM

ALLOWED_SECONDS = 5.0


async def test_a_terminated_server_ends_in_time_and_keeps_what_it_acknowledged(kind: Kind) -> None:
    url = organisation_url(kind)
    writers = Writers()
    async with serving(url) as server, AsyncExitStack() as stack:
        streams = [
            await stack.enter_async_context(following(server.address, person))
            for person in (AYLIN, MIRIAM, JONAS, HELENE, BRITTA)
        ]
        writing = asyncio.create_task(writers.write(server.address))
        await writers.acknowledges(200, within=30)
        told = time.monotonic()
        server.terminate()
        await server.ended(ALLOWED_SECONDS)
        took = time.monotonic() - told
        await writing
        assert took < ALLOWED_SECONDS
        assert server.said == ""
    assert [(stream.ended, stream.broken) for stream in streams] == [(True, None)] * 5
    assert writers.refused == []
    async with opened(url):
        stored = await letters()
        assert {number: stored.get(message(number)) for number in writers.acknowledged} == writers.acknowledged
        assert await broken() == []


async def test_half_a_request_does_not_hold_up_the_end(kind: Kind) -> None:
    async with serving(organisation_url(kind)) as server:
        host, _, port = server.address.removeprefix("http://").rpartition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(
            b"POST /api/v1/kudos HTTP/1.1\r\nHost: gearmesh\r\nContent-Type: application/json\r\n"
            b"Authorization: Bearer " + AYLIN.token.encode() + b"\r\nContent-Length: 1000\r\n\r\n{"
        )
        await writer.drain()
        async with following(server.address, MIRIAM):  # answered, so the server has read what came before
            server.terminate()
            await server.ended(ALLOWED_SECONDS)
        await reader.read()  # to its end: the connection was closed, not left hanging
        writer.close()
