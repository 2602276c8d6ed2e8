"""The rows of the ledger, each written in one place: a transfer with its postings, and the accounts that it changes.

An account is never read, checked and saved: its row is locked, in the order of ids, and changed by what comes or goes;
its CHECKs refuse to go below zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from api.core import database
from api.core.clock import now
from api.core.ids import uuid7
from api.points.errors import NotEnough, Settled
from api.points.rules import Entries, check_entries

Changes = Mapping[str, tuple[int, int]]
"""By how many points the balance of each account changes, and what it holds."""


class Standing(msgspec.Struct, frozen=True):
    """A locked account: what it is, and what can be spent."""

    kind: str
    balance: int


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """A transfer without its postings; the fields are the columns of its row."""

    kind: str
    state: str = "posted"
    about_id: str | None = None
    actor_id: str | None = None
    unique: str | None = None
    reverses_id: str | None = None
    due_at: int | None = None
    at_due: str = ""


_INSERT = """INSERT INTO transfer (id, kind, about_id, actor_id, state, unique_key, reverses_id, created_at, due_at,
    at_due, settled_at) VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})"""


async def lock(ids: Iterable[str]) -> dict[str, Standing]:
    """The guarded ones among these accounts; nobody else changes them until the transaction ends.

    Not FOR UPDATE: writing a posting, which refers to the account, need not wait for it.
    """
    wanted = sorted(set(ids))
    clause = database.sql(sqlite="", postgres="FOR NO KEY UPDATE")
    rows = await database.fetch(
        f"""SELECT id, kind, balance FROM account
        WHERE id IN ({database.placeholders(len(wanted))}) AND guarded ORDER BY id {clause}""",
        *wanted,
    )
    return {row["id"]: Standing(row["kind"], row["balance"]) for row in rows}


async def write(head: Head, entries: Entries, changes: Changes, locked: Mapping[str, Standing] | None = None) -> str:
    """Enter a transfer with its postings and change accounts; returns its id.

    If its unique key is taken, nothing happens and the first one's id is returned: of two at once, the second waits for
    the first. Raises NotEnough, Settled if what it reverses was reversed before.
    """
    check_entries(entries)
    at = now()
    transfer_id = uuid7(at)
    row = (
        *(transfer_id, head.kind, head.about_id, head.actor_id, head.state, head.unique, head.reverses_id),
        *(at, head.due_at, head.at_due, None if head.state == "held" else at),
    )
    postings = (
        "INSERT INTO posting (transfer_id, account_id, amount) VALUES ({}, {}, {})",
        [(transfer_id, account, amount) for account, amount in sorted(entries.items())],
    )
    if head.unique is None and head.reverses_id is None:
        await change(changes, locked, (_INSERT, [row]), postings)
        return transfer_id
    if await database.fetch(f"{_INSERT} ON CONFLICT DO NOTHING RETURNING id", *row):
        await change(changes, locked, postings)
        return transfer_id
    first = head.unique and await database.fetch_one("SELECT id FROM transfer WHERE unique_key = {}", head.unique)
    if not first:
        raise Settled  # somebody else has reversed it
    return str(first["id"])


async def change(changes: Changes, locked: Mapping[str, Standing] | None = None, *with_rows: database.Batch) -> None:
    """Add to balance and held of the guarded accounts among these, together with the rows that say why.

    `locked` holds them, if the caller has locked them. Raises NotEnough.
    """
    there = await lock(changes) if locked is None else locked
    guarded = sorted(account for account in changes if account in there)
    for account in guarded:
        standing, (balance, _held) = there[account], changes[account]
        if standing.balance + balance < 0:
            raise NotEnough(standing.kind, available=standing.balance, needed=-balance)
    await database.together(
        *with_rows,
        (
            "UPDATE account SET balance = balance + {}, held = held + {} WHERE id = {}",
            [(*changes[account], account) for account in guarded],
        ),
    )
