"""One person's decision on one case: whether it is theirs to take, and what is written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from api.approvals import steps
from api.approvals.deciders import may_decide
from api.approvals.kinds import kind_named
from api.approvals.rules import Decision, State
from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now
from api.core.errors import Conflict, DomainError, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _

JUST_DECIDED = _("You have just decided this. Undo that first if you have changed your mind.")


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody decides, on one case or on many under one `id`; until `settles_at` (microseconds) it can be undone.

    `seen` is the step that they looked at, `standing_in` for whom they decide as a deputy.
    """

    id: str
    actor: Actor
    decision: Decision
    reason: str
    choice: str
    seen: int | None
    standing_in: Sequence[str]
    settles_at: int


async def note(verdict: Verdict, approval_id: str) -> database.Row | None:
    """Write it down for a case; or return the step on which this person has just decided alike.

    Raises NotFound, Conflict, and what the kind of case has against an approval.
    """
    case = await steps.lock_case(approval_id)
    deciders = await steps.deciders_of(case.id)
    mine = _mine(case, verdict)
    if mine is not None and mine["decision"] == verdict.decision and case.state is State.OPEN:
        return mine
    found = None if case.state is not State.OPEN else await _waiting_for(case, verdict, deciders)
    if found is None:
        raise await _too_late(case, verdict, deciders, mine)
    step, acting_for = found
    kind = kind_named(case.row["kind"])
    if verdict.decision is Decision.APPROVE and kind.check is not None:
        request = case.request()
        await kind.check(msgspec.structs.replace(request, choice=verdict.choice, decided_by=verdict.actor.id))
    await database.execute(
        """UPDATE approval_step SET decision = {}, decision_id = {}, decided_by = {}, decided_for = {}, reason = {},
            choice = {}, decided_at = {}, settle_at = {} WHERE approval_id = {} AND number = {}""",
        *(verdict.decision.value, verdict.id, verdict.actor.id, acting_for, verdict.reason, verdict.choice),
        *(now(), verdict.settles_at, case.id, step["number"]),
    )
    await record_event("approval.decided", actor_id=verdict.actor.id, subject_id=case.id, detail=str(step["number"]))
    return None


def _mine(case: steps.Open, verdict: Verdict) -> database.Row | None:
    """The step that this person has just decided and can still undo."""
    return next(
        (
            step
            for step in case.steps
            if step["decided_by"] == verdict.actor.id
            and step["state"] == "open"
            and verdict.seen in (None, step["number"])
        ),
        None,
    )


async def _waiting_for(
    case: steps.Open, verdict: Verdict, deciders: Mapping[int, list[str]]
) -> tuple[database.Row, str | None] | None:
    """The step that waits for this person, and for whom they decide it as a deputy."""
    me = verdict.actor.id
    for step in case.steps:
        if not steps.waits(step) or verdict.seen not in (None, step["number"]):
            continue
        asked = deciders.get(step["number"], [])
        acting_for = None if me in asked else next((one for one in verdict.standing_in if one in asked), None)
        if me not in asked and acting_for is None:
            continue
        # People may have changed since they were asked, and a deputy was never looked at for this case.
        others = {number: people for number, people in deciders.items() if number != step["number"] and len(people) > 1}
        if await may_decide([me], steps.parties_of(case, step["number"], others)):
            return step, acting_for
    return None


async def _too_late(
    case: steps.Open, verdict: Verdict, deciders: Mapping[int, list[str]], mine: database.Row | None
) -> DomainError:
    """Why this person cannot decide: who was quicker, what has happened; or that there is nothing for them."""
    if mine is not None:
        return Conflict(JUST_DECIDED)
    actor, row = verdict.actor, case.row
    # An id that somebody guessed tells nothing: only who asked, who was asked and who decided know of the case.
    parts = {row["requester_id"], *(person for people in deciders.values() for person in people)}
    parts |= {step[part] for step in case.steps for part in ("decided_by", "decided_for")}
    if not {actor.id, *verdict.standing_in} & parts and not actor.is_hr:
        return NotFound()
    if actor.id in (row["requester_id"], row["concerned_id"]):
        return Conflict(_("Nobody decides in their own case."))
    if case.state is State.CANCELLED:
        return Conflict(_("This has been taken back meanwhile; there is nothing left to decide."))
    last = max((step for step in case.steps if step["decision"]), key=lambda step: step["decided_at"], default=None)
    if last is None:
        return Conflict(_("This is no longer yours to decide. It has gone to somebody else."))
    person = await database.fetch_one("SELECT name FROM person WHERE id = {}", last["decided_by"])
    name = person["name"] if person and last["decided_by"] != actor.id else ""
    if not name:
        return Conflict(_("You have decided this already."))
    if last["decision"] == Decision.DECLINE:
        return Conflict(_("%(name)s was quicker and has declined this.", name=name))
    return Conflict(_("%(name)s was quicker and has approved this.", name=name))
