"""Thanks, what people answer to them, and the rollups kept in the same transaction."""

from __future__ import annotations

from piccolo.columns import BigInt, Boolean, Integer, Text, Varchar
from piccolo.table import Table

from api.core.database.columns import Id


class Value(Table, tablename="value"):
    """One of the organisation's values that a kudos is tied to."""

    id = Id(primary_key=True)
    key = Varchar()
    name_de = Varchar()
    name_en = Varchar()
    hint_de = Text()
    hint_en = Text()
    position = Integer()
    archived_at = BigInt(null=True)


class Kudos(Table, tablename="kudos"):
    """Thanks from one giver to one or more recipients.

    `position` is the server time in microseconds * 1000 plus a random part: the feed's order and cursor.
    Notifications wait until `delivered_at` (set once `deliver_at` has passed); until then the giver can
    take the kudos back. `version` rises with every change that a card shows. Each recipient gets `points` from the
    giver and `points_added` from those who comment.
    """

    id = Id(primary_key=True)
    position = BigInt()
    giver_id = Id()
    giver_department_id = Id()
    message = Text()
    language = Varchar()
    value_id = Id(null=True)
    private = Boolean()
    deliver_at = BigInt()
    delivered_at = BigInt(null=True)
    edited_at = BigInt(null=True)
    withdrawn_at = BigInt(null=True)
    hidden_at = BigInt(null=True)
    hidden_by = Id(null=True)
    hidden_reason = Text()
    version = Integer()
    points = Integer()
    points_added = Integer()
    me_too = Integer()
    strong = Integer()
    learned = Integer()
    award_id = Id(null=True)
    comments = Integer()


class KudosRecipient(Table, tablename="kudos_recipient"):
    """Whom a kudos thanks, with the department at that time."""

    kudos_id = Id(primary_key=True)
    person_id = Id()
    department_id = Id()
    position = BigInt()


class KudosEdge(Table, tablename="kudos_edge"):
    """Which departments a kudos joins: one row for each department among its recipients."""

    kudos_id = Id(primary_key=True)
    giver_department_id = Id()
    recipient_department_id = Id()
    position = BigInt()


class KudosMention(Table, tablename="kudos_mention"):
    """Who is named in a message."""

    kudos_id = Id(primary_key=True)
    person_id = Id()


class Reaction(Table, tablename="reaction"):
    """One person's short answer to a kudos; one of each kind at most."""

    kudos_id = Id(primary_key=True)
    person_id = Id()
    kind = Varchar()
    created_at = BigInt()


class Comment(Table, tablename="comment"):
    """What someone wrote under a kudos."""

    id = Id(primary_key=True)
    kudos_id = Id()
    author_id = Id()
    message = Text()
    points = Integer()
    created_at = BigInt()
    edited_at = BigInt(null=True)
    withdrawn_at = BigInt(null=True)
    hidden_at = BigInt(null=True)
    hidden_by = Id(null=True)
    hidden_reason = Text()


class Report(Table, tablename="report"):
    """Someone asks HR to look at a kudos or a comment. `outcome` is empty, "hidden", "kept" or "withdrawn"."""

    id = Id(primary_key=True)
    kudos_id = Id()
    comment_id = Id(null=True)
    reporter_id = Id()
    reason = Text()
    created_at = BigInt()
    resolved_at = BigInt(null=True)
    resolved_by = Id(null=True)
    outcome = Varchar()


class EdgeWeek(Table, tablename="edge_week"):
    """Rollup: public, visible kudos from one department to another in a week (Monday, days since 1970)."""

    giver_department_id = Id(primary_key=True)
    recipient_department_id = Id()
    week = Integer()
    thanks = Integer()


class PersonTally(Table, tablename="person_tally"):
    """Rollup over public, visible kudos: received for a "value", received "from" and given "to" departments."""

    person_id = Id(primary_key=True)
    facet = Varchar()
    key_id = Id()
    thanks = Integer()
