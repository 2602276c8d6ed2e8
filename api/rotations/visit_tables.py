"""What becomes of visits once people were told of them. `*_at` and `at` are microseconds since the epoch."""

from __future__ import annotations

from piccolo.columns import BigInt, Boolean, Text, Varchar
from piccolo.table import Table

from api.core.database.columns import Id


class VisitAnswer(Table, tablename="visit_answer"):
    """What was last answered about the visit `uid`, by its person or, "objected", by a manager.

    `other_time`: another time would do; otherwise the person does not go there in this programme."""

    uid = Id(primary_key=True)
    person_id = Id()
    answer = Varchar()
    reason = Text()
    other_time = Boolean()
    at = BigInt()


class VisitOffer(Table, tablename="visit_offer"):
    """`from_id` asks a colleague, `to_id`, to make the visit. `state`: open, taken, refused, withdrawn."""

    id = Id(primary_key=True)
    visit_id = Id()
    from_id = Id()
    to_id = Id()
    state = Varchar()
    at = BigInt()
    ended_at = BigInt(null=True)


class CalendarFeed(Table, tablename="calendar_feed"):
    """A person's secret address for calendar programs; only the hash of its secret. `read_at`: last fetched."""

    person_id = Id(primary_key=True)
    token_hash = Varchar()
    made_at = BigInt()
    read_at = BigInt(null=True)


VISIT_TABLES: tuple[type[Table], ...] = (VisitAnswer, VisitOffer, CalendarFeed)
