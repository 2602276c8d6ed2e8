"""What waits for a decision, who may take it, who stands in for whom, and HR's rules."""

from __future__ import annotations

from piccolo.columns import BigInt, Boolean, Integer, SmallInt, Text, Varchar
from piccolo.table import Table

from api.core.database.columns import Id


class Approval(Table, tablename="approval"):
    """A case. `subject_id` is the row of the slice that asks (`kind`); `requester_id` asked, `concerned_id` is whom
    it is about, `department_id` whose budget pays. `amount` counts in the kind's unit. `position` orders pages."""

    id = Id(primary_key=True)
    position = BigInt()
    kind = Varchar()
    subject_id = Id()
    requester_id = Id()
    concerned_id = Id()
    department_id = Id(null=True)
    amount = BigInt()
    state = Varchar()
    created_at = BigInt()
    ended_at = BigInt(null=True)


class ApprovalStep(Table, tablename="approval_step"):
    """One decision of a case. `state`: later, open, done, skipped. An open step with a `decision` can still be undone
    until `settle_at`; `decision_id` is shared by what was decided in one go. `decided_for` is whom a deputy acted for.
    """

    approval_id = Id(primary_key=True)
    number = SmallInt()
    who = Varchar()
    state = Varchar()
    opened_at = BigInt(null=True)
    due_at = BigInt(null=True)
    escalations = Integer()
    decision = Varchar()
    decision_id = Id(null=True)
    decided_by = Id(null=True)
    decided_for = Id(null=True)
    reason = Text()
    choice = Varchar()
    decided_at = BigInt(null=True)
    settle_at = BigInt(null=True)


class ApprovalDecider(Table, tablename="approval_decider"):
    """Who may take an open step, as a rule one person, of HR all. Gone when the step is over. `why`: asked,
    escalated."""

    approval_id = Id(primary_key=True)
    number = SmallInt()
    person_id = Id()
    why = Varchar()


class Deputyship(Table, tablename="deputyship"):
    """`deputy_id` decides for `person_id` from `from_at` until before `until_at`; the days are as they were typed."""

    id = Id(primary_key=True)
    person_id = Id()
    deputy_id = Id()
    from_day = Varchar()
    until_day = Varchar()
    from_at = BigInt()
    until_at = BigInt()
    created_at = BigInt()


class ApprovalRule(Table, tablename="approval_rule"):
    """HR's rule for a kind of case; there is a row only where it differs from the kind's own."""

    kind = Varchar(primary_key=True)
    first = Varchar()
    free_up_to = BigInt(null=True)
    two_above = BigInt(null=True)
    hr_above = BigInt(null=True)
    together = Boolean()
    due_days = SmallInt()
