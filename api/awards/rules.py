"""What an award programme may be, who may propose whom, and what a budget comes to. No database, no web."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

import msgspec

from api.core.access.actor import Actor, Role
from api.core.changes import State
from api.core.i18n import gettext_later as _
from api.core.text import clean, one_line
from api.people.rules import Findings
from api.points.periods import Period

MOST_POINTS = 1_000_000
MOST_APPROVALS = 3
LONGEST_NAME = 120
LONGEST_TEXT = 1_000


class Nominators(StrEnum):
    """Who may propose somebody: everyone, people who lead, or only colleagues of another department."""

    EVERYONE = "everyone"
    MANAGERS = "managers"
    OTHERS = "others"


def may_nominate(actor: Actor, nominators: str) -> bool:
    """Whether this person may propose anybody at all."""
    return nominators != Nominators.MANAGERS or Role.MANAGER in actor.roles or actor.is_hr


def check_programme(state: State) -> State:
    """A programme's fields as they are stored. Raises Invalid with a sentence for each field that is wrong."""
    found = Findings()
    checked = dict(state)
    for field, longest in (("name", LONGEST_NAME), ("text", LONGEST_TEXT), ("criteria", LONGEST_TEXT)):
        tidy = one_line if field == "name" else clean
        texts = {language: tidy(str(state[f"{field}_{language}"] or "")) for language in ("de", "en")}
        for language, other in (("de", "en"), ("en", "de")):
            text = texts[language] or texts[other]
            checked[f"{field}_{language}"] = text
            if field == "name" and not text:
                found.add(f"{field}_{language}", _("Say what the award is called."))
            elif len(text) > longest:
                found.add(f"{field}_{language}", _("At most %(n)s characters.", n=longest))
    days = {}
    for field in ("from_day", "until_day"):
        text = str(state[field] or "").strip()
        checked[field] = text
        try:
            days[field] = date.fromisoformat(text) if text else None
        except ValueError:
            found.add(field, _("Write a day like 2026-03-02."))
    first, last = days.get("from_day"), days.get("until_day")
    if first and last and last < first:
        found.add("until_day", _("The last day is not before the first."))
    if state["nominators"] not in set(Nominators):
        found.add("nominators", _("Choose from the list."))
    for field, most in (("points", MOST_POINTS), ("approvals", MOST_APPROVALS)):
        number = state[field]
        if type(number) is not int or not 1 <= number <= most:
            found.add(field, _("Use a number from 1 to %(n)s.", n=most))
    found.settle()
    return checked


class Forecast(msgspec.Struct, frozen=True):
    """What the pace so far leads to: the day on which nothing is free any more, or what is left at the end."""

    until: date | None
    left: int


def forecast(period: Period, today: date, *, used: int, free: int) -> Forecast:
    """Goes on as it went since the period began; `used` is what is spent or held."""
    passed = max(1, (today - period.first).days + 1)
    rest = max(0, (period.next - today).days - 1)
    coming = used * rest / passed
    if used and coming > free:
        return Forecast(today + timedelta(days=int(free * passed / used)), 0)
    return Forecast(None, free - round(coming))
