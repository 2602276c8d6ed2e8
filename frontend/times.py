"""Times as people say them: "12 min ago", then today and yesterday with the hour, the weekday, the date."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

import arrow
from markupsafe import Markup

from api.core.clock import MINUTE
from api.core.i18n import translations


def minutes(at: int | datetime) -> int:
    """Whole minutes since the epoch, of microseconds or of an aware datetime."""
    return int(at.timestamp()) // 60 if isinstance(at, datetime) else at // MINUTE


def time_element(minute: int, now: int, time_zone: str, language: str) -> Markup:
    """`<time>` with the moment in words, its exact hour as title. `minute` since the epoch, `now` in microseconds.

    Remembered for the minute in which it holds.
    """
    return _time_element(minute, max(now // MINUTE, minute), time_zone, language)


def day_element(at: datetime, time_zone: str, language: str) -> Markup:
    """`<time>` with the day of a moment to come: "Friday, 6 March"."""
    moment = arrow.get(at).to(time_zone)
    words = moment.format(_format("dddd, D MMMM", language), locale=language)
    return Markup('<time datetime="{}">{}</time>').format(moment.format("YYYY-MM-DDTHH:mmZZ"), words)


@lru_cache(maxsize=20_000)
def _time_element(minute: int, now_minute: int, time_zone: str, language: str) -> Markup:
    moment = arrow.get(minute * 60, tzinfo=time_zone)
    exact = moment.format(_format("dddd, D MMMM YYYY, H:mm", language), locale=language)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        moment.format("YYYY-MM-DDTHH:mmZZ"), exact, _ago(minute, now_minute, time_zone, language)
    )


def _ago(minute: int, now_minute: int, time_zone: str, language: str) -> str:
    gettext = translations(language).gettext
    passed = now_minute - minute
    if passed < 1:
        return gettext("just now")
    if passed < 60:
        return gettext("%(n)s min ago") % {"n": passed}
    moment = arrow.get(minute * 60, tzinfo=time_zone)
    today = arrow.get(now_minute * 60, tzinfo=time_zone)
    days = (today.date() - moment.date()).days
    hour = moment.format("H:mm")
    if days == 0:
        return gettext("today, %(hour)s") % {"hour": hour}
    if days == 1:
        return gettext("yesterday, %(hour)s") % {"hour": hour}
    if days < 7:
        return moment.format("dddd", locale=language)
    pattern = "D MMMM" if moment.year == today.year else "D MMMM YYYY"
    return moment.format(_format(pattern, language), locale=language)


def _format(pattern: str, language: str) -> str:
    """German sets a full stop after the day of the month."""
    return pattern.replace("D M", "D. M") if language == "de" else pattern
