"""After a visit: feedback, errors that were reported on an edge, ideas and improvement teams."""

from __future__ import annotations

from collections.abc import Sequence

from api.core.database import Dialect


def improvements(dialect: Dialect) -> Sequence[str]:
    """An error without `at` belongs to feedback that is not sent yet: nobody but its author sees it."""
    lite = dialect == "sqlite"
    uuid = "TEXT" if lite else "UUID"
    end = "WITHOUT ROWID" if lite else ""
    person = f"{uuid} NOT NULL REFERENCES person (id)"
    edge = f"""provider_id {uuid} REFERENCES department (id), customer_id {uuid} REFERENCES department (id),
            CHECK ((provider_id IS NULL) = (customer_id IS NULL))"""
    return [
        f"""CREATE TABLE visit_feedback (
            id {uuid} PRIMARY KEY, visit_id {uuid} NOT NULL REFERENCES visit (id), author_id {person},
            side TEXT NOT NULL CHECK (side IN ('visitor', 'host')), surprised TEXT NOT NULL, will_change TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'sent')), changed_at BIGINT NOT NULL,
            sent_at BIGINT, CHECK ((state = 'sent') = (sent_at IS NOT NULL)))""",
        "CREATE UNIQUE INDEX visit_feedback_once ON visit_feedback (visit_id, author_id)",
        "CREATE INDEX visit_feedback_author ON visit_feedback (author_id)",
        "CREATE INDEX visit_feedback_sent ON visit_feedback (sent_at, id) WHERE sent_at IS NOT NULL",
        f"""CREATE TABLE error_report (
            id {uuid} PRIMARY KEY, feedback_id {uuid} REFERENCES visit_feedback (id), author_id {person},
            provider_id {uuid} NOT NULL REFERENCES department (id),
            customer_id {uuid} NOT NULL REFERENCES department (id), what TEXT NOT NULL,
            times INTEGER NOT NULL CHECK (times > 0), per TEXT NOT NULL CHECK (per IN ('once', 'day', 'week', 'month')),
            minutes INTEGER, cents INTEGER, at BIGINT, CHECK (provider_id <> customer_id))""",
        "CREATE INDEX error_report_edge ON error_report (provider_id, customer_id, at) WHERE at IS NOT NULL",
        "CREATE INDEX error_report_feedback ON error_report (feedback_id) WHERE feedback_id IS NOT NULL",
        "CREATE INDEX error_report_author ON error_report (author_id)",
        f"""CREATE TABLE improvement_team (
            id {uuid} PRIMARY KEY, position BIGINT NOT NULL, name TEXT NOT NULL, goal TEXT NOT NULL,
            measure TEXT NOT NULL, unit TEXT NOT NULL, better TEXT NOT NULL CHECK (better IN ('less', 'more')),
            state TEXT NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'ended')), lead_id {person},
            founded_by {person}, founded_at BIGINT NOT NULL, result TEXT NOT NULL DEFAULT '', ended_at BIGINT,
            kudos_id {uuid} REFERENCES kudos (id), version INTEGER NOT NULL DEFAULT 1, {edge})""",
        "CREATE INDEX improvement_team_order ON improvement_team (state, position)",
        "CREATE INDEX improvement_team_edge ON improvement_team (provider_id, customer_id)",
        f"""CREATE TABLE idea (
            id {uuid} PRIMARY KEY, position BIGINT NOT NULL, author_id {person}, title TEXT NOT NULL,
            words TEXT NOT NULL, feedback_id {uuid} REFERENCES visit_feedback (id),
            state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'team', 'declined', 'withdrawn')),
            supports INTEGER NOT NULL DEFAULT 0, team_id {uuid} REFERENCES improvement_team (id),
            answer TEXT NOT NULL DEFAULT '', answered_by {uuid} REFERENCES person (id),
            {edge}, CHECK ((state = 'team') = (team_id IS NOT NULL)))""",
        "CREATE INDEX idea_order ON idea (state, position)",
        "CREATE INDEX idea_author ON idea (author_id)",
        "CREATE INDEX idea_edge ON idea (provider_id, customer_id)",
        "CREATE INDEX idea_team ON idea (team_id) WHERE team_id IS NOT NULL",
        "CREATE UNIQUE INDEX idea_feedback ON idea (feedback_id) WHERE feedback_id IS NOT NULL",
        f"""CREATE TABLE idea_support (
            idea_id {uuid} NOT NULL REFERENCES idea (id), person_id {person},
            PRIMARY KEY (idea_id, person_id)) {end}""",
        "CREATE INDEX idea_support_person ON idea_support (person_id)",
        f"""CREATE TABLE improvement_member (
            team_id {uuid} NOT NULL REFERENCES improvement_team (id), person_id {person}, joined_at BIGINT NOT NULL,
            PRIMARY KEY (team_id, person_id)) {end}""",
        "CREATE INDEX improvement_member_person ON improvement_member (person_id)",
        f"""CREATE TABLE improvement_step (
            id {uuid} PRIMARY KEY, team_id {uuid} NOT NULL REFERENCES improvement_team (id), what TEXT NOT NULL,
            person_id {uuid} REFERENCES person (id), by_day TEXT NOT NULL DEFAULT '', made_at BIGINT NOT NULL,
            done_at BIGINT, done_by {uuid} REFERENCES person (id))""",
        "CREATE INDEX improvement_step_team ON improvement_step (team_id, made_at)",
        "CREATE INDEX improvement_step_person ON improvement_step (person_id) WHERE person_id IS NOT NULL",
        f"""CREATE TABLE improvement_value (
            team_id {uuid} NOT NULL REFERENCES improvement_team (id), day TEXT NOT NULL,
            value DOUBLE PRECISION NOT NULL, PRIMARY KEY (team_id, day)) {end}""",
        # Whoever chose before there was this goes on hearing of what is new, as everybody does
        """UPDATE notification_choice SET page = page || ' feedback improvement',
            mail = mail || ' feedback improvement'""",
    ]
