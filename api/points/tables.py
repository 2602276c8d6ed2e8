"""The ledger: who has how many points, and how they came there."""

from __future__ import annotations

from piccolo.columns import BigInt, Boolean, Integer, SmallInt, Text, Varchar
from piccolo.table import Table

from api.core.database.columns import Id


class Account(Table, tablename="account"):
    """Points of one kind that belong to one owner (an opaque id), for award budgets in one period.

    A guarded account keeps `balance`, what can be spent now, and `held`, what open holds have taken out of it.
    Others (issue, redeemed, ...) keep neither, so that nobody waits for a row that all transfers touch: theirs is
    the sum of their postings.
    """

    id = Id(primary_key=True)
    kind = Varchar()
    owner_id = Id()
    period = Varchar()
    guarded = Boolean()
    balance = BigInt()
    held = BigInt()


class Transfer(Table, tablename="transfer"):
    """Why points move. A hold is a transfer that is "held": its postings count once it is "posted".

    `about_id` is what it is for (a kudos, a redemption), `at_due` what happens at `due_at` to a hold that is still
    open then: "post" or "expire".
    """

    id = Id(primary_key=True)
    kind = Varchar()
    about_id = Id(null=True)
    actor_id = Id(null=True)
    state = Varchar()
    unique_key = Varchar(null=True)
    reverses_id = Id(null=True)
    created_at = BigInt()
    due_at = BigInt(null=True)
    at_due = Varchar()
    settled_at = BigInt(null=True)


class Posting(Table, tablename="posting"):
    """One account's share in a transfer; those of a transfer sum to zero and are never edited."""

    transfer_id = Id(primary_key=True)
    account_id = Id()
    amount = BigInt()


class Allowance(Table, tablename="allowance"):
    """Somebody got what a period gives (of an `amount`, for joiners a part of the whole): never twice."""

    period = Varchar(primary_key=True)
    person_id = Id()
    amount = Integer()


class PointsSettings(Table, tablename="points_settings"):
    """How the organisation uses points; one row. What the fields mean stands in `rules.PointRules`."""

    id = SmallInt(primary_key=True)
    enabled = SmallInt()
    hidden = SmallInt()
    rhythm = Varchar()
    amount = Integer()
    amount_manager = Integer()
    amount_hr = Integer()
    carry_percent = Integer()
    ring_percent = Integer()
    levels = Text()
    person_percent = Integer()
    mutual_times = Integer()
    burst_times = Integer()
    budget_rhythm = Varchar()


class PointsAlert(Table, tablename="points_alert"):
    """Something HR should look at: a pattern ("mutual", "burst"), or points that a reversal could not take back.

    `about_id` is the kudos or comment, `amount` how many times, or how many points. `outcome` is empty, "kept" or
    "reversed"; `reason` is HR's, `objection` the giver's, open while there is an `objected_at`.
    """

    id = Id(primary_key=True)
    kind = Varchar()
    giver_id = Id()
    other_id = Id(null=True)
    about_id = Id()
    amount = Integer()
    created_at = BigInt()
    outcome = Varchar()
    resolved_by = Id(null=True)
    resolved_at = BigInt(null=True)
    reason = Text()
    objection = Text()
    objected_at = BigInt(null=True)
