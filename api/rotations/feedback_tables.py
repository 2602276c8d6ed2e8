"""What people say after a visit, and errors that were reported on an edge."""

from __future__ import annotations

from piccolo.columns import BigInt, Integer, Text, Varchar
from piccolo.table import Table

from api.core.database.columns import Id


class VisitFeedback(Table, tablename="visit_feedback"):
    """One side's feedback; `side` is "visitor" or "host". As long as it is a draft, only its author sees it."""

    id = Id(primary_key=True)
    visit_id = Id()
    author_id = Id()
    side = Varchar()
    surprised = Text()
    will_change = Text()
    state = Varchar()
    changed_at = BigInt()
    sent_at = BigInt(null=True)


class ErrorReport(Table, tablename="error_report"):
    """An error of the provider that costs the customer something: `times` per "once", "day", "week" or "month", each
    so many minutes or cents. Reported `at`, in feedback or in everyday work (`feedback_id` NULL); `at` NULL in a
    draft."""

    id = Id(primary_key=True)
    feedback_id = Id(null=True)
    author_id = Id()
    provider_id = Id()
    customer_id = Id()
    what = Text()
    times = Integer()
    per = Varchar()
    minutes = Integer(null=True)
    cents = Integer(null=True)
    at = BigInt(null=True)


FEEDBACK_TABLES: tuple[type[Table], ...] = (VisitFeedback, ErrorReport)
