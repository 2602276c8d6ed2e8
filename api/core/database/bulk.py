"""Many rows at once: one prepared statement on SQLite, one array a column on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.core import database

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """A table and its columns as "name:type", the types being PostgreSQL's."""

    table: str
    columns: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, table: str, columns: str) -> Columns:
        """Read `columns` from one line of text."""
        pairs = [column.split(":") for column in columns.split()]
        return cls(table, tuple((name, kind) for name, kind in pairs))

    async def insert(self, rows: Sequence[Row], then: str = "") -> None:
        """Insert all `rows` in the running transaction; `then` is an ON CONFLICT clause."""
        if not rows:
            return
        names = ", ".join(name for name, _ in self.columns)
        if database.current().dialect == "sqlite":
            marks = database.placeholders(len(self.columns))
            await database.execute_many(f"INSERT INTO {self.table} ({names}) VALUES ({marks}) {then}", rows)
            return
        # An array for each column is one round trip and one plan for any number of rows.
        arrays = ", ".join(f"{{}}::{'text' if kind == 'uuid' else kind}[]" for _, kind in self.columns)
        values = ", ".join(f"u.{name}::{kind}" for name, kind in self.columns)
        await database.execute(
            f"INSERT INTO {self.table} ({names}) SELECT {values} FROM unnest({arrays}) AS u ({names}) {then}",
            *map(list, zip(*rows, strict=True)),
        )
