"""Feedback after visits and edges afterwards, as JSON and pages show them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from api.people.schemas import DepartmentRef, PersonRef
from api.rotations.effect_rules import Comparison
from api.rotations.feedback_rules import Per, Side

FeedbackState = Literal["", "draft", "sent"]


class PastVisit(msgspec.Struct, frozen=True, kw_only=True):
    """A visit that has taken place. `host` looked after it (None: nobody did). `mine` is what there is of the reader's
    own feedback, `side` which side that is (None: HR, who only reads)."""

    id: str
    programme: str
    visitor: PersonRef
    host: PersonRef | None
    home: DepartmentRef
    hosting: DepartmentRef
    starts_at: datetime
    ends_at: datetime
    side: Side | None
    mine: FeedbackState
    visitor_sent: bool
    host_sent: bool


class PastVisits(msgspec.Struct, frozen=True):
    """Visits that have taken place, the latest first; `next` is the cursor after them."""

    items: list[PastVisit]
    next: str | None


class ErrorOut(msgspec.Struct, frozen=True, kw_only=True):
    """An error of `provider` that costs `customer` something; see feedback_rules.ErrorLine."""

    what: str
    times: int
    per: Per
    minutes: int | None
    cents: int | None
    provider: str
    customer: str
    reported_at: datetime | None
    after_visit: bool


class FeedbackOut(msgspec.Struct, frozen=True, kw_only=True):
    """What one side says. `idea` is what became of what they will change; `edited`: changed after it was sent, which
    its author may do until `change_until`."""

    id: str
    author: PersonRef
    side: Side
    surprised: str
    will_change: str
    errors: list[ErrorOut]
    state: FeedbackState
    sent_at: datetime | None
    edited: bool
    change_until: datetime | None
    idea: str | None


class VisitFeedback(msgspec.Struct, frozen=True, kw_only=True):
    """A visit with what both sides say: one's own, sent or not, and what others have sent."""

    visit: PastVisit
    mine: FeedbackOut | None
    others: list[FeedbackOut]


class FeedbackLine(msgspec.Struct, frozen=True):
    """Feedback in HR's list, with its visit."""

    visit: PastVisit
    said: FeedbackOut


class FeedbackPage(msgspec.Struct, frozen=True):
    """What was sent, the latest first."""

    items: list[FeedbackLine]
    next: str | None


class WriteError(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An error; `reverse` False: from the visitor's department to the host's."""

    what: Annotated[str, Meta(max_length=1_000)]
    times: int = 1
    per: Per = "week"
    minutes: int | None = None
    cents: int | None = None
    reverse: bool = False


class WriteFeedback(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What you say. `idea`: what you will change is for everybody to read and to support (when it is sent)."""

    surprised: Annotated[str, Meta(max_length=10_000)] = ""
    will_change: Annotated[str, Meta(max_length=10_000)] = ""
    errors: Annotated[list[WriteError], Meta(max_length=50)] = []
    idea: bool = False


class ReportError(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An error that has arrived in everyday work."""

    what: Annotated[str, Meta(max_length=1_000)]
    times: int = 1
    per: Per = "once"
    minutes: int | None = None
    cents: int | None = None


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """How many of a department's people have worked in the other: before the visits, and by now. All None where the
    department is so small that numbers would be names."""

    department: DepartmentRef
    people: int | None
    before: int | None
    now: int | None


class EdgeEffect(msgspec.Struct, frozen=True, kw_only=True):
    """An edge around the visits of a programme. Weeks are Mondays, days since 1970.

    `weeks` equally long stretches before `visits_from` and from `visits_until` on are compared; 0 while it is too early
    (fewer than 4 weeks afterwards) or nobody has visited anybody. `thanks` from customer to provider, `returned` the
    other way; each list counts the weeks from `first` on. `reported` counts errors from everyday work by week; what
    visitors found stands in `errors` only, because whoever looks finds more. `errors` is None for readers of other
    departments.
    """

    dependency_id: str
    provider: DepartmentRef
    customer: DepartmentRef
    handover: str
    programme: str
    programmes: list[tuple[str, str]]
    visits: int
    weeks: int
    first: int
    visits_from: int
    visits_until: int
    thanks: list[int]
    returned: list[int]
    reported: list[int]
    thanks_change: Comparison | None
    returned_change: Comparison | None
    reported_change: Comparison | None
    coverage: list[Coverage]
    found: int
    minutes_a_month: int
    errors: list[ErrorOut] | None
    may_report: bool
