"""Feedback, ideas and teams as notifications show them, with their words as they are now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from api.core import database
from api.core.clock import utc
from api.core.i18n import Language
from api.notifications.rules import Kind
from api.notifications.schemas import NotificationOut
from api.notifications.words import after_sentence
from api.people.queries import person_ref

_TOLD = (Kind.FEEDBACK, Kind.IMPROVEMENT)
_ACTOR_AT = 13


class TellingAfter(msgspec.Struct, frozen=True):
    """A visit, an idea, a team or a step in a notification."""

    what: str
    url: str


async def told_after(rows: Sequence[database.Row], language: Language) -> dict[str, TellingAfter]:
    """What these notifications are about, by id; one statement, none without them."""
    ids = sorted({row["subject_id"] for row in rows if row["kind"] in _TOLD and row["subject_id"]})
    if not ids:
        return {}
    marks = database.placeholders(len(ids))
    found = await database.fetch(
        f"""SELECT v.id, 'visit' AS part, d.name_{language} AS what, v.id AS place FROM visit v
            JOIN department d ON d.id = v.host_id WHERE v.id IN ({marks}) AND v.state = 'done'
        UNION ALL SELECT i.id, 'idea', i.title, i.id FROM idea i WHERE i.id IN ({marks}) AND i.state <> 'withdrawn'
        UNION ALL SELECT t.id, 'team', t.name, t.id FROM improvement_team t WHERE t.id IN ({marks})
        UNION ALL SELECT s.id, 'step', s.what, s.team_id FROM improvement_step s WHERE s.id IN ({marks})""",
        *(ids * 4),
    )
    urls = {"visit": "/feedback/{}", "idea": "/improvements/ideas?show=all#i-{}"}
    return {
        row["id"]: TellingAfter(row["what"], urls.get(row["part"], "/improvements/{}").format(row["place"]))
        for row in found
    }


def after_item(row: database.Row, known: Mapping[str, TellingAfter], language: Language) -> NotificationOut | None:
    """A notification about one of these; None for one about something else."""
    if row["kind"] not in _TOLD:
        return None
    after = known.get(row["subject_id"], TellingAfter("…", "/improvements"))
    person = person_ref(row, _ACTOR_AT) if row[_ACTOR_AT] is not None else None
    return NotificationOut(
        id=row["notice_id"],
        kind=row["kind"],
        text=after_sentence(row["detail"], name=row["actor_name"] or "…", what=after.what).text(language),
        words_html="",
        words_language="",
        url=after.url,
        person=person if row["detail"] != "asked" else None,
        kudos_id=None,
        private=False,
        sent_at=utc(row["created_at"]),
        unread=row["read_at"] is None,
        years=0,
    )
