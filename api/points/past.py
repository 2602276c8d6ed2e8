"""What went between people lately: what the limits and HR's alerts are counted from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import msgspec

from api.core import database
from api.core.clock import DAY, HOUR, SECOND, now, utc
from api.core.ids import first_uuid7
from api.points import ledger
from api.points.rules import AccountKind
from api.points.settings import PointRules

GIFTS = "('kudos', 'addon')"
"""The kinds of transfers that take points from one person to others."""

MUTUAL_DAYS = 30
STANDS = """t.state IN ('held', 'posted')
    AND NOT EXISTS (SELECT 1 FROM transfer r WHERE r.reverses_id = t.id)"""


class Past(msgspec.Struct, frozen=True):
    """What went between a giver and another lately: points to them this month, times to them and back in 30 days."""

    month: int = 0
    given: int = 0
    received: int = 0


async def look_back(giver_id: str, others: Sequence[str], rules: PointRules) -> tuple[dict[str, Past], int]:
    """What went between the giver and each of the others, and how often the giver gave in the last hour."""
    at = now()
    month, since = _month_start(at, rules.time_zone), at - MUTUAL_DAYS * DAY
    earned = {ledger.account_id(AccountKind.EARNED, person): person for person in others}
    marks = database.placeholders(len(earned)) or "NULL"
    rows = await database.fetch(
        f"""SELECT 'given' AS side, p.account_id AS id, SUM(CASE WHEN t.id >= {{}} THEN 1 ELSE 0 END) AS times,
            SUM(CASE WHEN t.id >= {{}} THEN p.amount ELSE 0 END) AS month
            FROM transfer t JOIN posting p ON p.transfer_id = t.id
            WHERE t.actor_id = {{}} AND t.id >= {{}} AND t.kind IN {GIFTS} AND {STANDS} AND p.account_id IN ({marks})
            GROUP BY p.account_id
        UNION ALL SELECT 'back', t.actor_id, COUNT(*), 0 FROM posting p JOIN transfer t ON t.id = p.transfer_id
            WHERE p.account_id = {{}} AND p.transfer_id >= {{}} AND t.kind IN {GIFTS} AND {STANDS}
            AND t.actor_id IN ({database.placeholders(len(others)) or "NULL"}) GROUP BY t.actor_id
        UNION ALL SELECT 'hour', NULL, COUNT(*), 0 FROM transfer t
            WHERE t.actor_id = {{}} AND t.id >= {{}} AND t.kind IN {GIFTS} AND {STANDS}""",
        *(first_uuid7(since), first_uuid7(month), giver_id, first_uuid7(min(month, since)), *earned),
        *(ledger.account_id(AccountKind.EARNED, giver_id), first_uuid7(since), *others),
        *(giver_id, first_uuid7(at - HOUR)),
    )
    given = {earned[row["id"]]: row for row in rows if row["side"] == "given"}
    received = {row["id"]: row["times"] for row in rows if row["side"] == "back"}
    past = {
        person: Past(
            int(given[person]["month"]) if person in given else 0,
            int(given[person]["times"]) if person in given else 0,
            received.get(person, 0),
        )
        for person in others
    }
    return past, next(row["times"] for row in rows if row["side"] == "hour")


def _month_start(at: int, time_zone: str) -> int:
    zone = ZoneInfo(time_zone)
    first = utc(at).astimezone(zone).date().replace(day=1)
    return int(datetime.combine(first, time(), zone).astimezone(UTC).timestamp()) * SECOND


def is_mutual(past: Past, rules: PointRules) -> bool:
    """Whether points have gone back and forth so often, with one more now, that HR hears of it."""
    return min(past.given + 1, past.received) >= rules.mutual_times
