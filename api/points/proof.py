"""Prove on a live database that the ledger holds: in short steps by key, each a statement with one view of the data."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from api.core import database

_STEP = 5_000
_FIRST = "00000000-0000-0000-0000-000000000000"

Progress = Callable[[str, int, int], None]
"""Told of a check's sentence, how many rows it has looked at, and of how many."""


class LedgerCheck(msgspec.Struct, frozen=True):
    """An invariant over a table's rows. `sql` finds those between two keys that break it, the key first."""

    says: str
    table: str
    key: str
    sql: str


LEDGER_CHECKS = (
    LedgerCheck(
        "every transfer's postings sum to zero",
        "transfer",
        "id",
        """SELECT t.id FROM transfer t LEFT JOIN posting p ON p.transfer_id = t.id WHERE t.id > {} AND t.id <= {}
        GROUP BY t.id HAVING COALESCE(SUM(p.amount), 1) <> 0""",
    ),
    LedgerCheck(
        "balances are what postings come to, held is what open holds took, neither is below zero",
        "account",
        "id",
        """SELECT a.id FROM account a LEFT JOIN (SELECT p.account_id,
                SUM(CASE WHEN t.state = 'posted' THEN p.amount ELSE 0 END) AS stands,
                SUM(CASE WHEN t.state = 'held' AND p.amount < 0 THEN -p.amount ELSE 0 END) AS held
            FROM posting p JOIN account g ON g.id = p.account_id JOIN transfer t ON t.id = p.transfer_id
            WHERE g.guarded AND g.id > {} AND g.id <= {} GROUP BY p.account_id) s ON s.account_id = a.id
        WHERE a.id > {} AND a.id <= {} AND (a.held <> CASE WHEN a.guarded THEN COALESCE(s.held, 0) ELSE 0 END
            OR a.balance < 0 OR a.held < 0
            OR a.balance + a.held <> CASE WHEN a.guarded THEN COALESCE(s.stands, 0) ELSE 0 END)""",
    ),
    LedgerCheck(
        "each hold is settled once, and only what moved is reversed, once",
        "transfer",
        "id",
        """SELECT t.id FROM transfer t WHERE t.id > {} AND t.id <= {} AND (
            (t.state = 'held') <> (t.settled_at IS NULL)
            OR (SELECT COUNT(*) FROM transfer r WHERE r.reverses_id = t.id)
                > CASE WHEN t.state = 'posted' THEN 1 ELSE 0 END)""",
    ),
    LedgerCheck(
        "everybody's allowances are those of their periods",
        "account",
        "owner_id",
        """SELECT a.owner_id FROM account a WHERE a.owner_id > {} AND a.owner_id <= {} AND a.kind = 'giving' AND
            COALESCE((SELECT SUM(g.amount) FROM allowance g WHERE g.person_id = a.owner_id), 0) <>
            COALESCE((SELECT SUM(p.amount) FROM account x JOIN posting p ON p.account_id = x.id
                JOIN transfer t ON t.id = p.transfer_id WHERE x.owner_id = a.owner_id
                AND x.kind IN ('giving', 'ringfenced') AND t.kind = 'allowance'), 0)""",
    ),
)


async def broken_rows(check: LedgerCheck, shown: int, progress: Progress | None = None) -> list[str]:
    """The first rows, by key, that break the invariant; at most so many."""
    total = 0
    if progress is not None:
        (count,) = await database.fetch(f"SELECT COUNT(*) AS n FROM {check.table}")
        total = count["n"]
    found: list[str] = []
    low, done = _FIRST, 0
    while len(found) < shown:
        step = await database.fetch(
            f"""SELECT {check.key} AS last, n FROM (SELECT {check.key}, ROW_NUMBER() OVER (ORDER BY {check.key}) AS n
                FROM (SELECT {check.key} FROM {check.table} WHERE {check.key} > {{}}
                    ORDER BY {check.key} LIMIT {_STEP}) AS part) AS numbered ORDER BY n DESC LIMIT 1""",
            low,
        )
        if not step:
            break
        high = step[0]["last"]
        rows = await database.fetch(check.sql, *([low, high] * (check.sql.count("{}") // 2)))
        found += [str(row[0]) for row in rows]
        low, done = high, done + step[0]["n"]
        if progress is not None:
            progress(check.says, min(done, total), total)
    return found[:shown]
