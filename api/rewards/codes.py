"""Codes that fulfil redemptions by themselves: imported, sealed, given to one redemption each, shown to its owner once.

The stock of their reward is the number of codes that nobody has ordered; it changes in the same transaction.
"""

from __future__ import annotations

import csv
import io

import msgspec

from api.core import database
from api.core.access.actor import Actor
from api.core.changes import lock_directory
from api.core.clock import MINUTE, now, utc
from api.core.errors import Conflict, Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.core.sealing import SealBroken, Sealing, sealing_in_use
from api.core.text import one_line
from api.rewards.keys import remember_key
from api.rewards.record_schemas import CodesOut
from api.rewards.rules import Fulfilment, sees_to

MOST_CODES = 10_000
LONGEST_CODE = 200
LARGEST_LIST = 2 * 1024 * 1024
SHOWN_FOR = 10 * MINUTE
"""So long after the first look its owner may look again: the first answer may never have arrived."""

_HEADINGS = frozenset({"code", "codes", "gutscheincode", "gutscheincodes", "gutschein", "voucher", "vouchercode"})


class Imported(msgspec.Struct, frozen=True):
    """What came of an import."""

    added: int
    known: int


class Shown(msgspec.Struct, frozen=True):
    """A code, and until when (microseconds) it can be looked at again."""

    code: str
    until: int


def read_codes(text: str) -> list[str]:
    """The codes of a pasted list or CSV file, each once, in order: the first column counts. Raises Invalid."""
    dialect = ";" if text.partition("\n")[0].count(";") else ","
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=dialect)
    try:
        found = [code for row in rows if row and (code := one_line(row[0]))]
    except csv.Error as error:
        raise Invalid.field("codes", _("This is no list of codes: one on each line.")) from error
    if found and found[0].casefold().replace(" ", "").replace("-", "") in _HEADINGS:
        found = found[1:]
    if not found:
        raise Invalid.field("codes", _("Paste the codes, one on each line, or choose a CSV file."))
    if len(found) > MOST_CODES:
        raise Invalid.field("codes", _("At most %(n)s codes at once.", n=MOST_CODES))
    if any(len(code) > LONGEST_CODE for code in found):
        raise Invalid.field("codes", _("A code has at most %(n)s characters.", n=LONGEST_CODE))
    return list(dict.fromkeys(found))


def key_needed() -> Sealing:
    """The key that seals. Raises Conflict if the installation has none."""
    sealing = sealing_in_use()
    if sealing is None:
        raise Conflict(
            _("Codes are stored sealed, and there is no key for it yet. An administrator sets GEARMESH_SECRET_KEY.")
        )
    return sealing


async def import_codes(*, actor: Actor, reward_id: str, text: str) -> Imported:
    """Add codes to a reward; the same list twice adds nothing, but what was taken out can come in again.

    Raises NotFound, Invalid, Conflict if the reward has no codes or the installation no key.
    """
    codes = read_codes(text)
    sealing = key_needed()
    at = now()
    rows = []
    for code in codes:
        code_id, fingerprint = uuid7(at), sealing.fingerprint(code)
        row = (code_id, reward_id, sealing.seal(code, code_id), fingerprint, actor.id, at)
        rows.append(({fingerprint, *sealing.former_fingerprints(code)}, row))

    async def body() -> Imported:
        await _lock(reward_id)
        known = await database.fetch(
            "SELECT fingerprint FROM reward_code WHERE reward_id = {} AND removed_at IS NULL", reward_id
        )
        had = {row["fingerprint"] for row in known}
        new = [row for prints, row in rows if had.isdisjoint(prints)]
        await remember_key(sealing)
        await database.execute_many(
            """INSERT INTO reward_code (id, reward_id, sealed, fingerprint, created_by, created_at)
            VALUES ({}, {}, {}, {}, {}, {}) ON CONFLICT (reward_id, fingerprint) DO UPDATE SET id = excluded.id,
            sealed = excluded.sealed, created_by = excluded.created_by, created_at = excluded.created_at,
            removed_at = NULL""",
            new,
        )
        await _add_stock(reward_id, len(new))
        await record_event("codes.imported", actor_id=actor.id, subject_id=reward_id, detail=str(len(new)))
        return Imported(len(new), len(rows) - len(new))

    return await database.transact(body)


async def remove_codes(*, actor: Actor, reward_id: str) -> int:
    """Take out all codes that nobody has ordered, as after a wrong list; returns how many.

    Raises NotFound, Conflict if the reward has no codes.
    """

    async def body() -> int:
        await _lock(reward_id)
        # What is ordered and still to be handed over keeps as many codes as it needs.
        row = await database.fetch_one("SELECT stock FROM reward WHERE id = {}", reward_id)
        free = row["stock"] if row else 0
        removed = await database.fetch(
            """UPDATE reward_code SET removed_at = {}, sealed = {} WHERE id IN (
                SELECT id FROM reward_code WHERE reward_id = {} AND redemption_id IS NULL AND removed_at IS NULL
                ORDER BY id DESC LIMIT {}) RETURNING id""",
            *(now(), b"", reward_id, free),
        )
        await _add_stock(reward_id, -len(removed))
        await record_event("codes.removed", actor_id=actor.id, subject_id=reward_id, detail=str(len(removed)))
        return len(removed)

    return await database.transact(body)


async def _lock(reward_id: str) -> None:
    await lock_directory()
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    row = is_uuid(reward_id) and await database.fetch_one(
        f"SELECT fulfilment FROM reward WHERE id = {{}} {lock}", reward_id
    )
    if not row:
        raise NotFound
    if row["fulfilment"] != Fulfilment.CODES:
        raise Conflict(_("This reward is handed over by HR and takes no codes."))


async def _add_stock(reward_id: str, step: int) -> None:
    await database.execute("UPDATE reward SET stock = COALESCE(stock, 0) + {} WHERE id = {}", step, reward_id)


async def codes(reward_id: str) -> CodesOut:
    """How a reward's codes stand."""
    row = is_uuid(reward_id) and await database.fetch_one(
        """SELECT w.stock,
            (SELECT COUNT(*) FROM reward_code c WHERE c.reward_id = w.id AND c.redemption_id IS NOT NULL) AS handed,
            (SELECT COUNT(*) FROM reward_code c WHERE c.reward_id = w.id AND c.redemption_id IS NULL
                AND c.removed_at IS NULL) AS unassigned,
            (SELECT MAX(created_at) FROM reward_code c WHERE c.reward_id = w.id) AS last_at
        FROM reward w WHERE w.id = {}""",
        reward_id,
    )
    if not row:
        raise NotFound
    free = row["stock"] or 0
    return CodesOut(
        free=free,
        ordered=row["unassigned"] - free,
        handed_over=row["handed"],
        last_import_at=utc(row["last_at"]) if row["last_at"] else None,
        key_set=sealing_in_use() is not None,
    )


async def assign_code(*, redemption_id: str, reward_id: str) -> None:
    """Give the oldest free code to a redemption, whose order took it from the stock. Part of its transaction."""
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    taken = await database.fetch_one(
        f"""UPDATE reward_code SET redemption_id = {{}} WHERE id = (
            SELECT id FROM reward_code WHERE reward_id = {{}} AND redemption_id IS NULL AND removed_at IS NULL
            ORDER BY id LIMIT 1 {lock}) AND redemption_id IS NULL RETURNING id""",
        *(redemption_id, reward_id),
    )
    if taken is None:
        raise Conflict(_("No code is left for this. Import more, or decline the order."))


@database.transaction
async def show_code(*, actor: Actor, redemption_id: str) -> Shown:
    """The code, to the person whose it is: once, and for ten minutes again in case the answer got lost.

    Raises NotFound, Conflict afterwards (HR can allow another look) or if the key is missing.
    """
    lock = database.sql(sqlite="", postgres="FOR UPDATE OF c")
    row = is_uuid(redemption_id) and await database.fetch_one(
        f"""SELECT c.id, c.sealed, c.shown_at FROM reward_code c JOIN redemption r ON r.id = c.redemption_id
        WHERE r.id = {{}} AND r.person_id = {{}} AND r.state = 'fulfilled' {lock}""",
        *(redemption_id, actor.id),
    )
    if not row:
        raise NotFound
    at = now()
    if row["shown_at"] is not None and at > row["shown_at"] + SHOWN_FOR:
        raise Conflict(_("You have seen this code. If you have lost it, HR can let you look once more."))
    try:
        code = key_needed().open(bytes(row["sealed"]), row["id"])
    except SealBroken:
        raise Conflict(_("The code cannot be opened with this installation's key. HR will help.")) from None
    if row["shown_at"] is None:
        await database.execute("UPDATE reward_code SET shown_at = {} WHERE id = {}", at, row["id"])
        await record_event("code.shown", actor_id=actor.id, subject_id=redemption_id)
    return Shown(code, (row["shown_at"] or at) + SHOWN_FOR)


@database.transaction
async def allow_another_look(*, actor: Actor, redemption_id: str) -> None:
    """Somebody lost their code: they may look once more. HR does not see it. Raises NotFound."""
    row = is_uuid(redemption_id) and await database.fetch_one(
        """SELECT p.roles FROM reward_code c JOIN redemption r ON r.id = c.redemption_id
        JOIN person p ON p.id = r.person_id WHERE r.id = {}""",
        redemption_id,
    )
    if not row or not sees_to(actor.roles, row["roles"]):
        raise NotFound
    await database.execute("UPDATE reward_code SET shown_at = NULL WHERE redemption_id = {}", redemption_id)
    await record_event("code.reopened", actor_id=actor.id, subject_id=redemption_id)
