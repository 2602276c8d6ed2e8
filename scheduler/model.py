"""What is to be planned: departments, people, dependencies, blocks, rules and goals.

Everything is frozen and refers to others by id, so an instance is a value: it can be written to a file, sent to
another process and compared. A **visit** is a person working in another department during one or more blocks.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import msgspec

FORMAT: Final = 1
"""The version of the file format; raised when a file of the older version no longer means the same."""

TERMS: Final = (
    *("required", "dependency", "coverage", "fairness", "departments"),
    *("wishes", "visits", "seniority", "stability", "shadow"),
)
"""The terms of a score, in the order in which they are shown. See `Objective` for what each one counts."""


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A frozen value that refuses fields it does not know."""


class Department(Value, frozen=True, kw_only=True):
    """A unit that sends and receives visitors.

    `capacity` is how many visitors it can have at once (each needs a buddy) and `minimum` how many people it needs
    to run: one number for all blocks, or one for each block. `requires` are the qualifications every visitor needs.
    """

    id: str
    name: str = ""
    capacity: int | tuple[int, ...] = 1
    minimum: int | tuple[int, ...] = 0
    requires: tuple[str, ...] = ()


class VisitOption(Value, frozen=True, kw_only=True):
    """One visit a person may make: to `host`, in these `blocks` (None: in any), worth `weight` more than others."""

    host: str
    blocks: tuple[str, ...] | None = None
    weight: float = 0.0


class Person(Value, frozen=True, kw_only=True):
    """Somebody who works in `home`.

    `absent` are ids of blocks. `wishes` maps departments to how much the person would like to see them (negative:
    would rather not). `seniority` is a level, used for the mix of visitors. `may_visit`, if given, lists the
    person's visits one by one, dependency or not; None means every department that depends on home or that home
    depends on. `max_visits` overrides the rule of the same name.
    """

    id: str
    home: str
    qualifications: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    wishes: dict[str, float] = {}
    seniority: int = 0
    joined: date | None = None
    may_visit: tuple[VisitOption, ...] | None = None
    max_visits: int | None = None


class Dependency(Value, frozen=True, kw_only=True):
    """`customer` lives on what `provider` hands over; `weight` says how much that matters.

    People of both sides may visit the other one. Between two departments the heaviest dependency counts.
    """

    provider: str
    customer: str
    weight: float = 1.0


class Block(Value, frozen=True, kw_only=True):
    """One slot of the programme, with its real start and end. Nobody visits anybody on a `holiday`."""

    id: str
    start: datetime
    end: datetime
    holiday: bool = False


class Visit(Value, frozen=True, kw_only=True):
    """A person in a department, starting with a block. Used for pins and for the previous plan."""

    person: str
    host: str
    block: str


class PastVisit(Value, frozen=True, kw_only=True):
    """A visit that took place, until the day `ended`."""

    person: str
    host: str
    ended: date


class Forbidden(Value, frozen=True, kw_only=True):
    """Visits that must not be: those that match every field given. All fields None would forbid everything."""

    person: str | None = None
    home: str | None = None
    host: str | None = None
    block: str | None = None


class Requirement(Value, frozen=True, kw_only=True):
    """Training: these `people` and everyone who joined on or after `joined_since` must have seen `host`.

    A visit counts if its last block is `by` or earlier (None: any block), and so does any past visit.
    """

    host: str
    by: str | None = None
    people: tuple[str, ...] = ()
    joined_since: date | None = None


class Rules(Value, frozen=True, kw_only=True):
    """What holds for every visit.

    `gap`: the first block of a person's next visit is at least so many blocks after the last block of the one
    before (1: the very next block is fine). `repeat_months`: nobody sees a department again within so many months
    of a past visit (0: past visits do not matter); within one plan, once is enough in any case. `visit_blocks`: how
    many consecutive blocks a visit lasts. `cover_worth`: how much of a colleague somebody who arrives in a swap or
    ring replaces, 0 to 1. `longest_ring`: departments in a ring at most, 2 to 4. `shadow_visits`: whether anybody
    may visit while nobody comes in return; such a visitor is no cover.
    """

    max_visits: int = 2
    gap: int = 1
    repeat_months: int = 12
    visit_blocks: int = 1
    cover_worth: float = 0.5
    longest_ring: int = 3
    shadow_visits: bool = False


class DepartmentTier(Value, frozen=True, kw_only=True):
    """The next `share` of a department's headcount (rounded up) that goes on visits earns `reward` each."""

    share: float
    reward: float


class Objective(Value, frozen=True, kw_only=True):
    """What a good plan is, as weights of the terms of its score. All terms are maximised and may be switched off.

    - `dependency` times the weight of the dependency, for each visit
    - `coverage`: reward of the 1st, 2nd, ... visit from a department to a dependent one, past visits included in the
      count: a dependency counts once from each side; must not increase
    - `fairness`: reward of a person's 1st, 2nd, ... visit; must not increase
    - `departments`: concave reward of a department's visits against its headcount; rewards must not increase
    - `wishes` times the wish, for each visit
    - visits' own weights (`VisitOption.weight`) always count as they are
    - `seniority` for each level of seniority that a department shows to a dependent one
    - `stability` for each visit of the previous plan that stays
    - `required` for each person and department of a requirement that the plan meets
    - `shadow` is taken off for each shadow visit

    `lexicographic`, if given, ranks groups of terms (names as in `TERMS`): earlier ones are maximised first, later
    ones only choose among plans as good. Terms not named are ranked last together, `required` first of all.
    """

    dependency: float = 1.0
    coverage: tuple[float, ...] = ()
    fairness: tuple[float, ...] = (6.0, 3.0, 1.0)
    departments: tuple[DepartmentTier, ...] = ()
    wishes: float = 1.0
    seniority: float = 0.0
    stability: float = 0.0
    required: float = 1000.0
    shadow: float = 2.0
    lexicographic: tuple[tuple[str, ...], ...] = ()


class Instance(Value, frozen=True, kw_only=True):
    """A whole planning problem."""

    format: int = msgspec.field(default=FORMAT, name="version")
    departments: tuple[Department, ...]
    blocks: tuple[Block, ...]
    people: tuple[Person, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    rules: Rules = Rules()
    objective: Objective = Objective()
    history: tuple[PastVisit, ...] = ()
    pins: tuple[Visit, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    required: tuple[Requirement, ...] = ()
    previous: tuple[Visit, ...] = ()
