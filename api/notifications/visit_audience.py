"""Who hears of answers about visits: partners, the buddy, the hosting manager, HR; each of what concerns them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from api.core import database
from api.notifications.rules import Kind
from api.notifications.told import Told

VISITS = (
    *("visit.accepted", "visit.declined", "visit.objected", "visit.proposed", "visit.handed_over"),
    *("visit.offered", "visit.offer_refused", "visit.offer_withdrawn"),
)


class VisitParts(msgspec.Struct):
    """Whom a visit concerns, as it stands now. `partners` are the others of its swap or ring."""

    person_id: str
    buddy_id: str | None
    host_manager_id: str | None
    manager_id: str | None
    state: str
    partners: list[str] = []


async def visits_of(events: Sequence[database.Row]) -> dict[str, VisitParts]:
    """What these events are about, by the visit's id; one statement, none without visits."""
    ids = sorted({event["subject_id"] for event in events if event["kind"] in VISITS and event["subject_id"]})
    if not ids:
        return {}
    rows = await database.fetch(
        f"""SELECT v.id, v.person_id, v.buddy_id, o.manager_id AS host_manager_id, p.manager_id, v.state,
            w.person_id AS partner_id
        FROM visit v JOIN person p ON p.id = v.person_id JOIN department o ON o.id = v.host_id
        LEFT JOIN visit w ON w.plan_id = v.plan_id AND w.group_number = v.group_number AND w.id <> v.id
            AND w.state NOT IN ('cancelled', 'declined')
        WHERE v.id IN ({database.placeholders(len(ids))})""",
        *ids,
    )
    found: dict[str, VisitParts] = {}
    for row in rows:
        parts = found.setdefault(
            row["id"],
            VisitParts(row["person_id"], row["buddy_id"], row["host_manager_id"], row["manager_id"], row["state"], []),
        )
        if row["partner_id"]:
            parts.partners.append(row["partner_id"])
    return found


def of_visit(event: database.Row, visits: Mapping[str, VisitParts], hr: Sequence[str]) -> list[Told]:
    """Whom an event of a visit tells of what; never the one who did it, each once."""
    visit, happened = visits.get(event["subject_id"]), event["kind"].removeprefix("visit.")
    if visit is None:
        return []
    hosts = [visit.buddy_id, visit.host_manager_id]
    match happened:
        case "accepted":
            people = [visit.buddy_id]
        case "declined" if visit.state == "declined":
            people = [*visit.partners, *hosts, *hr]
        case "objected":
            people = [visit.person_id, *visit.partners, *hosts]
        case "handed_over":
            people = [event["detail"], visit.person_id, *visit.partners, *hosts, visit.manager_id]
        case "offered" | "offer_refused":
            people = [event["detail"]]
        case _:
            people = []
    return [
        Told(
            person_id=person_id,
            kind=Kind.VISIT,
            key=f"{happened}:{event['subject_id']}:{event['id']}",
            subject_id=event["subject_id"],
            actor_id=event["actor_id"],
            detail=happened,
        )
        for person_id in dict.fromkeys(people)
        if person_id and person_id != event["actor_id"]
    ]
