"""Feedback after a visit: a draft while it is written, then sent to the other side; errors from everyday work, too."""

from __future__ import annotations

import msgspec

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import DAY, now
from api.core.errors import Conflict, Forbidden, Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.core.text import one_line
from api.improvements.rules import LONGEST
from api.improvements.service import propose_idea
from api.people.rules import Findings
from api.rotations.feedback_queries import HOST
from api.rotations.feedback_rules import CHANGE_DAYS, ErrorLine, Said, Side, check_line, check_said


class _Part(msgspec.Struct, frozen=True):
    """The actor's part in a visit, and what they have written."""

    side: Side
    home_id: str
    host_id: str
    feedback_id: str | None
    sent_at: int | None


async def _part(actor: Actor, visit_id: str) -> _Part:
    """Raises NotFound for whoever took no part."""
    lock = database.sql(sqlite="", postgres="FOR UPDATE OF v")
    row = is_uuid(visit_id) and await database.fetch_one(
        f"""SELECT v.person_id, {HOST} AS hosted_by, v.home_id, v.host_id FROM visit v
        JOIN department o ON o.id = v.host_id
        WHERE v.id = {{}} AND v.state = 'done' {lock}""",
        visit_id,
    )
    if not row or actor.id not in (row["person_id"], row["hosted_by"]):
        raise NotFound
    found = await database.fetch_one(
        "SELECT id, sent_at FROM visit_feedback WHERE visit_id = {} AND author_id = {}", visit_id, actor.id
    )
    side: Side = "visitor" if row["person_id"] == actor.id else "host"
    mine = (found["id"], found["sent_at"]) if found else (None, None)
    return _Part(side, row["home_id"], row["host_id"], *mine)


async def _unsent(actor: Actor, visit_id: str) -> _Part:
    """The same; raises Conflict once theirs is sent."""
    part = await _part(actor, visit_id)
    if part.sent_at is not None:
        raise Conflict(_("This is sent already; the other side reads it."))
    return part


@database.transaction
async def save_feedback(*, actor: Actor, visit_id: str, said: Said) -> None:
    """Keep a draft that nobody else sees. Raises NotFound, Conflict once it is sent, Invalid."""
    part = await _unsent(actor, visit_id)
    await _store(actor, visit_id, part, check_said(said, sending=False), at=None)


@database.transaction
async def send_feedback(*, actor: Actor, visit_id: str, said: Said, idea: bool) -> str:
    """Send it: the other side and HR read it, and its errors (without a name) the two departments.

    With `idea` what they will change becomes an improvement idea that everybody reads. Returns its id. Raises NotFound,
    Conflict once it is sent, Invalid beside the field.
    """
    part = await _unsent(actor, visit_id)
    checked = check_said(said, sending=True)
    if idea and not checked.will_change:
        raise Invalid.field("will_change", _("Say what you will change; that becomes the idea."))
    feedback_id = await _store(actor, visit_id, part, checked, at=now())
    await record_event("feedback.sent", actor_id=actor.id, subject_id=visit_id, detail=part.side)
    if idea:
        title = _title(checked.will_change)
        words = checked.will_change if one_line(checked.will_change) != title else ""
        edge = (part.home_id, part.host_id)
        await propose_idea(actor=actor, title=title, words=words, edge=edge, feedback_id=feedback_id)
    return feedback_id


@database.transaction
async def change_feedback(*, actor: Actor, visit_id: str, said: Said) -> None:
    """Change what was sent; it is marked as edited, and an idea that was made of it stays as it is.

    Raises NotFound, Conflict before it is sent and CHANGE_DAYS afterwards, Invalid beside the field.
    """
    part = await _part(actor, visit_id)
    if part.sent_at is None:
        raise Conflict(_("This is not sent yet."))
    if now() > part.sent_at + CHANGE_DAYS * DAY:
        raise Conflict(_("This was sent more than %(n)s days ago and stays as it is.", n=CHANGE_DAYS))
    await _store(actor, visit_id, part, check_said(said, sending=True), at=part.sent_at)
    await record_event("feedback.changed", actor_id=actor.id, subject_id=visit_id, detail=part.side)


def _title(text: str) -> str:
    """The first sentence, or as many words as a title holds."""
    first = one_line(text.split("\n")[0])
    end = next((first.index(mark) + 1 for mark in (". ", "! ", "? ") if mark in first), len(first))
    first = first[:end].removesuffix(".")
    if len(first) <= LONGEST["title"]:
        return first
    cut = first[: LONGEST["title"] - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"


async def _store(actor: Actor, visit_id: str, part: _Part, said: Said, at: int | None) -> str:
    """`at`: when it was sent first, None for a draft."""
    feedback_id = part.feedback_id or uuid7()
    state = "draft" if at is None else "sent"
    changed = at if at is not None and part.sent_at is None else now()
    await database.execute(
        """INSERT INTO visit_feedback (id, visit_id, author_id, side, surprised, will_change, state, changed_at,
            sent_at) VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}) ON CONFLICT (visit_id, author_id) DO UPDATE SET
            surprised = excluded.surprised, will_change = excluded.will_change, state = excluded.state,
            changed_at = excluded.changed_at, sent_at = excluded.sent_at""",
        *(feedback_id, visit_id, actor.id, part.side, said.surprised, said.will_change, state, changed, at),
    )
    await database.execute("DELETE FROM error_report WHERE feedback_id = {}", feedback_id)
    for line in said.errors:
        ends = (part.host_id, part.home_id) if line.reverse else (part.home_id, part.host_id)
        await _store_error(actor, line, ends, at, feedback_id)
    return feedback_id


async def _store_error(
    actor: Actor, line: ErrorLine, ends: tuple[str, str], at: int | None, feedback_id: str | None
) -> str:
    error_id = uuid7()
    await database.execute(
        """INSERT INTO error_report (id, feedback_id, author_id, provider_id, customer_id, what, times, per, minutes,
            cents, at) VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})""",
        *(error_id, feedback_id, actor.id, *ends, line.what, line.times, line.per, line.minutes, line.cents, at),
    )
    return error_id


@database.transaction
async def report_error(*, actor: Actor, dependency_id: str, line: ErrorLine) -> str:
    """An error has arrived in everyday work, as somebody of one of the two departments says. Returns its id.

    Raises NotFound, Forbidden for other departments, Invalid beside the field.
    """
    row = is_uuid(dependency_id) and await database.fetch_one(
        "SELECT provider_id, customer_id FROM dependency WHERE id = {}", dependency_id
    )
    if not row:
        raise NotFound
    ends = (row["provider_id"], row["customer_id"])
    if actor.department_id not in ends:
        raise Forbidden(_("Only people of these two departments report errors here."))
    what, found = one_line(line.what), Findings()
    if not what:
        found.add("what", _("Write a few words here."))
    check_line(found, "", what, line)
    found.settle()
    error_id = await _store_error(actor, msgspec.structs.replace(line, what=what), ends, now(), None)
    await record_event("error.reported", actor_id=actor.id, subject_id=error_id)
    return error_id
