"""What may change after a plan was made: for re-planning, for what-if questions, and as answers to "why not"."""

from __future__ import annotations

import msgspec

from scheduler.model import Person


class Change(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="change"
):
    """One change; in files, the field `change` says which."""


class Absent(Change, frozen=True, kw_only=True, tag="absent"):
    """A person is away in more blocks."""

    person: str
    blocks: tuple[str, ...]


class Present(Change, frozen=True, kw_only=True, tag="present"):
    """A person is there after all."""

    person: str
    blocks: tuple[str, ...]


class Decline(Change, frozen=True, kw_only=True, tag="decline"):
    """A person does not want to see a department, in a block or at all."""

    person: str
    host: str
    block: str | None = None


class Allow(Change, frozen=True, kw_only=True, tag="allow"):
    """Whatever forbids this visit goes."""

    person: str
    host: str
    block: str


class Join(Change, frozen=True, kw_only=True, tag="join"):
    """Somebody new."""

    person: Person


class Leave(Change, frozen=True, kw_only=True, tag="leave"):
    """Somebody goes for good, with pins, history and requirements."""

    person: str


class Seats(Change, frozen=True, kw_only=True, tag="seats"):
    """A department takes `by` more visitors at once (fewer if negative), in a block or in all."""

    department: str
    by: int = 1
    block: str | None = None


class Staff(Change, frozen=True, kw_only=True, tag="staff"):
    """A department needs `by` more people (fewer if negative), in a block or in all."""

    department: str
    by: int = -1
    block: str | None = None


class Freeze(Change, frozen=True, kw_only=True, tag="freeze"):
    """Nobody leaves or visits a department."""

    department: str


class Qualify(Change, frozen=True, kw_only=True, tag="qualify"):
    """A person gets a qualification."""

    person: str
    qualification: str


class Limit(Change, frozen=True, kw_only=True, tag="limit"):
    """A person may make `by` more visits."""

    person: str
    by: int = 1


class Forget(Change, frozen=True, kw_only=True, tag="forget"):
    """A past visit no longer stands against another one."""

    person: str
    host: str


class Offer(Change, frozen=True, kw_only=True, tag="offer"):
    """A person may visit a department, dependency or not."""

    person: str
    host: str


class ShadowVisits(Change, frozen=True, kw_only=True, tag="shadow_visits"):
    """Shadow visits are allowed."""


AnyChange = (
    Absent | Present | Decline | Allow | Join | Leave | Seats | Staff | Freeze | Qualify | Limit | Forget | Offer
    | ShadowVisits
)  # fmt: skip
