"""SQLite reads outside transactions: where they run, and that they cannot write."""

import asyncio
import time

import pytest

from api.core import database
from api.core.database import Database, DatabaseUnavailable
from api.core.database.sqlite import EmbeddedEngine
from tests.core.database.toys import add, file_of, names, toy_id

LONG = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) SELECT count(*) FROM n"


async def test_long_read_leaves_the_event_loop_alone(sqlite_db: Database) -> None:
    pauses: list[float] = []

    async def heartbeat() -> None:
        while True:
            begin = time.perf_counter()
            await asyncio.sleep(0.001)
            pauses.append(time.perf_counter() - begin)

    beating = asyncio.create_task(heartbeat())
    rows = await database.fetch(LONG, 3_000_000)
    beating.cancel()
    assert rows[0][0] == 3_000_000
    assert sorted(pauses)[len(pauses) // 2] < 0.05
    assert len(pauses) > 10


async def test_text_that_was_long_stays_on_threads_for_a_while(sqlite_engine: EmbeddedEngine) -> None:
    statement = sqlite_engine._statements.template(LONG)
    assert (await database.fetch(LONG, 2))[0][0] == 2
    assert statement.slow == 0
    assert (await database.fetch(LONG, 500_000))[0][0] == 500_000
    left = statement.slow
    assert left > 0
    assert (await database.fetch(LONG, 2))[0][0] == 2
    assert statement.slow == left - 1


async def test_reads_go_on_while_a_transaction_is_long(sqlite_db: Database) -> None:
    await add(1)

    async def long() -> None:
        await add(2)
        await database.fetch(LONG, 3_000_000)

    writing = asyncio.create_task(database.transact(long))
    await asyncio.sleep(0.05)
    seen = 0
    while not writing.done():
        assert await names() == ["toy 1"]
        seen += 1
        await asyncio.sleep(0.01)
    await writing
    assert seen > 1
    assert await names() == ["toy 1", "toy 2"]


async def test_abandoned_reads_free_their_threads(sqlite_db: Database) -> None:
    abandoned = [asyncio.create_task(database.fetch(LONG, 10**12)) for _ in range(6)]
    await asyncio.sleep(0.1)
    for task in abandoned:
        task.cancel()
    await asyncio.gather(*abandoned, return_exceptions=True)
    async with asyncio.timeout(5):
        assert (await database.fetch(LONG, 500_000))[0][0] == 500_000


async def test_stop_breaks_off_reads(sqlite_db: Database) -> None:
    reading = [asyncio.create_task(database.fetch(LONG, 10**12)) for _ in range(6)]
    await asyncio.sleep(0.1)
    begin = time.perf_counter()
    await sqlite_db.stop()
    assert time.perf_counter() - begin < 2
    outcomes = await asyncio.gather(*reading, return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {DatabaseUnavailable}


@pytest.mark.parametrize(
    "text",
    [
        "INSERT INTO toy (id, name, weight) VALUES ({}, 'x', 1) RETURNING name",
        "WITH one AS (SELECT {} AS id) INSERT INTO toy (id, name, weight) SELECT id, 'x', 1 FROM one RETURNING name",
        "  insert into toy (id, name, weight) values ({}, 'x', 1) returning name",
    ],
)
async def test_writes_outside_are_transactions_by_themselves(sqlite_engine: EmbeddedEngine, text: str) -> None:
    commits = sqlite_engine.commits
    assert [tuple(row) for row in await database.fetch(text, toy_id(1))] == [("x",)]
    assert sqlite_engine.commits == commits + 1
    assert await names() == ["x"]


async def test_mistaken_sql_raises_where_it_was_asked(sqlite_db: Database) -> None:
    for text in ("SELECT nonsense FROM toy", "SELECT * FROM nowhere", "SELEC 1", "INSERT INTO nowhere VALUES (1)"):
        with pytest.raises(Exception, match=r"no such|syntax error"):
            await database.fetch(text)
    assert await names() == []


async def test_new_columns_are_seen_by_cached_statements(sqlite_db: Database) -> None:
    await add(1)
    assert (await database.fetch("SELECT * FROM toy"))[0].keys() == ["id", "name", "weight"]
    await database.execute("ALTER TABLE toy ADD COLUMN colour VARCHAR")
    assert (await database.fetch("SELECT * FROM toy"))[0].keys() == ["id", "name", "weight", "colour"]


async def test_large_logs_are_truncated(sqlite_db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.core.database.checkpoints._LARGE_BYTES", 100_000)
    log = file_of(sqlite_db, "-wal")
    for number in range(100):
        await database.execute("INSERT INTO toy VALUES ({}, {}, 1)", toy_id(number), str(number) + "x" * 3000)
    await asyncio.sleep(0.05)
    assert log.stat().st_size < 150_000
