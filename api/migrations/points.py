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
        # Whoever has a row got a period's allowance: it is granted once, whatever clocks and restarts do.
        f"""CREATE TABLE allowance (
            period TEXT NOT NULL, person_id {uuid} NOT NULL, amount INTEGER NOT NULL CHECK (amount >= 0),
            PRIMARY KEY (person_id, period)) {end}""",
        """CREATE TABLE points_settings (
            id SMALLINT PRIMARY KEY CHECK (id = 1), enabled SMALLINT NOT NULL DEFAULT 0,
            hidden SMALLINT NOT NULL DEFAULT 0,
            rhythm TEXT NOT NULL DEFAULT 'month' CHECK (rhythm IN ('week', 'month')),
            amount INTEGER NOT NULL DEFAULT 100, amount_manager INTEGER NOT NULL DEFAULT 100,
            amount_hr INTEGER NOT NULL DEFAULT 100, carry_percent INTEGER NOT NULL DEFAULT 200,
            ring_percent INTEGER NOT NULL DEFAULT 0, levels TEXT NOT NULL DEFAULT '',
            person_percent INTEGER NOT NULL DEFAULT 50, mutual_times INTEGER NOT NULL DEFAULT 3,
            burst_times INTEGER NOT NULL DEFAULT 10)""",
        "INSERT INTO points_settings (id) VALUES (1)",
        f"""CREATE TABLE points_alert (
            id {uuid} PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('mutual', 'burst', 'written_off')),
            giver_id {uuid} NOT NULL REFERENCES person (id), other_id {uuid} REFERENCES person (id),
            about_id {uuid} NOT NULL, amount INTEGER NOT NULL, created_at BIGINT NOT NULL,
            outcome TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'kept', 'reversed')),
            resolved_by {uuid} REFERENCES person (id), resolved_at BIGINT, reason TEXT NOT NULL DEFAULT '',
            objection TEXT NOT NULL DEFAULT '', objected_at BIGINT) {end}""",
        "CREATE INDEX points_alert_open ON points_alert (id) WHERE outcome = '' OR objected_at IS NOT NULL",
        "CREATE INDEX points_alert_giver ON points_alert (giver_id, id)",
        # Points for each recipient: the giver's, and those that others added with comments.
        "ALTER TABLE kudos ADD COLUMN points INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE kudos ADD COLUMN points_added INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE comment ADD COLUMN points INTEGER NOT NULL DEFAULT 0",
    ]
