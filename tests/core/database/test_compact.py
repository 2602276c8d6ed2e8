"""Rewriting a SQLite file: between writes, with nothing of what was deleted left."""

from __future__ import annotations

import asyncio

import pytest

from api.core import database
from api.core.database import Database, DatabaseUnavailable
from api.core.database.sqlite import EmbeddedEngine
from tests.core.database.toys import add, file_of, names


async def test_writes_go_on_around_it_and_the_deleted_is_gone(
    sqlite_db: Database, sqlite_engine: EmbeddedEngine
) -> None:
    await asyncio.gather(*(database.transact(lambda n=n: add(n)) for n in range(300)))  # type: ignore[misc]
    await database.execute("UPDATE toy SET name = 'planted ' || name")
    await database.execute("UPDATE toy SET name = 'toy ' || weight")
    path = file_of(sqlite_db)
    files = [path, path.with_name(f"{path.name}-wal")]
    assert any(b"planted" in file.read_bytes() for file in files)

    async def write(number: int) -> None:
        await database.transact(lambda: add(number))

    await asyncio.gather(*(write(n) for n in range(300, 330)), sqlite_engine.compact(), *map(write, range(330, 360)))
    assert len(await names()) == 360
    await sqlite_engine.compact()
    assert not any(b"planted" in file.read_bytes() for file in files)
    assert files[1].stat().st_size == 0


async def test_what_goes_wrong_is_said_and_the_writer_goes_on(
    sqlite_db: Database, sqlite_engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sqlite_engine._writer is not None
    monkeypatch.setattr(sqlite_engine._writer._checkpoints, "truncate", lambda _connection: False)
    with pytest.raises(DatabaseUnavailable, match="readers"):
        await sqlite_engine.compact()
    await database.transact(lambda: add(1))
    assert len(await names()) == 1
    await sqlite_db.stop()
    with pytest.raises(DatabaseUnavailable):
        await sqlite_engine.compact()
