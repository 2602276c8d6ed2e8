"""Awards and award budgets as JSON and pages show them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from api.people.schemas import DepartmentRef, PersonRef

_Text = Annotated[str, Meta(max_length=5_000)]
_Day = Annotated[str, Meta(max_length=10)]


class ProgrammeOut(msgspec.Struct, frozen=True, kw_only=True):
    """An award in the reader's language; `open` says whether they can propose somebody today."""

    id: str
    name: str
    text: str
    criteria: str
    from_day: str
    until_day: str
    nominators: Literal["everyone", "managers", "others"]
    points: int
    approvals: int
    open: bool


class ProgrammeList(msgspec.Struct, frozen=True):
    """The awards that there are."""

    items: list[ProgrammeOut]


class ProgrammeRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A programme with all that HR sets."""

    id: str
    name_de: str
    name_en: str
    text_de: str
    text_en: str
    criteria_de: str
    criteria_en: str
    from_day: str
    until_day: str
    nominators: str
    points: int
    approvals: int
    archived: bool
    version: str


class WriteProgramme(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A programme as it is to be; to change one, `version` is what was seen. What is empty in one language takes
    the other's words."""

    name_de: _Text = ""
    name_en: _Text = ""
    text_de: _Text = ""
    text_en: _Text = ""
    criteria_de: _Text = ""
    criteria_en: _Text = ""
    from_day: _Day = ""
    until_day: _Day = ""
    nominators: Literal["everyone", "managers", "others"] = "everyone"
    points: int
    approvals: int = 1
    version: Annotated[str, Meta(max_length=64)] | None = None


class Nominate(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Propose a colleague for an award; once granted, `message` is what everybody reads (`private`: only they)."""

    programme: Annotated[str, Meta(max_length=36)]
    person: Annotated[str, Meta(max_length=36)]
    message: Annotated[str, Meta(max_length=10_000)]
    kudos: Annotated[str, Meta(max_length=36)] | None = None
    private: bool = False
    id: Annotated[str, Meta(max_length=36)] | None = None


class NominationOut(msgspec.Struct, frozen=True, kw_only=True):
    """Whom one has proposed, and what has become of it. `approval` leads to where it stands, `kudos` to the award."""

    id: str
    programme: str
    person: PersonRef
    points: int
    state: Literal["open", "granted", "declined", "cancelled"]
    created_at: datetime
    approval: str | None
    kudos: str | None


class NominationPage(msgspec.Struct, frozen=True):
    """One's own proposals, the newest first; `next` is the cursor after them."""

    items: list[NominationOut]
    next: str | None


class BudgetOut(msgspec.Struct, frozen=True, kw_only=True):
    """A department's award budget in points: what came in is spent, held and free. At the pace so far it lasts
    `until` that day, or `left` are left at the end (`until` null)."""

    department: DepartmentRef
    spent: int
    held: int
    free: int
    until: date | None
    left: int

    @property
    def total(self) -> int:
        """What has come in."""
        return self.spent + self.held + self.free


class BudgetList(msgspec.Struct, frozen=True, kw_only=True):
    """The budgets that the reader looks after, of a period with its first and last day."""

    period: str
    first: date
    last: date
    items: list[BudgetOut]


class Fund(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Points for a department's budget of the present period; fewer than none take free points away. With the same
    `id` (a UUIDv7) it happens once."""

    points: Annotated[int, Meta(ge=-1_000_000_000, le=1_000_000_000)]
    id: Annotated[str, Meta(max_length=36)] | None = None
