"""A kind of case that only notes what happens to it, and steps that tests of approvals share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from api.approvals import service
from api.approvals.jobs import KINDS
from api.approvals.kinds import ApprovalKind, Request, use_kinds
from api.approvals.rules import Decision, Rule
from api.approvals.schemas import Case, Fact, Option
from api.cases import CASES
from api.core import database
from api.core.clock import SECOND
from api.core.i18n import Language
from api.core.i18n import gettext_later as _
from api.core.ids import uuid7
from api.core.jobs.worker import run_due
from tests.support.house import House
from tests.support.organisation import PEOPLE, Person

UNDO_SECONDS = 60
_NAMES = {person.id: person.given_name for person in PEOPLE}


async def _describe(language: Language, ids: Sequence[str]) -> Mapping[str, Case]:
    option = Option(code="later", label="Later")
    return {
        i: Case(about="Leave", title=f"A day off ({language})", facts=[Fact(label="a", text="b")], option=option)
        for i in ids
    }


async def _note(what: str, request: Request) -> None:
    await database.execute(
        "INSERT INTO event (kind, actor_id, subject_id, detail, created_at) VALUES ({}, {}, {}, {}, 0)",
        *(f"toy.{what}", request.decided_by, request.subject_id, request.choice),
    )


async def _approved(request: Request) -> None:
    await _note("approved", request)


async def _declined(request: Request) -> None:
    await _note("declined", request)


async def _cancelled(request: Request) -> None:
    await _note("cancelled", request)


def toy(**rule: Any) -> ApprovalKind:
    """A kind that notes each call of its hooks as an event."""
    return ApprovalKind(
        name="toy",
        title=_("Approvals"),
        unit="points",
        describe=_describe,
        on_approved=_approved,
        on_declined=_declined,
        on_cancelled=_cancelled,
        rule=Rule(**rule),
    )


async def ask(requester: Person, concerned: Person | None = None, *, amount: int = 100, **rule: Any) -> str:
    """A toy case under a rule; returns its id."""
    people = rule.pop("people", 1)
    use_kinds([*CASES, toy(**rule)])
    return await service.ask(
        kind="toy",
        subject_id=uuid7(),
        requester_id=requester.id,
        concerned_id=(concerned or requester).id,
        amount=amount,
        people=people,
    )


async def asked(approval_id: str) -> list[str]:
    """Who may decide now, by given name."""
    rows = await database.fetch("SELECT person_id FROM approval_decider WHERE approval_id = {}", approval_id)
    return sorted(_NAMES[row["person_id"]] for row in rows)


async def decide(
    house: House, person: Person, approval_id: str, decision: str = "approve", reason: str = "", **more: Any
) -> service.Decided:
    """Decide as a service call."""
    return await service.decide(
        actor=await house.actor(person),
        approval_ids=[approval_id],
        decision=Decision(decision),
        reason=reason or ("Not this month." if decision == "decline" else ""),
        undo_seconds=UNDO_SECONDS,
        **more,
    )


async def settle(house: House, seconds: int = UNDO_SECONDS + 1) -> None:
    """Let time pass (the undo minute), and what is due happen."""
    house.clock.forward(seconds * SECOND)
    await run_due(KINDS)


async def state(approval_id: str) -> str:
    """Where the case stands."""
    row = await database.fetch_one("SELECT state FROM approval WHERE id = {}", approval_id)
    assert row is not None
    return str(row["state"])


async def effects(approval_id: str) -> list[str]:
    """Which hooks were called for it, in order."""
    rows = await database.fetch(
        """SELECT e.kind FROM event e JOIN approval a ON a.subject_id = e.subject_id
        WHERE a.id = {} AND e.kind LIKE 'toy.%' ORDER BY e.id""",
        approval_id,
    )
    return [row["kind"].removeprefix("toy.") for row in rows]
