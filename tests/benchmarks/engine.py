"""Our SQLite engine against raw sqlite3 in one process: CPU for the same query with the same values."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Sequence

from api.app import open_database
from api.core import database
from api.core.ids import position
from api.core.settings import Settings
from tests.benchmarks.figures import Figure, show
from tests.benchmarks.hospital import Hospital

BY_KEY = "SELECT id, name, email, department_id FROM person WHERE id = {}"
PAGE = """SELECT position, id, giver_id, value_id, version, comments FROM kudos WHERE position < {}
    ORDER BY position DESC LIMIT 21"""


async def _measure(path: str, *, rounds: int, repeats: int) -> list[Figure]:
    opened = open_database(Settings(database_url=path))
    await opened.start()
    raw = sqlite3.connect(path.removeprefix("sqlite:///"), isolation_level=None, cached_statements=512)
    try:
        people = [row[0] for row in raw.execute("SELECT id FROM person")]
        positions = [row[0] for row in raw.execute("SELECT position FROM kudos ORDER BY position DESC LIMIT 5000")]
        return [
            await _compare("by primary key", raw, BY_KEY, people, rounds=rounds, repeats=repeats),
            await _compare("21 rows of kudos", raw, PAGE, [position(0), *positions], rounds=rounds, repeats=repeats),
        ]
    finally:
        raw.close()
        await opened.stop()


async def _compare(
    name: str, raw: sqlite3.Connection, template: str, values: Sequence[object], *, rounds: int, repeats: int
) -> Figure:
    sql = template.replace("{}", "?")
    chosen = [values[number * 7919 % len(values)] for number in range(repeats)]
    ratios, bare = [], []
    for _round in range(rounds):
        begin = time.process_time()
        for value in chosen:
            raw.execute(sql, (value,)).fetchall()
        middle = time.process_time()
        for value in chosen:
            await database.fetch(template, value)
        bare.append((middle - begin) / repeats * 1e6)
        ratios.append((time.process_time() - middle) / (middle - begin))
    return Figure(f"engine: {name}: CPU over raw sqlite3's", ratios, at_most=2.0, note=f"{min(bare):.1f} us raw")


def run(hospital: Hospital, *, quick: bool, rounds: int) -> list[Figure]:
    """Measure and show."""
    with hospital.copy("sqlite") as url:
        figures = asyncio.run(_measure(url, rounds=max(3, rounds), repeats=1_000 if quick else 5_000))
    show("The SQLite engine", figures)
    return figures
