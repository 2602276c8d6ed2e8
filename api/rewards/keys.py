"""Does the secret key of the settings fit the codes in the database? Asked at the start, before anybody is served."""

from __future__ import annotations

from api.core import database
from api.core.sealing import SealBroken, Sealing, sealing_in_use

_PLACE = "reward_settings"
_KNOWN = "gearmesh"


class KeyDoesNotFit(Exception):
    """The text says what to do."""


async def check_key() -> None:
    """Raise KeyDoesNotFit if there are codes that the key in use cannot open."""
    row = await database.fetch_one("SELECT key_check FROM reward_settings")
    check = row["key_check"] if row else None
    if check is None:
        return
    sealing = sealing_in_use()
    if sealing is None:
        raise KeyDoesNotFit(
            "This database holds voucher codes that are sealed under a secret key, and GEARMESH_SECRET_KEY is not set."
            " Set it to the key that was in use when they were imported."
        )
    if not _opens(sealing, bytes(check)):
        raise KeyDoesNotFit(
            "GEARMESH_SECRET_KEY is not the key under which this database's voucher codes are sealed. Set the former"
            " key, or the new one, a comma and the former one; both are needed until the old codes are used up."
        )


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
