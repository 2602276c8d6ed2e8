"""From a period and a pattern to blocks with their real starts and ends, holidays and closing days marked.

Local times are turned into moments with the house's time zone, so that a block begins at eight in summer as in winter.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
import msgspec

from api.core.clock import SECOND
from api.core.errors import Invalid
from api.core.i18n import gettext_later as _
from api.rotations.rules import MOST_BLOCKS, Pattern, closed_days

COUNTRIES = ("DE", "AT", "CH", "LI", "LU", "BE", "NL", "FR", "IT", "DK", "PL", "CZ", "GB", "IE", "US")
"""Those offered; the pattern takes any that the holidays library knows."""


class Slot(msgspec.Struct, frozen=True):
    """A block to be: microseconds since the epoch. `closed`: each of its days is a holiday or a closing day."""

    starts_at: int
    ends_at: int
    closed: bool


@cache
def regions(country: str) -> dict[str, str]:
    """The states of a country by the holidays library's code (Austria's are figures). Empty for an unknown country."""
    try:
        known = holidays.country_holidays(country)
    except NotImplementedError:
        return {}
    names = {code: code for code in known.subdivisions}
    for alias, code in known.subdivisions_aliases.items():
        if names[code] == code or (len(names[code]) <= 3 < len(alias)):  # "GP", then "Guadeloupe"
            names[code] = alias
    return names


def free_days(pattern: Pattern, first: date, last: date) -> set[date]:
    """Public holidays and closing days of the period. Raises Invalid beside "country" or "region"."""
    found: set[date] = set()
    if pattern.country:
        if pattern.region and pattern.region not in regions(pattern.country):
            raise Invalid.field("region", _("Choose a state of this country."))
        try:
            known = holidays.country_holidays(
                pattern.country, subdiv=pattern.region or None, years=range(first.year, last.year + 1)
            )
        except NotImplementedError:
            raise Invalid.field("country", _("Choose a country from the list.")) from None
        found |= {day for day in known if first <= day <= last}
    for text in pattern.closed:
        begin, end = closed_days(text)
        found |= {begin + timedelta(days=n) for n in range((end - begin).days + 1)}
    return found


def cut(pattern: Pattern, starts_on: str, ends_on: str, time_zone: str) -> list[Slot]:
    """The blocks of the period. Raises Invalid if there is none, or more than MOST_BLOCKS."""
    first, last = date.fromisoformat(starts_on), date.fromisoformat(ends_on)
    free, zone = free_days(pattern, first, last), ZoneInfo(time_zone)
    slots = []
    for days in _stretches(pattern, first, last):
        open_days = [day for day in days if day not in free]
        begin, end = (open_days or days)[0], (open_days or days)[-1]
        for start, stop in _times(pattern):
            slots.append(Slot(_at(begin, start, zone), _at(end, stop, zone), not open_days))
        if len(slots) > MOST_BLOCKS:
            raise Invalid.field("ends_on", _("That makes more than %(n)s blocks. Choose longer ones.", n=MOST_BLOCKS))
    if not slots:
        raise Invalid.field(
            "ends_on", _("No block lies in this period. Choose other days of the week, or a longer one.")
        )
    return slots


def _stretches(pattern: Pattern, first: date, last: date) -> Iterator[list[date]]:
    """The days of each block: a week's chosen days together, or each by itself; counted from the first week."""
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        days = [day for day in (monday + timedelta(days=n) for n in sorted(pattern.weekdays)) if first <= day <= last]
        if pattern.length == "weeks":
            if days:
                yield days
        else:
            yield from ([day] for day in days)
        monday += timedelta(weeks=pattern.weeks)


def _times(pattern: Pattern) -> list[tuple[str, str]]:
    if pattern.length == "half_days":
        return [(pattern.start, pattern.noon), (pattern.noon, pattern.end)]
    return [(pattern.start, pattern.end)]


def _at(day: date, text: str, zone: ZoneInfo) -> int:
    moment = datetime.combine(day, time.fromisoformat(text), tzinfo=zone)
    return int(moment.timestamp()) * SECOND


def days_of(starts_at: int, ends_at: int, pattern: Pattern, zone: ZoneInfo) -> list[date]:
    """The chosen weekdays between a block's start and end, in the house's time zone."""
    first = datetime.fromtimestamp(starts_at / SECOND, zone).date()
    last = datetime.fromtimestamp(ends_at / SECOND, zone).date()
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if day.weekday() in pattern.weekdays]
