"""Weeks, months and longer: what an allowance or an award budget is for. No database, no web."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import msgspec

from api.core.clock import utc

_MONTHS: Mapping[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
ALLOWANCE_RHYTHMS = ("week", "month")
BUDGET_RHYTHMS = tuple(_MONTHS)


class Period(msgspec.Struct, frozen=True):
    """Some days: their name ("2026-W47", "2026-11", "2026-Q4", "2026-H2", "2026"), the first, the first after."""

    key: str
    first: date
    next: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.next - self.first).days

    def part(self, amount: int, since: date | None) -> int:
        """What somebody whose share begins on `since` (None: with the period) gets of its amount, rounded up."""
        left = self.days if since is None else min(self.days, max(0, (self.next - since).days))
        return -(-amount * left // self.days)

    def beside(self, rhythm: str) -> dict[str, Period]:
        """The periods of another rhythm that share days with this one, by their names."""
        found: dict[str, Period] = {}
        day = self.first
        while day < self.next:
            other = period_on(day, rhythm)
            found[other.key] = other
            day = other.next
        return found


def period_on(day: date, rhythm: str) -> Period:
    """The week (ISO), month, quarter, half-year or year that holds a day."""
    if rhythm == "week":
        year, week, _day = day.isocalendar()
        first = date.fromisocalendar(year, week, 1)
        return Period(f"{year}-W{week:02}", first, first + timedelta(days=7))
    months = _MONTHS[rhythm]
    part = (day.month - 1) // months + 1
    years, month = divmod(part * months, 12)
    name = {"month": f"-{part:02}", "quarter": f"-Q{part}", "half": f"-H{part}", "year": ""}[rhythm]
    first = date(day.year, (part - 1) * months + 1, 1)
    return Period(f"{day.year}{name}", first, date(day.year + years, month + 1, 1))


def period_of(at: int, rhythm: str, time_zone: str) -> Period:
    """The same for a moment (microseconds), by the clocks of a time zone."""
    return period_on(utc(at).astimezone(ZoneInfo(time_zone)).date(), rhythm)


def day_of(text: str) -> date | None:
    """An ISO date as it is stored; None for no date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
