"""PostgreSQL goes away and comes back under a running server."""

import asyncio
from functools import partial

import httpx

from api.core import database
from api.core.jobs import enqueue
from tests.drills.command import serving
from tests.drills.outage import settle, switched_postgres
from tests.drills.stored import deliveries, opened
from tests.drills.streams import following
from tests.drills.test_live import give
from tests.drills.waiting import until_found
from tests.support.organisation import AYLIN, MIRIAM

BACK_WITHIN = 10.0


async def test_an_outage_is_said_and_everything_goes_on_after_it() -> None:
    with switched_postgres() as postgres:
        await settle(postgres.url)
        async with serving(postgres.url, undo_seconds=1) as server, following(server.address, MIRIAM) as stream:
            async with httpx.AsyncClient(base_url=server.address, timeout=30) as anyone:
                ready = await anyone.get("/health")
                assert (ready.status_code, ready.json()["status"]) == (200, "ok")
                before = await give(server, AYLIN)
                await stream.hears(before, within=5)
                await asyncio.to_thread(postgres.off)
                gone = await anyone.get("/health")
                assert (gone.status_code, gone.json()["code"]) == (503, "unavailable")
                refused = await anyone.get("/api/v1/kudos", headers={"Authorization": f"Bearer {AYLIN.token}"})
                assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
                await asyncio.to_thread(postgres.on)

                async def healthy() -> bool:
                    return (await anyone.get("/health")).status_code == 200

                await until_found(healthy, BACK_WITHIN, "healthy again")
            after = await give(server, AYLIN)
            await stream.hears(after, within=BACK_WITHIN)
            assert stream.kudos == [before, after]

            async def all_delivered() -> bool:
                return await deliveries() == {before: 1, after: 1}

            async def cleared() -> bool:
                return not await database.fetch("SELECT 1 FROM job WHERE state <> 'done'")

            async with opened(postgres.url):
                await until_found(all_delivered, BACK_WITHIN, "delivered")
                await database.transact(partial(enqueue, "jobs.clean"))
                await until_found(cleared, BACK_WITHIN, "the worker goes on")
            server.terminate()
            await server.ended(5)
            assert "unexpected_error" not in server.said
