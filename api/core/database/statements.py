"""Statements: one template text for both databases, compiled once, counted when they run."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from string import Formatter
from typing import Literal

from api.core.database.errors import TransactionMisuse

Dialect = Literal["sqlite", "postgres"]

_CACHE_LIMIT = 4096
_READS = re.compile(r"\s*(SELECT|VALUES|EXPLAIN|SHOW|WITH|PRAGMA)\b", re.IGNORECASE)
_WRITES_INSIDE = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE|MERGE)\b|^\s*PRAGMA[^(]*=", re.IGNORECASE)
_CONTROL = re.compile(
    r"\s*(BEGIN|START|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE|ATTACH|DETACH|VACUUM)\b", re.IGNORECASE
)


class Statement:
    """A text ready for the driver, and whether it only reads.

    `slow` counts how many of its next runs keep away from the event loop's thread, because
    the last one took too long there (SQLite only).
    """

    __slots__ = ("reads", "slow", "sql")

    def __init__(self, sql: str) -> None:
        if _CONTROL.match(sql):
            raise TransactionMisuse(f"use transact() and savepoint() instead of {sql.strip()[:40]!r}")
        self.sql = sql
        self.slow = 0
        # A WITH may hide a write. One that only mentions a write goes to the writer too: slower, not wrong.
        self.reads = _READS.match(sql) is not None and (
            re.match(r"\s*(WITH|EXPLAIN|PRAGMA)\b", sql, re.IGNORECASE) is None or _WRITES_INSIDE.search(sql) is None
        )


class Statements:
    """Remembers what it compiled; forgets everything when texts turn out to be endless."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._from_template: dict[str, Statement] = {}
        self._from_sql: dict[str, Statement] = {}

    def template(self, template: str) -> Statement:
        """Compile `{}` placeholders to what the driver wants; `{{` and `}}` are literal braces."""
        statement = self._from_template.get(template)
        if statement is None:
            if len(self._from_template) >= _CACHE_LIMIT:
                self._from_template.clear()
            statement = self._from_template[template] = Statement(compile_template(template, self._dialect))
        return statement

    def sql(self, sql: str) -> Statement:
        """A text that already has the driver's own placeholders, such as Piccolo's."""
        statement = self._from_sql.get(sql)
        if statement is None:
            if len(self._from_sql) >= _CACHE_LIMIT:
                self._from_sql.clear()
            statement = self._from_sql[sql] = Statement(sql)
        return statement


def compile_template(template: str, dialect: Dialect) -> str:
    """Replace each `{}` by `?` or `$n`. Raises ValueError for anything else between braces."""
    parts: list[str] = []
    number = 0
    for literal, field, specification, conversion in Formatter().parse(template):
        parts.append(literal)
        if field is None:
            continue
        if field or specification or conversion:
            raise ValueError(f"only {{}} marks a value, not {{{field}}}: {template!r}")
        number += 1
        parts.append("?" if dialect == "sqlite" else f"${number}")
    return "".join(parts)


class Counter:
    """How many statements a context has run; savepoints and commits are not counted."""

    __slots__ = ("n",)

    def __init__(self) -> None:
        self.n = 0


COUNTER: ContextVar[Counter | None] = ContextVar("statement_counter", default=None)


def count(statements: int = 1) -> None:
    """Add to the counter of this context, if there is one."""
    counter = COUNTER.get()
    if counter is not None:
        counter.n += statements


@contextmanager
def count_statements() -> Iterator[Counter]:
    """Count every statement that this context, and tasks it starts, run meanwhile."""
    counter = Counter()
    outer = COUNTER.get()
    token = COUNTER.set(counter)
    try:
        yield counter
    finally:
        COUNTER.reset(token)
        if outer is not None:
            outer.n += counter.n
