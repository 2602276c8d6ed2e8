"""Hand-written SQL, the same text on both databases: `{}` marks a value."""

from collections.abc import Coroutine, Sequence
from typing import Any

from api.core.database.context import Arguments
from api.core.database.database import current
from api.core.database.rows import Row

Batch = tuple[str, Sequence[Arguments]]
"""A statement, and the values for each time that it runs."""

_MOST_TOGETHER = 30


def fetch(template: str, *arguments: Any) -> Coroutine[Any, Any, list[Row]]:
    """All rows. Inside a transaction it sees that transaction, outside only what is committed."""
    return current().engine.fetch(template, arguments)


async def fetch_one(template: str, *arguments: Any) -> Row | None:
    """The first row or None. Do not ask for many rows to use one."""
    rows = await current().engine.fetch(template, arguments)
    return rows[0] if rows else None


async def execute(template: str, *arguments: Any) -> None:
    """Run a statement; outside a transaction it is one by itself."""
    await current().engine.fetch(template, arguments)


async def execute_many(template: str, rows: Sequence[Arguments]) -> None:
    """Run a statement once for each tuple of values, all in one transaction. Counts as one statement."""
    if rows:
        await current().engine.execute_many(template, rows)


async def together(*batches: Batch) -> None:
    """Run statements that change different rows, and of which none reads what another changes.

    They run, and lock rows, in this order. For PostgreSQL a few of them are one statement, and so one round trip.
    """
    each = [(template, values) for template, rows in batches for values in rows]
    if current().dialect == "sqlite" or len(each) > _MOST_TOGETHER:
        for template, rows in batches:
            await execute_many(template, rows)
        return
    if not each:
        return
    # PostgreSQL carries out the changes of a WITH from the last to the first, as a later one may read an earlier one.
    each.reverse()
    parts = ", ".join(f"part_{number} AS ({template})" for number, (template, _values) in enumerate(each))
    await execute(f"WITH {parts} SELECT", *(value for _template, values in each for value in values))


def sql(*, sqlite: str, postgres: str) -> str:
    """Choose by dialect where the databases must differ."""
    return sqlite if current().dialect == "sqlite" else postgres


def placeholders(count: int) -> str:
    """`{}, {}, {}` for an IN list or a VALUES row."""
    return ", ".join(["{}"] * count)
