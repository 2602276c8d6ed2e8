"""HR's rules: who decides which kind of case, from which amounts on."""

from __future__ import annotations

import msgspec

from api.approvals.kinds import ApprovalKind, all_kinds
from api.approvals.rules import Rule, check_rule
from api.approvals.schemas import RuleOut
from api.approvals.steps import rule_of, stored_rule
from api.core import database
from api.core.access.actor import Actor
from api.core.changes import Changed, State, check_version, lock_directory, record_change, version_of
from api.core.errors import NotFound
from api.core.i18n import Language


def _state(rule: Rule) -> State:
    return {**msgspec.to_builtins(rule), "together": int(rule.together)}


def _out(kind: ApprovalKind, rule: Rule, language: Language) -> RuleOut:
    return RuleOut(
        kind=kind.name,
        name=kind.title.text(language),
        unit=kind.unit,
        version=version_of(_state(rule)),
        **msgspec.to_builtins(rule),
    )


async def rules(language: Language) -> list[RuleOut]:
    """The rules of all kinds, in the order of the kinds."""
    stored = {row["kind"]: stored_rule(row) for row in await database.fetch("SELECT * FROM approval_rule")}
    return [_out(kind, stored.get(kind.name, kind.rule), language) for kind in all_kinds()]


async def rule_state(kind: str) -> State:
    """A kind's rule as the history holds it, the kind under "approval". Raises NotFound."""
    if kind not in {known.name for known in all_kinds()}:
        raise NotFound
    return {"approval": kind, **_state(await rule_of(kind))}


@database.transaction
async def change_rule(*, actor: Actor, kind: str, rule: Rule, version: str | None = None) -> Changed:
    """Set it for the cases that are asked from now on; those that are open keep their steps.

    Raises NotFound, Invalid, Conflict if it is not as `version` has seen it.
    """
    await lock_directory()
    before = await rule_state(kind)
    check_version({name: before[name] for name in _state(rule)}, version)
    after = {"approval": kind, **_state(check_rule(rule))}
    changed = [name for name in before if after[name] != before[name]]
    if not changed:
        return Changed("", None)
    await database.execute(
        """INSERT INTO approval_rule (kind, first, free_up_to, two_above, hr_above, together, due_days)
        VALUES ({}, {}, {}, {}, {}, {}, {}) ON CONFLICT (kind) DO UPDATE SET first = excluded.first,
            free_up_to = excluded.free_up_to, two_above = excluded.two_above, hr_above = excluded.hr_above,
            together = excluded.together, due_days = excluded.due_days""",
        *(kind, rule.first.value, rule.free_up_to, rule.two_above, rule.hr_above, rule.together, rule.due_days),
    )
    change_id = await record_change(
        "approval_rule.changed",
        actor_id=actor.id,
        subject_id=None,
        before={name: before[name] for name in ("approval", *changed)},
        after={name: after[name] for name in ("approval", *changed)},
    )
    return Changed("", change_id)


@database.transaction
async def restore_rule(*, actor: Actor, fields: State) -> Changed:
    """Set those of a rule's fields that the history holds (`rule_state`). Raises NotFound, Invalid."""
    kind = str(fields["approval"])
    state = {**await rule_state(kind), **fields}
    rule = msgspec.convert({name: value for name, value in state.items() if name != "approval"}, Rule, strict=False)
    return await change_rule(actor=actor, kind=kind, rule=rule)
