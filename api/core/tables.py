"""What every slice shares: events, the memory of repeated requests, jobs, what administration changed."""

from __future__ import annotations

from piccolo.columns import BigInt, Text, Varchar
from piccolo.table import Table

from api.core.database.columns import Id


class Event(Table, tablename="event"):
    """Something that happened, appended in the transaction that made it happen. Ids only, never texts or names.

    Readers follow (`txid`, `id`): on PostgreSQL ids commit out of order, so `txid` is the writing
    transaction's number and only events below the snapshot's xmin are read; on SQLite it is 0.
    """

    id = BigInt(primary_key=True)
    txid = BigInt()
    kind = Varchar()
    actor_id = Id(null=True)
    kudos_id = Id(null=True)
    subject_id = Id(null=True)
    detail = Text()
    created_at = BigInt()


class Idempotency(Table, tablename="idempotency"):
    """A creation that was asked for under a key of its person: what was asked (hash) and what came of it (id)."""

    person_id = Id(primary_key=True)
    key = Varchar()
    request_hash = Varchar()
    subject_id = Id()
    created_at = BigInt()


class JobRow(Table, tablename="job"):
    """Work to do after the answer. `run_at`, `lease_until` in microseconds; `subject_id` and `detail` hold ids and
    codes, never texts or names. `lease_token` is who runs it, until `lease_until`; `progress` of `total` is for
    people who wait."""

    id = Id(primary_key=True)
    kind = Varchar()
    subject_id = Id(null=True)
    detail = Text()
    unique_key = Varchar(null=True)
    state = Varchar()
    run_at = BigInt()
    attempts = BigInt()
    lease_token = Id(null=True)
    lease_until = BigInt(null=True)
    progress = BigInt()
    total = BigInt()
    error = Varchar()
    created_at = BigInt()
    started_at = BigInt(null=True)
    ended_at = BigInt(null=True)


class Change(Table, tablename="change"):
    """Something that HR or administration changed: `before` and `after` are JSON objects of the fields that differ.

    `part_of` is the change that brought this one about (a leaver's reports get another manager), `undoes_id` the
    one that this took back. May hold names, so an erased person's are emptied. `actor_id` is empty for commands.
    """

    id = Id(primary_key=True)
    at = BigInt()
    actor_id = Id(null=True)
    kind = Varchar()
    subject_id = Id(null=True)
    before = Text()
    after = Text()
    part_of = Id(null=True)
    undoes_id = Id(null=True)
