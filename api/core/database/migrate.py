"""Migrations: hand-written statements that run forwards, each list entry all or nothing."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from api.core.database.context import OPEN
from api.core.database.database import Database
from api.core.database.statements import Dialect

_ADVISORY_LOCK = 0x6765_6172_6D65_7368  # "gearmesh"

_TABLE = "CREATE TABLE IF NOT EXISTS migration (name VARCHAR(200) PRIMARY KEY, applied_at BIGINT NOT NULL)"


@dataclass(frozen=True)
class Migration:
    """A name that never changes and the statements for a dialect, run exactly as they stand."""

    name: str
    statements: Callable[[Dialect], Sequence[str]]


async def migrate(db: Database, migrations: Sequence[Migration]) -> list[str]:
    """Apply what is missing, in order, and return the names of what this call applied.

    A migration and its row in table `migration` are one transaction, so a process that dies
    anywhere leaves whole migrations behind and the next call goes on. Several processes may call
    it at once: they take turns.
    """
    return [
        migration.name for migration in migrations if await db.engine.transact(partial(_apply, db.dialect, migration))
    ]


async def _apply(dialect: Dialect, migration: Migration) -> bool:
    transaction = OPEN.get()
    assert transaction is not None
    if dialect == "postgres":
        await transaction.command(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
    await transaction.command(_TABLE)
    mark = "?" if dialect == "sqlite" else "$1"
    if await transaction.rows(f"SELECT name FROM migration WHERE name = {mark}", (migration.name,)):
        return False
    for statement in migration.statements(dialect):
        await transaction.command(statement)
    marks = "?, ?" if dialect == "sqlite" else "$1, $2"
    await transaction.rows(
        f"INSERT INTO migration (name, applied_at) VALUES ({marks})",
        (migration.name, time.time_ns() // 1000),
    )
    return True
