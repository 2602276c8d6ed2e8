"""The one clock: microseconds since the epoch, UTC, as every `*_at` column holds them."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WEEK = 7 * DAY


def _now() -> int:
    return time.time_ns() // 1_000


def now() -> int:
    """Server time in microseconds since the epoch; tests replace `_now` to travel."""
    return _now()


def utc(at: int) -> datetime:
    """Microseconds since the epoch as an aware datetime, exactly (a float would lose microseconds)."""
    return _EPOCH + timedelta(microseconds=at)


def monday(at: int) -> int:
    """Days since 1970-01-01 of the Monday (UTC) of the week that holds `at` (microseconds)."""
    day = at // DAY
    return day - (day + 3) % 7  # 1970-01-01 was a Thursday
