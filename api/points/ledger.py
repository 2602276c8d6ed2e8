"""Double entry: move points, hold them, settle a hold once, reverse. Each function belongs in an open transaction."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from weakref import WeakKeyDictionary

import msgspec

from api.core import database
from api.core.clock import now
from api.core.database import Database
from api.core.errors import NotFound
from api.points import books
from api.points.books import Head, Standing
from api.points.errors import Settled
from api.points.rules import GUARDED, HOUSE, AccountKind, Entries, reversal

_NAMESPACE = uuid.UUID("6ea53e54-6c1b-4d0e-9d5a-3a1f0a5c7b10")

Key = tuple[AccountKind, str, str]
"""What makes an account: its kind, its owner's id, its period ("" for all but budgets)."""


class Reversed(msgspec.Struct, frozen=True):
    """What a reversal came to, in points. `id` is its transfer; that of the hold, if that was still open."""

    id: str
    taken: int
    written_off: int


def account_id(kind: AccountKind, owner_id: str = HOUSE, period: str = "") -> str:
    """The account's id, whether or not it exists yet."""
    return str(uuid.uuid5(_NAMESPACE, f"{kind.value} {owner_id} {period}"))


async def account(kind: AccountKind, owner_id: str = HOUSE, period: str = "") -> str:
    """The account's id; makes it, with nothing on it, if it is not there."""
    return (await accounts([(kind, owner_id, period)]))[kind, owner_id, period]


_seen: WeakKeyDictionary[Database, set[str]] = WeakKeyDictionary()
"""Accounts that this process has found or made: none is ever removed, so they need not be looked up again."""

_MOST_SEEN = 500_000


def _remember(seen: set[str], ids: Iterable[str]) -> None:
    if len(seen) > _MOST_SEEN:
        seen.clear()
    seen.update(ids)


async def accounts(keys: Iterable[Key]) -> dict[Key, str]:
    """The same for many, in two statements at most."""
    found = {key: account_id(*key) for key in sorted(set(keys))}
    seen = _seen.setdefault(database.current(), set())
    new = [one for one in found.values() if one not in seen]
    if not new:
        return found
    there = await database.fetch(f"SELECT id FROM account WHERE id IN ({database.placeholders(len(new))})", *new)
    known = {row["id"] for row in there} | (set(found.values()) - set(new))
    database.after_commit(partial(_remember, seen, new))
    await database.execute_many(
        """INSERT INTO account (id, kind, owner_id, period, guarded) VALUES ({}, {}, {}, {}, {})
        ON CONFLICT DO NOTHING""",
        sorted(
            (found[key], key[0].value, key[1], key[2], key[0] in GUARDED) for key in found if found[key] not in known
        ),
    )
    return found


async def balances(ids: Iterable[str]) -> dict[str, int]:
    """What can be spent on these guarded accounts; nobody else changes them until the transaction ends."""
    return {account: standing.balance for account, standing in (await books.lock(ids)).items()}


async def transfer(
    *,
    kind: str,
    entries: Entries,
    about_id: str | None = None,
    actor_id: str | None = None,
    unique: str | None = None,
    reverses_id: str | None = None,
) -> str:
    """Move points now; returns the transfer's id. With `unique`, once ever: a repeat returns the first one's id.

    Raises NotEnough if an account does not hold what is taken from it, Settled if `reverses_id` was reversed before.
    """
    head = Head(kind=kind, about_id=about_id, actor_id=actor_id, unique=unique, reverses_id=reverses_id)
    return await books.write(head, entries, {account: (amount, 0) for account, amount in entries.items()})


async def hold(
    *,
    kind: str,
    entries: Entries,
    about_id: str | None = None,
    actor_id: str | None = None,
    unique: str | None = None,
    due_at: int | None = None,
    at_due: str = "expire",
    locked: Mapping[str, Standing] | None = None,
) -> str:
    """Set points aside for a transfer that is decided later; returns its id. They cannot be spent meanwhile.

    At `due_at` (microseconds) an open hold is settled by itself: `at_due` is "post" or "expire". `unique` as above.
    `locked` holds the accounts that lose, if the caller has locked them (`books.lock`). Raises NotEnough.
    """
    head = Head(
        kind=kind,
        state="held",
        about_id=about_id,
        actor_id=actor_id,
        unique=unique,
        due_at=due_at,
        at_due="" if due_at is None else at_due,
    )
    losing = {account: (amount, -amount) for account, amount in entries.items() if amount < 0}
    return await books.write(head, entries, losing, locked)


async def post(hold_id: str) -> None:
    """What was held moves. Raises Settled if it was settled before, NotFound."""
    await _settle_one(hold_id, "posted")


async def void(hold_id: str) -> None:
    """What was held can be spent again. Raises Settled if it was settled before, NotFound."""
    await _settle_one(hold_id, "voided")


async def settle(hold_ids: Sequence[str], state: str) -> list[str]:
    """Bring those of the holds that are still open to "posted", "voided" or "expired"; returns their ids."""
    if not hold_ids:
        return []
    lock = database.sql(sqlite="", postgres="ORDER BY id FOR UPDATE")
    marks = database.placeholders(len(hold_ids))
    rows = await database.fetch(
        f"""UPDATE transfer SET state = {{}}, settled_at = {{}} WHERE id IN (
            SELECT id FROM transfer WHERE id IN ({marks}) AND state = 'held' {lock}) RETURNING id""",
        *(state, now(), *hold_ids),
    )
    settled = sorted(row["id"] for row in rows)
    if settled:
        postings = await database.fetch(
            f"""SELECT account_id, amount FROM posting
            WHERE transfer_id IN ({database.placeholders(len(settled))})""",
            *settled,
        )
        changes: dict[str, tuple[int, int]] = {}
        for row in postings:
            amount = row["amount"]
            balance, held = changes.get(row["account_id"], (0, 0))
            if amount < 0:
                changes[row["account_id"]] = (balance if state == "posted" else balance - amount, held + amount)
            elif state == "posted":
                changes[row["account_id"]] = (balance + amount, held)
        await books.change(changes)
    return settled


async def reverse(
    transfer_id: str, *, kind: str = "reversal", actor_id: str | None = None, at_most_available: bool = True
) -> Reversed:
    """Undo a transfer by its mirror image: what is still there goes back, the rest is written off.

    A hold that is still open is given back instead. Without `at_most_available`, raises NotEnough if anything is
    gone. Raises Settled if it was reversed or given back before, NotFound.
    """
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    row = await database.fetch_one(f"SELECT state, about_id FROM transfer WHERE id = {{}} {lock}", transfer_id)
    if row is None:
        raise NotFound
    postings = await _postings(transfer_id)
    gained = sum(amount for amount in postings.values() if amount > 0)
    if row["state"] == "held":
        await void(transfer_id)
        return Reversed(transfer_id, gained, 0)
    if row["state"] != "posted":
        raise Settled
    available = await balances(postings)
    house = await accounts([(AccountKind.EXPIRED, HOUSE, ""), (AccountKind.WRITTEN_OFF, HOUSE, "")])
    written_off = house[AccountKind.WRITTEN_OFF, HOUSE, ""]
    entries = reversal(
        postings,
        available if at_most_available else {},
        expired=house[AccountKind.EXPIRED, HOUSE, ""],
        written_off=written_off,
    )
    reversal_id = await transfer(
        kind=kind, entries=entries, about_id=row["about_id"], actor_id=actor_id, reverses_id=transfer_id
    )
    lost = -min(0, entries.get(written_off, 0))
    return Reversed(reversal_id, gained - lost, lost)


async def _postings(transfer_id: str) -> dict[str, int]:
    rows = await database.fetch("SELECT account_id, amount FROM posting WHERE transfer_id = {}", transfer_id)
    return {row["account_id"]: row["amount"] for row in rows}


async def _settle_one(hold_id: str, state: str) -> None:
    if await settle([hold_id], state):
        return
    if await database.fetch_one("SELECT 1 FROM transfer WHERE id = {}", hold_id) is None:
        raise NotFound
    raise Settled
