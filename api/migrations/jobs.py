"""Work that is done after the answer: the table of jobs."""

from __future__ import annotations

from collections.abc import Sequence

from api.core.database import Dialect


def jobs(dialect: Dialect) -> Sequence[str]:
    """One row a job. Those that are done go after a week, those that failed stay until somebody decides."""
    lite = dialect == "sqlite"
    uuid = "TEXT" if lite else "UUID"
    end = "WITHOUT ROWID" if lite else ""
    return [
        f"""CREATE TABLE job (
            id {uuid} PRIMARY KEY, kind TEXT NOT NULL, subject_id {uuid}, detail TEXT NOT NULL DEFAULT '',
            unique_key TEXT UNIQUE, state TEXT NOT NULL DEFAULT 'waiting'
                CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
            run_at BIGINT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, lease_token {uuid}, lease_until BIGINT,
            progress INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0,
            error TEXT NOT NULL DEFAULT '', created_at BIGINT NOT NULL, started_at BIGINT, ended_at BIGINT) {end}""",
        "CREATE INDEX job_due ON job (run_at) WHERE state = 'waiting'",
        "CREATE INDEX job_leased ON job (lease_until) WHERE state = 'running'",
        "CREATE INDEX job_shown ON job (state, id)",
        "CREATE INDEX job_subject ON job (subject_id)",
    ]
