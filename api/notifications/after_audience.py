"""Who hears of what comes after a visit: both sides are asked for feedback and hear of the other's; an idea's author
and supporters; the members of a team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from api.core import database
from api.notifications.rules import Kind
from api.notifications.told import Told

AFTER = (
    *("visit.done", "feedback.sent", "idea.declined", "improvement.founded", "improvement.joined"),
    *("improvement.step_added", "improvement.changed", "improvement.ended", "improvement.reopened"),
)


class After(msgspec.Struct):
    """A visit, an idea, a team or a step as it stands now. `others` are an idea's supporters, and those of a team's
    ideas with their authors."""

    one_id: str | None = None
    host_id: str | None = None
    members: list[str] = []
    others: list[str] = []


async def after_of(events: Sequence[database.Row]) -> dict[str, After]:
    """What these events are about, by id: one statement, none without such events."""
    ids = sorted({event["subject_id"] for event in events if event["kind"] in AFTER and event["subject_id"]})
    if not ids:
        return {}
    marks = database.placeholders(len(ids))
    rows = await database.fetch(
        f"""SELECT v.id, 'visit' AS part, v.person_id, COALESCE(v.buddy_id, o.manager_id) AS other_id
            FROM visit v JOIN department o ON o.id = v.host_id WHERE v.id IN ({marks})
        UNION ALL SELECT i.id, 'idea', i.author_id, NULL FROM idea i WHERE i.id IN ({marks})
        UNION ALL SELECT s.id, 'step', s.person_id, NULL FROM improvement_step s WHERE s.id IN ({marks})
        UNION ALL SELECT m.team_id, 'member', m.person_id, NULL FROM improvement_member m WHERE m.team_id IN ({marks})
        UNION ALL SELECT i.team_id, 'other', i.author_id, NULL FROM idea i WHERE i.team_id IN ({marks})
        UNION ALL SELECT i.team_id, 'other', s.person_id, NULL FROM idea i JOIN idea_support s ON s.idea_id = i.id
            WHERE i.team_id IN ({marks})""",
        *(ids * 6),
    )
    found: dict[str, After] = {}
    for row in rows:
        after = found.setdefault(row["id"], After(None, None, [], []))
        if row["part"] == "member":
            after.members.append(row["person_id"])
        elif row["part"] == "other":
            after.others.append(row["person_id"])
        else:
            after.one_id, after.host_id = row["person_id"], row["other_id"]
    return found


def of_after(event: database.Row, known: Mapping[str, After]) -> list[Told]:
    """Whom such an event tells of what, each person once; never the one who did it."""
    after = known.get(event["subject_id"])
    if after is None:
        return []
    first: dict[str, Told] = {}
    for person_id, detail in _heard(event, after):
        if person_id and person_id != event["actor_id"]:
            kind = Kind.FEEDBACK if event["kind"] in ("visit.done", "feedback.sent") else Kind.IMPROVEMENT
            # A team may change or go on more than once; all else is told once
            again = event["id"] if detail in ("changed", "reopened", "ended", "declined") else event["detail"]
            told = Told(
                person_id=person_id,
                kind=kind,
                key=f"{detail}:{event['subject_id']}:{again}",
                subject_id=event["subject_id"],
                actor_id=event["actor_id"] if event["kind"] != "visit.done" else after.one_id,
                detail=detail,
            )
            first.setdefault(person_id, told)
    return list(first.values())


def _heard(event: database.Row, after: After) -> list[tuple[str | None, str]]:
    match event["kind"]:
        case "visit.done":
            return [(after.one_id, "asked"), (after.host_id, "asked_host")]
        case "feedback.sent":
            return [(after.one_id, "said"), (after.host_id, "said")]
        case "idea.declined":
            return [(after.one_id, "declined")]
        case "improvement.founded":
            return [*((one, "joined") for one in after.members), *((one, "taken") for one in after.others)]
        case "improvement.joined":
            return [(one, "joined") for one in after.members if one == event["detail"]]
        case "improvement.step_added":
            return [(after.one_id, "step")]
        case "improvement.ended":
            # The members are thanked, and hear of that
            return [(one, "ended") for one in after.others if one not in after.members]
        case happened:
            return [(one, happened.removeprefix("improvement.")) for one in after.members]
