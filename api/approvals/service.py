"""Ask, decide, undo, take back."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from api.approvals import steps
from api.approvals.deciders import deputised_by
from api.approvals.deciding import JUST_DECIDED, Verdict, note
from api.approvals.kinds import kind_named
from api.approvals.rules import Decision, State, check_decline, steps_of
from api.core import database
from api.core.access.actor import Actor
from api.core.clock import SECOND, now
from api.core.errors import Conflict, DomainError, NotFound
from api.core.events import record_event
from api.core.i18n import Message
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, position, uuid7
from api.core.jobs import enqueue
from api.core.text import clean

SETTLE = "approvals.settle"


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """What was decided in one go: cases by id, and why others could not be. Until `settles_at` (microseconds) the
    decision `id` can be undone."""

    id: str
    settles_at: int
    decided: list[str]
    refused: dict[str, Message]


@database.transaction
async def ask(
    *,
    kind: str,
    subject_id: str,
    requester_id: str,
    concerned_id: str,
    amount: int = 0,
    department_id: str | None = None,
    people: int = 1,
) -> str:
    """Open a case for a row that is stored already; returns its id. Belongs into the transaction that stores it.

    `concerned_id` is whom it is about, `department_id` whose budget pays (their department if None), `amount`
    counts in the kind's unit, `people` is how many have to agree at least. If nobody needs to be asked,
    `on_approved` has been called when this returns. Raises Conflict if a case of this row is open already.
    """
    found = kind_named(kind)
    rule = await steps.rule_of(kind)
    at = now()
    approval_id = uuid7(at)
    made = await database.fetch(
        """INSERT INTO approval (id, position, kind, subject_id, requester_id, concerned_id, department_id, amount,
            created_at) VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}) ON CONFLICT DO NOTHING RETURNING id""",
        *(approval_id, position(at), kind, subject_id, requester_id, concerned_id, department_id, amount, at),
    )
    if not made:
        raise Conflict(_("This already waits for approval."))
    needed = steps_of(rule, amount, people)
    await database.execute_many(
        "INSERT INTO approval_step (approval_id, number, who, state) VALUES ({}, {}, {}, 'later')",
        [(approval_id, number, who.value) for number, who in enumerate(needed, 1)],
    )
    case = await steps.lock_case(approval_id)
    await record_event("approval.asked", actor_id=requester_id, subject_id=approval_id)
    if not needed:
        await steps.end(case, State.APPROVED)
        await found.on_approved(case.request())
    for number in range(1, len(needed) + 1 if rule.together else min(2, len(needed) + 1)):
        await steps.open_step(case, number)
    return approval_id


@database.transaction
async def decide(
    *,
    actor: Actor,
    approval_ids: Sequence[str],
    decision: Decision,
    undo_seconds: int,
    reason: str = "",
    choice: str = "",
    step: int | None = None,
) -> Decided:
    """Decide one or more cases; nothing follows from it before `undo_seconds` are over.

    The same decisions by the same person again are the same one. `step` is the step that the person has seen
    (for one case). Of several cases those that cannot be decided are left out, with the reason; with a single one
    that is raised: NotFound, Invalid for a decline without a reason, Conflict if somebody else was quicker.
    """
    ids = sorted(set(approval_ids))
    reason = clean(reason)
    if decision is Decision.DECLINE:
        check_decline(reason)
    verdict = Verdict(
        id=uuid7(),
        actor=actor,
        decision=decision,
        reason=reason if decision is Decision.DECLINE else "",
        choice=choice if decision is Decision.APPROVE else "",
        seen=step,
        standing_in=await deputised_by(actor.id),
        settles_at=now() + undo_seconds * SECOND,
    )
    decided: list[str] = []
    refused: dict[str, Message] = {}
    before: dict[str, database.Row] = {}
    for approval_id in ids:
        try:
            step_before = await note(verdict, approval_id)
        except DomainError as problem:
            if len(ids) == 1:
                raise
            refused[approval_id] = problem.message
            continue
        if step_before is not None:
            before[approval_id] = step_before
            continue
        await enqueue(SETTLE, approval_id, detail=verdict.id, run_at=verdict.settles_at)
        decided.append(approval_id)
    if not decided and len({row["decision_id"] for row in before.values()}) == 1:
        first = next(iter(before.values()))
        return Decided(id=first["decision_id"], settles_at=first["settle_at"], decided=list(before), refused=refused)
    refused |= dict.fromkeys(before, JUST_DECIDED)
    return Decided(id=verdict.id, settles_at=verdict.settles_at, decided=decided, refused=refused)


@database.transaction
async def undo(*, actor: Actor, decision_id: str) -> list[str]:
    """Take back one's own decision while its minute runs; returns the cases that wait again.

    Doing it twice is fine. Raises NotFound, and Conflict when it has taken effect.
    """
    rows = is_uuid(decision_id) and await database.fetch(
        """SELECT DISTINCT approval_id FROM approval_step WHERE decision_id = {} AND decided_by = {}
        ORDER BY approval_id""",
        *(decision_id, actor.id),
    )
    if not rows:
        undone = is_uuid(decision_id) and await database.fetch(
            "SELECT subject_id FROM event WHERE kind = 'approval.undone' AND actor_id = {} AND detail = {}",
            *(actor.id, decision_id),
        )
        if not undone:
            raise NotFound
        return [row["subject_id"] for row in undone]
    open_again: list[str] = []
    for row in rows:
        case = await steps.lock_case(row["approval_id"])
        changed = case.state is State.OPEN and await database.fetch(
            """UPDATE approval_step SET decision = '', decision_id = NULL, decided_by = NULL, decided_for = NULL,
                reason = '', choice = '', decided_at = NULL, settle_at = NULL
            WHERE approval_id = {} AND decision_id = {} AND state = 'open' RETURNING number""",
            *(case.id, decision_id),
        )
        if changed:
            open_again.append(case.id)
            await steps.reroute(case.id)  # people may have changed while it was decided
            await record_event("approval.undone", actor_id=actor.id, subject_id=case.id, detail=decision_id)
    if not open_again:
        raise Conflict(_("The minute is over: this has taken effect and been told."))
    return open_again


@database.transaction
async def cancel(*, actor: Actor, approval_id: str) -> None:
    """The requester takes back what they asked for. Doing it twice is fine. Raises NotFound, and Conflict once it is
    decided for good."""
    case = await steps.lock_case(approval_id)
    if case.row["requester_id"] != actor.id:
        raise NotFound
    if case.state is State.CANCELLED:
        return
    if case.state is not State.OPEN:
        raise Conflict(_("This is decided already and cannot be taken back."))
    await steps.cancel(case)
    await record_event("approval.cancelled", actor_id=actor.id, subject_id=case.id)


async def open_case(*, kind: str, subject_id: str) -> str | None:
    """The id of the open case of a slice's row, if there is one."""
    row = await database.fetch_one(
        "SELECT id FROM approval WHERE kind = {} AND subject_id = {} AND state = 'open'", kind, subject_id
    )
    return None if row is None else str(row["id"])


@database.transaction
async def withdraw(*, kind: str, subject_id: str) -> None:
    """End the open case of a row without calling the kind's hooks: the slice that asked knows.

    Doing it twice is fine.
    """
    approval_id = await open_case(kind=kind, subject_id=subject_id)
    if approval_id is not None:
        case = await steps.lock_case(approval_id)
        if case.state is State.OPEN:
            await steps.end(case, State.CANCELLED)
            await record_event("approval.cancelled", actor_id=None, subject_id=case.id)
