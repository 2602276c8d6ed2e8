"""When the minute for taking back is over, thanks count as delivered: their points move, notifications follow.

A task of every server process looks for them. Two never deliver the same: whoever changes the row has it.
"""

from __future__ import annotations

import asyncio

import structlog

from api.core import database
from api.core.clock import now
from api.core.events import record_kudos_events
from api.points.giving import anything_due, post_gifts, settle_due

EVERY_SECONDS = 1.0
AT_ONCE = 100
# What HR hides before it is delivered waits until it is shown again.
_WAITING = "delivered_at IS NULL AND withdrawn_at IS NULL AND hidden_at IS NULL"

_log = structlog.get_logger(__name__)


@database.transaction
async def deliver_due() -> int:
    """Mark kudos whose time has come as delivered, each with its event; returns how many there were."""
    lock = database.sql(sqlite="", postgres="FOR UPDATE SKIP LOCKED")
    due = await database.fetch(
        f"""UPDATE kudos SET delivered_at = {{}} WHERE id IN (
            SELECT id FROM kudos WHERE deliver_at <= {{}} AND {_WAITING}
            ORDER BY deliver_at LIMIT {AT_ONCE} {lock})
        RETURNING id, giver_id, points""",
        *(now(), now()),
    )
    await post_gifts([row["id"] for row in due if row["points"]])
    await record_kudos_events("kudos.delivered", [(row["giver_id"], row["id"]) for row in due])
    return len(due)


async def _anything_due() -> bool:
    return bool(
        await database.fetch(
            f"SELECT 1 FROM kudos WHERE deliver_at <= {{}} AND {_WAITING} LIMIT 1",
            now(),
        )
    )


async def keep_delivering() -> None:
    """Deliver what is due, again and again, until cancelled."""
    while True:
        try:
            # Looking costs no write: the writer is only asked when there is something to do.
            while await _anything_due() and await deliver_due() == AT_ONCE:
                pass
            while await anything_due() and await settle_due(AT_ONCE) == AT_ONCE:
                pass
        except database.DatabaseUnavailable as error:
            _log.warning("delivery.database_unavailable", reason=str(error))
        except Exception:
            # Nothing else delivers in this process: what failed is tried again with the next look.
            _log.exception("delivery.failed")
        await asyncio.sleep(EVERY_SECONDS)
