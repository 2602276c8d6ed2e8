"""Visits that have taken place and what was said about them: to both sides, and to HR.

A visit's host is its buddy, or else whoever leads the department. Until it is sent, only its author sees feedback.
"""

from __future__ import annotations

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import DAY, utc
from api.core.errors import Invalid, NotFound
from api.core.i18n import Language
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid
from api.core.pages import PAGE
from api.people.queries import department_columns, person_columns, person_ref
from api.people.schemas import DepartmentRef
from api.rotations.feedback_rules import CHANGE_DAYS, Side
from api.rotations.feedback_schemas import (
    ErrorOut,
    FeedbackLine,
    FeedbackOut,
    FeedbackPage,
    PastVisit,
    PastVisits,
    VisitFeedback,
)

HOST = "COALESCE(v.buddy_id, o.manager_id)"
"""SQL for a visit's host, over `v` (visit) and `o` (the hosting department)."""
_JOINS = f"""JOIN programme m ON m.id = v.programme_id
    JOIN department o ON o.id = v.host_id JOIN department h ON h.id = v.home_id
    JOIN person p ON p.id = v.person_id JOIN department pd ON pd.id = p.department_id
    LEFT JOIN person b ON b.id = {HOST} LEFT JOIN department bd ON bd.id = b.department_id"""
_SENT = "SELECT 1 FROM visit_feedback f WHERE f.visit_id = v.id AND f.state = 'sent' AND f.side"


def _columns(language: Language) -> str:
    return f"""{person_columns("p", "pd", language)}, {person_columns("b", "bd", language)},
        {department_columns("h", language)}, {department_columns("o", language)}, v.id AS visit_id,
        m.name AS programme, v.starts_at, v.ends_at,
        (SELECT f.state FROM visit_feedback f WHERE f.visit_id = v.id AND f.author_id = {{}}) AS mine,
        EXISTS ({_SENT} = 'visitor') AS visitor_sent, EXISTS ({_SENT} = 'host') AS host_sent"""


def _visit(row: database.Row, actor: Actor) -> PastVisit:
    columns = tuple(row)
    side: Side | None = "visitor" if row[0] == actor.id else "host" if row[6] == actor.id else None
    return PastVisit(
        id=row["visit_id"],
        programme=row["programme"],
        visitor=person_ref(row),
        host=person_ref(row, 6) if row[6] else None,
        home=DepartmentRef(*columns[12:16]),
        hosting=DepartmentRef(*columns[16:20]),
        starts_at=utc(row["starts_at"]),
        ends_at=utc(row["ends_at"]),
        side=side,
        mine=row["mine"] or "",
        visitor_sent=bool(row["visitor_sent"]),
        host_sent=bool(row["host_sent"]),
    )


def _read_cursor(cursor: str) -> tuple[int, str]:
    at, _dot, row_id = cursor.partition(".")
    if not (at.isascii() and at.isdigit() and len(at) < 19 and is_uuid(row_id)):
        raise Invalid.field("before", _("This page marker is not one of ours. Start again at the first page."))
    return int(at), row_id


async def past_visits(actor: Actor, *, before: str = "", limit: int = PAGE) -> PastVisits:
    """The reader's own visits and those they hosted, the latest first: one statement."""
    older, arguments = "", []
    if before:
        older, arguments = "AND (v.starts_at, v.id) < ({}, {})", list(_read_cursor(before))
    rows = await database.fetch(
        f"""SELECT {_columns(actor.language)} FROM visit v {_JOINS}
        WHERE v.state = 'done' AND (v.person_id = {{}} OR {HOST} = {{}}) {older}
        ORDER BY v.starts_at DESC, v.id DESC LIMIT {{}}""",
        *(actor.id, actor.id, actor.id, *arguments, limit + 1),
    )
    kept = rows[:limit]
    following = f"{kept[-1]['starts_at']}.{kept[-1]['visit_id']}" if len(rows) > limit else None
    return PastVisits([_visit(row, actor) for row in kept], following)


async def visit_feedback(actor: Actor, visit_id: str) -> VisitFeedback:
    """A visit with what both sides say: three statements. Raises NotFound for whoever took no part, but for HR."""
    row = is_uuid(visit_id) and await database.fetch_one(
        f"SELECT {_columns(actor.language)} FROM visit v {_JOINS} WHERE v.id = {{}} AND v.state = 'done'",
        *(actor.id, visit_id),
    )
    if not row:
        raise NotFound
    visit = _visit(row, actor)
    if visit.side is None and not actor.is_hr:
        raise NotFound
    said = await _said(actor.language, "f.visit_id = {} AND (f.state = 'sent' OR f.author_id = {})", visit_id, actor.id)
    return VisitFeedback(
        visit=visit,
        mine=next((one for one, _visit_id in said if one.author.id == actor.id), None),
        others=[one for one, _visit_id in said if one.author.id != actor.id],
    )


async def all_feedback(actor: Actor, *, before: str = "", limit: int = PAGE) -> FeedbackPage:
    """What was sent, the latest first, for HR: three statements. Raises NotFound for others."""
    if not actor.is_hr:
        raise NotFound
    older, arguments = "", []
    if before:
        older, arguments = "AND (f.sent_at, f.id) < ({}, {})", list(_read_cursor(before))
    said = await _said(actor.language, f"f.state = 'sent' {older}", *arguments, limit=limit + 1)
    kept = said[:limit]
    ids = sorted({visit_id for _one, visit_id in kept})
    rows = await database.fetch(
        f"""SELECT {_columns(actor.language)} FROM visit v {_JOINS}
        WHERE v.id IN ({database.placeholders(len(ids)) or "NULL"})""",
        *(actor.id, *ids),
    )
    visits = {row["visit_id"]: _visit(row, actor) for row in rows}
    last = kept[-1][0] if len(said) > limit else None
    following = f"{_micros(last)}.{last.id}" if last is not None else None
    return FeedbackPage([FeedbackLine(visits[visit], one) for one, visit in kept if visit in visits], following)


def _micros(said: FeedbackOut) -> int:
    assert said.sent_at is not None
    return round(said.sent_at.timestamp() * 1_000_000)


async def _said(language: Language, where: str, *arguments: object, limit: int = 100) -> list[tuple[FeedbackOut, str]]:
    rows = await database.fetch(
        f"""SELECT {person_columns("p", "d", language)}, f.id AS feedback_id, f.visit_id, f.side,
            f.surprised, f.will_change, f.state, f.changed_at, f.sent_at, i.id AS idea_id
        FROM visit_feedback f
        JOIN person p ON p.id = f.author_id JOIN department d ON d.id = p.department_id
        LEFT JOIN idea i ON i.feedback_id = f.id AND i.state <> 'withdrawn'
        WHERE {where} ORDER BY f.sent_at DESC, f.id DESC LIMIT {{}}""",
        *(*arguments, limit),
    )
    errors: dict[str, list[ErrorOut]] = {}
    ids = [row["feedback_id"] for row in rows]
    for row in await database.fetch(
        f"""SELECT * FROM error_report WHERE feedback_id IN ({database.placeholders(len(ids)) or "NULL"})
        ORDER BY id""",
        *ids,
    ):
        errors.setdefault(row["feedback_id"], []).append(error_out(row))
    return [
        (
            FeedbackOut(
                id=row["feedback_id"],
                author=person_ref(row),
                side=row["side"],
                surprised=row["surprised"],
                will_change=row["will_change"],
                errors=errors.get(row["feedback_id"], []),
                state=row["state"],
                sent_at=utc(row["sent_at"]) if row["sent_at"] else None,
                edited=bool(row["sent_at"]) and row["changed_at"] > row["sent_at"],
                change_until=utc(row["sent_at"] + CHANGE_DAYS * DAY) if row["sent_at"] else None,
                idea=row["idea_id"],
            ),
            row["visit_id"],
        )
        for row in rows
    ]


def error_out(row: database.Row) -> ErrorOut:
    """A row of `error_report`."""
    return ErrorOut(
        what=row["what"],
        times=row["times"],
        per=row["per"],
        minutes=row["minutes"],
        cents=row["cents"],
        provider=row["provider_id"],
        customer=row["customer_id"],
        reported_at=utc(row["at"]) if row["at"] else None,
        after_visit=row["feedback_id"] is not None,
    )
