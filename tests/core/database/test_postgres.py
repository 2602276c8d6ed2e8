"""PostgreSQL: conflicts, lost connections, and the pool."""

import asyncio
import logging

import asyncpg
import pytest

from api.core import database
from api.core.database import Database, DatabaseUnavailable, TransactionMisuse
from api.core.database.postgres import PooledEngine
from tests.core.database.toys import Toy, add, names, toy_id


async def terminate_all(db: Database) -> int:
    """Kill every other connection to this database, as a restart of the server does."""
    connection = await asyncpg.connect(db.url)
    try:
        killed = await connection.fetch(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return len(killed)
    finally:
        await connection.close()


async def test_serialisation_failures_are_repeated_until_they_succeed(postgres_db: Database) -> None:
    await add(0)
    attempts = 0

    @database.transaction(serializable=True)
    async def increment() -> None:
        nonlocal attempts
        attempts += 1
        row = await database.fetch_one("SELECT weight FROM toy WHERE id = {}", toy_id(0))
        assert row is not None
        await asyncio.sleep(0.005)
        await database.execute("UPDATE toy SET weight = {} WHERE id = {}", row["weight"] + 1, toy_id(0))

    await asyncio.gather(*(increment() for _ in range(8)))
    row = await database.fetch_one("SELECT weight FROM toy WHERE id = {}", toy_id(0))
    assert row is not None
    assert row["weight"] == 8
    assert attempts > 8


async def test_deadlocks_are_repeated(postgres_db: Database) -> None:
    await postgres_db.engine.execute_many(
        "INSERT INTO toy (id, name, weight) VALUES ({}, {}, 0)", [(toy_id(1), "a"), (toy_id(2), "b")]
    )
    attempts: list[str] = []
    met = asyncio.Barrier(2)

    async def cross(first: str, second: str) -> None:
        attempts.append(first)
        update = "UPDATE toy SET weight = weight + 1 WHERE name = {}"
        await database.execute(update, first)
        if len(attempts) <= 2:
            await met.wait()
        await database.execute(update, second)

    await asyncio.gather(database.transact(lambda: cross("a", "b")), database.transact(lambda: cross("b", "a")))
    assert len(attempts) > 2
    assert [row["weight"] for row in await database.fetch("SELECT weight FROM toy")] == [2, 2]


async def test_endless_conflict_becomes_unavailable(postgres_db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.core.database.postgres._LONGEST_PAUSE_SECONDS", 0.001)

    async def body() -> None:
        raise asyncpg.SerializationError("again")

    with pytest.raises(DatabaseUnavailable, match="again"):
        await database.transact(body)


async def test_terminated_connections_are_replaced_at_the_next_request(postgres_db: Database) -> None:
    await asyncio.gather(*(names() for _ in range(10)))
    for _ in range(3):
        assert await terminate_all(postgres_db) >= 1
        assert await names() is not None
        await asyncio.gather(*(names() for _ in range(10)))
        assert await terminate_all(postgres_db) >= 1
        await asyncio.gather(*(Toy.select() for _ in range(10)))
        assert await terminate_all(postgres_db) >= 1
        await database.transact(names)


async def test_connection_lost_in_the_middle_repeats_the_body(postgres_db: Database) -> None:
    attempts = 0

    async def body() -> None:
        nonlocal attempts
        attempts += 1
        await add(attempts)
        if attempts == 1:
            await terminate_all(postgres_db)
        async with database.savepoint():
            await database.execute("UPDATE toy SET weight = 5")

    await database.transact(body)
    assert attempts == 2
    assert await names() == ["toy 2"]


async def test_connection_lost_before_commit_is_not_acknowledged_and_not_repeated(postgres_db: Database) -> None:
    attempts = 0
    called: list[int] = []

    async def body() -> None:
        nonlocal attempts
        attempts += 1
        await add(attempts)
        database.after_commit(lambda: called.append(1))
        await terminate_all(postgres_db)

    with pytest.raises(DatabaseUnavailable, match="COMMIT"):
        await database.transact(body)
    assert attempts == 1
    assert called == []
    assert await names() == []


async def test_lost_connection_does_not_repeat_a_write_that_may_have_happened(postgres_db: Database) -> None:
    await terminate_all(postgres_db)
    await add(1)
    assert await names() == ["toy 1"]


async def test_swallowed_error_is_not_acknowledged(postgres_db: Database) -> None:
    async def body() -> str:
        await add(1)
        try:
            await add(1)
        except database.INTEGRITY_ERRORS:
            logging.debug("swallowed")
        return "fine"

    with pytest.raises(TransactionMisuse):
        await database.transact(body)
    assert await names() == []
    assert await database.transact(names) == []


async def test_task_beside_an_open_transaction_is_refused(postgres_db: Database) -> None:
    async def body() -> None:
        await add(1)
        await asyncio.create_task(add(2))

    with pytest.raises(TransactionMisuse):
        await database.transact(body)
    assert await names() == []


async def test_cancelled_reads_give_their_connections_back(postgres_engine: PooledEngine) -> None:
    reading = [asyncio.create_task(database.fetch("SELECT pg_sleep(30)")) for _ in range(30)]
    await asyncio.sleep(0.2)
    for task in reading:
        task.cancel()
    await asyncio.gather(*reading, return_exceptions=True)
    async with asyncio.timeout(5):
        await asyncio.gather(*(names() for _ in range(30)))


async def test_ids_are_strings_also_in_arrays(postgres_db: Database) -> None:
    await add(1)
    await add(2)
    ids = [toy_id(1), toy_id(2), toy_id(3)]
    rows = await database.fetch("SELECT id FROM toy WHERE id = ANY({}::uuid[]) ORDER BY id", ids)
    assert [row["id"] for row in rows] == ids[:2]
    row = await database.fetch_one("SELECT array_agg(id ORDER BY id) FROM toy")
    assert row is not None
    assert row[0] == ids[:2]


async def test_no_server_is_unavailable_with_its_reason() -> None:
    db = Database("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(DatabaseUnavailable, match="cannot connect"):
        await db.start()


async def test_stop_breaks_off_what_does_not_end(postgres_db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.core.database.postgres._STOP_SECONDS", 0.1)
    endless = asyncio.create_task(database.transact(lambda: database.fetch("SELECT pg_sleep(60)")))
    reading = asyncio.create_task(database.fetch("SELECT pg_sleep(60)"))
    await asyncio.sleep(0.1)
    async with asyncio.timeout(4):
        await postgres_db.stop()
        outcomes = await asyncio.gather(endless, reading, return_exceptions=True)
    assert all(isinstance(outcome, BaseException) for outcome in outcomes)
