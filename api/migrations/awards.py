"""Award programmes and nominations; a granted award is a thank-you that names it."""

from __future__ import annotations

from collections.abc import Sequence

from api.core.database import Dialect


def awards(dialect: Dialect) -> Sequence[str]:
    lite = dialect == "sqlite"
    uuid = "TEXT" if lite else "UUID"
    end = "WITHOUT ROWID" if lite else ""
    return [
        f"""CREATE TABLE award_programme (
            id {uuid} PRIMARY KEY, name_de TEXT NOT NULL, name_en TEXT NOT NULL, text_de TEXT NOT NULL,
            text_en TEXT NOT NULL, criteria_de TEXT NOT NULL, criteria_en TEXT NOT NULL, from_day TEXT NOT NULL,
            until_day TEXT NOT NULL, nominators TEXT NOT NULL CHECK (nominators IN ('everyone', 'managers', 'others')),
            points INTEGER NOT NULL CHECK (points > 0), approvals SMALLINT NOT NULL CHECK (approvals BETWEEN 1 AND 3),
            created_at BIGINT NOT NULL, archived_at BIGINT) {end}""",
        f"""CREATE TABLE nomination (
            id {uuid} PRIMARY KEY, position BIGINT NOT NULL, programme_id {uuid} NOT NULL
                REFERENCES award_programme (id),
            nominator_id {uuid} NOT NULL REFERENCES person (id), nominee_id {uuid} NOT NULL REFERENCES person (id),
            department_id {uuid} NOT NULL REFERENCES department (id), for_kudos_id {uuid} REFERENCES kudos (id),
            message TEXT NOT NULL, language TEXT NOT NULL, private BOOLEAN NOT NULL, points INTEGER NOT NULL,
            hold_id {uuid} NOT NULL, state TEXT NOT NULL DEFAULT 'open'
                CHECK (state IN ('open', 'granted', 'declined', 'cancelled')),
            created_at BIGINT NOT NULL, ended_at BIGINT, CHECK (nominator_id <> nominee_id)) {end}""",
        # For one award, somebody is proposed once at a time
        "CREATE UNIQUE INDEX nomination_open ON nomination (programme_id, nominee_id) WHERE state = 'open'",
        "CREATE INDEX nomination_nominator ON nomination (nominator_id, position)",
        "CREATE INDEX nomination_nominee ON nomination (nominee_id)",
        "CREATE INDEX nomination_kudos ON nomination (for_kudos_id) WHERE for_kudos_id IS NOT NULL",
        f"ALTER TABLE kudos ADD COLUMN award_id {uuid} REFERENCES nomination (id)",
        "CREATE UNIQUE INDEX kudos_award ON kudos (award_id) WHERE award_id IS NOT NULL",
    ]
