"""Links that work once (invitations, forgotten passwords), and people who were erased."""

from __future__ import annotations

from collections.abc import Sequence

from api.core.database import Dialect


def privacy(dialect: Dialect) -> Sequence[str]:
    lite = dialect == "sqlite"
    uuid = "TEXT" if lite else "UUID"
    end = "WITHOUT ROWID" if lite else ""
    return [
        "ALTER TABLE person ADD COLUMN erased_at BIGINT",
        f"""CREATE TABLE link (
            token_hash TEXT PRIMARY KEY, purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'password')),
            person_id {uuid} NOT NULL REFERENCES person (id), made_by {uuid} REFERENCES person (id),
            created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, used_at BIGINT) {end}""",
        "CREATE INDEX link_person ON link (person_id)",
        "CREATE INDEX link_expiry ON link (expires_at)",
        # Who is yet to come in
        "CREATE INDEX person_without_password ON person (id) WHERE password_hash = '' AND deactivated_at IS NULL",
    ]
