"""Times of visits in words, long as a page has room for."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_interval, format_time

from api.core.i18n import Language, Message
from api.core.i18n import gettext_later as _

KINDS: dict[str, Message] = {"swap": _("Job swap"), "ring": _("Ring swap"), "shadow": _("Shadow visit")}
NEWS: dict[str, Message] = {"new": _("new"), "moved": _("another time"), "partner": _("another partner")}
STATES: dict[str, tuple[Message, str]] = {
    "proposed": (_("to be answered"), "gold"),
    "accepted": (_("accepted"), "ok"),
    "declined": (_("declined"), "bad"),
    "objected": (_("manager objects"), "bad"),
    "done": (_("been there"), ""),
}
"""What a visit's state is called, and the tone of its tag."""


def _locale(language: Language) -> str:
    return "en_GB" if language == "en" else language


def days(starts_at: datetime, ends_at: datetime, time_zone: str, language: Language) -> str:
    """ "Thursday, 19 November", or "16 – 20 March"."""
    zone = ZoneInfo(time_zone)
    first, last = starts_at.astimezone(zone).date(), ends_at.astimezone(zone).date()
    if first != last:
        return str(format_interval(first, last, "MMMMd", locale=_locale(language)))
    return str(format_date(first, "EEEE, d. MMMM" if language == "de" else "EEEE, d MMMM", locale=language))


def hours(starts_at: datetime, ends_at: datetime, time_zone: str, language: Language) -> str:
    """ "8:00 to 16:00"."""
    zone = ZoneInfo(time_zone)
    start, end = (format_time(at.astimezone(zone), "H:mm", locale=language) for at in (starts_at, ends_at))
    return _("%(start)s to %(end)s", start=start, end=end).text(language)


def week(monday: date, friday: date, language: Language) -> str:
    """ "9 – 13 March"."""
    return str(format_interval(monday, friday, "MMMMd", locale=_locale(language)))


def weekday(day: date, language: Language) -> str:
    """ "Wednesday"."""
    return str(format_date(day, "EEEE", locale=language))


class Words:
    """The same for one language, as templates take it."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def days(self, item: object) -> str:
        """The days of a visit, an offer or a meeting."""
        return days(*_times(item), self._language)

    def hours(self, item: object) -> str:
        """Its hours."""
        return hours(*_times(item), self._language)

    def kind(self, kind: str) -> str:
        """What kind of visit it is."""
        return KINDS[kind].text(self._language)

    def news(self, change: str) -> str:
        """What is new about it."""
        return NEWS[change].text(self._language) if change in NEWS else ""

    def state(self, state: str) -> str:
        """Where it stands."""
        return STATES[state][0].text(self._language) if state in STATES else ""

    def tone(self, state: str) -> str:
        """The tone of that."""
        return STATES[state][1] if state in STATES else ""

    def week(self, monday: date, friday: date) -> str:
        """A week's days."""
        return week(monday, friday, self._language)

    def part(self, item: object, monday: date, friday: date) -> str:
        """Its days, if they are not just that week."""
        found = self.days(item)
        return "" if found == self.week(monday, friday) else found

    def weekday(self, day: date) -> str:
        """A day's name."""
        return weekday(day, self._language)


def _times(item: object) -> tuple[datetime, datetime, str]:
    zone = getattr(item, "time_zone", "") or item.programme.time_zone  # type: ignore[attr-defined]
    return item.starts_at, item.ends_at, zone  # type: ignore[attr-defined]
