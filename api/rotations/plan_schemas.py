"""Programmes and plans as the API takes and gives them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from api.rotations.listing import PlanItem, ProgrammeItem, SearchOut
from api.rotations.planning import Fault, Unmet, Why
from api.rotations.rules import Goals, Participants, Pattern, PlanState, RuleSet

_Day = Annotated[str, Meta(max_length=10)]
_Id = Annotated[str, Meta(max_length=36)]


class CreateRotation(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A new programme: days are ISO dates; `id` (a UUIDv7 of yours) makes sending it again safe."""

    name: Annotated[str, Meta(max_length=200)]
    starts_on: _Day
    ends_on: _Day
    pattern: Pattern = msgspec.field(default_factory=Pattern)
    id: _Id | None = None


class ChangeScope(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The dependencies that visits go along; `version` is that of the programme as it was seen."""

    version: str
    dependencies: Annotated[list[_Id], Meta(max_length=2_000)]


class ChangeParticipants(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Who takes part."""

    version: str
    participants: Participants


class ChangeRules(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What holds for every visit, and what a plan aims at."""

    version: str
    rules: RuleSet
    goals: Goals


class FindPlan(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Look for a plan for `seconds` at most; with `from_plan`, close to that one and around what is pinned in it."""

    seconds: int = 60
    from_plan: _Id | None = None
    id: _Id | None = None


class ChangeVisit(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One of them: another block, another person, or whether it is pinned."""

    block: int | None = None
    person: _Id | None = None
    pinned: bool | None = None


class PublishPlan(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Managers may object until the day `answer_by`; empty: nobody is asked."""

    answer_by: _Day = ""


class RotationList(msgspec.Struct, frozen=True):
    """Programmes, the latest first."""

    items: list[ProgrammeItem]


class PlanOut(msgspec.Struct, frozen=True, kw_only=True):
    """A plan: how good it is, what no plan can exceed, what is missing or in the way, as codes with ids.

    `ways` are sets of changes, each of which makes an impossible plan possible. `search` is how it is going, while it
    is.
    """

    id: str
    programme: str
    number: int
    state: PlanState
    status: str
    score: float | None
    bound: float | None
    gap: float | None
    visits: int
    terms: dict[str, float]
    unmet: list[Unmet]
    reasons: list[Fault]
    ways: list[list[Fault]]
    from_plan: str | None
    created_at: datetime
    solved_at: datetime | None
    published_at: datetime | None
    search: SearchOut | None


class PlanList(msgspec.Struct, frozen=True):
    """A programme's plans, the latest first."""

    items: list[PlanOut]


class Published(msgspec.Struct, frozen=True):
    """What people were told of."""

    id: str


class Reasons(msgspec.Struct, frozen=True):
    """Why somebody does not see a department, block by block."""

    items: list[Why]


def plan_out(found: PlanItem, search: SearchOut | None = None) -> PlanOut:
    """A plan with its codes read."""
    return PlanOut(
        programme=found.programme_id,
        from_plan=found.from_plan_id,
        unmet=msgspec.json.decode(found.unmet, type=list[Unmet]),
        reasons=msgspec.json.decode(found.reasons, type=list[Fault]),
        ways=msgspec.json.decode(found.ways, type=list[list[Fault]]),
        search=search,
        **{name: getattr(found, name) for name in _SAME},
    )


_SAME = (
    *("id", "number", "state", "status", "score", "bound", "gap", "visits", "terms"),
    *("created_at", "solved_at", "published_at"),
)
