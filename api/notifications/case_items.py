"""What is told of cases, in the words of the slice that asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from api.approvals.queries import described
from api.core import database
from api.core.clock import utc
from api.core.i18n import Language
from api.core.text import render
from api.notifications.rules import Kind
from api.notifications.schemas import NotificationOut
from api.notifications.words import case_sentence
from api.people.queries import person_columns, person_ref
from api.people.schemas import PersonRef

_TOLD = (Kind.ASKED, Kind.ANSWERED)


class TellingCase(msgspec.Struct, frozen=True):
    """A case in words; `reason` why it was declined."""

    what: str
    reason: str
    requester: PersonRef


async def told_cases(rows: Sequence[database.Row], language: Language) -> dict[str, TellingCase]:
    """The cases that these notifications are about, by id."""
    ids = sorted({row["subject_id"] for row in rows if row["kind"] in _TOLD and row["subject_id"]})
    if not ids:
        return {}
    found = await database.fetch(
        f"""SELECT {person_columns("p", "d", language)}, a.id AS approval_id, a.kind, a.subject_id,
            COALESCE((SELECT MAX(s.reason) FROM approval_step s WHERE s.approval_id = a.id AND s.state = 'done'
                AND s.decision = 'decline'), '') AS reason
        FROM approval a JOIN person p ON p.id = a.requester_id JOIN department d ON d.id = p.department_id
        WHERE a.id IN ({database.placeholders(len(ids))})""",
        *ids,
    )
    cases = await described(found, language)
    told = {}
    for row in found:
        case = cases.get((row["kind"], row["subject_id"]))
        what = f"{case.about}: {case.title}" if case else "…"
        told[row["approval_id"]] = TellingCase(what, row["reason"], person_ref(row, 0))
    return told


def case_item(row: database.Row, cases: Mapping[str, TellingCase], language: Language) -> NotificationOut | None:
    """A notification about a case; None for one about something else."""
    case = cases.get(row["subject_id"]) if row["kind"] in _TOLD else None
    if case is None:
        return None
    name = row["actor_name"] or "…"
    declined = row["detail"] == "declined"
    return NotificationOut(
        id=row["notice_id"],
        kind=row["kind"],
        text=case_sentence(row["kind"], row["detail"], name=name, what=case.what).text(language),
        words_html=render(case.reason, {}) if declined and case.reason else "",
        words_language="",
        url=f"/approvals/{row['subject_id']}",
        person=case.requester if row["kind"] == Kind.ASKED else None,
        kudos_id=None,
        private=False,
        sent_at=utc(row["created_at"]),
        unread=row["read_at"] is None,
        years=0,
    )
