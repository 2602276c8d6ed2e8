"""What people are told of, what they want to be told of, and where else events go."""

from __future__ import annotations

from collections.abc import Sequence

from api.core.database import Dialect


def notifications(dialect: Dialect) -> Sequence[str]:
    """Rows hold ids and codes; texts are looked up when they are shown."""
    lite = dialect == "sqlite"
    uuid = "TEXT" if lite else "UUID"
    end = "WITHOUT ROWID" if lite else ""
    true, false = ("1", "0") if lite else ("TRUE", "FALSE")
    return [
        f"""CREATE TABLE notification (
            id {uuid} PRIMARY KEY, position BIGINT NOT NULL, person_id {uuid} NOT NULL REFERENCES person (id),
            kind TEXT NOT NULL, key TEXT NOT NULL, kudos_id {uuid} REFERENCES kudos (id), subject_id {uuid},
            actor_id {uuid}, detail TEXT NOT NULL DEFAULT '', created_at BIGINT NOT NULL, read_at BIGINT,
            on_page BOOLEAN NOT NULL, hidden BOOLEAN NOT NULL DEFAULT {false},
            mail TEXT NOT NULL DEFAULT '' CHECK (mail IN ('', 'waiting', 'sent')), mail_job_id {uuid},
            UNIQUE (person_id, key)) {end}""",
        "CREATE INDEX notification_page ON notification (person_id, position) WHERE on_page",
        """CREATE INDEX notification_unread ON notification (person_id)
            WHERE on_page AND read_at IS NULL AND NOT hidden""",
        "CREATE INDEX notification_waiting ON notification (person_id) WHERE mail = 'waiting'",
        "CREATE INDEX notification_kudos ON notification (kudos_id)",
        "CREATE INDEX notification_subject ON notification (subject_id)",
        "CREATE INDEX notification_mail_job ON notification (mail_job_id)",
        "CREATE INDEX notification_age ON notification (created_at)",
        f"""CREATE TABLE notification_choice (
            person_id {uuid} PRIMARY KEY REFERENCES person (id), page TEXT NOT NULL, mail TEXT NOT NULL,
            rhythm TEXT NOT NULL CHECK (rhythm IN ('now', 'day', 'week', 'never')),
            quiet_from SMALLINT CHECK (quiet_from BETWEEN 0 AND 1439),
            quiet_until SMALLINT CHECK (quiet_until BETWEEN 0 AND 1439),
            celebrated BOOLEAN NOT NULL DEFAULT {true}) {end}""",
        # The place up to which events have been read. What happened before this release tells nobody.
        """CREATE TABLE notification_state (
            id SMALLINT PRIMARY KEY CHECK (id = 1), txid BIGINT NOT NULL, event_id BIGINT NOT NULL,
            signing_key TEXT NOT NULL DEFAULT '')""",
        """INSERT INTO notification_state (id, txid, event_id)
            SELECT 1, COALESCE(MAX(e.txid), 0), COALESCE(MAX(e.id), 0)
            FROM (SELECT txid, id FROM event ORDER BY txid DESC, id DESC LIMIT 1) e""",
        f"""CREATE TABLE endpoint (
            id {uuid} PRIMARY KEY, channel TEXT NOT NULL CHECK (channel IN ('webhook', 'slack', 'teams', 'mattermost')),
            name TEXT NOT NULL, url TEXT NOT NULL, kinds TEXT NOT NULL DEFAULT '',
            departments TEXT NOT NULL DEFAULT '', language TEXT NOT NULL CHECK (language IN ('de', 'en')),
            secret TEXT NOT NULL DEFAULT '', old_secret TEXT NOT NULL DEFAULT '', old_secret_until BIGINT,
            failures INTEGER NOT NULL DEFAULT 0, failing_since BIGINT, disabled_at BIGINT,
            created_at BIGINT NOT NULL) {end}""",
        f"""CREATE TABLE delivery (
            id {uuid} PRIMARY KEY, endpoint_id {uuid} NOT NULL REFERENCES endpoint (id), event_id BIGINT,
            kind TEXT NOT NULL, kudos_id {uuid}, subject_id {uuid}, actor_id {uuid}, occurred_at BIGINT NOT NULL,
            state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed', 'dropped')),
            attempts INTEGER NOT NULL DEFAULT 0, status SMALLINT, milliseconds INTEGER,
            error TEXT NOT NULL DEFAULT '', created_at BIGINT NOT NULL, ended_at BIGINT,
            UNIQUE (endpoint_id, event_id)) {end}""",
        "CREATE INDEX delivery_page ON delivery (endpoint_id, id)",
    ]
