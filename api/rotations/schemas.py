"""Rotations as JSON and pages show them, in the reader's language."""

from __future__ import annotations

from datetime import datetime

import msgspec

from api.people.schemas import DepartmentRef, PersonRef
from api.rotations.rules import ProgrammeState, VisitKind, VisitState


class ProgrammeRef(msgspec.Struct, frozen=True):
    """A programme in passing; `answer_by` is the day (ISO) until which managers may object, or empty."""

    id: str
    name: str
    state: ProgrammeState
    time_zone: str
    answer_by: str


class VisitOut(msgspec.Struct, frozen=True, kw_only=True):
    """A visit of a published plan. `person.department` is where they work now, `home` where the visit begins from.

    `uid` names it in calendars through all versions, `revision` rises when its time or state changes. `partners` are
    the others of its swap or ring.
    """

    id: str
    uid: str
    revision: int
    plan_id: str
    programme: ProgrammeRef
    person: PersonRef
    home: DepartmentRef
    host: DepartmentRef
    starts_at: datetime
    ends_at: datetime
    kind: VisitKind
    state: VisitState
    group_number: int
    buddy: PersonRef | None
    place: str
    partners: list[PersonRef]


class HostingOut(msgspec.Struct, frozen=True, kw_only=True):
    """What a department can do for visitors and what it needs. `minimum`: people from Monday to Sunday."""

    department: DepartmentRef
    people: int
    capacity: int
    minimum: list[int]
    requires: list[str]
    instruction: str
    access: str
    place: str
    briefing: str
    buddies: list[PersonRef]


class WishOut(msgspec.Struct, frozen=True):
    """How much a person would like to see a department: 1 or 2; -1: rather not."""

    department: DepartmentRef
    liking: int


class AbsenceOut(msgspec.Struct, frozen=True):
    """Away from the first to the last day (ISO), both included."""

    id: str
    first_day: str
    last_day: str
    source: str


class PersonFactsOut(msgspec.Struct, frozen=True, kw_only=True):
    """A person as far as rotations go. `working_days`: 0 is Monday."""

    person: PersonRef
    qualifications: list[str]
    seniority: int
    working_days: list[int]
    volunteer: bool
    max_visits: int | None
    wishes: list[WishOut]
    absences: list[AbsenceOut]
