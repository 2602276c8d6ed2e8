"""Our SQLite engine against raw sqlite3, and commits in groups. Prints ratios, which travel between machines.

python tests/benchmarks/bench_engine.py
"""

import asyncio
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from api.core import database
from api.core.database import Database, Migration, migrate
from api.core.database.connections import Synchronous
from api.core.database.sqlite import EmbeddedEngine

ROWS = 20_000
REPEATS = 4_000
CLIENTS = 50
SECONDS = 3.0

BY_KEY = "SELECT id, position, name, body FROM item WHERE id = {}"
PAGE = "SELECT id, position, name, body FROM item WHERE position < {} ORDER BY position DESC LIMIT 21"
SCHEMA = [
    Migration(
        "item",
        lambda _: [
            "CREATE TABLE item (id UUID PRIMARY KEY, position BIGINT NOT NULL UNIQUE, name VARCHAR, body TEXT)",
            "CREATE TABLE note (id INTEGER PRIMARY KEY, item_id UUID, body TEXT)",
        ],
    )
]


def item_id(number: int) -> str:
    return f"01900000-0000-7000-8000-{number:012x}"


async def measure_reads(path: Path) -> None:
    raw = sqlite3.connect(path, isolation_level=None, cached_statements=512)
    keys = [item_id(n * 7919 % ROWS) for n in range(REPEATS)]
    positions = [n * 7919 % ROWS + 21 for n in range(REPEATS)]
    for name, template, values in (("by primary key", BY_KEY, keys), ("page of 21 rows", PAGE, positions)):
        sql = template.replace("{}", "?")
        ratios = []
        for _ in range(7):
            begin = time.process_time()
            for value in values:
                raw.execute(sql, (value,)).fetchall()
            middle = time.process_time()
            for value in values:
                await database.fetch(template, value)
            end = time.process_time()
            ratios.append((end - middle) / (middle - begin))
        bare = (middle - begin) / REPEATS * 1e6
        print(f"read {name}: {statistics.median(ratios):.2f} times raw sqlite3's CPU ({bare:.1f} us there)")
    raw.close()


async def write_some(number: int) -> None:
    async def body() -> None:
        for n in range(5):
            await database.execute("INSERT INTO note (item_id, body) VALUES ({}, {})", item_id(n), "x" * 60)
        await database.execute("UPDATE item SET name = {} WHERE id = {}", str(number), item_id(number % ROWS))

    await database.transact(body)


async def clients(number: int, seconds: float, work: Callable[[int], Awaitable[None]]) -> tuple[int, list[float]]:
    latencies: list[float] = []
    until = time.perf_counter() + seconds

    async def client(index: int) -> None:
        while (begin := time.perf_counter()) < until:
            await work(index)
            latencies.append(time.perf_counter() - begin)

    await asyncio.gather(*(client(index) for index in range(number)))
    return len(latencies), latencies


def fsync_seconds(folder: Path) -> float:
    """The median of overwriting and syncing one block, as a COMMIT does at least once."""
    times = []
    with open(folder / "probe", "wb") as file:
        file.write(b"x" * 1_000_000)
        os.fsync(file.fileno())
        for n in range(300):
            file.seek(n % 200 * 4096)
            file.write(b"y" * 4096)
            file.flush()
            begin = time.perf_counter()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - begin)
    return statistics.median(times)


async def measure_writes(folder: Path, synchronous: Synchronous) -> float:
    db = await prepared(folder / f"{synchronous}.db", synchronous)
    engine = db.engine
    assert isinstance(engine, EmbeddedEngine)
    commits, bodies = engine.commits, engine.bodies
    done, _ = await clients(CLIENTS, SECONDS, write_some)
    print(
        f"write, {CLIENTS} clients, synchronous={synchronous}: {done / SECONDS:.0f} a second, "
        f"{(engine.bodies - bodies) / (engine.commits - commits):.1f} acknowledged a COMMIT"
    )
    if synchronous == "FULL":
        _, latencies = await clients(1, SECONDS, write_some)
        fsync = fsync_seconds(folder)
        print(
            f"write, one client: median {statistics.median(latencies) * 1e3:.2f} ms, "
            f"one fsync {fsync * 1e3:.2f} ms, difference {(statistics.median(latencies) - fsync) * 1e3:.2f} ms"
        )
    await db.stop()
    return done / SECONDS


async def prepared(path: Path, synchronous: Synchronous = "FULL") -> Database:
    db = Database(f"sqlite:///{path}", synchronous=synchronous, exclusive=True)
    await db.start()
    await migrate(db, SCHEMA)
    await database.execute_many(
        "INSERT INTO item (id, position, name, body) VALUES ({}, {}, {}, {})",
        [(item_id(n), n, f"Item {n}", "words " * 20) for n in range(ROWS)],
    )
    return db


async def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        db = await prepared(folder / "reads.db")
        await measure_reads(folder / "reads.db")
        await db.stop()
        full = await measure_writes(folder, "FULL")
        off = await measure_writes(folder, "OFF")
        print(f"write, {CLIENTS} clients: {full / off:.2f} of the rate at synchronous=OFF")


if __name__ == "__main__":
    asyncio.run(main())
