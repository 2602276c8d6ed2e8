"""What there is to be told of, what is told unless somebody chooses otherwise, and when e-mails go. No database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import StrEnum

import arrow
import msgspec

from api.core.clock import SECOND, utc
from api.core.errors import Invalid
from api.core.i18n import gettext_later as _

DIGEST_HOUR = 8
DAY_MINUTES = 24 * 60


class Kind(StrEnum):
    """What a notification is about."""

    THANKED = "thanked"
    MENTIONED = "mentioned"
    COMMENTED = "commented"
    REACTED = "reacted"
    TEAM = "team"
    MILESTONE = "milestone"
    HIDDEN = "hidden"
    REPORTED = "reported"
    ODD_POINTS = "odd_points"
    REVERSED = "reversed"
    ENDPOINT = "endpoint"
    ASKED = "asked"
    ANSWERED = "answered"
    DEPUTY = "deputy"
    ORDER = "order"
    FULFIL = "fulfil"
    FEEDBACK = "feedback"
    IMPROVEMENT = "improvement"
    ROTATION = "rotation"
    FEED = "feed"
    VISIT = "visit"


class Rhythm(StrEnum):
    """How often e-mails go: at once, daily or on Mondays at eight, or not at all."""

    NOW = "now"
    DAY = "day"
    WEEK = "week"
    NEVER = "never"


ALWAYS = frozenset(
    {
        *(Kind.HIDDEN, Kind.REPORTED, Kind.ODD_POINTS, Kind.REVERSED, Kind.ENDPOINT),
        *(Kind.ASKED, Kind.DEPUTY, Kind.FULFIL, Kind.ROTATION, Kind.FEED),
    }
)
"""That one's own words were hidden or one's points taken back, and what waits for somebody to do it."""

CHOOSABLE = tuple(kind for kind in Kind if kind not in ALWAYS)
"""What people choose."""

PAGE_ONLY = frozenset({Kind.REACTED, Kind.FULFIL})


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What a person wants. `page` and `mail` are kinds; quiet hours are minutes of the local day, both or none."""

    page: frozenset[str] = frozenset(Kind) - {Kind.TEAM, Kind.MILESTONE}
    mail: frozenset[str] = frozenset(
        {
            *(Kind.THANKED, Kind.MENTIONED, Kind.COMMENTED, Kind.ANSWERED, Kind.ORDER),
            *(Kind.VISIT, Kind.FEEDBACK, Kind.IMPROVEMENT),
        }
    )
    rhythm: str = Rhythm.NOW
    quiet_from: int | None = None
    quiet_until: int | None = None
    celebrated: bool = True

    def on_page(self, kind: str) -> bool:
        """Whether the person wants it in the page."""
        return kind in self.page or kind in ALWAYS

    def by_mail(self, kind: str) -> bool:
        """Whether the person wants it by e-mail."""
        return self.rhythm != Rhythm.NEVER and kind not in PAGE_ONLY and (kind in self.mail or kind in ALWAYS)


DEFAULT = Choice()


def check_kinds(kinds: Collection[str], field: str) -> frozenset[str]:
    """The kinds as a set. Raises Invalid for one that cannot be chosen there."""
    allowed = set(CHOOSABLE) - (PAGE_ONLY if field == "mail" else set())
    if not set(kinds) <= allowed:
        raise Invalid.field(field, _("Choose from the list."))
    return frozenset(kinds)


def check_quiet(start: int | None, end: int | None) -> None:
    """Raise Invalid unless both or neither of the minutes of the day are given, and they differ."""
    if (start is None) != (end is None):
        raise Invalid.field("quiet", _("Say when it begins and when it ends, or leave both empty."))
    if start is None or end is None:
        return
    if not (0 <= start < DAY_MINUTES and 0 <= end < DAY_MINUTES) or start == end:
        raise Invalid.field("quiet", _("Begin and end are two different times of the day."))


def mail_at(choice: Choice, time_zone: str, now: int) -> int:
    """When an e-mail about something of `now` (microseconds) goes: at once or with the digest, after quiet hours."""
    moment = now if choice.rhythm == Rhythm.NOW else next_digest(choice.rhythm, time_zone, now)
    return after_quiet(choice.quiet_from, choice.quiet_until, time_zone, moment)


def next_digest(rhythm: str, time_zone: str, now: int) -> int:
    """The next eight o'clock of that time zone's clocks after `now`, on a Monday for the weekly one."""
    today = arrow.get(utc(now)).to(time_zone).date()
    day = today - timedelta(days=today.weekday()) if rhythm == Rhythm.WEEK else today
    step = 7 if rhythm == Rhythm.WEEK else 1
    while (moment := wall(day, DIGEST_HOUR * 60, time_zone)) <= now:
        day += timedelta(days=step)
    return moment


def after_quiet(start: int | None, end: int | None, time_zone: str, moment: int) -> int:
    """`moment`, or the end of the quiet hours that it falls into. What begins after it ends spans midnight."""
    if start is None or end is None:
        return moment
    local = arrow.get(utc(moment)).to(time_zone)
    minute = local.hour * 60 + local.minute
    quiet = start <= minute < end if start < end else minute >= start or minute < end
    if not quiet:
        return moment
    day = local.date() + timedelta(days=1 if start > end and minute >= start else 0)
    # Where clocks are set back, the end comes twice: the first one after the moment ends the quiet.
    first, second = (wall(day, end, time_zone, fold=fold) for fold in (0, 1))
    return first if first > moment else max(second, moment)


def wall(day: date, minute: int, time_zone: str, *, fold: int = 0) -> int:
    """The microsecond at which that time zone's clocks show this minute of the day.

    A minute that clocks leave out comes as much after the jump as it lies after the last minute before it.
    """
    local = datetime(day.year, day.month, day.day, minute // 60, minute % 60, fold=fold)
    return int(arrow.get(local, tzinfo=time_zone).replace(fold=fold).timestamp()) * SECOND


def anniversary(joined_on: str, year: int) -> date | None:
    """The day in `year` on which somebody has been here for whole years: the 28th for a 29 February without one.

    None for the first year, and for what is no date.
    """
    try:
        joined = date.fromisoformat(joined_on)
    except ValueError:
        return None
    if joined.year >= year:
        return None
    try:
        return joined.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def clock_text(minute: int | None) -> str:
    """Minutes of the day as an <input type=time> holds them: "22:00", or nothing."""
    return "" if minute is None else f"{minute // 60:02}:{minute % 60:02}"


def read_clock(text: str) -> int | None:
    """The reverse. Raises Invalid, beside "quiet", for what is no time of the day."""
    if not text:
        return None
    hour, _colon, minute = text.partition(":")
    if not (hour.isascii() and minute.isascii() and hour.isdigit() and minute[:2].isdigit() and len(hour) <= 2):
        raise Invalid.field("quiet", _("Write times like 22:00."))
    found = int(hour) * 60 + int(minute[:2])
    if not (int(minute[:2]) < 60 and found < DAY_MINUTES):
        raise Invalid.field("quiet", _("Write times like 22:00."))
    return found
