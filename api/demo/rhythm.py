"""When people write: six months of days and nights in the hospital's own time zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from api.core.clock import DAY, HOUR, MINUTE, SECOND
from api.demo.draws import Draws

TIME_ZONE = ZoneInfo("Europe/Berlin")
PERIOD = 26 * 7 * DAY
NEWEST = 3 * MINUTE  # nothing is younger than this, so that all are delivered

# How much is written in each hour of a working day; peaks follow the rounds and the changes of shift.
_HOURS = (
    *(0.30, 0.28, 0.25, 0.28, 0.35, 0.60, 1.60, 2.00, 2.20, 2.60, 3.00, 2.90),
    *(2.40, 2.90, 3.10, 2.60, 2.10, 1.50, 1.10, 1.00, 1.10, 1.20, 0.80, 0.50),
)
_WEEKEND = 0.35
_GROWTH = 0.5  # the habit spreads: so much more is written at the end than at the start


class Moment(NamedTuple):
    """A time to write: microseconds, and the local hour, weekday (Monday is 0) and kind of shift."""

    at: int
    hour: int
    weekday: int
    shift: str


def shift_of(hour: int, weekday: int) -> str:
    """Who is in: "office" hours, the "long" days of those with late shifts, or "night" with the wards alone."""
    if weekday < 5 and 7 <= hour < 17:
        return "office"
    if 6 <= hour < 21 and weekday < 6:
        return "long"
    return "night"


def moments(count: int, *, until: int, draws: Draws) -> Iterator[Moment]:
    """`count` moments in the 26 weeks before `until`, oldest first, none younger than NEWEST.

    Sorted as they are drawn: the smallest of k uniform draws leaves the k-th root of another one above it.
    """
    hours = _hours(until)
    total = sum(weight for _, _, weight in _hours(until))
    start, local, weight = next(hours)
    passed, above = 0.0, 1.0
    for left in range(count, 0, -1):
        above *= draws.chance() ** (1 / left)
        mass = (1.0 - above) * total
        while mass >= passed + weight:
            passed += weight
            start, local, weight = next(hours)
        at = start + int((mass - passed) / weight * min(HOUR, until - NEWEST - start))
        yield Moment(at, local.hour, local.weekday(), shift_of(local.hour, local.weekday()))


def moment(at: int) -> Moment:
    """The moment at the time `at` (microseconds)."""
    local = datetime.fromtimestamp(at / SECOND, TIME_ZONE)
    return Moment(at, local.hour, local.weekday(), shift_of(local.hour, local.weekday()))


def _hours(until: int) -> Iterator[tuple[int, datetime, float]]:
    """Every hour of the period with its start, its local time and how much is written in it."""
    first = until - PERIOD + HOUR - until % HOUR
    for start in range(first, until - NEWEST, HOUR):
        local = datetime.fromtimestamp(start / SECOND, TIME_ZONE)
        age = (until - start) / PERIOD
        weight = _HOURS[local.hour] * (_WEEKEND if local.weekday() >= 5 else 1.0)
        yield start, local, weight * (1 + _GROWTH * (1 - age))
