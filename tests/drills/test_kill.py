"""kill -9: what was acknowledged is there, once, after the next start."""

import asyncio
from contextlib import AsyncExitStack

from tests.databases import Kind
from tests.drills.command import serving
from tests.drills.stored import broken, deliveries, letters, opened
from tests.drills.waiting import until_found
from tests.drills.writers import Writers, message
from tests.support.house import organisation_url


async def test_a_killed_server_kept_every_acknowledged_kudos_and_repeats_have_one_effect(kind: Kind) -> None:
    url = organisation_url(kind)
    writers = Writers()
    async with serving(url) as server:
        writing = asyncio.create_task(writers.write(server.address))
        await writers.acknowledges(150, within=30)
        await server.kill()
        await writing
    assert writers.refused == []
    assert writers.unanswered
    before = dict(writers.acknowledged)
    async with serving(url) as server:
        await writers.repeat_unanswered(server.address)
        server.terminate()
        await server.ended()
    assert before.items() <= writers.acknowledged.items()
    async with opened(url):
        assert await letters() == {message(number): kudos for number, kudos in writers.acknowledged.items()}
        assert await broken() == []


async def test_kudos_given_just_before_a_kill_are_delivered_once_after_the_restart(kind: Kind) -> None:
    url = organisation_url(kind)
    writers = Writers()
    async with serving(url, undo_seconds=2) as server:
        writing = asyncio.create_task(writers.write(server.address))
        await writers.acknowledges(50, within=30)
        await server.kill()
        await writing
    async with opened(url):
        assert set((await deliveries()).values()) == {0}
        given = set((await letters()).values())
    servers = 2 if kind == "postgres" else 1  # two look for what is due, and each has one effect
    async with AsyncExitStack() as stack:
        running = [await stack.enter_async_context(serving(url, undo_seconds=2)) for _ in range(servers)]
        await stack.enter_async_context(opened(url))

        async def all_delivered() -> bool:
            return 0 not in (await deliveries()).values()

        await until_found(all_delivered, 10, "everything is delivered")
        for server in running:
            server.terminate()
            await server.ended()
        assert await deliveries() == dict.fromkeys(given, 1)
        assert await broken() == []
