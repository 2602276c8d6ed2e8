"""Secrets of webhooks as they are stored: sealed under the installation's secret key, where there is one."""

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


def unseal(stored: str, endpoint_id: str) -> str:
    """The secret. Raises SealBroken if the key that it needs is not there (any more)."""
    if not stored.startswith(_MARK):
        return stored
    sealing = sealing_in_use()
    if sealing is None:
        raise SealBroken
    return sealing.open(base64.b64decode(stored.removeprefix(_MARK)), endpoint_id)


@database.transaction
async def seal_all() -> None:
    """Seal what lies open, or under a former key: a key that was set or replaced holds for all from the next start.

    What needs a key that is gone stays as it is; its endpoint wants a new secret.
    """
    if sealing_in_use() is None:
        return
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    changed: list[tuple[str, str, str]] = []
    for row in await database.fetch(f"SELECT id, secret, old_secret FROM endpoint WHERE secret <> '' {lock}"):
        try:
            fresh = [_fresh(row[name], row["id"]) for name in ("secret", "old_secret")]
        except SealBroken:
            continue
        if fresh != [row["secret"], row["old_secret"]]:
            changed.append((fresh[0], fresh[1], row["id"]))
    await database.execute_many("UPDATE endpoint SET secret = {}, old_secret = {} WHERE id = {}", changed)


def _fresh(stored: str, endpoint_id: str) -> str:
    sealing, sealed = sealing_in_use(), stored.removeprefix(_MARK)
    if sealing is not None and sealed != stored and sealing.is_current(base64.b64decode(sealed)):
        return stored
    return seal(unseal(stored, endpoint_id), endpoint_id)
