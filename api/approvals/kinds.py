"""What a slice says of the cases that it has approved, and where they are kept. This slice knows none of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Literal

import msgspec

from api.approvals.rules import Rule
from api.approvals.schemas import Case
from api.core.i18n import Language, Message

Unit = Literal["points", "cents", ""]


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A case as hooks get it. `choice` is the code of the option that whoever decided has ticked, `reason` what
    they wrote when declining, `decided_by` who it was last (None: nobody was asked, or it was cancelled)."""

    id: str
    kind: str
    subject_id: str
    requester_id: str
    concerned_id: str
    department_id: str | None
    amount: int
    reason: str = ""
    choice: str = ""
    decided_by: str | None = None


Hook = Callable[[Request], Awaitable[None]]
Describe = Callable[[Language, Sequence[str]], Awaitable[Mapping[str, Case]]]


class ApprovalKind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of case.

    Hooks run inside the transaction that settles the case, exactly once, and may be repeated by the database as
    every body: they change nothing outside of it. `on_approved`, `on_declined` and `on_cancelled` carry out what
    follows. `check` (optional) raises a DomainError where an approval cannot be given now, before it is noted.
    `describe` puts cases into words by subject id, in a constant number of statements; one that is missing there
    is shown as a case without details.
    """

    name: str
    title: Message
    unit: Unit
    describe: Describe
    on_approved: Hook
    on_declined: Hook
    on_cancelled: Hook
    check: Hook | None = None
    rule: Rule = Rule()


_kinds: dict[str, ApprovalKind] = {}


def use_kinds(kinds: Sequence[ApprovalKind]) -> None:
    """The kinds of this process, from now on (api/cases.py collects them)."""
    _kinds.clear()
    _kinds.update({kind.name: kind for kind in kinds})


def kind_named(name: str) -> ApprovalKind:
    """The kind of this name. Raises LookupError."""
    return _kinds[name]


def all_kinds() -> list[ApprovalKind]:
    """All kinds in the order of their registration."""
    return list(_kinds.values())
