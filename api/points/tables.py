"""The ledger: who has how many points, and how they came there."""

from __future__ import annotations

from piccolo.columns import BigInt, Boolean, Varchar
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
