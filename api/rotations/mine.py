"""One's own rotations: visits to come and past, guests to look after, news, offers, meetings, the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from api.core import database
from api.core.clock import DAY, now, utc
from api.core.i18n import Language
from api.people.queries import department_columns, person_columns, person_ref
from api.people.schemas import DepartmentRef, PersonRef
from api.rotations.queries import department_at, visits
from api.rotations.schemas import VisitOut

SHOWN_FOR = DAY
"""So long news stays on the page after it was first seen."""
MOST_PAST = 30


class News(msgspec.Struct, frozen=True):
    """What a publication said: "new", "moved", "partner" or "cancelled", about a visit to `host`."""

    visit_id: str
    change: str
    host: DepartmentRef
    starts_at: datetime
    ends_at: datetime
    fresh: bool


class OfferOut(msgspec.Struct, frozen=True, kw_only=True):
    """An offer that waits for an answer; `visit_id` is the visit that would change hands."""

    id: str
    visit_id: str
    giver: PersonRef
    taker: PersonRef
    host: DepartmentRef
    starts_at: datetime
    ends_at: datetime
    time_zone: str


class OwnMeeting(msgspec.Struct, frozen=True, kw_only=True):
    """An exchange meeting to come, with whom."""

    id: str
    other: PersonRef
    starts_at: datetime
    ends_at: datetime
    place: str
    time_zone: str


class Answered(msgspec.Struct, frozen=True):
    """What was answered last about a visit."""

    answer: str
    reason: str
    other_time: bool


class Calendar(msgspec.Struct, frozen=True):
    """That there is a secret address, since when, and when a calendar last asked."""

    made_at: datetime
    read_at: datetime | None


class Mine(msgspec.Struct, frozen=True, kw_only=True):
    """All of it. `answers` by the visit's uid."""

    coming: list[VisitOut]
    past: list[VisitOut]
    guests: list[VisitOut]
    news: list[News]
    offers: list[OfferOut]
    meetings: list[OwnMeeting]
    answers: dict[str, Answered]
    calendar: Calendar | None

    def told(self, visit_id: str) -> str:
        """What is new about a visit that still takes place."""
        return next((one.change for one in self.news if one.visit_id == visit_id), "")

    def offered(self, visit_id: str) -> OfferOut | None:
        """The offer of one's own visit that waits for a colleague."""
        return next((one for one in self.offers if one.visit_id == visit_id), None)


async def mine(person_id: str, language: Language) -> Mine:
    """Seven statements, one more where there is an answer to show."""
    at = now()
    found = await visits(
        language,
        """v.state <> 'cancelled' AND (v.person_id = {} OR v.buddy_id = {} AND v.ends_at > {}
            AND v.state NOT IN ('declined', 'objected'))""",
        *(person_id, person_id, at),
    )
    own = [visit for visit in found if visit.person.id == person_id]
    coming = [visit for visit in own if visit.ends_at > utc(at) and visit.state != "done"]
    return Mine(
        coming=coming,
        past=[visit for visit in reversed(own) if visit not in coming][:MOST_PAST],
        guests=[visit for visit in found if visit.person.id != person_id],
        news=await _news(person_id, language),
        offers=await offers(language, "o.from_id = {} OR o.to_id = {}", person_id, person_id),
        meetings=await _meetings(person_id, language),
        answers=await answers([visit.uid for visit in coming if visit.state in ("declined", "objected")]),
        calendar=await _calendar(person_id),
    )


async def _news(person_id: str, language: Language) -> list[News]:
    rows = await database.fetch(
        f"""SELECT t.visit_id, t.change, t.seen_at, v.starts_at, v.ends_at, {department_columns("o", language)}
        FROM publication_notice t JOIN publication u ON u.id = t.publication_id JOIN visit v ON v.id = t.visit_id
        JOIN department o ON o.id = v.host_id
        WHERE t.person_id = {{}} AND (t.seen_at IS NULL OR t.seen_at > {{}}) AND v.ends_at > {{}}
        ORDER BY u.at DESC, v.starts_at, v.id LIMIT 50""",
        *(person_id, now() - SHOWN_FOR, now()),
    )
    return [
        News(row[0], row[1], department_at(row, 5), utc(row[3]), utc(row[4]), row["seen_at"] is None) for row in rows
    ]


@database.transaction
async def mark_seen(*, person_id: str) -> None:
    """They have looked at what publications told them."""
    await database.execute(
        "UPDATE publication_notice SET seen_at = {} WHERE person_id = {} AND seen_at IS NULL", now(), person_id
    )


async def offers(language: Language, where: str, *arguments: object) -> list[OfferOut]:
    """Offers that wait, of visits that have not begun; `where` is SQL over `o` (visit_offer)."""
    rows = await database.fetch(
        f"""SELECT o.id, o.visit_id, v.starts_at, v.ends_at, m.time_zone, {department_columns("h", language)},
            {person_columns("p", "pd", language)}, {person_columns("q", "qd", language)}
        FROM visit_offer o JOIN visit v ON v.id = o.visit_id JOIN plan n ON n.id = v.plan_id AND n.state = 'published'
        JOIN programme m ON m.id = v.programme_id JOIN department h ON h.id = v.host_id
        JOIN person p ON p.id = o.from_id JOIN department pd ON pd.id = p.department_id
        JOIN person q ON q.id = o.to_id JOIN department qd ON qd.id = q.department_id
        WHERE o.state = 'open' AND v.state IN ('proposed', 'accepted') AND v.starts_at > {{}} AND ({where})
        ORDER BY v.starts_at, o.id LIMIT 50""",
        *(now(), *arguments),
    )
    return [
        OfferOut(
            id=row[0],
            visit_id=row[1],
            starts_at=utc(row[2]),
            ends_at=utc(row[3]),
            time_zone=row[4],
            host=department_at(row, 5),
            giver=person_ref(row, 9),
            taker=person_ref(row, 15),
        )
        for row in rows
    ]


async def _meetings(person_id: str, language: Language) -> list[OwnMeeting]:
    rows = await database.fetch(
        f"""SELECT x.id, x.starts_at, x.ends_at, x.place, m.time_zone, {person_columns("p", "d", language)}
        FROM exchange_meeting x JOIN programme m ON m.id = x.programme_id
        JOIN person p ON p.id = CASE WHEN x.one_id = {{}} THEN x.other_id ELSE x.one_id END
        JOIN department d ON d.id = p.department_id
        WHERE (x.one_id = {{}} OR x.other_id = {{}}) AND x.ends_at > {{}} AND x.state IN ('proposed', 'accepted')
        ORDER BY x.starts_at, x.id LIMIT 20""",
        *(person_id, person_id, person_id, now()),
    )
    return [
        OwnMeeting(
            id=row[0],
            starts_at=utc(row[1]),
            ends_at=utc(row[2]),
            place=row[3],
            time_zone=row[4],
            other=person_ref(row, 5),
        )
        for row in rows
    ]


async def answers(uids: Sequence[str]) -> dict[str, Answered]:
    """What was answered about these visits, by uid; no statement for none."""
    if not uids:
        return {}
    rows = await database.fetch(
        f"SELECT uid, answer, reason, other_time FROM visit_answer WHERE uid IN ({database.placeholders(len(uids))})",
        *uids,
    )
    return {row["uid"]: Answered(row["answer"], row["reason"], bool(row["other_time"])) for row in rows}


async def _calendar(person_id: str) -> Calendar | None:
    row = await database.fetch_one("SELECT made_at, read_at FROM calendar_feed WHERE person_id = {}", person_id)
    return Calendar(utc(row["made_at"]), utc(row["read_at"]) if row["read_at"] else None) if row else None
