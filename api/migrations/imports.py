"""Lists from other systems on their way in, and what of another product's history is here already."""

from __future__ import annotations

from collections.abc import Sequence

from api.core.database import Dialect


def imports(dialect: Dialect) -> Sequence[str]:
    """A run keeps its counts; its bytes, rows and errors go when it ends, or after a day."""
    lite = dialect == "sqlite"
    uuid = "TEXT" if lite else "UUID"
    end = "WITHOUT ROWID" if lite else ""
    false = "0" if lite else "FALSE"
    return [
        f"""CREATE TABLE import_run (
            id {uuid} PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('', 'people', 'departments', 'dependencies', 'history', 'bonusly')),
            state TEXT NOT NULL CHECK (state IN ('uploading', 'mapping', 'checking', 'fetching', 'paused', 'checked',
                'applying', 'done', 'failed', 'cancelled')),
            created_by {uuid} REFERENCES person (id), file_name TEXT NOT NULL DEFAULT '',
            size BIGINT NOT NULL DEFAULT 0, encoding TEXT NOT NULL DEFAULT '', delimiter TEXT NOT NULL DEFAULT '',
            mapping TEXT NOT NULL DEFAULT '{{}}', complete BOOLEAN NOT NULL DEFAULT {false},
            counts TEXT NOT NULL DEFAULT '{{}}', errors INTEGER NOT NULL DEFAULT 0, problem TEXT NOT NULL DEFAULT '',
            basis BIGINT NOT NULL DEFAULT 0, cursor TEXT NOT NULL DEFAULT '', holder {uuid},
            progress BIGINT NOT NULL DEFAULT 0, total BIGINT NOT NULL DEFAULT 0,
            created_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, ended_at BIGINT)""",
        "CREATE INDEX import_run_open ON import_run (seen_at) WHERE ended_at IS NULL",
        f"""CREATE TABLE import_chunk (
            import_id {uuid} NOT NULL REFERENCES import_run (id), number INTEGER NOT NULL,
            content {"BLOB" if lite else "BYTEA"} NOT NULL, PRIMARY KEY (import_id, number))""",
        # `phase` and `line` are the order in which rows are applied: managers before those they lead.
        f"""CREATE TABLE import_row (
            import_id {uuid} NOT NULL REFERENCES import_run (id), phase INTEGER NOT NULL, line INTEGER NOT NULL,
            thing TEXT NOT NULL, action TEXT NOT NULL CHECK (action IN ('new', 'changed', 'leaving', 'left_out')),
            content TEXT NOT NULL, PRIMARY KEY (import_id, phase, line)) {end}""",
        "CREATE INDEX import_row_shown ON import_row (import_id, thing, action, line)",
        f"""CREATE TABLE import_fault (
            import_id {uuid} NOT NULL REFERENCES import_run (id), number INTEGER NOT NULL, line INTEGER NOT NULL,
            field TEXT NOT NULL, content TEXT NOT NULL, message TEXT NOT NULL,
            PRIMARY KEY (import_id, number)) {end}""",
        # What came from elsewhere, by its name there: the same again is known.
        f"""CREATE TABLE kudos_origin (
            source TEXT NOT NULL, external_id TEXT NOT NULL, kudos_id {uuid} NOT NULL REFERENCES kudos (id),
            PRIMARY KEY (source, external_id)) {end}""",
        "CREATE INDEX kudos_origin_kudos ON kudos_origin (kudos_id)",
    ]
