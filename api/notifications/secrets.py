"""What of an endpoint nobody may read in the database: a webhook's secret, and a chat's address, with which anybody
could write there. Sealed under the installation's secret key, where there is one."""

from __future__ import annotations

import base64

from api.core import database
from api.core.sealing import SealBroken, sealing_in_use

_MARK = "sealed:"


def seal(secret: str, endpoint_id: str) -> str:
    """What is stored for a secret of that endpoint."""
    sealing = sealing_in_use()
    if sealing is None or not secret:
        return secret
    return _MARK + base64.b64encode(sealing.seal(secret, endpoint_id)).decode()


def seal_address(channel: str, url: str, endpoint_id: str) -> str:
    """What is stored for its address: a webhook's stays readable, what goes there is signed."""
    return url if channel == "webhook" else seal(url, endpoint_id)


def unseal(stored: str, endpoint_id: str) -> str:
    """The secret, or the address. Raises SealBroken if the key that it needs is not there (any more)."""
    if not stored.startswith(_MARK):
        return stored
    sealing = sealing_in_use()
    if sealing is None:
        raise SealBroken
    return sealing.open(base64.b64decode(stored.removeprefix(_MARK)), endpoint_id)


@database.transaction
async def seal_all() -> None:
    """Seal what lies open, or under a former key: a key that was set or replaced holds for all from the next start.

    What needs a key that is gone stays as it is, and its endpoint wants a new secret or address; only a secret that
    was replaced is forgotten then.
    """
    if sealing_in_use() is None:
        return
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    changed: list[tuple[str, str, str, str]] = []
    for row in await database.fetch(f"SELECT id, channel, url, secret, old_secret FROM endpoint {lock}"):
        before = (row["url"], row["secret"], row["old_secret"])
        after = (
            row["url"] if row["channel"] == "webhook" else _fresh(row["url"], row["id"], lost=row["url"]),
            _fresh(row["secret"], row["id"], lost=row["secret"]),
            _fresh(row["old_secret"], row["id"], lost=""),
        )
        if after != before:
            changed.append((*after, row["id"]))
    await database.execute_many("UPDATE endpoint SET url = {}, secret = {}, old_secret = {} WHERE id = {}", changed)


def _fresh(stored: str, endpoint_id: str, *, lost: str) -> str:
    """The same under the key that seals now; `lost` if no key opens it."""
    sealing, sealed = sealing_in_use(), stored.removeprefix(_MARK)
    if sealing is not None and sealed != stored and sealing.is_current(base64.b64decode(sealed)):
        return stored
    try:
        return seal(unseal(stored, endpoint_id), endpoint_id)
    except SealBroken:
        return lost
