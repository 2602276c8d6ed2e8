"""Migrations survive being killed anywhere and being run by several processes at once."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from api.core import database
from api.core.database import Database, Dialect, Migration, migrate
from tests import databases

ROOT = Path(__file__).resolve().parents[3]

FIRST = [
    "CREATE TABLE fruit (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL)",
    "CREATE INDEX fruit_name ON fruit (name)",
    "INSERT INTO fruit (id, name) VALUES (1, '{apple}')",
]
SECOND = [
    "ALTER TABLE fruit ADD COLUMN ripe BOOLEAN NOT NULL DEFAULT false",
    "UPDATE fruit SET name = 'pear' WHERE id = 1",
    "INSERT INTO fruit (id, name) VALUES (2, 'plum')",
    "CREATE TABLE basket (fruit_id INTEGER REFERENCES fruit (id))",
]
STATEMENTS = len(FIRST) + len(SECOND) + 2


class Dying(Sequence[str]):
    """Statements of which the process does not survive the one after `left`."""

    left = 1_000_000

    def __init__(self, statements: list[str]) -> None:
        self._statements = statements

    def __len__(self) -> int:
        return len(self._statements)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        return self._statements[index]

    def __iter__(self) -> Iterator[str]:
        for statement in self._statements:
            if Dying.left == 0:
                os._exit(9)
            Dying.left -= 1
            yield statement
        if Dying.left == 0:
            os._exit(9)


def _first(_: Dialect) -> Sequence[str]:
    return Dying(FIRST)


def _second(dialect: Dialect) -> Sequence[str]:
    return Dying([*SECOND, *_searchable(dialect)])


def _searchable(dialect: Dialect) -> list[str]:
    if dialect == "sqlite":
        return ["CREATE VIRTUAL TABLE fruit_search USING fts5(body)", "CREATE INDEX fruit_ripe ON fruit (ripe)"]
    return ["ALTER TABLE fruit ADD COLUMN search tsvector", "CREATE INDEX fruit_search ON fruit USING gin (search)"]


MIGRATIONS = [Migration("first", _first), Migration("second", _second)]


async def run(url: str) -> list[str]:
    db = Database(url)
    await db.start()
    try:
        return await migrate(db, MIGRATIONS)
    finally:
        await db.stop()


def start(url: str, left: int = 1000) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "tests.core.database.test_migrations", url, str(left)], cwd=ROOT)


async def state(url: str) -> list[list[tuple[object, ...]]]:
    db = Database(url)
    await db.start()
    try:
        catalogue = database.sql(
            sqlite="SELECT type, name, sql FROM sqlite_master ORDER BY 2",
            postgres="SELECT table_name, column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = 'public' UNION ALL"
            " SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2",
        )
        texts = (catalogue, "SELECT id, name, ripe FROM fruit ORDER BY id", "SELECT name FROM migration ORDER BY name")
        return [[tuple(row) for row in await database.fetch(text)] for text in texts]
    finally:
        await db.stop()


@pytest.fixture
def url(kind: databases.Kind) -> Iterator[str]:
    fresh = databases.fresh_url(kind)
    yield fresh
    databases.drop(fresh)


async def test_applied_once_and_in_order(url: str) -> None:
    assert await run(url) == ["first", "second"]
    assert await run(url) == []
    assert (await state(url))[1:] == [
        [(1, "pear", 0), (2, "plum", 0)],
        [("first",), ("second",)],
    ]


@pytest.mark.parametrize("statement", range(STATEMENTS + 1))
def test_killed_after_any_statement_it_converges(url: str, kind: databases.Kind, statement: int) -> None:
    reference = databases.template_url(kind, "fruit", _prepare)
    killed = start(url, statement)
    assert killed.wait(30) == 9
    assert asyncio.run(run(url))
    assert asyncio.run(state(url)) == asyncio.run(state(reference))


async def _prepare(url: str) -> None:
    await run(url)


async def test_copies_of_a_template_are_independent(kind: databases.Kind) -> None:
    template = databases.template_url(kind, "fruit", _prepare)
    copies = [databases.fresh_url(kind, template) for _ in range(2)]
    for copy in copies:
        db = Database(copy)
        await db.start()
        await database.execute("INSERT INTO fruit (id, name) VALUES (3, {})", "quince")
        await db.stop()
    assert await state(copies[0]) == await state(copies[1]) != await state(template)
    for copy in copies:
        databases.drop(copy)


def test_processes_take_turns(url: str, kind: databases.Kind) -> None:
    together = [start(url) for _ in range(3)]
    assert [process.wait(60) for process in together] == [0, 0, 0]
    assert asyncio.run(run(url)) == []
    assert asyncio.run(state(url)) == asyncio.run(state(databases.template_url(kind, "fruit", _prepare)))


if __name__ == "__main__":
    Dying.left = int(sys.argv[2])
    asyncio.run(run(sys.argv[1]))
