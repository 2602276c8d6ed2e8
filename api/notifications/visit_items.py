"""Answers about visits as notifications show them, with the reason as it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from api.core import database
from api.core.clock import utc
from api.core.i18n import Language
from api.core.text import render
from api.notifications.rules import Kind
from api.notifications.schemas import NotificationOut
from api.notifications.words import visit_sentence
from api.people.queries import person_columns, person_ref
from api.people.schemas import PersonRef
from api.rotations.words import when


class TellingVisit(msgspec.Struct, frozen=True):
    """A visit in a notification."""

    person: PersonRef
    host: str
    at: str
    reason: str
    programme_id: str


async def told_visits(rows: Sequence[database.Row], language: Language) -> dict[str, TellingVisit]:
    """The visits that these notifications are about, by id; one statement, none without visits."""
    ids = sorted({row["subject_id"] for row in rows if row["kind"] == Kind.VISIT and row["subject_id"]})
    if not ids:
        return {}
    found = await database.fetch(
        f"""SELECT {person_columns("p", "d", language)}, v.id AS visit_id, v.starts_at, v.ends_at, v.programme_id,
            o.name_{language} AS host, m.time_zone, COALESCE(a.reason, '') AS reason
        FROM visit v JOIN person p ON p.id = v.person_id JOIN department d ON d.id = p.department_id
        JOIN department o ON o.id = v.host_id JOIN programme m ON m.id = v.programme_id
        LEFT JOIN visit_answer a ON a.uid = v.uid AND a.answer = v.state
        WHERE v.id IN ({database.placeholders(len(ids))})""",
        *ids,
    )
    return {
        row["visit_id"]: TellingVisit(
            person_ref(row),
            row["host"],
            when(row["starts_at"], row["ends_at"], row["time_zone"], language),
            row["reason"],
            row["programme_id"],
        )
        for row in found
    }


def visit_item(row: database.Row, visits: Mapping[str, TellingVisit], language: Language) -> NotificationOut | None:
    """A notification about somebody's answer; None for one about something else."""
    visit = visits.get(row["subject_id"]) if row["kind"] == Kind.VISIT else None
    if visit is None:
        return None
    happened = row["detail"]
    reason = visit.reason if happened in ("declined", "objected") else ""
    sentence = visit_sentence(
        happened, name=row["actor_name"] or "…", person=visit.person.name, host=visit.host, at=visit.at
    )
    return NotificationOut(
        id=row["notice_id"],
        kind=row["kind"],
        text=sentence.text(language),
        words_html=render(reason, {}) if reason else "",
        words_language="",
        url="/rotations" if happened in ("offered", "offer_refused") else f"/visits/{row['subject_id']}",
        person=visit.person,
        kudos_id=None,
        private=False,
        sent_at=utc(row["created_at"]),
        unread=row["read_at"] is None,
        years=0,
    )
