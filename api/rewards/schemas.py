"""The catalogue and redemptions as people see them, in their language. Money is in cents, months are like "2026-03"."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from api.people.schemas import PersonRef

StateName = Literal["requested", "approved", "declined", "cancelled", "fulfilled", "refunded"]


class RewardRef(msgspec.Struct, frozen=True, kw_only=True):
    """A reward in passing. Without `picture_id` its drawing (`motif`, in the colour `hue`) is shown."""

    id: str
    title: str
    kind: str
    picture_id: str | None
    alt: str
    motif: str
    hue: int


class RewardOut(msgspec.Struct, frozen=True, kw_only=True):
    """A reward for this reader. `can`: "order", or why not: "sold_out", "later" (from `starts_on`), "limit" (they
    have had as many as each may have), "points" (`missing` so many). `over`: by how many cents this month's limit
    for benefits in kind would be broken. `left` is the stock; null: as many as are asked for."""

    reward: RewardRef
    text: str
    points: int
    cents: int
    tax_class: Literal["benefit", "taxed", "exempt"]
    fulfilment: Literal["hr", "codes"]
    left: int | None
    limit_count: int | None
    limit_period: Literal["", "month", "quarter", "year", "ever"]
    starts_on: str
    ends_on: str
    can: Literal["order", "sold_out", "later", "limit", "points"]
    missing: int
    over: int


class GuardOut(msgspec.Struct, frozen=True, kw_only=True):
    """Benefits in kind in a month: what was handed over, what is ordered for it, the limit (null: none holds)."""

    month: str
    limit: int | None
    had: int
    waiting: int


class Balance(msgspec.Struct, frozen=True):
    """Points: to spend now, and held for orders."""

    available: int
    held: int


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """A page of it, the cheapest first; pass `next` as `after`."""

    balance: Balance
    guard: GuardOut
    items: list[RewardOut]
    next: str | None


class RewardDetails(msgspec.Struct, frozen=True, kw_only=True):
    """One reward with what one needs to order it."""

    balance: Balance
    guard: GuardOut
    item: RewardOut


class StepOut(msgspec.Struct, frozen=True, kw_only=True):
    """A step of a redemption: who did it (null: nobody had to), and the reason if one was given."""

    state: StateName
    at: datetime
    actor: PersonRef | None
    reason: str


class RedemptionOut(msgspec.Struct, frozen=True, kw_only=True):
    """An order. `not_before` is the month in which it may be handed over, or empty; `waits`: that is yet to come.

    `code`: "" for one without, "waiting" until it is there, "new" until it was looked at, "shown" for ten minutes,
    then "seen".
    """

    id: str
    reward: RewardRef
    state: StateName
    points: int
    cents: int
    tax_class: Literal["benefit", "taxed", "exempt"]
    note: str
    not_before: str
    waits: bool
    taxed_ok: bool
    created_at: datetime
    changed_at: datetime
    approval_id: str | None
    with_whom: list[PersonRef]
    code: Literal["", "waiting", "new", "shown", "seen"]
    can_cancel: bool


class RedemptionDetails(msgspec.Struct, frozen=True, kw_only=True):
    """An order with its steps, the oldest first. `person_id` is whose it is."""

    person_id: str
    redemption: RedemptionOut
    steps: list[StepOut]


class RedemptionPage(msgspec.Struct, frozen=True):
    """Orders, newest first; pass `next` as `before`."""

    items: list[RedemptionOut]
    next: str | None


class OrderReward(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An order. `points` is the price that was seen; `when` says what to do if the month's limit would break."""

    id: Annotated[str, Meta(max_length=36)] | None = None
    points: int | None = None
    note: Annotated[str, Meta(max_length=5_000)] = ""
    when: Literal["now", "next_month", "now_taxed"] = "now"


class CodeOut(msgspec.Struct, frozen=True):
    """A code; it can be looked at again until then."""

    code: str
    until: datetime


class ToFulfil(msgspec.Struct, frozen=True, kw_only=True):
    """An order as HR sees it. `over`: by how many cents handing it over now would break the month's limit."""

    redemption: RedemptionOut
    person: PersonRef
    active: bool
    guard: GuardOut
    over: int


class FulfilPage(msgspec.Struct, frozen=True):
    """What is to be handed over, the oldest first (or what was, newest first); pass `next` as `after`. `others` may
    see to what among it is one's own order."""

    items: list[ToFulfil]
    next: str | None
    others: list[PersonRef] = []


class HandOver(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """`taxed`: even if the month's limit breaks."""

    taxed: bool = False


class WithReason(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Why; the person reads it."""

    reason: Annotated[str, Meta(max_length=5_000)]


class WaitsUntil(msgspec.Struct, frozen=True):
    """It is handed over in this month, not before."""

    month: str


class PayrollLine(msgspec.Struct, frozen=True, kw_only=True):
    """A person's month: the sum of what counts towards the limit, and whether that is broken. `taxed` is what
    payroll taxes: all that counts if the limit is broken, and what is always taxed."""

    person: PersonRef
    cost_centre: str
    country: str
    limit: int | None
    counted: int
    always: int
    exempt: int
    over: bool
    taxed: int


class PayrollMonth(msgspec.Struct, frozen=True, kw_only=True):
    """A month for payroll, by name; pass `next` as `after`. `exports`: who took the list."""

    month: str
    items: list[PayrollLine]
    next: str | None


class ExportOut(msgspec.Struct, frozen=True):
    """Somebody took a month's list."""

    month: str
    person: PersonRef
    rows: int
    at: datetime


class ExportList(msgspec.Struct, frozen=True):
    """The latest of them."""

    items: list[ExportOut]
