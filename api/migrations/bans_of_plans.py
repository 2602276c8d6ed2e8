"""What a proposed repair forbids holds for that draft alone, until people are told of it."""

from __future__ import annotations

from collections.abc import Sequence

from api.core.database import Dialect


def bans_of_plans(dialect: Dialect) -> Sequence[str]:
    """A ban may belong to a plan. Those that repairs had copied from answers go: answers count by themselves."""
    uuid = "TEXT" if dialect == "sqlite" else "UUID"
    return [
        """DELETE FROM programme_ban WHERE EXISTS (SELECT 1 FROM visit v JOIN plan n ON n.id = v.plan_id
            WHERE n.programme_id = programme_ban.programme_id AND n.published_at IS NOT NULL
            AND v.person_id = programme_ban.person_id AND v.host_id = programme_ban.host_id
            AND v.state IN ('declined', 'objected'))""",
        f"ALTER TABLE programme_ban ADD COLUMN plan_id {uuid} REFERENCES plan (id)",
        "CREATE INDEX programme_ban_plan ON programme_ban (plan_id) WHERE plan_id IS NOT NULL",
    ]
