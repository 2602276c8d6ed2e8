"""The schema's history: it makes what the tables say, and survives being killed anywhere."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from api.core import database
from api.core.database import Database, Dialect, Migration, migrate
from api.migrations import MIGRATIONS
from api.registry import TABLES
from tests import databases

ROOT = Path(__file__).resolve().parents[2]
NOT_TABLES = {"migration", "kudos_search"}  # the list's own, and the full-text index


def dying(migration: Migration, left: list[int]) -> Migration:
    """The migration, whose process does not survive the statement after `left`."""

    def statements(dialect: Dialect) -> Iterator[str]:
        for statement in migration.statements(dialect):
            if left[0] == 0:
                os._exit(9)
            left[0] -= 1
            yield statement
        if left[0] == 0:
            os._exit(9)

    def wrapped(dialect: Dialect) -> Sequence[str]:
        return statements(dialect)  # type: ignore[return-value]  # only iterated, one at a time

    return Migration(migration.name, wrapped)


async def run(url: str, migrations: Sequence[Migration]) -> list[str]:
    db = Database(url)
    await db.start()
    try:
        return await migrate(db, migrations)
    finally:
        await db.stop()


async def catalogue(url: str) -> list[tuple[object, ...]]:
    """Tables, columns, keys, checks and indexes as the engine knows them."""
    db = Database(url)
    await db.start()
    try:
        rows = await database.fetch(
            database.sql(
                sqlite="SELECT type, name, sql FROM sqlite_master ORDER BY type, name",
                postgres="""SELECT table_name, column_name, data_type || is_nullable || coalesce(column_default, '')
                    FROM information_schema.columns WHERE table_schema = 'public'
                UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
                UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
                    WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2, 3""",
            )
        )
        names = await database.fetch("SELECT name FROM migration ORDER BY name")
        return [tuple(row) for row in (*rows, *names)]
    finally:
        await db.stop()


@pytest.fixture
def url(kind: databases.Kind) -> Iterator[str]:
    fresh = databases.fresh_url(kind)
    yield fresh
    databases.drop(fresh)


async def _prepare(url: str) -> None:
    await run(url, MIGRATIONS)


async def test_schema_is_what_the_tables_say(kind: databases.Kind, url: str) -> None:
    assert await run(url, MIGRATIONS) == [migration.name for migration in MIGRATIONS]
    assert await run(url, MIGRATIONS) == []
    db = Database(url)
    await db.start()
    try:
        rows = await database.fetch(
            database.sql(
                sqlite="""SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c
                    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE 'kudos_search%'""",
                postgres="""SELECT table_name, column_name FROM information_schema.columns
                    WHERE table_schema = 'public'""",
            )
        )
    finally:
        await db.stop()
    found: dict[str, set[str]] = {}
    for table, column in (tuple(row) for row in rows):
        if table not in NOT_TABLES:
            found.setdefault(str(table), set()).add(str(column))
    expected = {
        table._meta.tablename: {column._meta.db_column_name for column in table._meta.columns} for table in TABLES
    }
    assert found == expected


def test_names_of_migrations_are_different_and_in_order() -> None:
    names = [migration.name for migration in MIGRATIONS]
    assert names == sorted(set(names))


def test_killed_at_every_statement_it_converges(kind: databases.Kind, url: str) -> None:
    killed = subprocess.run(
        [sys.executable, "-m", "tests.api.test_migrations", url, kind], cwd=ROOT, timeout=120, check=False
    )
    assert killed.returncode == 0
    assert asyncio.run(run(url, MIGRATIONS)) == [MIGRATIONS[-1].name]
    reference = databases.template_url(kind, "schema", _prepare)
    assert asyncio.run(catalogue(url)) == asyncio.run(catalogue(reference))


def die_again_and_again(url: str, dialect: Dialect) -> None:
    """One process after the other starts to migrate and is gone before the next statement than the one before.

    Each leaves nothing behind but whole migrations, or the next would fail on what already exists.
    """
    for index, migration in enumerate(MIGRATIONS):
        for moment in range(len(migration.statements(dialect)) + 1):
            child = os.fork()  # importing everything anew would take most of the time
            if child == 0:
                asyncio.run(run(url, [*MIGRATIONS[:index], dying(migration, [moment])]))
                os._exit(0)
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


if __name__ == "__main__":
    die_again_and_again(sys.argv[1], "sqlite" if sys.argv[2] == "sqlite" else "postgres")
