"""Take back what was changed: itself a change, by the same rules, and only if nothing has happened since."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from api.approvals.ruling import restore_rule, rule_state
from api.awards.programmes import PROGRAMME, archive_programme, write_programme
from api.core import database
from api.core.access.actor import Actor
from api.core.changes import Changed, State, Thing, filled, lock_directory, state_of, version_of
from api.core.errors import Conflict, Forbidden, NotFound
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid
from api.dependencies.records import DEPENDENCY
from api.dependencies.service import edit_dependency, remove_dependency, restore_dependency
from api.imports.recording import IMPORTED, TAKEN_BACK
from api.kudos.values import VALUE, archive_value, edit_value, place_value, restore_value
from api.people.departments import archive_department, edit_department, restore_department
from api.people.editing import edit_person, set_roles
from api.people.records import DEPARTMENT, ORGANISATION, ORGANISATION_ID, PERSON
from api.people.service import come_back, describe_organisation, leave
from api.points.records import SETTINGS, SETTINGS_ID, change_settings
from api.points.service import budget_state, fund_budget
from api.rewards import places
from api.rewards.catalogue import archive_reward, edit_reward, restore_reward, set_stock
from api.rewards.records import REWARD, STOCK
from api.rewards.rules import read_tax_rules

THINGS: Mapping[str, Thing] = {
    "person": PERSON,
    "department": DEPARTMENT,
    "dependency": DEPENDENCY,
    "value": VALUE,
    "organisation": ORGANISATION,
    "reward": REWARD,
    "stock": STOCK,
    "rewards": places.SETTINGS,
    "points": SETTINGS,
    "award_programme": PROGRAMME,
}

_ONLY: Mapping[str, int] = {
    "organisation": ORGANISATION_ID,
    "points": SETTINGS_ID,
    "rewards": places.SETTINGS_ID,
}
"""Things that there is one of."""

_OF_HR = ("reward", "stock", "rewards", "award_programme", "budget", "approval_rule")
"""Things that administrators do not change."""

_CHANGED_SINCE = _("This has changed again since, so it was not taken back. Look at its history.")


@database.transaction
async def undo(*, actor: Actor, change_id: str, part_of: str | None = None) -> Changed:
    """Take a change back, and whatever followed from it and still stands; as a part of the change `part_of`, if any.

    Returns whose row and the change that this made. Raises NotFound, Conflict if it was taken back before or the
    fields have changed again since, Forbidden for what only human resources change, and whatever the verb behind it
    raises.
    """
    await lock_directory()
    row = is_uuid(change_id) and await database.fetch_one(
        "SELECT kind, subject_id, before, after FROM change WHERE id = {}", change_id
    )
    if not row:
        raise NotFound
    if await database.fetch("SELECT 1 FROM change WHERE undoes_id = {}", change_id):
        raise Conflict(_("This has been taken back already."))
    if row["kind"] in (IMPORTED, TAKEN_BACK):
        raise Conflict(_("An import is taken back as a whole on its own page, or change by change."))
    before, after = msgspec.json.decode(row["before"]), msgspec.json.decode(row["after"])
    if not before and not after:
        raise Conflict(_("What was here before is no longer stored."))
    kind, subject_id = str(row["kind"]), str(row["subject_id"] or "")
    if kind.partition(".")[0] in _OF_HR and not actor.is_hr:
        raise Forbidden
    if part_of is None or not kind.endswith(".created"):  # of what is new, taking the rest back may change something
        await _check_unchanged(kind, subject_id, after)
    changed = await _take_back(actor, kind, subject_id, before)
    if changed.change_id is None:
        raise Conflict(_CHANGED_SINCE)
    await database.execute(
        "UPDATE change SET undoes_id = {}, part_of = {} WHERE id = {}", change_id, part_of, changed.change_id
    )
    parts = await database.fetch(
        "SELECT id, kind, subject_id, before, after FROM change WHERE part_of = {} ORDER BY id", change_id
    )
    for part in parts:
        # What has moved on since stays as it is
        try:
            await _check_unchanged(part["kind"], part["subject_id"], msgspec.json.decode(part["after"]))
        except (Conflict, NotFound):
            continue
        back = await _take_back(actor, part["kind"], part["subject_id"], msgspec.json.decode(part["before"]))
        await database.execute(
            "UPDATE change SET part_of = {}, undoes_id = {} WHERE id = {}",
            *(changed.change_id, part["id"], back.change_id),
        )
    return changed


async def _check_unchanged(kind: str, subject_id: str, after: State) -> None:
    thing = kind.partition(".")[0]
    if kind == "dependency.removed":
        return  # putting it back checks whether there is another one now
    try:
        present = await _present(thing, subject_id, after)
    except NotFound:
        raise Conflict(_CHANGED_SINCE) from None
    if kind.endswith(".created"):
        same = filled(present) == after
    else:
        same = all(present[name] == value for name, value in after.items())
    if not same:
        raise Conflict(_CHANGED_SINCE)


async def _present(thing: str, subject_id: str, after: State) -> State:
    match thing:
        case "approval_rule":
            return await rule_state(str(after["approval"]))
        case "budget":
            return await budget_state(subject_id, str(after["period"]))
        case _:
            return await state_of(THINGS[thing], _ONLY.get(thing, subject_id))


async def _take_back(actor: Actor, kind: str, subject_id: str, before: State) -> Changed:
    """The verb that brings `before` back."""
    match kind:
        case "organisation.changed":
            return await describe_organisation(actor=actor, changes=before)
        case "points.changed":
            return await change_settings(actor=actor, changes=before)
        case "department.created" | "department.restored":
            return await archive_department(actor=actor, department_id=subject_id)
        case "department.archived":
            return await restore_department(actor=actor, department_id=subject_id)
        case "department.changed":
            return await edit_department(actor=actor, department_id=subject_id, changes=before)
        case "person.created" | "person.returned":
            return await leave(actor=actor, person_id=subject_id)
        case "person.left":
            return await come_back(actor=actor, person_id=subject_id, roles=str(before.get("roles", "")))
        case "person.roles":
            return await set_roles(actor=actor, person_id=subject_id, roles=str(before["roles"]).split())
        case "person.changed":
            return await edit_person(actor=actor, person_id=subject_id, changes=before)
        case "dependency.created":
            return await remove_dependency(actor=actor, dependency_id=subject_id)
        case "dependency.removed":
            return await restore_dependency(actor=actor, dependency_id=subject_id, fields=before)
        case "dependency.changed":
            return await edit_dependency(actor=actor, dependency_id=subject_id, changes=before)
        case "value.created" | "value.restored":
            return await archive_value(actor=actor, value_id=subject_id)
        case "value.archived":
            return await restore_value(actor=actor, value_id=subject_id)
        case "value.moved":
            position = before["position"]
            return await place_value(actor=actor, value_id=subject_id, position=int(str(position)))
        case "value.changed":
            return await edit_value(actor=actor, value_id=subject_id, changes=before)
        case "reward.created" | "reward.restored":
            return await archive_reward(actor=actor, reward_id=subject_id)
        case "reward.archived":
            return await restore_reward(actor=actor, reward_id=subject_id)
        case "reward.changed":
            return await edit_reward(actor=actor, reward_id=subject_id, changes=before)
        case "stock.changed":
            present = await state_of(STOCK, subject_id)
            return await set_stock(
                actor=actor,
                reward_id=subject_id,
                stock=before["stock"],  # type: ignore[arg-type]
                seen=present["stock"],  # type: ignore[arg-type]
            )
        case "rewards.changed":
            rules = read_tax_rules(str(before["tax_rules"])) if "tax_rules" in before else None
            return await places.change_settings(actor=actor, country=before.get("country"), rules=rules)
        case "award_programme.created" | "award_programme.restored":
            return await archive_programme(actor=actor, programme_id=subject_id, archived=True)
        case "award_programme.archived":
            return await archive_programme(actor=actor, programme_id=subject_id, archived=False)
        case "award_programme.changed":
            present = await state_of(PROGRAMME, subject_id)
            return await write_programme(
                actor=actor, fields={**present, **before}, programme_id=subject_id, version=version_of(present)
            )
        case "approval_rule.changed":
            return await restore_rule(actor=actor, fields=before)
        case "budget.funded":
            period = str(before["period"])
            funded = (await budget_state(subject_id, period))["funded"]
            points = int(str(before["funded"])) - int(str(funded))
            return await fund_budget(actor=actor, department_id=subject_id, period=period, points=points)
        case _:
            raise Conflict(_("This cannot be taken back."))
