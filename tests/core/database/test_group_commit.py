"""SQLite's writer: groups, their durability, and what happens when the disk fails."""

import asyncio
import logging
import time

import pytest

from api.core import database
from api.core.database import Database, DatabaseUnavailable, SuspendedInTransaction, migrate
from api.core.database.sqlite import EmbeddedEngine
from tests import databases
from tests.core.database.faulty import faulty_connections
from tests.core.database.toys import MIGRATIONS, add, file_of, names, toy_id


async def test_waiting_bodies_share_a_commit(sqlite_db: Database, sqlite_engine: EmbeddedEngine) -> None:
    commits, bodies = sqlite_engine.commits, sqlite_engine.bodies

    async def client(index: int) -> None:
        for number in range(20):
            await database.transact(lambda n=index * 20 + number: add(n))  # type: ignore[misc]

    await asyncio.gather(*(client(index) for index in range(50)))
    assert sqlite_engine.bodies - bodies == 1000
    assert sqlite_engine.commits - commits <= 100
    assert len(await names()) == 1000


async def test_crowd_shares_commits_although_each_request_takes_its_time(
    sqlite_db: Database, sqlite_engine: EmbeddedEngine
) -> None:
    commits, bodies = sqlite_engine.commits, sqlite_engine.bodies

    async def client(index: int) -> None:
        for number in range(8):
            await asyncio.sleep(0.001)  # the way to the client and back
            until = time.thread_time() + 0.001
            while time.thread_time() < until:
                pass
            await database.transact(lambda n=index * 8 + number: add(n))  # type: ignore[misc]

    await asyncio.gather(*(client(index) for index in range(50)))
    assert sqlite_engine.bodies - bodies == 400
    assert sqlite_engine.commits - commits <= 40


async def test_lone_body_does_not_wait_for_company(sqlite_db: Database) -> None:
    times = []
    for number in range(50):
        begin = time.perf_counter()
        await database.transact(lambda n=number: add(n))  # type: ignore[misc]
        times.append(time.perf_counter() - begin)
    # Generous for busy machines; tests/benchmarks/bench_engine.py measures against a bare fsync.
    assert sorted(times)[25] < 0.015


@pytest.mark.parametrize("what", ["sleep", "zero", "future", "swallowed", "stubborn"])
async def test_body_that_waits_for_anything_else_is_told_and_undone(sqlite_db: Database, what: str) -> None:
    future = asyncio.get_running_loop().create_future()

    async def body() -> str:
        await add(1)
        if what == "sleep":
            await asyncio.sleep(0.001)
        elif what == "zero":
            await asyncio.sleep(0)
        elif what == "future":
            await future
        for _ in range(2 if what == "stubborn" else 1):
            try:
                await asyncio.sleep(0)
            except SuspendedInTransaction:
                continue
        return "went on"

    # asyncio.sleep with a delay needs the running loop, which a body does not have either.
    with pytest.raises(RuntimeError) as caught:
        await database.transact(body)
    assert isinstance(caught.value, SuspendedInTransaction) or "event loop" in str(caught.value)
    assert await names() == []
    assert await database.transact(lambda: add(2)) == toy_id(2)


async def test_nothing_is_acknowledged_before_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    async def refused() -> None:
        await add(2)
        raise KeyError("refused")

    with faulty_connections(monkeypatch) as faulty:
        db = Database(databases.fresh_url("sqlite"))
        await db.start()
        await migrate(db, MIGRATIONS)
        faulty.gate.clear()
        outcomes = [
            asyncio.create_task(database.transact(lambda: add(1))),
            asyncio.create_task(database.transact(refused)),
        ]
        _, pending = await asyncio.wait(outcomes, timeout=0.2)
        assert len(pending) == 2
        assert await names() == []
        faulty.gate.set()
        assert await outcomes[0] == toy_id(1)
        with pytest.raises(KeyError):
            await outcomes[1]
        assert await names() == ["toy 1"]
        await db.stop()


async def test_failed_commit_refuses_the_whole_group_and_the_next_one_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    called: list[int] = []

    async def body(number: int) -> None:
        await add(number)
        database.after_commit(lambda: called.append(number))
        if number == 3:
            raise KeyError

    with faulty_connections(monkeypatch) as faulty:
        db = Database(databases.fresh_url("sqlite"))
        await db.start()
        await migrate(db, MIGRATIONS)
        faulty.failures.append("disk I/O error")
        outcomes = await asyncio.gather(
            *(database.transact(lambda n=n: body(n)) for n in range(5)),  # type: ignore[misc]
            return_exceptions=True,
        )
        refused = [outcome for outcome in outcomes if isinstance(outcome, DatabaseUnavailable)]
        assert refused
        assert "disk I/O error" in str(refused[0].__cause__)
        assert len(await names()) == len(called) == sum(outcome is None for outcome in outcomes)
        await database.transact(lambda: add(9))
        assert "toy 9" in await names()
        await db.stop()


async def test_full_disk_refuses_the_group_and_the_writer_recovers(sqlite_db: Database) -> None:
    rows = await database.transact(lambda: database.fetch("PRAGMA page_count"))
    before = rows[0][0]

    async def limit(pages: int) -> None:
        await database.execute(f"PRAGMA max_page_count = {pages}")

    async def hoard(number: int) -> None:
        await database.execute(
            "INSERT INTO toy (id, name, weight) VALUES ({}, {}, 1)", toy_id(number), f"{number} {'x' * 4000}"
        )

    async def swallow() -> None:
        for number in range(100, 200):
            try:
                await hoard(number)
            except Exception:
                logging.debug("full")

    await limit(before + 20)
    outcomes = await asyncio.gather(
        *(database.transact(lambda n=n: hoard(n)) for n in range(50)),  # type: ignore[misc]
        return_exceptions=True,
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, DatabaseUnavailable)]
    assert refused
    stored = await names()
    assert len(stored) == len(outcomes) - len(refused)
    assert len({type(outcome) for outcome in outcomes} - {DatabaseUnavailable, type(None)}) == 0
    try:
        await database.transact(swallow)
    except DatabaseUnavailable:
        assert len(await names()) == len(stored)

    await limit(1_000_000)
    await database.transact(lambda: add(1000))
    assert "toy 1000" in await names()


async def test_lost_transaction_refuses_the_whole_group(sqlite_db: Database) -> None:
    async def good(number: int) -> None:
        await add(number)

    async def bad() -> None:
        from api.core.database.context import OPEN

        transaction = OPEN.get()
        assert transaction is not None
        await transaction.command("ROLLBACK")  # as SQLite does by itself when it must
        await add(99)

    outcomes = await asyncio.gather(
        database.transact(lambda: good(1)),
        database.transact(bad),
        database.transact(lambda: good(2)),
        return_exceptions=True,
    )
    assert isinstance(outcomes[1], DatabaseUnavailable)
    assert await names() == [f"toy {n}" for n, outcome in ((1, outcomes[0]), (2, outcomes[2])) if outcome is None]
    await database.transact(lambda: good(3))
    assert "toy 3" in await names()


async def test_body_may_raise_anything(sqlite_db: Database) -> None:
    for error in (asyncio.CancelledError(), GeneratorExit()):

        async def body(error: BaseException = error) -> None:
            await add(1)
            raise error

        with pytest.raises(type(error)):
            await asyncio.wait_for(asyncio.shield(database.transact(body)), 5)
    with pytest.raises(RuntimeError):
        await database.transact(_not_a_coroutine)  # type: ignore[arg-type]
    assert await names() == []


def _not_a_coroutine() -> None:
    raise StopIteration


async def test_stop_gives_up_on_a_body_that_does_not_end(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("api.core.database.sqlite._STOP_SECONDS", 0.2)
    with faulty_connections(monkeypatch) as faulty:
        db = Database(databases.fresh_url("sqlite"))
        await db.start()
        await migrate(db, MIGRATIONS)
        faulty.gate.clear()
        waiting = asyncio.create_task(database.transact(lambda: add(1)))
        await asyncio.sleep(0.05)
        begin = time.perf_counter()
        await db.stop()
        assert time.perf_counter() - begin < 1
        with pytest.raises(DatabaseUnavailable):
            await waiting
        assert "1 transactions were not done" in caplog.text


async def test_checkpoint_that_fails_harms_nobody(
    sqlite_db: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def no_more_files(_: object) -> bool:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("api.core.database.checkpoints._GROUPS_BETWEEN", 1)
    monkeypatch.setattr("api.core.database.lock.FileLock.try_acquire", no_more_files)
    for number in range(3):
        await database.transact(lambda n=number: add(n))  # type: ignore[misc]
    assert len(await names()) == 3
    assert "a checkpoint failed" in caplog.text


async def test_writer_that_dies_refuses_what_waits(
    sqlite_db: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def defect(*_: object, **__: object) -> None:
        raise AssertionError("a defect")

    monkeypatch.setattr("api.core.database.checkpoints.Checkpoints.after_group", defect)
    monkeypatch.setattr("threading.excepthook", lambda _: None)
    assert await database.transact(lambda: add(1)) == toy_id(1)
    async with asyncio.timeout(5):
        while True:
            try:
                await database.transact(lambda: add(2))
            except DatabaseUnavailable:
                break
    assert "toy 1" in await names()


async def test_log_is_moved_into_the_file_when_idle_and_at_stop(sqlite_db: Database) -> None:
    file, log = file_of(sqlite_db), file_of(sqlite_db, "-wal")
    await asyncio.gather(*(database.transact(lambda n=n: add(n)) for n in range(100)))  # type: ignore[misc]
    await asyncio.sleep(1.5)
    assert b"toy 99" in file.read_bytes()
    await sqlite_db.stop()
    assert not log.exists()
    await sqlite_db.start()
