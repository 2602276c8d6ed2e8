"""The secret key of the settings and the codes in the database: asked at the start whether it fits, before anybody is
served; then what lies under a former key is sealed under the first, so that the former one can go."""

from __future__ import annotations

import structlog

from api.core import database
from api.core.sealing import SealBroken, Sealing, sealing_in_use

_PLACE = "reward_settings"
_KNOWN = "gearmesh"
_AT_ONCE = 500
_BEFORE_ALL = "00000000-0000-0000-0000-000000000000"

_log = structlog.get_logger(__name__)


class KeyDoesNotFit(Exception):
    """The text says what to do."""


async def check_key() -> None:
    """Raise KeyDoesNotFit if there are codes that the key in use cannot open."""
    check = await _stored_check()
    if check is None:
        return
    sealing = sealing_in_use()
    if sealing is None:
        raise KeyDoesNotFit(
            "This database holds voucher codes that are sealed under a secret key, and GEARMESH_SECRET_KEY is not set."
            " Set it to the key that was in use when they were imported."
        )
    if not _opens(sealing, check):
        raise KeyDoesNotFit(
            "GEARMESH_SECRET_KEY is not the key under which this database's voucher codes are sealed. Set the former"
            " key, or the new one, a comma and the former one; the former can go after the first start with both."
        )


async def _stored_check() -> bytes | None:
    row = await database.fetch_one("SELECT key_check FROM reward_settings")
    return bytes(row["key_check"]) if row and row["key_check"] is not None else None


def _opens(sealing: Sealing, check: bytes) -> bool:
    try:
        return sealing.open(check, _PLACE) == _KNOWN
    except SealBroken:
        return False


async def remember_key(sealing: Sealing) -> None:
    """Note under which key the first code was sealed. Part of the transaction that stores it."""
    await database.execute(
        "UPDATE reward_settings SET key_check = {} WHERE key_check IS NULL", sealing.seal(_KNOWN, _PLACE)
    )


async def seal_all() -> None:
    """Seal under the first key what lies under a former one. What no key opens stays, and is counted in the log."""
    sealing, check = sealing_in_use(), await _stored_check()
    if sealing is None or check is None:
        return
    last, unreadable = _BEFORE_ALL, 0
    while True:
        found, lost = await _seal_some(sealing, last)
        unreadable += lost
        if len(found) < _AT_ONCE:
            break
        last = found[-1]
    if unreadable:
        _log.warning("rewards.codes_unreadable", codes=unreadable)
    if not sealing.is_current(check):  # the last: only now is the former key not needed any more
        await database.execute("UPDATE reward_settings SET key_check = {}", sealing.seal(_KNOWN, _PLACE))


@database.transaction
async def _seal_some(sealing: Sealing, after: str) -> tuple[list[str], int]:
    """Look at the next codes under another key; returns their ids, and how many cannot be opened."""
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    rows = await database.fetch(
        f"""SELECT id, reward_id, sealed FROM reward_code
        WHERE id > {{}} AND removed_at IS NULL AND substr(sealed, 1, {{}}) <> {{}} ORDER BY id LIMIT {{}} {lock}""",
        *(after, len(sealing.mark), sealing.mark, _AT_ONCE),
    )
    fresh = []
    for row in rows:
        try:
            code = sealing.open(bytes(row["sealed"]), row["id"])
        except SealBroken:
            continue
        place = (row["reward_id"], sealing.fingerprint(code))
        fresh.append((sealing.seal(code, row["id"]), *place, row["id"], place[1], row["id"]))
    # The same code may have been taken out of this reward under the first key: there it is not needed any more.
    await database.execute_many(
        "DELETE FROM reward_code WHERE reward_id = {} AND fingerprint = {} AND removed_at IS NOT NULL",
        [values[1:3] for values in fresh],
    )
    # Or a server with another key took it in a second time: then the two stay told apart.
    await database.execute_many(
        """UPDATE reward_code SET sealed = {}, fingerprint = CASE WHEN EXISTS (SELECT 1 FROM reward_code o
            WHERE o.reward_id = {} AND o.fingerprint = {} AND o.id <> {}) THEN fingerprint ELSE {} END WHERE id = {}""",
        fresh,
    )
    return [row["id"] for row in rows], len(rows) - len(fresh)
