"""Who hears of a case: those who may decide it and who stands in for them, and whoever asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from api.core import database
from api.core.clock import now
from api.notifications.rules import Kind
from api.notifications.told import Told

CASES = (
    *("approval.opened", "approval.reminded", "approval.escalated", "approval.passed"),
    *("approval.approved", "approval.declined", "approval.cancelled", "deputy.named"),
)


class Case(msgspec.Struct):
    """A case, or a deputyship, as it stands now. `deciders` by the number of the step."""

    requester_id: str
    state: str
    kind: str
    deciders: dict[str, list[str]] = {}
    deputy_id: str = ""


async def cases_of(events: Sequence[database.Row]) -> dict[str, Case]:
    """What these events are about, by id."""
    ids = sorted({event["subject_id"] for event in events if event["kind"] in CASES and event["subject_id"]})
    if not ids:
        return {}
    marks, at = database.placeholders(len(ids)), now()
    rows = await database.fetch(
        f"""SELECT a.id, a.requester_id, a.state, a.kind, s.number, d.person_id, y.deputy_id
        FROM approval a LEFT JOIN approval_step s ON s.approval_id = a.id AND s.state = 'open' AND s.decision = ''
        LEFT JOIN approval_decider d ON d.approval_id = s.approval_id AND d.number = s.number
        LEFT JOIN deputyship y ON y.person_id = d.person_id AND y.from_at <= {{}} AND y.until_at > {{}}
            AND y.deputy_id <> a.requester_id AND y.deputy_id <> a.concerned_id
        WHERE a.id IN ({marks})
        UNION ALL SELECT n.id, n.person_id, '', '', NULL, NULL, n.deputy_id
            FROM deputyship n WHERE n.id IN ({marks})""",
        *(at, at, *ids, *ids),
    )
    found: dict[str, Case] = {}
    for row in rows:
        case = found.setdefault(row["id"], Case(row["requester_id"], row["state"], row["kind"], {}, ""))
        if row["number"] is None:
            case.deputy_id = row["deputy_id"] or ""
            continue
        asked = case.deciders.setdefault(str(row["number"]), [])
        asked += [person for person in (row["person_id"], row["deputy_id"]) if person and person not in asked]
    return found


def of_case(event: database.Row, cases: Mapping[str, Case]) -> list[Told]:
    """Whom an event of a case tells of what."""
    case, happened, number = cases.get(event["subject_id"]), event["kind"], event["detail"]
    if case is None:
        return []

    def told(person_id: str, kind: Kind, key: str, detail: str = "", actor_id: str | None = None) -> Told:
        return Told(
            person_id=person_id,
            kind=kind,
            key=f"{key}:{event['subject_id']}:{number}",
            subject_id=event["subject_id"],
            actor_id=actor_id,
            detail=detail,
        )

    if happened == "deputy.named":
        return [told(case.deputy_id, Kind.DEPUTY, "deputy", actor_id=case.requester_id)]
    if happened in ("approval.opened", "approval.escalated", "approval.reminded"):
        late = happened == "approval.reminded"
        return [
            told(person, Kind.ASKED, "late" if late else "approval", "late" if late else "", case.requester_id)
            for person in case.deciders.get(number, [])
        ]
    if happened == "approval.cancelled":
        return []
    answer = happened.removeprefix("approval.")
    if case.kind == "rotation" and answer != "declined":
        return []  # of a programme with a thousand visits HR hears of objections only
    return [told(case.requester_id, Kind.ANSWERED, answer, answer, event["actor_id"])]
