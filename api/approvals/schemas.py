"""Cases as JSON and pages show them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from api.people.schemas import PersonRef


class Meter(msgspec.Struct, frozen=True, kw_only=True):
    """A budget as a bar: what is `spent`, what is `held` for others, what `this` case takes, of a `total`."""

    spent: int
    held: int
    this: int
    total: int


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """A line of what is needed to decide. `tone`: "ok", "bad" or empty."""

    label: str
    text: str
    tone: Literal["", "ok", "bad"] = ""
    meter: Meter | None = None


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """Something that whoever approves can tick; its code comes with the decision."""

    code: str
    label: str
    ticked: bool = False


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """What a case is about, in the reader's language.

    `about` is a short line like "Award for Aylin Demir", `title` what it is. `words_html` are somebody's words,
    already safe to show; `warning` a sentence that deserves a thought, `option` its remedy. `reasons` are short
    sentences for declining, `url` where there is more to read (or empty).
    """

    about: str
    title: str
    facts: list[Fact] = []
    words_html: str = ""
    words_language: str = ""
    warning: str = ""
    option: Option | None = None
    reasons: list[str] = []
    url: str = ""


class StepOut(msgspec.Struct, frozen=True, kw_only=True):
    """One decision of a case: who may take it, or who took it (`acting_for`: as whose deputy)."""

    number: int
    who: Literal["manager", "budget", "hr", "second"]
    state: Literal["later", "open", "approved", "declined", "skipped"]
    deciders: list[PersonRef]
    decided_by: PersonRef | None
    acting_for: PersonRef | None
    decided_at: datetime | None
    due_at: datetime | None
    reason: str
    escalated: bool


class ApprovalOut(msgspec.Struct, frozen=True, kw_only=True):
    """A case. `step` is the number of the step that waits for the reader (None: none does), `acting_for` whom they
    decide for as a deputy. Nobody but HR and those who decide sees it besides the one who asked."""

    id: str
    kind: str
    kind_name: str
    state: Literal["open", "approved", "declined", "cancelled"]
    case: Case
    requester: PersonRef
    concerned: PersonRef
    amount: int
    unit: Literal["points", "cents", ""]
    created_at: datetime
    ended_at: datetime | None
    steps: list[StepOut]
    step: int | None
    acting_for: PersonRef | None
    overdue: bool
    undo: str | None


class ApprovalPage(msgspec.Struct, frozen=True):
    """Cases; `next` is the cursor after them."""

    items: list[ApprovalOut]
    next: str | None


class Decide(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A decision on one or more cases. `step` is the step that was seen (for a single case). A decline needs a
    reason."""

    approvals: Annotated[list[str], Meta(min_length=1, max_length=100)]
    decision: Literal["approve", "decline"]
    reason: Annotated[str, Meta(max_length=5_000)] = ""
    choice: Annotated[str, Meta(max_length=40)] = ""
    step: Annotated[int, Meta(ge=1, le=20)] | None = None


class Refused(msgspec.Struct, frozen=True):
    """A case that could not be decided, and why."""

    approval: str
    detail: str


class DecidedOut(msgspec.Struct, frozen=True, kw_only=True):
    """What was decided; `decision` can be undone until `settles_at`, and only then takes effect."""

    decision: str
    decided: list[str]
    refused: list[Refused]
    settles_at: datetime


class DeputyOut(msgspec.Struct, frozen=True, kw_only=True):
    """Who decides for whom, from which day to which (both included)."""

    id: str
    person: PersonRef
    deputy: PersonRef
    from_day: str
    until_day: str


class DeputyList(msgspec.Struct, frozen=True):
    """Present and coming ones: mine, and those in which I stand in."""

    mine: list[DeputyOut]
    for_others: list[DeputyOut]


class NameDeputy(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Somebody decides for me from one day to another, both included (like 2026-03-02)."""

    deputy: str
    from_day: Annotated[str, Meta(max_length=10)]
    until_day: Annotated[str, Meta(max_length=10)]


class RuleOut(msgspec.Struct, frozen=True, kw_only=True):
    """Who decides a kind of case. Amounts are in the unit; null: no such limit."""

    kind: str
    name: str
    unit: Literal["points", "cents", ""]
    first: Literal["manager", "budget", "hr"]
    free_up_to: int | None
    two_above: int | None
    hr_above: int | None
    together: bool
    due_days: int
    version: str


class RuleList(msgspec.Struct, frozen=True):
    """The rules of all kinds of cases."""

    items: list[RuleOut]


class ChangeRule(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A rule as it is to be."""

    version: Annotated[str, Meta(max_length=64)]
    first: Literal["manager", "budget", "hr"]
    free_up_to: int | None = None
    two_above: int | None = None
    hr_above: int | None = None
    together: bool = False
    due_days: int = 5
