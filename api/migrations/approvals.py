"""Approvals: cases, their steps, who may decide, deputies, HR's rules."""

from __future__ import annotations

from collections.abc import Sequence

from api.core.database import Dialect


def approvals(dialect: Dialect) -> Sequence[str]:
    lite = dialect == "sqlite"
    uuid = "TEXT" if lite else "UUID"
    end = "WITHOUT ROWID" if lite else ""
    return [
        f"""CREATE TABLE approval (
            id {uuid} PRIMARY KEY, position BIGINT NOT NULL, kind TEXT NOT NULL, subject_id {uuid} NOT NULL,
            requester_id {uuid} NOT NULL REFERENCES person (id), concerned_id {uuid} NOT NULL REFERENCES person (id),
            department_id {uuid} REFERENCES department (id), amount BIGINT NOT NULL CHECK (amount >= 0),
            state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'approved', 'declined', 'cancelled')),
            created_at BIGINT NOT NULL, ended_at BIGINT) {end}""",
        # Of one row of a slice, one case at a time is open
        "CREATE UNIQUE INDEX approval_open ON approval (kind, subject_id) WHERE state = 'open'",
        "CREATE INDEX approval_subject ON approval (subject_id)",
        "CREATE INDEX approval_requester ON approval (requester_id, position)",
        "CREATE INDEX approval_concerned ON approval (concerned_id) WHERE state = 'open'",
        f"""CREATE TABLE approval_step (
            approval_id {uuid} NOT NULL REFERENCES approval (id), number SMALLINT NOT NULL,
            who TEXT NOT NULL CHECK (who IN ('manager', 'budget', 'hr', 'second')),
            state TEXT NOT NULL CHECK (state IN ('later', 'open', 'done', 'skipped')),
            opened_at BIGINT, due_at BIGINT, escalations INTEGER NOT NULL DEFAULT 0,
            decision TEXT NOT NULL DEFAULT '' CHECK (decision IN ('', 'approve', 'decline')), decision_id {uuid},
            decided_by {uuid} REFERENCES person (id), decided_for {uuid} REFERENCES person (id),
            reason TEXT NOT NULL DEFAULT '', choice TEXT NOT NULL DEFAULT '', decided_at BIGINT, settle_at BIGINT,
            CHECK ((decision = '') = (decided_by IS NULL)), CHECK ((decision = '') = (decision_id IS NULL)),
            CHECK (state <> 'done' OR decision <> ''), PRIMARY KEY (approval_id, number)) {end}""",
        "CREATE INDEX approval_step_decision ON approval_step (decision_id) WHERE decision_id IS NOT NULL",
        "CREATE INDEX approval_step_decided ON approval_step (decided_by, decided_at) WHERE decided_by IS NOT NULL",
        f"""CREATE TABLE approval_decider (
            approval_id {uuid} NOT NULL, number SMALLINT NOT NULL, person_id {uuid} NOT NULL REFERENCES person (id),
            why TEXT NOT NULL CHECK (why IN ('asked', 'escalated')), PRIMARY KEY (approval_id, number, person_id),
            FOREIGN KEY (approval_id, number) REFERENCES approval_step (approval_id, number)) {end}""",
        "CREATE INDEX approval_decider_person ON approval_decider (person_id)",
        f"""CREATE TABLE deputyship (
            id {uuid} PRIMARY KEY, person_id {uuid} NOT NULL REFERENCES person (id),
            deputy_id {uuid} NOT NULL REFERENCES person (id), from_day TEXT NOT NULL, until_day TEXT NOT NULL,
            from_at BIGINT NOT NULL, until_at BIGINT NOT NULL, created_at BIGINT NOT NULL,
            CHECK (from_at < until_at), CHECK (person_id <> deputy_id)) {end}""",
        "CREATE INDEX deputyship_person ON deputyship (person_id, until_at)",
        "CREATE INDEX deputyship_deputy ON deputyship (deputy_id, until_at)",
        """CREATE TABLE approval_rule (
            kind TEXT PRIMARY KEY, first TEXT NOT NULL CHECK (first IN ('manager', 'budget', 'hr')),
            free_up_to BIGINT, two_above BIGINT, hr_above BIGINT, together BOOLEAN NOT NULL,
            due_days SMALLINT NOT NULL CHECK (due_days BETWEEN 1 AND 30))""",
        # Whoever chose before there was this goes on hearing of what is new, as everybody does
        "UPDATE notification_choice SET page = page || ' answered', mail = mail || ' answered'",
    ]
