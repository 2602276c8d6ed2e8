"""Job rotations: programmes with their blocks, facts of departments and people, plans, visits, publications."""

from __future__ import annotations

from collections.abc import Sequence

from api.core.database import Dialect


def rotations(dialect: Dialect) -> Sequence[str]:
    """Scope, participants and the like are JSON: they are read and written as a whole."""
    lite = dialect == "sqlite"
    uuid = "TEXT" if lite else "UUID"
    blob = "BLOB" if lite else "BYTEA"
    end = "WITHOUT ROWID" if lite else ""
    false = "0" if lite else "FALSE"
    person = f"{uuid} REFERENCES person (id)"
    real = "DOUBLE PRECISION"
    return [
        f"""CREATE TABLE programme (
            id {uuid} PRIMARY KEY, name TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'archived')),
            starts_on TEXT NOT NULL, ends_on TEXT NOT NULL, time_zone TEXT NOT NULL, pattern TEXT NOT NULL,
            scope TEXT NOT NULL DEFAULT '[]', participants TEXT NOT NULL DEFAULT '{{}}',
            rules TEXT NOT NULL DEFAULT '{{}}', goals TEXT NOT NULL DEFAULT '{{}}', version INTEGER NOT NULL DEFAULT 1,
            answer_by TEXT NOT NULL DEFAULT '', created_by {person}, created_at BIGINT NOT NULL, published_at BIGINT,
            archived_at BIGINT)""",
        f"""CREATE TABLE programme_block (
            programme_id {uuid} NOT NULL REFERENCES programme (id), number INTEGER NOT NULL, starts_at BIGINT NOT NULL,
            ends_at BIGINT NOT NULL, closed BOOLEAN NOT NULL DEFAULT {false}, PRIMARY KEY (programme_id, number),
            CHECK (ends_at > starts_at)) {end}""",
        f"""CREATE TABLE training (
            id {uuid} PRIMARY KEY, programme_id {uuid} NOT NULL REFERENCES programme (id),
            home_id {uuid} REFERENCES department (id), host_id {uuid} NOT NULL REFERENCES department (id),
            joined_since TEXT NOT NULL DEFAULT '', by_day TEXT NOT NULL DEFAULT '')""",
        "CREATE INDEX training_programme ON training (programme_id, id)",
        f"""CREATE TABLE programme_ban (
            id {uuid} PRIMARY KEY, programme_id {uuid} NOT NULL REFERENCES programme (id), person_id {person},
            home_id {uuid} REFERENCES department (id), host_id {uuid} REFERENCES department (id), block INTEGER,
            made_by {person}, made_at BIGINT NOT NULL)""",
        "CREATE INDEX programme_ban_programme ON programme_ban (programme_id, id)",
        "CREATE INDEX programme_ban_person ON programme_ban (person_id) WHERE person_id IS NOT NULL",
        f"""CREATE TABLE hosting (
            department_id {uuid} PRIMARY KEY REFERENCES department (id), capacity SMALLINT NOT NULL DEFAULT 1
            CHECK (capacity BETWEEN 0 AND 99), minimum TEXT NOT NULL DEFAULT '[0,0,0,0,0,0,0]',
            requires TEXT NOT NULL DEFAULT '[]', instruction TEXT NOT NULL DEFAULT '', access TEXT NOT NULL DEFAULT '',
            place TEXT NOT NULL DEFAULT '', briefing TEXT NOT NULL DEFAULT '', changed_by {person},
            changed_at BIGINT NOT NULL DEFAULT 0)""",
        f"""CREATE TABLE buddy (
            department_id {uuid} NOT NULL REFERENCES department (id), person_id {uuid} NOT NULL REFERENCES person (id),
            PRIMARY KEY (department_id, person_id)) {end}""",
        "CREATE INDEX buddy_person ON buddy (person_id)",
        f"""CREATE TABLE rotation_facts (
            person_id {uuid} PRIMARY KEY REFERENCES person (id), qualifications TEXT NOT NULL DEFAULT '[]',
            seniority SMALLINT NOT NULL DEFAULT 0, working_days TEXT NOT NULL DEFAULT '01234',
            volunteer BOOLEAN NOT NULL DEFAULT {false}, max_visits SMALLINT)""",
        f"""CREATE TABLE wish (
            person_id {uuid} NOT NULL REFERENCES person (id), department_id {uuid} NOT NULL REFERENCES department (id),
            liking SMALLINT NOT NULL CHECK (liking BETWEEN -1 AND 2), PRIMARY KEY (person_id, department_id)) {end}""",
        f"""CREATE TABLE absence (
            id {uuid} PRIMARY KEY, person_id {uuid} NOT NULL REFERENCES person (id), first_day TEXT NOT NULL,
            last_day TEXT NOT NULL, source TEXT NOT NULL DEFAULT 'hand', CHECK (last_day >= first_day))""",
        "CREATE INDEX absence_person ON absence (person_id, first_day)",
        "CREATE INDEX absence_days ON absence (last_day, first_day)",
        "CREATE INDEX absence_source ON absence (source)",
        f"""CREATE TABLE absence_feed (
            id {uuid} PRIMARY KEY, person_id {person}, url TEXT NOT NULL, added_by {person}, added_at BIGINT NOT NULL,
            tried_at BIGINT, read_at BIGINT, failures INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '',
            found INTEGER NOT NULL DEFAULT 0)""",
        "CREATE INDEX absence_feed_person ON absence_feed (person_id) WHERE person_id IS NOT NULL",
        f"""CREATE TABLE plan (
            id {uuid} PRIMARY KEY, programme_id {uuid} NOT NULL REFERENCES programme (id), number INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'solving', 'storing', 'ready', 'infeasible', 'failed',
                'published', 'retired')),
            status TEXT NOT NULL DEFAULT '', seed INTEGER NOT NULL DEFAULT 1, seconds INTEGER NOT NULL DEFAULT 60,
            score {real}, bound {real}, gap {real}, terms TEXT NOT NULL DEFAULT '[]', unmet TEXT NOT NULL DEFAULT '[]',
            reasons TEXT NOT NULL DEFAULT '[]', ways TEXT NOT NULL DEFAULT '[]', basis_hash TEXT NOT NULL DEFAULT '',
            version INTEGER NOT NULL DEFAULT 1, stop_asked BOOLEAN NOT NULL DEFAULT {false},
            from_plan_id {uuid} REFERENCES plan (id), job_id {uuid}, made_by {person}, created_at BIGINT NOT NULL,
            solved_at BIGINT, published_at BIGINT)""",
        "CREATE UNIQUE INDEX plan_number ON plan (programme_id, number)",
        # Of a programme at most one plan is the one that people were told of
        "CREATE UNIQUE INDEX plan_published ON plan (programme_id) WHERE state = 'published'",
        f"""CREATE TABLE plan_work (
            plan_id {uuid} PRIMARY KEY REFERENCES plan (id), basis {blob} NOT NULL, best {blob},
            curve TEXT NOT NULL DEFAULT '[]', phase TEXT NOT NULL DEFAULT '', spent {real} NOT NULL DEFAULT 0)""",
        f"""CREATE TABLE visit (
            id {uuid} PRIMARY KEY, plan_id {uuid} NOT NULL REFERENCES plan (id),
            programme_id {uuid} NOT NULL REFERENCES programme (id), person_id {uuid} NOT NULL REFERENCES person (id),
            home_id {uuid} NOT NULL REFERENCES department (id), host_id {uuid} NOT NULL REFERENCES department (id),
            block INTEGER NOT NULL, blocks SMALLINT NOT NULL DEFAULT 1, starts_at BIGINT NOT NULL,
            ends_at BIGINT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('swap', 'ring', 'shadow')),
            group_number INTEGER NOT NULL, pinned BOOLEAN NOT NULL DEFAULT {false}, buddy_id {person},
            state TEXT NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'proposed', 'accepted', 'declined',
                'objected', 'done', 'cancelled')),
            uid {uuid} NOT NULL, revision INTEGER NOT NULL DEFAULT 0, CHECK (home_id <> host_id))""",
        "CREATE UNIQUE INDEX visit_once ON visit (plan_id, person_id, host_id) WHERE state <> 'cancelled'",
        "CREATE INDEX visit_group ON visit (plan_id, group_number)",
        # My rotations, a host's guests, a team's weeks: what was published only
        "CREATE INDEX visit_person ON visit (person_id, starts_at) WHERE state <> 'planned'",
        "CREATE INDEX visit_host ON visit (host_id, starts_at) WHERE state <> 'planned'",
        "CREATE INDEX visit_home ON visit (home_id, starts_at) WHERE state <> 'planned'",
        "CREATE INDEX visit_done ON visit (person_id, host_id) WHERE state = 'done'",
        "CREATE INDEX visit_uid ON visit (uid)",
        "CREATE INDEX visit_buddy ON visit (buddy_id) WHERE buddy_id IS NOT NULL",
        f"""CREATE TABLE plan_edit (
            id {uuid} PRIMARY KEY, plan_id {uuid} NOT NULL REFERENCES plan (id), number INTEGER NOT NULL,
            at BIGINT NOT NULL, actor_id {person}, action TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
            gain {real} NOT NULL, undone BOOLEAN NOT NULL DEFAULT {false})""",
        "CREATE UNIQUE INDEX plan_edit_number ON plan_edit (plan_id, number)",
        f"""CREATE TABLE publication (
            id {uuid} PRIMARY KEY, programme_id {uuid} NOT NULL REFERENCES programme (id),
            plan_id {uuid} NOT NULL REFERENCES plan (id), number INTEGER NOT NULL, at BIGINT NOT NULL,
            actor_id {person})""",
        "CREATE UNIQUE INDEX publication_number ON publication (programme_id, number)",
        f"""CREATE TABLE publication_notice (
            publication_id {uuid} NOT NULL REFERENCES publication (id),
            person_id {uuid} NOT NULL REFERENCES person (id), visit_id {uuid} NOT NULL REFERENCES visit (id),
            change TEXT NOT NULL CHECK (change IN ('new', 'moved', 'partner', 'cancelled')), seen_at BIGINT,
            PRIMARY KEY (publication_id, person_id, visit_id)) {end}""",
        "CREATE INDEX publication_notice_person ON publication_notice (person_id, publication_id)",
        f"""CREATE TABLE exchange_meeting (
            id {uuid} PRIMARY KEY, programme_id {uuid} NOT NULL REFERENCES programme (id), one_id {uuid} NOT NULL
            REFERENCES person (id), other_id {uuid} NOT NULL REFERENCES person (id), starts_at BIGINT NOT NULL,
            ends_at BIGINT NOT NULL, place TEXT NOT NULL DEFAULT '',
            state TEXT NOT NULL CHECK (state IN ('planned', 'proposed', 'accepted', 'declined', 'done', 'cancelled')),
            revision INTEGER NOT NULL DEFAULT 0)""",
        "CREATE INDEX exchange_meeting_programme ON exchange_meeting (programme_id, starts_at)",
        "CREATE INDEX exchange_meeting_one ON exchange_meeting (one_id, starts_at)",
        "CREATE INDEX exchange_meeting_other ON exchange_meeting (other_id, starts_at)",
    ]
