"""Points: accounts, transfers with their postings, what was granted when, and what HR should look at."""

from __future__ import annotations

from collections.abc import Sequence

from api.core.database import Dialect


def points(dialect: Dialect) -> Sequence[str]:
    """Owners of accounts are ids without a reference: the ledger stays whole whatever becomes of people."""
    lite = dialect == "sqlite"
    uuid = "TEXT" if lite else "UUID"
    end = "WITHOUT ROWID" if lite else ""
    return [
        f"""CREATE TABLE account (
            id {uuid} PRIMARY KEY, kind TEXT NOT NULL, owner_id {uuid} NOT NULL, period TEXT NOT NULL DEFAULT '',
            guarded BOOLEAN NOT NULL, balance BIGINT NOT NULL DEFAULT 0 CHECK (balance >= 0),
            held BIGINT NOT NULL DEFAULT 0 CHECK (held >= 0), UNIQUE (owner_id, kind, period)) {end}""",
        f"""CREATE TABLE transfer (
            id {uuid} PRIMARY KEY, kind TEXT NOT NULL, about_id {uuid}, actor_id {uuid},
            state TEXT NOT NULL CHECK (state IN ('held', 'posted', 'voided', 'expired')),
            unique_key TEXT UNIQUE, reverses_id {uuid} UNIQUE REFERENCES transfer (id), created_at BIGINT NOT NULL,
            due_at BIGINT, at_due TEXT NOT NULL DEFAULT '' CHECK (at_due IN ('', 'post', 'expire')),
            settled_at BIGINT, CHECK ((state = 'held') = (settled_at IS NULL))) {end}""",
        "CREATE INDEX transfer_about ON transfer (about_id)",
        "CREATE INDEX transfer_actor ON transfer (actor_id, id)",
        "CREATE INDEX transfer_due ON transfer (due_at) WHERE state = 'held' AND due_at IS NOT NULL",
        f"""CREATE TABLE posting (
            transfer_id {uuid} NOT NULL REFERENCES transfer (id), account_id {uuid} NOT NULL REFERENCES account (id),
            amount BIGINT NOT NULL CHECK (amount <> 0), PRIMARY KEY (transfer_id, account_id)) {end}""",
        "CREATE INDEX posting_account ON posting (account_id, transfer_id)",
    ]
