"""HR's rules: who decides which kind of case, from which amounts on."""

from __future__ import annotations

import msgspec

from api.approvals.kinds import ApprovalKind, all_kinds
from api.approvals.rules import Rule, Who, check_rule
from api.approvals.schemas import RuleOut
from api.approvals.steps import rule_of
from api.core import database
from api.core.access.actor import Actor
from api.core.changes import check_version, version_of
from api.core.errors import NotFound
from api.core.events import record_event
from api.core.i18n import Language

FIELDS = ("first", "free_up_to", "two_above", "hr_above", "together", "due_days")


def _out(kind: ApprovalKind, rule: Rule, language: Language) -> RuleOut:
    stored = msgspec.to_builtins(rule)
    return RuleOut(kind=kind.name, name=kind.title.text(language), unit=kind.unit, version=version_of(stored), **stored)


async def rules(language: Language) -> list[RuleOut]:
    """The rules of all kinds, in the order of the kinds."""
    rows = await database.fetch("SELECT * FROM approval_rule")
    stored = {row["kind"]: row for row in rows}

    def rule(kind: ApprovalKind) -> Rule:
        row = stored.get(kind.name)
        if row is None:
            return kind.rule
        values = {name: row[name] for name in FIELDS}
        return Rule(**{**values, "first": Who(row["first"]), "together": bool(row["together"])})

    return [_out(kind, rule(kind), language) for kind in all_kinds()]


@database.transaction
async def change_rule(*, actor: Actor, kind: str, rule: Rule, version: str | None = None) -> None:
    """Set it for the cases that are asked from now on; those that are open keep their steps.

    Raises NotFound, Invalid, Conflict if it is not as `version` has seen it.
    """
    if kind not in {known.name for known in all_kinds()}:
        raise NotFound
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    await database.fetch(f"SELECT 1 FROM organisation {lock}")
    check_version(msgspec.to_builtins(await rule_of(kind)), version)
    check_rule(rule)
    await database.execute(
        """INSERT INTO approval_rule (kind, first, free_up_to, two_above, hr_above, together, due_days)
        VALUES ({}, {}, {}, {}, {}, {}, {}) ON CONFLICT (kind) DO UPDATE SET first = excluded.first,
            free_up_to = excluded.free_up_to, two_above = excluded.two_above, hr_above = excluded.hr_above,
            together = excluded.together, due_days = excluded.due_days""",
        *(kind, rule.first.value, rule.free_up_to, rule.two_above, rule.hr_above, rule.together, rule.due_days),
    )
    await record_event("approvals.rule_changed", actor_id=actor.id, detail=kind)
