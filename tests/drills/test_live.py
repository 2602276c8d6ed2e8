"""Live updates across server processes, through lost connections and reconnects."""

import asyncio
from contextlib import AsyncExitStack

import asyncpg
import httpx
import pytest

from tests.databases import Kind
from tests.drills.command import Served, serving
from tests.drills.streams import following
from tests.drills.waiting import until_found
from tests.drills.writers import Writers
from tests.support.house import organisation_url
from tests.support.organisation import AYLIN, BRITTA, JONAS, MIRIAM, Person

SOON = 1.0
POLLED = 6.0
_GIVEN = """SELECT e.kudos_id FROM event e JOIN kudos k ON k.id = e.kudos_id WHERE e.kind = 'kudos.given' AND (
    NOT k.private OR k.giver_id = $1
    OR EXISTS (SELECT 1 FROM kudos_recipient r WHERE r.kudos_id = k.id AND r.person_id = $1)) ORDER BY e.txid, e.id"""
_LISTENERS = "FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"


async def give(server: Served, giver: Person, *recipients: Person, private: bool = False) -> str:
    """Thank over HTTP; returns the kudos's id."""
    async with httpx.AsyncClient(base_url=server.address, headers={"Authorization": f"Bearer {giver.token}"}) as client:
        body = {
            "recipients": [person.id for person in recipients or (JONAS,)],
            "message": "Thank you for calling back so quickly.",
            "private": private,
        }
        response = await client.post("/api/v1/kudos", json=body, timeout=20)
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


@pytest.fixture
def url() -> str:
    """A PostgreSQL database with the organisation; a SQLite file has one server only."""
    return organisation_url("postgres")


async def test_streams_hear_of_what_another_server_wrote_as_far_as_it_is_for_them(url: str) -> None:
    async with (
        serving(url) as one,
        serving(url) as other,
        following(other.address, JONAS) as recipient,
        following(other.address, MIRIAM) as outsider,
    ):
        private = await give(one, AYLIN, JONAS, private=True)
        await recipient.hears(private, within=SOON)
        public = await give(one, AYLIN, JONAS)
        await recipient.hears(public, within=SOON)
        await outsider.hears(public, within=SOON)
        assert outsider.kudos == [public]
        assert [event.kind for event in recipient.heard] == ["kudos.given"] * 2


async def test_nothing_is_missed_when_the_listening_connections_are_cut(url: str) -> None:
    database = await asyncpg.connect(url)
    try:
        async with serving(url) as one, serving(url) as other, following(other.address, MIRIAM) as stream:
            cut = await database.fetch(f"SELECT pg_terminate_backend(pid), pid {_LISTENERS}")
            assert len(cut) == 2
            given = [await give(one, AYLIN) for _ in range(3)]
            await stream.hears(*given, within=POLLED)

            async def listening_again() -> bool:
                return bool(await database.fetchval(f"SELECT COUNT(*) = 2 {_LISTENERS}"))

            await until_found(listening_again, 10, "both listen again")
            given.append(await give(one, BRITTA))
            await stream.hears(given[-1], within=SOON)
            assert stream.kudos == given
    finally:
        await database.close()


async def test_a_stream_misses_nothing_while_the_other_replica_is_killed_and_its_own_ears_are_cut(url: str) -> None:
    database = await asyncpg.connect(url)
    writers = Writers()
    try:
        async with serving(url) as one, serving(url) as other, following(other.address, MIRIAM) as stream:
            writing = asyncio.create_task(writers.write(one.address))
            await writers.acknowledges(100, within=30)
            assert await database.fetch(f"SELECT pg_terminate_backend(pid) {_LISTENERS}")
            await writers.acknowledges(200, within=30)
            await one.kill()
            await writing
            last = await give(other, AYLIN)  # the order is strict: who has heard of this has heard of all
            await stream.hears(last, within=POLLED)
            stored = [str(row["id"]) for row in await database.fetch("SELECT id FROM kudos")]
            assert set(writers.acknowledged.values()) <= set(stored)
            meant_for_her = await database.fetch(_GIVEN, MIRIAM.id)
            assert len(meant_for_her) > 150
            assert stream.kudos == [str(row["kudos_id"]) for row in meant_for_her]
    finally:
        await database.close()


async def test_an_older_transaction_that_ends_later_delays_the_stream_only_until_it_ends(url: str) -> None:
    database = await asyncpg.connect(url)
    try:
        async with serving(url) as server, following(server.address, MIRIAM) as stream:
            older = database.transaction()
            await older.start()
            await database.fetchval("SELECT pg_current_xact_id()")  # events above it are not settled
            given = await give(server, AYLIN)
            assert stream.kudos == []
            await older.rollback()
            await stream.hears(given, within=SOON)
    finally:
        await database.close()


async def test_a_reconnect_replays_without_gap_or_repeat(kind: Kind) -> None:
    url = organisation_url(kind)
    async with serving(url) as server:
        async with following(server.address, MIRIAM) as stream:
            first = [await give(server, AYLIN) for _ in range(3)]
            await stream.hears(*first, within=POLLED)
        missed = [await give(server, AYLIN) for _ in range(3)]
        async with following(server.address, MIRIAM, after=stream.heard[1].id) as again:
            await again.hears(first[2], *missed, within=POLLED)
            last = await give(server, AYLIN)
            await again.hears(last, within=POLLED)
        assert again.kudos == [first[2], *missed, last]
        server.terminate()
        await server.ended()
    async with AsyncExitStack() as stack:
        restarted = await stack.enter_async_context(serving(url))
        stream = await stack.enter_async_context(following(restarted.address, MIRIAM, after=again.heard[3].id))
        await stream.hears(last, within=POLLED)
        assert stream.kudos == [last]
