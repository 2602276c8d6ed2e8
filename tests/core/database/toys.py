"""A toy table and its migrations, for tests of the database alone."""

from collections.abc import Sequence
from pathlib import Path

from piccolo.columns import BigInt, Varchar
from piccolo.table import Table

from api.core import database
from api.core.database import Database, Dialect, Id, Migration


class Toy(Table):
    id = Id(primary_key=True)
    name = Varchar()
    weight = BigInt(default=0)


def _statements(dialect: Dialect) -> Sequence[str]:
    return ["CREATE TABLE toy (id UUID PRIMARY KEY, name VARCHAR(100) NOT NULL UNIQUE, weight BIGINT NOT NULL)"]


MIGRATIONS = [Migration("toy", _statements)]


def toy_id(number: int) -> str:
    return f"01900000-0000-7000-8000-{number:012x}"


def file_of(db: Database, ending: str = "") -> Path:
    """The SQLite file, or one that belongs to it such as the log (`-wal`)."""
    return Path(db.url.removeprefix("sqlite:///") + ending)


async def add(number: int, name: str | None = None) -> str:
    """One statement, in or out of a transaction."""
    await database.execute(
        "INSERT INTO toy (id, name, weight) VALUES ({}, {}, {})", toy_id(number), name or f"toy {number}", number
    )
    return toy_id(number)


async def names() -> list[str]:
    return [row["name"] for row in await database.fetch("SELECT name FROM toy ORDER BY weight, name")]
