"""The first schema: people, dependencies, kudos, sign-in, events."""

from __future__ import annotations

from collections.abc import Sequence

from api.core.database import Dialect


def foundations(dialect: Dialect) -> Sequence[str]:
    lite = dialect == "sqlite"
    uuid = "TEXT" if lite else "UUID"
    # Composite keys without a hidden rowid save SQLite an index; PostgreSQL knows no such clause.
    end = "WITHOUT ROWID" if lite else ""
    false = "0" if lite else "FALSE"
    event_id = "INTEGER PRIMARY KEY AUTOINCREMENT" if lite else "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    txid = "BIGINT NOT NULL DEFAULT 0" if lite else "BIGINT NOT NULL DEFAULT pg_current_xact_id()::text::bigint"
    # On SQLite the feed's order is the table's own order.
    kudos_key = (
        f"position INTEGER PRIMARY KEY, id {uuid} NOT NULL UNIQUE"
        if lite
        else f"id {uuid} PRIMARY KEY, position BIGINT NOT NULL UNIQUE"
    )
    return [
        f"""CREATE TABLE organisation (
            id SMALLINT PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL, language TEXT NOT NULL,
            time_zone TEXT NOT NULL, demo BOOLEAN NOT NULL DEFAULT {false},
            directory_revision INTEGER NOT NULL DEFAULT 1)""",
        "INSERT INTO organisation (id, name, language, time_zone) VALUES (1, 'Gearmesh', 'en', 'UTC')",
        f"""CREATE TABLE department (
            id {uuid} PRIMARY KEY, code_de TEXT NOT NULL, code_en TEXT NOT NULL,
            name_de TEXT NOT NULL, name_en TEXT NOT NULL, purpose_de TEXT NOT NULL DEFAULT '',
            purpose_en TEXT NOT NULL DEFAULT '', hue SMALLINT NOT NULL CHECK (hue BETWEEN 1 AND 14),
            position INTEGER NOT NULL DEFAULT 0, manager_id {uuid}, cost_centre TEXT NOT NULL DEFAULT '',
            created_at BIGINT NOT NULL)""",
        f"""CREATE TABLE person (
            id {uuid} PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, given_name TEXT NOT NULL,
            search TEXT NOT NULL, job_de TEXT NOT NULL DEFAULT '', job_en TEXT NOT NULL DEFAULT '',
            department_id {uuid} NOT NULL REFERENCES department (id),
            manager_id {uuid} REFERENCES person (id), roles TEXT NOT NULL DEFAULT '',
            language TEXT NOT NULL DEFAULT '' CHECK (language IN ('', 'de', 'en')),
            time_zone TEXT NOT NULL DEFAULT '', theme TEXT NOT NULL DEFAULT '' CHECK (theme IN ('', 'light', 'dark')),
            joined_on TEXT NOT NULL DEFAULT '', password_hash TEXT NOT NULL DEFAULT '',
            deactivated_at BIGINT, created_at BIGINT NOT NULL)""",
        "CREATE INDEX person_department ON person (department_id, search)",
        "CREATE INDEX person_manager ON person (manager_id)",
        "CREATE INDEX person_search ON person (search)",
        f"""CREATE TABLE dependency (
            id {uuid} PRIMARY KEY, provider_id {uuid} NOT NULL REFERENCES department (id),
            customer_id {uuid} NOT NULL REFERENCES department (id), handover_de TEXT NOT NULL,
            handover_en TEXT NOT NULL, weight SMALLINT NOT NULL CHECK (weight BETWEEN 1 AND 5),
            error_cost_cents INTEGER CHECK (error_cost_cents >= 0), error_note_de TEXT NOT NULL DEFAULT '',
            error_note_en TEXT NOT NULL DEFAULT '', created_at BIGINT NOT NULL,
            UNIQUE (provider_id, customer_id), CHECK (provider_id <> customer_id))""",
        "CREATE INDEX dependency_customer ON dependency (customer_id)",
        f"""CREATE TABLE value (
            id {uuid} PRIMARY KEY, key TEXT NOT NULL UNIQUE, name_de TEXT NOT NULL, name_en TEXT NOT NULL,
            hint_de TEXT NOT NULL DEFAULT '', hint_en TEXT NOT NULL DEFAULT '',
            position INTEGER NOT NULL DEFAULT 0, archived_at BIGINT)""",
        f"""CREATE TABLE kudos (
            {kudos_key}, giver_id {uuid} NOT NULL REFERENCES person (id),
            giver_department_id {uuid} NOT NULL REFERENCES department (id), message TEXT NOT NULL,
            language TEXT NOT NULL CHECK (language IN ('de', 'en')), value_id {uuid} REFERENCES value (id),
            private BOOLEAN NOT NULL DEFAULT {false}, deliver_at BIGINT NOT NULL, delivered_at BIGINT,
            edited_at BIGINT, withdrawn_at BIGINT, hidden_at BIGINT, hidden_by {uuid} REFERENCES person (id),
            hidden_reason TEXT NOT NULL DEFAULT '', version INTEGER NOT NULL DEFAULT 1,
            me_too INTEGER NOT NULL DEFAULT 0 CHECK (me_too >= 0),
            strong INTEGER NOT NULL DEFAULT 0 CHECK (strong >= 0),
            learned INTEGER NOT NULL DEFAULT 0 CHECK (learned >= 0),
            comments INTEGER NOT NULL DEFAULT 0 CHECK (comments >= 0))""",
        "CREATE INDEX kudos_giver ON kudos (giver_id, position)",
        "CREATE INDEX kudos_department ON kudos (giver_department_id, position)",
        "CREATE INDEX kudos_value ON kudos (value_id, position)",
        "CREATE INDEX kudos_undelivered ON kudos (deliver_at) WHERE delivered_at IS NULL AND withdrawn_at IS NULL",
        f"""CREATE TABLE kudos_recipient (
            kudos_id {uuid} NOT NULL REFERENCES kudos (id), person_id {uuid} NOT NULL REFERENCES person (id),
            department_id {uuid} NOT NULL REFERENCES department (id), position BIGINT NOT NULL,
            PRIMARY KEY (kudos_id, person_id)) {end}""",
        "CREATE INDEX kudos_recipient_person ON kudos_recipient (person_id, position)",
        f"""CREATE TABLE kudos_edge (
            kudos_id {uuid} NOT NULL REFERENCES kudos (id),
            giver_department_id {uuid} NOT NULL REFERENCES department (id),
            recipient_department_id {uuid} NOT NULL REFERENCES department (id), position BIGINT NOT NULL,
            PRIMARY KEY (kudos_id, recipient_department_id)) {end}""",
        "CREATE INDEX kudos_edge_recipient ON kudos_edge (recipient_department_id, position, giver_department_id)",
        """CREATE INDEX kudos_edge_both ON kudos_edge
            (giver_department_id, recipient_department_id, position)""",
        f"""CREATE TABLE kudos_mention (
            kudos_id {uuid} NOT NULL REFERENCES kudos (id), person_id {uuid} NOT NULL REFERENCES person (id),
            PRIMARY KEY (kudos_id, person_id)) {end}""",
        "CREATE INDEX kudos_mention_person ON kudos_mention (person_id)",
        f"""CREATE TABLE reaction (
            kudos_id {uuid} NOT NULL REFERENCES kudos (id), person_id {uuid} NOT NULL REFERENCES person (id),
            kind TEXT NOT NULL CHECK (kind IN ('me_too', 'strong', 'learned')), created_at BIGINT NOT NULL,
            PRIMARY KEY (kudos_id, person_id, kind)) {end}""",
        f"""CREATE TABLE comment (
            id {uuid} PRIMARY KEY, kudos_id {uuid} NOT NULL REFERENCES kudos (id),
            author_id {uuid} NOT NULL REFERENCES person (id), message TEXT NOT NULL,
            created_at BIGINT NOT NULL, edited_at BIGINT, withdrawn_at BIGINT, hidden_at BIGINT,
            hidden_by {uuid} REFERENCES person (id), hidden_reason TEXT NOT NULL DEFAULT '')""",
        "CREATE INDEX comment_kudos ON comment (kudos_id, created_at)",
        f"""CREATE TABLE report (
            id {uuid} PRIMARY KEY, kudos_id {uuid} NOT NULL REFERENCES kudos (id),
            comment_id {uuid} REFERENCES comment (id), reporter_id {uuid} NOT NULL REFERENCES person (id),
            reason TEXT NOT NULL, created_at BIGINT NOT NULL, resolved_at BIGINT,
            resolved_by {uuid} REFERENCES person (id),
            outcome TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'hidden', 'kept', 'withdrawn')))""",
        "CREATE INDEX report_open ON report (created_at) WHERE resolved_at IS NULL",
        "CREATE INDEX report_kudos ON report (kudos_id)",
        f"""CREATE TABLE edge_week (
            giver_department_id {uuid} NOT NULL REFERENCES department (id),
            recipient_department_id {uuid} NOT NULL REFERENCES department (id), week INTEGER NOT NULL,
            thanks INTEGER NOT NULL CHECK (thanks >= 0),
            PRIMARY KEY (giver_department_id, recipient_department_id, week)) {end}""",
        "CREATE INDEX edge_week_recipient ON edge_week (recipient_department_id, week)",
        f"""CREATE TABLE person_tally (
            person_id {uuid} NOT NULL REFERENCES person (id),
            facet TEXT NOT NULL CHECK (facet IN ('value', 'from', 'to')), key_id {uuid} NOT NULL,
            thanks INTEGER NOT NULL CHECK (thanks >= 0), PRIMARY KEY (person_id, facet, key_id)) {end}""",
        # What is searched is folded in Python (core/text.py), so both engines find the same.
        (
            # M*: signs that Python counts as letters; a word cut in two could not be asked for (detail=none).
            "CREATE VIRTUAL TABLE kudos_search USING fts5(body, prefix='2 3', detail=none, columnsize=0,"
            " tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\")"
            if lite
            else "CREATE TABLE kudos_search (position BIGINT PRIMARY KEY, body TSVECTOR NOT NULL)"
        ),
        *([] if lite else ["CREATE INDEX kudos_search_body ON kudos_search USING GIN (body)"]),
        f"""CREATE TABLE session (
            token_hash TEXT PRIMARY KEY, id {uuid} NOT NULL UNIQUE, person_id {uuid} NOT NULL REFERENCES person (id),
            created_at BIGINT NOT NULL, last_seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,
            agent TEXT NOT NULL DEFAULT '') {end}""",
        "CREATE INDEX session_person ON session (person_id)",
        "CREATE INDEX session_expiry ON session (expires_at)",
        f"""CREATE TABLE api_token (
            id {uuid} PRIMARY KEY, person_id {uuid} NOT NULL REFERENCES person (id), name TEXT NOT NULL,
            token_hash TEXT NOT NULL UNIQUE, scopes TEXT NOT NULL, created_at BIGINT NOT NULL,
            last_used_at BIGINT, expires_at BIGINT, revoked_at BIGINT)""",
        "CREATE INDEX api_token_person ON api_token (person_id)",
        f"""CREATE TABLE sign_in_throttle (
            key TEXT PRIMARY KEY, failures INTEGER NOT NULL, since_at BIGINT NOT NULL,
            blocked_until_at BIGINT NOT NULL DEFAULT 0) {end}""",
        f"""CREATE TABLE idempotency (
            person_id {uuid} NOT NULL REFERENCES person (id), key TEXT NOT NULL, request_hash TEXT NOT NULL,
            subject_id {uuid} NOT NULL, created_at BIGINT NOT NULL, PRIMARY KEY (person_id, key)) {end}""",
        "CREATE INDEX idempotency_age ON idempotency (created_at)",
        f"""CREATE TABLE event (
            id {event_id}, txid {txid}, kind TEXT NOT NULL, actor_id {uuid}, kudos_id {uuid}, subject_id {uuid},
            detail TEXT NOT NULL DEFAULT '', created_at BIGINT NOT NULL)""",
        "CREATE INDEX event_order ON event (txid, id)",
        "CREATE INDEX event_kudos ON event (kudos_id)",
    ]
