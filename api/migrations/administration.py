"""Administration: who stands in, who left when, what is archived, and every change with what was before."""

from __future__ import annotations

from collections.abc import Sequence

from api.core.database import Dialect


def administration(dialect: Dialect) -> Sequence[str]:
    lite = dialect == "sqlite"
    uuid = "TEXT" if lite else "UUID"
    end = "WITHOUT ROWID" if lite else ""
    return [
        f"ALTER TABLE person ADD COLUMN deputy_id {uuid} REFERENCES person (id)",
        "ALTER TABLE person ADD COLUMN left_on TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE department ADD COLUMN archived_at BIGINT",
        # Administration lists everybody by name, wherever they work, those who left too
        "CREATE INDEX person_listed ON person (search, id)",
        "CREATE INDEX person_left ON person (search, id) WHERE deactivated_at IS NOT NULL",
        "CREATE INDEX person_working ON person (department_id) WHERE deactivated_at IS NULL",
        "CREATE INDEX person_deputy ON person (deputy_id) WHERE deputy_id IS NOT NULL",
        "CREATE INDEX person_roles ON person (roles) WHERE roles <> ''",
        "CREATE INDEX department_manager ON department (manager_id) WHERE manager_id IS NOT NULL",
        f"""CREATE TABLE change (
            id {uuid} PRIMARY KEY, at BIGINT NOT NULL, actor_id {uuid}, kind TEXT NOT NULL, subject_id {uuid},
            before TEXT NOT NULL, after TEXT NOT NULL, part_of {uuid} REFERENCES change (id),
            undoes_id {uuid} REFERENCES change (id)) {end}""",
        "CREATE INDEX change_subject ON change (subject_id, id)",
        "CREATE INDEX change_actor ON change (actor_id, id)",
        "CREATE INDEX change_part ON change (part_of, id) WHERE part_of IS NOT NULL",
        "CREATE INDEX change_undone ON change (undoes_id) WHERE undoes_id IS NOT NULL",
    ]
