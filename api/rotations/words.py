"""Times of visits in words; short, for notices and lists."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_interval, format_time

from api.core.clock import utc
from api.core.i18n import Language


def when(starts_at: int, ends_at: int, time_zone: str, language: Language) -> str:
    """A visit's time (microseconds) on the clocks of `time_zone`: "2 – 6 March", or "Fri 6 March, 8:00" for less than
    a week's part."""
    zone = ZoneInfo(time_zone)
    start, end = utc(starts_at).astimezone(zone), utc(ends_at).astimezone(zone)
    if start.date() != (end - timedelta(seconds=1)).date():
        return str(format_interval(start.date(), end.date(), "MMMMd", locale=_locale(language)))
    day = format_date(start, "EEE d. MMMM" if language == "de" else "EEE d MMMM", locale=language)
    return f"{day}, {format_time(start, 'H:mm', locale=language)}"


def _locale(language: Language) -> str:
    # In the product's English the day stands before the month
    return "en_GB" if language == "en" else language
