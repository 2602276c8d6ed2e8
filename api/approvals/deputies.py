"""Somebody decides for somebody else for a while. What they decide says "for ..."."""

from __future__ import annotations

from datetime import date, timedelta

import arrow

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import SECOND, now, utc
from api.core.errors import Conflict, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.people.rules import Findings

LONGEST_DAYS = 366
MOST = 20


@database.transaction
async def name_deputy(*, actor: Actor, deputy_id: str, from_day: str, until_day: str, client_id: str = "") -> str:
    """From one day to another (ISO dates, both included, by this person's clocks) `deputy_id` decides for them too.

    Returns its id; with a `client_id` the same again is the same. Raises Invalid beside the field that is wrong,
    Conflict for days on which somebody stands in already.
    """
    found = Findings()
    first, last = _day(from_day), _day(until_day)
    today = arrow.get(utc(now())).to(actor.time_zone).date()
    if first is None:
        found.add("from_day", _("Write a day like 2026-03-02."))
    if last is None:
        found.add("until_day", _("Write a day like 2026-03-02."))
    elif first is not None and last < first:
        found.add("until_day", _("The last day is not before the first."))
    elif last < today:
        found.add("until_day", _("This day is over."))
    elif first is not None and (last - first).days >= LONGEST_DAYS:
        found.add("until_day", _("Name somebody for a year at most."))
    works_here = is_uuid(deputy_id) and await database.fetch_one(
        "SELECT 1 FROM person WHERE id = {} AND deactivated_at IS NULL", deputy_id
    )
    if deputy_id == actor.id:
        found.add("deputy", _("Choose somebody else than yourself."))
    elif not works_here:
        found.add("deputy", _("Choose somebody who works here."))
    found.settle()
    assert first is not None
    assert last is not None
    deputyship_id = client_id or uuid7()
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    await database.fetch(f"SELECT 1 FROM person WHERE id = {{}} {lock}", actor.id)
    if await database.fetch("SELECT 1 FROM deputyship WHERE id = {} AND person_id = {}", deputyship_id, actor.id):
        return deputyship_id
    starts, ends = _begin(first, actor), _begin(last + timedelta(days=1), actor)
    others = await database.fetch(
        "SELECT from_at, until_at FROM deputyship WHERE person_id = {} AND until_at > {}", actor.id, now()
    )
    if any(row["from_at"] < ends and starts < row["until_at"] for row in others):
        raise Conflict(_("Somebody stands in for you on some of these days. Remove that first."))
    if len(others) >= MOST:
        raise Conflict(_("That is enough for now. Remove some first."))
    await database.execute(
        """INSERT INTO deputyship (id, person_id, deputy_id, from_day, until_day, from_at, until_at, created_at)
        VALUES ({}, {}, {}, {}, {}, {}, {}, {})""",
        *(deputyship_id, actor.id, deputy_id, first.isoformat(), last.isoformat(), starts, ends, now()),
    )
    await record_event("deputy.named", actor_id=actor.id, subject_id=deputyship_id)
    return deputyship_id


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _begin(day: date, actor: Actor) -> int:
    return int(arrow.get(day, tzinfo=actor.time_zone).timestamp()) * SECOND


@database.transaction
async def remove_deputy(*, actor: Actor, deputyship_id: str) -> None:
    """From now on nobody stands in by this; what was decided stays. Either of the two may end it. Raises NotFound."""
    removed = is_uuid(deputyship_id) and await database.fetch(
        "DELETE FROM deputyship WHERE id = {} AND (person_id = {} OR deputy_id = {}) RETURNING id",
        *(deputyship_id, actor.id, actor.id),
    )
    if not removed:
        raise NotFound
    await record_event("deputy.removed", actor_id=actor.id, subject_id=deputyship_id)
