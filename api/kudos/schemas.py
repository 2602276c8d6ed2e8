"""Thanks as JSON and pages show them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from api.kudos.rules import LONGEST_COMMENT, LONGEST_PREVIEW, LONGEST_REASON, ReactionKind
from api.people.schemas import DepartmentRef, PersonRef
from api.points.settings import MOST_POINTS

Identifier = Annotated[str, Meta(pattern="^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
ReactionName = Literal["me_too", "strong", "learned"]


class ValueRef(msgspec.Struct, frozen=True):
    """One of the organisation's values, in the reader's language."""

    id: str
    name: str
    hint: str = ""


class AwardRef(msgspec.Struct, frozen=True):
    """The award that a thank-you came with, in the reader's language; `points` are 0 where amounts are hidden."""

    name: str
    points: int


class ValueList(msgspec.Struct, frozen=True):
    """The values that can be chosen."""

    items: list[ValueRef]


class CommentView(msgspec.Struct, frozen=True, kw_only=True):
    """A comment under a kudos."""

    id: str
    author: PersonRef
    message_html: str
    sent_at: datetime
    edited: bool
    points: int = 0
    hidden_reason: str | None = None


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What everyone sees alike of a kudos, in one language; cached by (id, version, language, names' state).

    `comments` are the latest two. Each recipient got `points` from the giver and `points_added` from those who
    commented; 0 where the organisation hides amounts.
    """

    id: str
    version: int
    giver: PersonRef
    giver_department: DepartmentRef
    recipients: list[PersonRef]
    recipient_departments: list[DepartmentRef]
    message: str
    message_html: str
    language: str
    value: ValueRef | None
    private: bool
    sent_at: datetime
    edited: bool
    points: int
    points_added: int
    award: AwardRef | None
    comments: list[CommentView]


class Counts(msgspec.Struct, frozen=True):
    """How many reacted in which way, and wrote a comment."""

    me_too: int
    strong: int
    learned: int
    comments: int


class FeedItem(msgspec.Struct, frozen=True, kw_only=True):
    """A card with what changes often and what concerns only this reader.

    `position` is the cursor behind this item; `undo_until` when notifications go out (only for the giver,
    only while that is to come); `hidden_reason` is for the giver and HR.
    """

    card: Card
    position: int
    counts: Counts
    reacted: frozenset[str]
    mine: bool
    undo_until: datetime | None
    hidden_reason: str | None

    def reaction_count(self, kind: str) -> int:
        """How many gave this kind of reaction."""
        return int(getattr(self.counts, ReactionKind(kind).value))


class Feed(msgspec.Struct, frozen=True):
    """One page of the feed; `next` is the cursor for what is older, None at the end."""

    items: list[FeedItem]
    next: str | None


class KudosOut(Card, frozen=True, kw_only=True):
    """A kudos as JSON: the card with counts, this reader's reactions and, for giver and HR, why it is hidden."""

    counts: Counts
    reacted: list[ReactionName]
    hidden_reason: str | None
    undo_until: datetime | None


class FeedOut(msgspec.Struct, frozen=True):
    """One page of the feed as JSON. Pass `next` as `before` to get what is older."""

    items: list[KudosOut]
    next: str | None


class GiveKudos(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A thank-you to send. `id` may be a UUIDv7 made by the client: the same request again is the same kudos.

    `points` go to each recipient, out of one's own pot. Mentions in `message` are
    written "@Full Name" or "@{person id}".
    """

    recipients: Annotated[list[Identifier], Meta(min_length=1, max_length=50)]
    message: Annotated[str, Meta(min_length=1, max_length=10_000)]
    value: Identifier | None = None
    private: bool = False
    points: Annotated[int, Meta(ge=0, le=MOST_POINTS)] = 0
    id: Identifier | None = None


class ReviseKudos(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """New words or another value for one's own kudos; whom it thanks stays."""

    message: Annotated[str, Meta(min_length=1, max_length=10_000)]
    value: Identifier | None = None


class PreviewKudos(msgspec.Struct, forbid_unknown_fields=True):
    """Markdown to look at before it is sent."""

    message: Annotated[str, Meta(max_length=LONGEST_PREVIEW)]


class Preview(msgspec.Struct, frozen=True):
    """How it will look: safe HTML."""

    message_html: str


class WriteComment(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A comment to add; `points` go to each whom the kudos thanks, out of one's own pot."""

    message: Annotated[str, Meta(min_length=1, max_length=LONGEST_COMMENT * 4)]
    points: Annotated[int, Meta(ge=0, le=MOST_POINTS)] = 0
    id: Identifier | None = None


class ReviseComment(msgspec.Struct, forbid_unknown_fields=True):
    """New words for one's own comment."""

    message: Annotated[str, Meta(min_length=1, max_length=LONGEST_COMMENT * 4)]


class CommentList(msgspec.Struct, frozen=True):
    """All comments of a kudos that this reader may see, oldest first."""

    items: list[CommentView]


class GiveReason(msgspec.Struct, forbid_unknown_fields=True):
    """Why something is reported or hidden."""

    reason: Annotated[str, Meta(min_length=1, max_length=LONGEST_REASON * 4)]


class OpenReport(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A report to HR about a kudos, or about one comment under it."""

    reason: Annotated[str, Meta(min_length=1, max_length=LONGEST_REASON * 4)]
    comment: Identifier | None = None


class ReportOut(msgspec.Struct, frozen=True, kw_only=True):
    """An open report for HR."""

    id: str
    kudos_id: str
    comment: CommentView | None
    reporter: PersonRef
    reason: str
    sent_at: datetime


class ReportList(msgspec.Struct, frozen=True):
    """Open reports, the oldest first."""

    items: list[ReportOut]


class ReportReceipt(msgspec.Struct, frozen=True):
    """The report was passed on to HR."""

    id: str


class ResolveReport(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """HR's decision: hide what was reported (with a reason that its author reads) or keep it."""

    outcome: Literal["hidden", "kept"]
    reason: Annotated[str, Meta(max_length=LONGEST_REASON * 4)] = ""


class TallyEntry(msgspec.Struct, frozen=True):
    """A value or department with the number of thanks."""

    id: str
    name: str
    thanks: int
    department: DepartmentRef | None = None


class PersonTally(msgspec.Struct, frozen=True):
    """What a person was thanked for, by whose departments, and which departments they thanked."""

    values: list[TallyEntry]
    received_from: list[TallyEntry]
    given_to: list[TallyEntry]
