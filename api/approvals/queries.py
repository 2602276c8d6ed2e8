"""Cases as they are shown: what waits for somebody, what they asked for, what they decided.

Whoever asked, may decide or has decided sees a case, and so do human resources; for all others it does not exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from api.approvals.deciders import Deputy, deputy_of
from api.approvals.kinds import kind_named
from api.approvals.rules import Decision
from api.approvals.schemas import ApprovalOut, ApprovalPage, Case, DeputyList, DeputyOut, StepOut
from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now, utc
from api.core.errors import NotFound
from api.core.i18n import Language
from api.core.ids import is_uuid
from api.core.pages import NEWEST, PAGE
from api.people.queries import person_columns, person_ref
from api.people.schemas import PersonRef

Which = Literal["waiting", "mine", "decided"]
_SHOWN = 12
"""Names of those who may decide that a case lists."""


async def listed(actor: Actor, which: Which, *, before: int = NEWEST, limit: int = PAGE) -> ApprovalPage:
    """A page of cases, the newest first, below the position `before`."""
    deputy = await deputy_of(actor.id)
    me, people = actor.id, [actor.id, *deputy.stands_in_for]
    if which == "waiting":
        # What is just decided stays until it takes effect, so that it can be undone there.
        condition = f"""a.state = 'open' AND a.requester_id <> {{}} AND a.concerned_id <> {{}} AND EXISTS (
            SELECT 1 FROM approval_step s JOIN approval_decider d ON d.approval_id = s.approval_id
                AND d.number = s.number
            WHERE s.approval_id = a.id AND s.state = 'open' AND (s.decision = '' OR s.decided_by = {{}})
                AND d.person_id IN ({database.placeholders(len(people))}))"""
        arguments: list[object] = [me, me, me, *people]
    elif which == "mine":
        condition, arguments = "a.requester_id = {}", [me]
    else:
        condition = """EXISTS (SELECT 1 FROM approval_step s WHERE s.approval_id = a.id AND s.decided_by = {}
            AND s.state = 'done')"""
        arguments = [me]
    found = await _cases(actor, deputy, f"{condition} AND a.position < {{}}", [*arguments, before], limit + 1)
    more = len(found) > limit
    kept = found[:limit]
    shown = [item for _position, item in kept if which != "waiting" or item.step is not None or item.undo is not None]
    return ApprovalPage(shown, str(kept[-1][0]) if more else None)


async def one(actor: Actor, approval_id: str) -> ApprovalOut:
    """A case. Raises NotFound."""
    if not is_uuid(approval_id):
        raise NotFound
    deputy = await deputy_of(actor.id)
    people = [actor.id, *deputy.stands_in_for]
    marks = database.placeholders(len(people))
    condition = f"""a.id = {{}} AND (a.requester_id = {{}} OR {"TRUE" if actor.is_hr else "FALSE"}
        OR EXISTS (SELECT 1 FROM approval_decider d WHERE d.approval_id = a.id AND d.person_id IN ({marks}))
        OR EXISTS (SELECT 1 FROM approval_step s WHERE s.approval_id = a.id
            AND (s.decided_by IN ({marks}) OR s.decided_for IN ({marks}))))"""
    found = await _cases(actor, deputy, condition, [approval_id, actor.id, *people * 3], 1)
    if not found:
        raise NotFound
    return found[0][1]


async def _cases(
    actor: Actor, deputy: Deputy, condition: str, arguments: Sequence[object], limit: int
) -> list[tuple[int, ApprovalOut]]:
    language = actor.language
    rows = await database.fetch(
        f"""SELECT {person_columns("q", "qd", language)}, {person_columns("c", "cd", language)}, a.id AS approval_id,
            a.position, a.kind, a.subject_id, a.department_id AS budget_id, a.amount, a.state, a.created_at, a.ended_at
        FROM approval a JOIN person q ON q.id = a.requester_id JOIN department qd ON qd.id = q.department_id
        JOIN person c ON c.id = a.concerned_id JOIN department cd ON cd.id = c.department_id
        WHERE {condition} ORDER BY a.position DESC LIMIT {{}}""",
        *(*arguments, limit),
    )
    steps = await _steps([row["approval_id"] for row in rows], language)
    cases = await described(rows, language)
    return [(row["position"], _case(actor, deputy, row, steps[row["approval_id"]], cases)) for row in rows]


async def described(rows: Sequence[database.Row], language: Language) -> dict[tuple[str, str], Case]:
    """The words for cases (rows with `kind` and `subject_id`), by kind and subject."""
    by_kind: dict[str, list[str]] = {}
    for row in rows:
        by_kind.setdefault(row["kind"], []).append(row["subject_id"])
    return {
        (name, subject_id): case
        for name, ids in by_kind.items()
        for subject_id, case in (await kind_named(name).describe(language, sorted(set(ids)))).items()
    }


class _Step:
    """A step with the people who may take it and those who did."""

    def __init__(self, row: database.Row) -> None:
        self.row = row
        self.deciders: list[PersonRef] = []
        self.decided_by = person_ref(row, 0) if row[0] is not None else None
        self.acting_for = person_ref(row, 6) if row[6] is not None else None

    @property
    def pending(self) -> bool:
        """Decided, and could still be undone: nobody else is told yet."""
        return bool(self.row["state"] == "open" and self.row["decision"])

    def out(self, me: str) -> StepOut:
        """The step as this reader may see it."""
        row = self.row
        told = row["decision"] != "" and (not self.pending or row["decided_by"] == me)
        state = row["state"]
        if told:
            state = "approved" if row["decision"] == Decision.APPROVE else "declined"
        return StepOut(
            number=row["number"],
            who=row["who"],
            state=state,
            deciders=self.deciders[:_SHOWN],
            decided_by=self.decided_by if told else None,
            acting_for=self.acting_for if told else None,
            decided_at=utc(row["decided_at"]) if told else None,
            due_at=utc(row["due_at"]) if row["due_at"] is not None else None,
            reason=row["reason"] if told else "",
            escalated=row["escalations"] > 0,
        )


async def _steps(ids: Sequence[str], language: Language) -> dict[str, list[_Step]]:
    if not ids:
        return {}
    rows = await database.fetch(
        f"""SELECT {person_columns("b", "bd", language)}, {person_columns("f", "fd", language)},
            {person_columns("p", "pd", language)}, s.*
        FROM approval_step s
        LEFT JOIN person b ON b.id = s.decided_by LEFT JOIN department bd ON bd.id = b.department_id
        LEFT JOIN person f ON f.id = s.decided_for LEFT JOIN department fd ON fd.id = f.department_id
        LEFT JOIN approval_decider d ON d.approval_id = s.approval_id AND d.number = s.number
        LEFT JOIN person p ON p.id = d.person_id LEFT JOIN department pd ON pd.id = p.department_id
        WHERE s.approval_id IN ({database.placeholders(len(ids))})
        ORDER BY s.approval_id, s.number, p.search, p.id""",
        *ids,
    )
    found: dict[str, list[_Step]] = {i: [] for i in ids}
    for row in rows:
        steps = found[row["approval_id"]]
        if not steps or steps[-1].row["number"] != row["number"]:
            steps.append(_Step(row))
        if row[12] is not None:
            steps[-1].deciders.append(person_ref(row, 12))
    return found


def _case(
    actor: Actor,
    deputy: Deputy,
    row: database.Row,
    steps: Sequence[_Step],
    cases: dict[tuple[str, str], Case],
) -> ApprovalOut:
    kind = kind_named(row["kind"])
    requester, concerned = person_ref(row, 0), person_ref(row, 6)
    step, acting_for = _mine(actor, deputy, row, steps)
    undo = next((one.row["decision_id"] for one in steps if one.pending and one.row["decided_by"] == actor.id), None)
    due = [one.row["due_at"] for one in steps if one.row["state"] == "open" and not one.row["decision"]]
    title = kind.title.text(actor.language)
    return ApprovalOut(
        id=row["approval_id"],
        kind=row["kind"],
        kind_name=title,
        state=row["state"],
        case=cases.get((row["kind"], row["subject_id"])) or Case(about=title, title=concerned.name),
        requester=requester,
        concerned=concerned,
        amount=row["amount"],
        unit=kind.unit,
        created_at=utc(row["created_at"]),
        ended_at=utc(row["ended_at"]) if row["ended_at"] is not None else None,
        steps=[one.out(actor.id) for one in steps],
        step=step,
        acting_for=acting_for,
        overdue=any(at < now() for at in due),
        undo=undo,
    )


def _mine(
    actor: Actor, deputy: Deputy, row: database.Row, steps: Sequence[_Step]
) -> tuple[int | None, PersonRef | None]:
    """The step that waits for this reader, and for whom they take it."""
    parties = {row[0], row[6]}
    if actor.id in parties or row["state"] != "open":
        return None, None
    taken = {person for step in steps for person in (step.row["decided_by"], step.row["decided_for"])}
    # Whoever is asked was looked at for this case, a deputy was not.
    may_stand_in = actor.id not in taken and not deputy.decided_by & parties
    for step in steps:
        if step.row["state"] != "open" or step.row["decision"]:
            continue
        asked = {person.id: person for person in step.deciders}
        if actor.id in asked:
            return step.row["number"], None
        stands_in_for = next((asked[person_id] for person_id in deputy.stands_in_for if person_id in asked), None)
        if stands_in_for is not None and may_stand_in:
            return step.row["number"], stands_in_for
    return None, None


async def deputies(actor: Actor) -> DeputyList:
    """Present and coming ones, the earliest first."""
    rows = await database.fetch(
        f"""SELECT {person_columns("p", "pd", actor.language)}, {person_columns("q", "qd", actor.language)},
            s.id AS deputyship_id, s.from_day, s.until_day
        FROM deputyship s JOIN person p ON p.id = s.person_id JOIN department pd ON pd.id = p.department_id
        JOIN person q ON q.id = s.deputy_id JOIN department qd ON qd.id = q.department_id
        WHERE (s.person_id = {{}} OR s.deputy_id = {{}}) AND s.until_at > {{}} AND p.deactivated_at IS NULL
        ORDER BY s.from_at, s.id LIMIT 100""",
        *(actor.id, actor.id, now()),
    )
    found = [
        DeputyOut(
            id=row["deputyship_id"],
            person=person_ref(row, 0),
            deputy=person_ref(row, 6),
            from_day=row["from_day"],
            until_day=row["until_day"],
        )
        for row in rows
    ]
    return DeputyList(
        [one for one in found if one.person.id == actor.id], [one for one in found if one.person.id != actor.id]
    )
