"""What a publication changed for somebody, and nothing else; calendars that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from babel.lists import format_list

from api.core import database
from api.core.clock import utc
from api.core.i18n import Language, Message
from api.notifications.rules import Kind
from api.notifications.schemas import NotificationOut
from api.notifications.words import change_sentence
from api.people.schemas import name_column
from api.rotations.words import when


class ToldChange(msgspec.Struct, frozen=True):
    """One visit of one person in a publication. `before` is empty unless its time has changed."""

    change: str
    host: str
    at: str
    before: str
    partners: str

    @property
    def sentence(self) -> Message:
        """In words."""
        return change_sentence(self.change, host=self.host, at=self.at, before=self.before, partners=self.partners)


async def told_changes(rows: Sequence[database.Row], person_id: str, language: Language) -> dict[str, list[ToldChange]]:
    """What these notifications say to this person, by publication; one statement, none without publications."""
    ids = sorted({row["subject_id"] for row in rows if row["kind"] == Kind.ROTATION and row["subject_id"]})
    if not ids:
        return {}
    found = await database.fetch(
        f"""SELECT t.publication_id, t.change, t.visit_id, v.starts_at, v.ends_at, m.time_zone,
            h.name_{language} AS host, o.starts_at AS was_from, o.ends_at AS was_to,
            {name_column("p", language)} AS partner
        FROM publication_notice t JOIN visit v ON v.id = t.visit_id JOIN programme m ON m.id = v.programme_id
        JOIN department h ON h.id = v.host_id
        LEFT JOIN visit o ON t.change = 'moved' AND o.id = (SELECT e.id FROM visit e JOIN plan n ON n.id = e.plan_id
            WHERE e.uid = v.uid AND e.id <> v.id AND n.published_at < (SELECT u.at FROM publication u
                WHERE u.id = t.publication_id) ORDER BY n.published_at DESC LIMIT 1)
        LEFT JOIN visit w ON t.change <> 'cancelled' AND w.plan_id = v.plan_id AND w.group_number = v.group_number
            AND w.id <> v.id AND w.state NOT IN ('cancelled', 'declined')
        LEFT JOIN person p ON p.id = w.person_id
        WHERE t.person_id = {{}} AND t.publication_id IN ({database.placeholders(len(ids))})
        ORDER BY v.starts_at, v.id, w.id""",
        *(person_id, *ids),
    )
    visits: dict[tuple[str, str], list[database.Row]] = {}
    for row in found:
        visits.setdefault((row["publication_id"], row["visit_id"]), []).append(row)
    told: dict[str, list[ToldChange]] = {}
    for (publication_id, _visit), each in visits.items():
        row, zone = each[0], each[0]["time_zone"]
        names = [one["partner"] for one in each if one["partner"]]
        told.setdefault(publication_id, []).append(
            ToldChange(
                change=row["change"],
                host=row["host"],
                at=when(row["starts_at"], row["ends_at"], zone, language),
                before=when(row["was_from"], row["was_to"], zone, language) if row["was_from"] else "",
                partners=format_list(names, locale=language) if names else "",
            )
        )
    return told


def change_item(
    row: database.Row, changes: Mapping[str, list[ToldChange]], language: Language
) -> NotificationOut | None:
    """A notification about job rotations; None for one about something else."""
    if row["kind"] not in (Kind.ROTATION, Kind.FEED):
        return None
    feed = row["kind"] == Kind.FEED
    mine = changes.get(row["subject_id"], [])
    sentences = [change_sentence("feed")] if feed else [one.sentence for one in mine]
    return NotificationOut(
        id=row["notice_id"],
        kind=row["kind"],
        text=" ".join(one.text(language) for one in sentences or [change_sentence("gone")]),
        words_html="",
        words_language="",
        url="/programmes/calendars" if feed else "/rotations",
        person=None,
        kudos_id=None,
        private=False,
        sent_at=utc(row["created_at"]),
        unread=row["read_at"] is None,
        years=0,
    )
