"""Who tries too often rests: counted in the database under hashed keys, for an address and for a network."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from api.core import database
from api.core.clock import HOUR, MINUTE, SECOND, now
from api.core.errors import TooMany
from api.core.i18n import ngettext_later as _n

# After so many failures within the hour the key rests; the rest doubles with each further failure.
ADDRESS_TRIES = 5
NETWORK_TRIES = 50
FIRST_REST = 5 * MINUTE
LONGEST_REST = HOUR


def throttle_keys(email: str, network: str, *, what: str = "") -> list[tuple[str, int]]:
    """The throttle's keys (hashed: the table holds no addresses) with the tries that each allows.

    `what` keeps apart what is tried; signing in has no name.
    """

    def key(kind: str, text: str) -> str:
        return f"{what}{kind}:{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()}"

    return [(key("address", email), ADDRESS_TRIES), (key("network", network), NETWORK_TRIES)]


@database.transaction
async def reserve_try(*, keys: Sequence[tuple[str, int]]) -> None:
    """Count this try before the slow check, so that a hundred at once cannot slip past the limit.

    Raises TooMany while one of the keys rests.
    """
    at = now()
    for key, allowed in keys:
        # Counting first locks the row: of many tries at once, each sees what those before it have counted.
        row = await database.fetch_one(
            """INSERT INTO sign_in_throttle (key, failures, since_at, blocked_until_at) VALUES ({}, 1, {}, 0)
            ON CONFLICT (key) DO UPDATE SET failures = sign_in_throttle.failures + 1
            RETURNING failures, since_at, blocked_until_at""",
            *(key, at),
        )
        if row is None:
            raise LookupError(key)
        if row["blocked_until_at"] > at:
            seconds = (row["blocked_until_at"] - at) // SECOND + 1
            raise TooMany(
                _n(
                    "Too many tries. Please wait a minute, then try again.",
                    "Too many tries. Please wait %(n)s minutes, then try again.",
                    minutes_of(row["blocked_until_at"] - at),
                ),
                retry_after=seconds,
            )
        failures = row["failures"]
        if at - row["since_at"] > HOUR:
            failures = 1
            await database.execute("UPDATE sign_in_throttle SET failures = 1, since_at = {} WHERE key = {}", at, key)
        if failures >= allowed:
            rest = min(LONGEST_REST, FIRST_REST << min(failures - allowed, 10))
            await database.execute("UPDATE sign_in_throttle SET blocked_until_at = {} WHERE key = {}", at + rest, key)


def minutes_of(duration: int) -> int:
    """Whole minutes to wait, rounded up."""
    return -(-duration // MINUTE)
