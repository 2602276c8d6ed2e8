"""Absences out of an iCalendar file that somebody else wrote; runs in a child process, so that it may be stopped.

All-day events count, and events of HALF_A_DAY or more on a day; what is cancelled or shown as free does not. Events
that come again are expanded on their own clocks, so that they keep their hour when clocks change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import msgspec
from dateutil.rrule import rruleset, rrulestr  # type: ignore[import-untyped]

from api.core.jobs.kinds import PermanentFailure

HALF_A_DAY = timedelta(hours=4)
_MOST_TIMES = 1_000
"""Of one event that comes again, within the days that are asked for."""
_MOST = 50_000
_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
_MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")


class Wanted(msgspec.Struct, frozen=True):
    """A calendar's content (it may be anything) and the days (ISO) between which absences are wanted."""

    content: bytes
    time_zone: str
    first: str
    last: str


class Away(msgspec.Struct, frozen=True):
    """Away from the first to the last day (ISO); `who` are e-mail addresses that the event names."""

    who: list[str]
    first_day: str
    last_day: str


class Read(msgspec.Struct, frozen=True):
    """What was found; `skipped` events could not be understood."""

    away: list[Away]
    skipped: int


def read(wanted: Wanted, _say: Callable[[object], None]) -> Read:
    """The absences of a calendar. Raises PermanentFailure("no_calendar") if it is none."""
    try:
        calendars = icalendar.Calendar.from_ical(wanted.content, multiple=True)
    except Exception:  # a parser of what anybody may write may raise anything
        raise PermanentFailure("no_calendar") from None
    events = [event for calendar in calendars if calendar.name == "VCALENDAR" for event in calendar.walk("VEVENT")]
    if not any(calendar.name == "VCALENDAR" for calendar in calendars):
        raise PermanentFailure("no_calendar")
    zone = ZoneInfo(wanted.time_zone)
    days = date.fromisoformat(wanted.first), date.fromisoformat(wanted.last)
    replaced = _replaced(events)
    found: list[Away] = []
    skipped = 0
    for event in events:
        try:
            found += _absences(event, zone, days, replaced.get(str(event.get("UID", "")), set()))
        except Exception:  # one event that means nothing does not hide the others
            skipped += 1
        if len(found) > _MOST:
            raise PermanentFailure("too_large")
    return Read(found, skipped)


def _replaced(events: list[Any]) -> dict[str, set[datetime]]:
    """Which times of an event that comes again stand in the calendar by themselves, by its UID."""
    found: dict[str, set[datetime]] = {}
    for event in events:
        if "RECURRENCE-ID" in event:
            found.setdefault(str(event.get("UID", "")), set()).add(_naive(event["RECURRENCE-ID"].dt, None))
    return found


def _absences(event: Any, zone: ZoneInfo, days: tuple[date, date], replaced: set[datetime]) -> Iterator[Away]:
    if str(event.get("STATUS", "")).upper() == "CANCELLED" or str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
        return
    start = event["DTSTART"].dt
    own = start.tzinfo if isinstance(start, datetime) else None
    length = _length(event, start)
    who = _who(event)
    for begin in _times(event, start, length, days, replaced):
        if isinstance(start, datetime):
            first, last = _long_days(begin.replace(tzinfo=own or zone), length, zone)
        else:
            first, last = begin.date(), (begin + length - timedelta(days=1)).date()
        if first <= last and first <= days[1] and last >= days[0]:
            yield Away(who, first.isoformat(), last.isoformat())


def _length(event: Any, start: date | datetime) -> timedelta:
    if "DTEND" in event:
        length = _naive(event["DTEND"].dt, start) - _naive(start, None)
    elif "DURATION" in event:
        length = event["DURATION"].dt
    else:
        length = timedelta(0) if isinstance(start, datetime) else timedelta(days=1)
    return max(length, timedelta(0) if isinstance(start, datetime) else timedelta(days=1))


def _naive(moment: date | datetime, like: date | datetime | None) -> datetime:
    """On the clocks that the event itself is written in (of `like`, where that has some)."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    if isinstance(like, datetime) and like.tzinfo is not None and moment.tzinfo is not None:
        moment = moment.astimezone(like.tzinfo)
    return moment.replace(tzinfo=None)


def _times(
    event: Any, start: date | datetime, length: timedelta, days: tuple[date, date], replaced: set[datetime]
) -> Iterator[datetime]:
    """When it begins, each time, on its own clocks; those near the wanted days if it comes again."""
    first = _naive(start, None)
    if "RECURRENCE-ID" in event or not ("RRULE" in event or "RDATE" in event):
        yield first
        return
    times = rruleset()
    times.rdate(first)
    for rule in _each(event, "RRULE"):
        if str(rule.get("FREQ", [""])[0]).upper() in _OFTEN:
            raise ValueError("nobody is away every minute")
        times.rrule(rrulestr(_rule(rule, start), dtstart=first))
    for name, add in (("RDATE", times.rdate), ("EXDATE", times.exdate)):
        for part in _each(event, name):
            for entry in part.dts:
                moment = entry.dt[0] if isinstance(entry.dt, tuple) else entry.dt
                add(_naive(moment, start))
    for moment in replaced:
        times.exdate(moment)
    begin = datetime.combine(days[0], time()) - length - timedelta(days=1)
    yield from islice(times.xafter(begin, inc=True), _bounded(times, begin, days[1]))


def _bounded(times: Any, begin: datetime, last: date) -> int:
    """How many of them lie before the last day, but never more than _MOST_TIMES."""
    end = datetime.combine(last, time.max)
    return sum(1 for moment in islice(times.xafter(begin, inc=True), _MOST_TIMES) if moment <= end)


def _each(event: Any, name: str) -> list[Any]:
    found = event.get(name, [])
    return found if isinstance(found, list) else [found]


def _rule(rule: Any, start: date | datetime) -> str:
    """The rule as text, its end on the event's own clocks."""
    parts = []
    for part in rule.to_ical().decode().split(";"):
        name, _sep, value = part.partition("=")
        if name.upper() == "UNTIL":
            until = rule["UNTIL"][0]
            moment = _naive(until, start)
            if not isinstance(until, datetime) and isinstance(start, datetime):
                moment = datetime.combine(until, time.max)
            value = moment.strftime("%Y%m%dT%H%M%S")
        parts.append(f"{name}={value}")
    return ";".join(parts)


def _long_days(begin: datetime, length: timedelta, zone: ZoneInfo) -> tuple[date, date]:
    """The first and last of the days on which it takes half a working day or more; none: the last before the first."""
    start = begin.astimezone(zone)
    end = (begin.astimezone(UTC) + length).astimezone(zone)
    first, last = start.date(), end.date()
    if _within(first, start, end, zone) < HALF_A_DAY:
        first += timedelta(days=1)
    if last >= first and _within(last, start, end, zone) < HALF_A_DAY:
        last -= timedelta(days=1)
    return first, last


def _within(day: date, start: datetime, end: datetime, zone: ZoneInfo) -> timedelta:
    midnight = datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
    next_one = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC)
    return min(end.astimezone(UTC), next_one) - max(start.astimezone(UTC), midnight)


def _who(event: Any) -> list[str]:
    """Everybody it is about: those invited, else those in its title, else whoever made it."""
    invited = [str(one) for one in _each(event, "ATTENDEE")]
    named = _MAIL.findall(str(event.get("SUMMARY", "")))
    found = invited or named or [str(one) for one in _each(event, "ORGANIZER")]
    return sorted({one.lower().removeprefix("mailto:") for one in found})
