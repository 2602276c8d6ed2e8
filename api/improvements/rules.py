"""What may be said of ideas and teams, and who may do what. No database, no web."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final, Literal

import msgspec

from api.core.access.actor import Actor, Role
from api.core.errors import Invalid
from api.core.i18n import gettext_later as _
from api.core.text import clean, one_line
from api.people.rules import Findings

IdeaState = Literal["open", "team", "declined", "withdrawn"]
TeamState = Literal["running", "ended"]
Better = Literal["less", "more"]
Outcome = Literal["better", "same", "worse"]

LONGEST: Final = {
    "title": 120,
    "words": 2_000,
    "answer": 500,
    "name": 120,
    "goal": 1_000,
    "measure": 120,
    "unit": 30,
    "what": 300,
    "result": 2_000,
}
"""Characters, by field."""
MOST_MEMBERS: Final = 30
MOST_STEPS: Final = 100
MOST_VALUES: Final = 200
LARGEST: Final = 1e12
_NUMBER = re.compile(r"[-−]?\d{1,12}(?:[.,]\d{1,6})?")


def may_found(actor: Actor) -> bool:
    """Whether this person may turn ideas into teams, or decline them."""
    return actor.is_hr or Role.MANAGER in actor.roles


def check_texts(texts: Mapping[str, str], needed: Collection[str]) -> dict[str, str]:
    """The texts as they are stored. Raises Invalid beside each field that is too long, or empty though needed."""
    found, tidy = Findings(LONGEST), {}
    for field, text in texts.items():
        tidy[field] = (clean if field in ("words", "goal", "answer", "result") else one_line)(text)
        if field in needed and not tidy[field]:
            found.add(field, _("Write a few words here."))
        elif len(tidy[field]) > LONGEST[field]:
            found.add(field, _("At most %(n)s characters.", n=LONGEST[field]))
    found.settle()
    return tidy


def check_day(text: str, field: str) -> str:
    """An ISO day, or nothing. Raises Invalid."""
    try:
        return date.fromisoformat(text.strip()).isoformat() if text.strip() else ""
    except ValueError as error:
        raise Invalid.field(field, _("Write a day as in 2026-03-31.")) from error


def read_value(text: str, field: str = "value") -> float:
    """A number as people type it: "12", "12,5", "-3.25". Raises Invalid beside `field`."""
    typed = text.strip().replace("−", "-")
    if not _NUMBER.fullmatch(typed):
        raise Invalid.field(field, _("Write a number, as in 12 or 12.5."))
    return float(typed.replace(",", "."))


def check_value(value: float) -> float:
    """Raises Invalid for what is no number or far too large."""
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise Invalid.field("value", _("Write a number, as in 12 or 12.5."))
    return round(value, 6)


class Colleague(msgspec.Struct, frozen=True):
    """A member, as far as the rules go."""

    id: str
    department_id: str


def check_members(members: Collection[Colleague], edge: tuple[str, str] | None) -> None:
    """A team comes from all departments of its process: both ends of its edge, or at least two departments.

    Raises Invalid beside "members".
    """
    there = {one.department_id for one in members}
    if len(members) > MOST_MEMBERS:
        raise Invalid.field("members", _("At most %(n)s people; smaller teams get further.", n=MOST_MEMBERS))
    if edge and not set(edge) <= there:
        raise Invalid.field(
            "members",
            _("Somebody of each of the two departments belongs to it: those who cause it and those who bear it."),
        )
    if not edge and len(there) < 2:
        raise Invalid.field("members", _("Take people of at least two departments."))


def outcome(before: float, after: float, better: Better) -> Outcome:
    """What became of the measure."""
    if after == before:
        return "same"
    return "better" if (after < before) == (better == "less") else "worse"
