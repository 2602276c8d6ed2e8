"""Several processes, killed processes, and processes that are told to end."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.core import database
from api.core.database import Database, DatabaseInUse, migrate
from tests import databases
from tests.core.database.toys import MIGRATIONS, add, names, toy_id

ROOT = Path(__file__).resolve().parents[3]


async def load(url: str, exclusive: str) -> None:
    """Write until the end, printing each id once it is acknowledged."""
    db = Database(url, exclusive=exclusive == "exclusive")
    await db.start()
    await migrate(db, MIGRATIONS)
    number = 0

    async def client() -> None:
        nonlocal number
        while True:
            number += 1
            print(await database.transact(lambda n=number: add(n)), flush=True)  # type: ignore[misc]

    await asyncio.gather(*(client() for _ in range(20)))


async def handled(url: str) -> None:
    """As a server does: SIGTERM ends the waiting, then stop() runs."""
    ending = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ending.set)
    loading = asyncio.create_task(load(url, "exclusive"))
    await ending.wait()
    loading.cancel()
    await asyncio.gather(loading, return_exceptions=True)
    await database.current().stop()


async def crash(url: str) -> None:
    """An exception leaves everything open."""
    db = Database(url)
    await db.start()
    await migrate(db, MIGRATIONS)
    await add(1)
    long = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    reading = asyncio.create_task(database.fetch(long))
    await asyncio.sleep(0.2)
    raise SystemExit(7 if not reading.done() else 8)


def start(verb: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.core.database.test_processes", verb, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def read_ids(process: "subprocess.Popen[str]", count: int) -> list[str]:
    assert process.stdout is not None
    return [process.stdout.readline().strip() for _ in range(count)]


async def stored(url: str) -> set[str]:
    db = Database(url)
    await db.start()
    try:
        return {str(row["id"]) for row in await database.fetch("SELECT id FROM toy")}
    finally:
        await db.stop()


def acknowledged(first: list[str], rest: str) -> set[str]:
    """Complete ids only: the kill may have cut the last one off, and the first was begun by the read before."""
    return {*first, *(line for line in rest.split() if len(line) == len(first[0]))}


@pytest.fixture
def url(kind: databases.Kind) -> Iterator[str]:
    fresh = databases.fresh_url(kind)
    yield fresh
    databases.drop(fresh)


@pytest.fixture
def sqlite_url() -> Iterator[str]:
    fresh = databases.fresh_url("sqlite")
    yield fresh
    databases.drop(fresh)


@pytest.mark.parametrize("moment", [0.0, 0.13, 0.31])
def test_killed_process_loses_nothing_acknowledged(url: str, moment: float) -> None:
    process = start("load", url, "exclusive")
    first = read_ids(process, 50)
    time.sleep(moment)
    process.kill()
    rest, _ = process.communicate(timeout=10)
    expected = acknowledged(first, rest)
    assert len(expected) >= 50
    assert expected <= asyncio.run(stored(url))


def test_sigterm_without_a_handler_ends_the_process(sqlite_url: str) -> None:
    process = start("load", sqlite_url, "exclusive")
    first = read_ids(process, 50)
    process.terminate()
    rest, _ = process.communicate(timeout=5)
    assert process.returncode == -signal.SIGTERM
    assert acknowledged(first, rest) <= asyncio.run(stored(sqlite_url))


@pytest.mark.skipif(sys.platform == "win32", reason="the event loop handles no signals there")
def test_sigterm_with_a_handler_stops_in_time(url: str) -> None:
    process = start("handled", url)
    first = read_ids(process, 50)
    process.terminate()
    rest, _ = process.communicate(timeout=5)
    assert process.returncode == 0
    assert acknowledged(first, rest) <= asyncio.run(stored(url))


def test_process_that_dies_without_stop_does_not_hang(sqlite_url: str) -> None:
    process = start("crash", sqlite_url)
    assert process.wait(10) == 7
    assert asyncio.run(stored(sqlite_url)) == {toy_id(1)}


async def test_served_file_is_not_served_twice(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.core.database.lock._PATIENCE_SECONDS", 0.1)
    process = start("load", sqlite_url, "exclusive")
    await asyncio.to_thread(read_ids, process, 1)
    other = Database(sqlite_url, exclusive=True)
    with pytest.raises(DatabaseInUse) as caught:
        await other.start()
    path = sqlite_url.removeprefix("sqlite:///")
    for part in (path, str(process.pid), "PostgreSQL"):
        assert part in str(caught.value)

    process.kill()
    await asyncio.to_thread(process.communicate)
    await other.start()  # the lock went with the process
    await other.stop()


async def test_served_file_is_not_served_twice_within_a_process(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.core.database.lock._PATIENCE_SECONDS", 0.1)
    first, second = Database(sqlite_url, exclusive=True), Database(sqlite_url, exclusive=True)
    await first.start()
    with pytest.raises(DatabaseInUse):
        await second.start()
    await first.stop()
    await second.start()
    await second.stop()


async def test_short_commands_write_to_a_served_file(sqlite_url: str) -> None:
    process = start("load", sqlite_url, "exclusive")
    await asyncio.to_thread(read_ids, process, 20)
    command = Database(sqlite_url)
    await command.start()
    try:
        for number in range(10):
            await database.execute(
                "INSERT INTO toy (id, name, weight) VALUES ({}, {}, -1)", toy_id(10**9 + number), f"command {number}"
            )
        assert (await names())[:2] == ["command 0", "command 1"]
    finally:
        await command.stop()
    before = await asyncio.to_thread(read_ids, process, 20)
    assert process.poll() is None
    process.kill()
    await asyncio.to_thread(process.communicate)
    expected = {*before, *(toy_id(10**9 + number) for number in range(10))}
    assert expected <= await stored(sqlite_url)


async def test_file_that_cannot_be_opened_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(database.DatabaseUnavailable, match="cannot open"):
        await Database(f"sqlite:///{tmp_path}/missing/folder.db").start()
    (tmp_path / "text.db").write_text("this is not a database, and long enough to tell" * 100)
    with pytest.raises(database.DatabaseUnavailable, match="not a database"):
        await Database(f"sqlite:///{tmp_path}/text.db", exclusive=True).start()


def test_importing_and_constructing_connects_to_nothing() -> None:
    begin = time.perf_counter()
    Database("postgresql://nobody@192.0.2.1/nothing")
    assert time.perf_counter() - begin < 1


if __name__ == "__main__":
    verbs = {"load": load, "handled": handled, "crash": crash}
    sys.path.insert(0, os.getcwd())
    asyncio.run(verbs[sys.argv[1]](*sys.argv[2:]))  # type: ignore[operator]
