"""What becomes of published visits: answers, offers to colleagues, personal calendars."""

from __future__ import annotations

from collections.abc import Sequence

from api.core.database import Dialect


def visits(dialect: Dialect) -> Sequence[str]:
    """An answer belongs to a visit's `uid`: it holds through all versions of a programme."""
    lite = dialect == "sqlite"
    uuid = "TEXT" if lite else "UUID"
    false = "0" if lite else "FALSE"
    person = f"{uuid} NOT NULL REFERENCES person (id)"
    return [
        f"""CREATE TABLE visit_answer (
            uid {uuid} PRIMARY KEY, person_id {person},
            answer TEXT NOT NULL CHECK (answer IN ('accepted', 'declined', 'objected')),
            reason TEXT NOT NULL DEFAULT '', other_time BOOLEAN NOT NULL DEFAULT {false}, at BIGINT NOT NULL)""",
        "CREATE INDEX visit_answer_person ON visit_answer (person_id)",
        f"""CREATE TABLE visit_offer (
            id {uuid} PRIMARY KEY, visit_id {uuid} NOT NULL REFERENCES visit (id), from_id {person}, to_id {person},
            state TEXT NOT NULL CHECK (state IN ('open', 'taken', 'refused', 'withdrawn')), at BIGINT NOT NULL,
            ended_at BIGINT, CHECK (from_id <> to_id))""",
        # One colleague is asked at a time
        "CREATE UNIQUE INDEX visit_offer_open ON visit_offer (visit_id) WHERE state = 'open'",
        "CREATE INDEX visit_offer_from ON visit_offer (from_id)",
        "CREATE INDEX visit_offer_to ON visit_offer (to_id)",
        f"""CREATE TABLE calendar_feed (
            person_id {uuid} PRIMARY KEY REFERENCES person (id), token_hash TEXT NOT NULL UNIQUE,
            made_at BIGINT NOT NULL, read_at BIGINT)""",
        # What is over by now is looked for every few minutes
        "CREATE INDEX visit_ends ON visit (ends_at) WHERE state IN ('proposed', 'accepted')",
    ]
