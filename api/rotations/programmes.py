"""Programmes: set up step by step, changed, copied, archived. Each step may be changed until a plan is published."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from api.core import database
from api.core.access.actor import Actor
from api.core.changes import version_of
from api.core.clock import now
from api.core.errors import Conflict, Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.core.text import one_line
from api.rotations.blocks import cut
from api.rotations.rules import (
    LONGEST_NAME,
    Goals,
    Participants,
    Pattern,
    ProgrammeState,
    RuleSet,
    check_open,
    check_period,
    check_rules,
)


class RotationProgramme(msgspec.Struct, frozen=True, kw_only=True):
    """All of a programme as HR edits it. `version` is the fingerprint of what can be edited."""

    id: str
    name: str
    state: ProgrammeState
    starts_on: str
    ends_on: str
    time_zone: str
    pattern: Pattern
    scope: list[str]
    participants: Participants
    rules: RuleSet
    goals: Goals
    answer_by: str
    version: str


_PARTS: Mapping[str, Any] = {
    "pattern": Pattern,
    "scope": list[str],
    "participants": Participants,
    "rules": RuleSet,
    "goals": Goals,
}
_EDITED = ("name", "starts_on", "ends_on", *_PARTS, "answer_by")


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


async def programme(programme_id: str, *, lock: bool = False) -> RotationProgramme:
    """All of it, locked until the transaction ends if asked for. Raises NotFound."""
    end = database.sql(sqlite="", postgres="FOR UPDATE" if lock else "")
    row = is_uuid(programme_id) and await database.fetch_one(
        f"SELECT * FROM programme WHERE id = {{}} {end}", programme_id
    )
    if not row:
        raise NotFound
    return RotationProgramme(
        id=row["id"],
        state=row["state"],
        time_zone=row["time_zone"],
        version=version_of({name: row[name] for name in _EDITED}),
        **{
            name: msgspec.json.decode(row[name], type=_PARTS[name]) if name in _PARTS else row[name] for name in _EDITED
        },
    )


@database.transaction
async def create_programme(
    *, actor: Actor, name: str, starts_on: str, ends_on: str, pattern: Pattern, programme_id: str | None = None
) -> str:
    """A new draft with its blocks and the usual rules; returns its id. The same id again changes nothing.

    Raises Invalid beside the fields that are wrong.
    """
    name = one_line(name)
    check_period(name, starts_on, ends_on, pattern)
    house = await database.fetch_one("SELECT time_zone FROM organisation")
    zone = house["time_zone"] if house else "UTC"
    slots = cut(pattern, starts_on, ends_on, zone)
    new_id = programme_id if programme_id and is_uuid(programme_id) else uuid7()
    made = await database.fetch(
        """INSERT INTO programme (id, name, state, starts_on, ends_on, time_zone, pattern, participants, rules, goals,
            created_by, created_at) VALUES ({}, {}, 'draft', {}, {}, {}, {}, {}, {}, {}, {}, {})
        ON CONFLICT (id) DO NOTHING RETURNING id""",
        *(new_id, name, starts_on, ends_on, zone, _json(pattern), _json(Participants()), _json(RuleSet())),
        *(_json(Goals()), actor.id, now()),
    )
    if made:
        await _store_blocks(new_id, slots)
        await record_event("programme.created", actor_id=actor.id, subject_id=new_id)
    return new_id


async def _store_blocks(programme_id: str, slots: Sequence[Any]) -> None:
    await database.execute_many(
        "INSERT INTO programme_block (programme_id, number, starts_at, ends_at, closed) VALUES ({}, {}, {}, {}, {})",
        [(programme_id, number, slot.starts_at, slot.ends_at, slot.closed) for number, slot in enumerate(slots)],
    )


@database.transaction
async def change_period(
    *,
    actor: Actor,
    programme_id: str,
    name: str,
    starts_on: str,
    ends_on: str,
    pattern: Pattern,
    version: str | None = None,
) -> None:
    """Another name, period or pattern. Other blocks make plans that nobody was told of meaningless: they go.

    Raises NotFound, Invalid, Conflict if a plan is published and the blocks would change, or if somebody else has
    changed the programme since `version`.
    """
    record = await _to_edit(programme_id, version)
    name = one_line(name)
    check_period(name, starts_on, ends_on, pattern)
    if (starts_on, ends_on, pattern) != (record.starts_on, record.ends_on, record.pattern):
        slots = cut(pattern, starts_on, ends_on, record.time_zone)
        if record.state != "draft":
            raise Conflict(_("People were told of this programme’s visits. Copy it to plan for other times."))
        if await database.fetch("SELECT 1 FROM plan WHERE programme_id = {} AND published_at IS NOT NULL", record.id):
            raise Conflict(_("People were told of this programme’s visits. Copy it to plan for other times."))
        await remove_plans(record.id)
        await database.execute("DELETE FROM programme_ban WHERE programme_id = {} AND block IS NOT NULL", record.id)
        await database.execute("DELETE FROM programme_block WHERE programme_id = {}", record.id)
        await _store_blocks(record.id, slots)
    await _save(actor, record.id, {"name": name, "starts_on": starts_on, "ends_on": ends_on, "pattern": _json(pattern)})


async def remove_plans(programme_id: str) -> None:
    """Every plan that nobody was told of goes, with all that belongs to it; searches for one end by themselves."""
    for table in ("visit", "plan_edit", "plan_work", "programme_ban"):
        await database.execute(
            f"""DELETE FROM {table} WHERE plan_id IN (
                SELECT id FROM plan WHERE programme_id = {{}} AND published_at IS NULL)""",
            programme_id,
        )
    await database.execute("UPDATE plan SET from_plan_id = NULL WHERE programme_id = {}", programme_id)
    await database.execute("DELETE FROM plan WHERE programme_id = {} AND published_at IS NULL", programme_id)


async def _to_edit(programme_id: str, version: str | None) -> RotationProgramme:
    record = await programme(programme_id, lock=True)
    check_open(record.state)
    if version is not None and version != record.version:
        raise Conflict(_("Somebody has changed this meanwhile. Look at it as it is now, then change it again."))
    return record


async def _save(actor: Actor, programme_id: str, columns: Mapping[str, object]) -> None:
    await database.execute(
        f"""UPDATE programme SET version = version + 1, {", ".join(f"{name} = {{}}" for name in columns)}
        WHERE id = {{}}""",
        *(*columns.values(), programme_id),
    )
    await record_event("programme.changed", actor_id=actor.id, subject_id=programme_id, detail=",".join(columns))


@database.transaction
async def change_scope(*, actor: Actor, programme_id: str, scope: Collection[str], version: str | None = None) -> None:
    """Which dependencies the programme is about. Raises NotFound, Conflict, Invalid beside "scope" if there is none."""
    record = await _to_edit(programme_id, version)
    asked = [one for one in scope if is_uuid(one)]
    rows = await database.fetch(
        f"SELECT id FROM dependency WHERE id IN ({database.placeholders(len(asked)) or 'NULL'}) ORDER BY id", *asked
    )
    if not rows:
        raise Invalid.field("scope", _("Choose at least one dependency: visits go along them."))
    await _save(actor, record.id, {"scope": _json([row["id"] for row in rows])})


@database.transaction
async def change_participants(
    *, actor: Actor, programme_id: str, participants: Participants, version: str | None = None
) -> None:
    """Who takes part. Raises NotFound, Conflict."""
    record = await _to_edit(programme_id, version)
    both = set(participants.excluded) & set(participants.included)
    if both:
        raise Invalid.field("included", _("Nobody can be left out and taken in at once."))
    await _save(actor, record.id, {"participants": _json(participants)})


@database.transaction
async def change_rules(
    *, actor: Actor, programme_id: str, rules: RuleSet, goals: Goals, version: str | None = None
) -> None:
    """What holds for every visit and what a plan aims at. Raises NotFound, Conflict, Invalid."""
    record = await _to_edit(programme_id, version)
    check_rules(rules, goals)
    await _save(actor, record.id, {"rules": _json(rules), "goals": _json(goals)})


@database.transaction
async def add_training(
    *, actor: Actor, programme_id: str, home_id: str | None, host_id: str, joined_since: str, by_day: str
) -> str:
    """Require that people (of `home_id`, who joined since) see a department by a day; returns the requirement's id.

    Raises NotFound, Conflict, Invalid beside the field that is wrong.
    """
    record = await _to_edit(programme_id, None)
    for field, text in (("joined_since", joined_since), ("by_day", by_day)):
        try:
            day = date.fromisoformat(text) if text else None
        except ValueError:
            raise Invalid.field(field, _("Write a day as in 2026-03-31.")) from None
        if field == "by_day" and day and not record.starts_on <= text <= record.ends_on:
            raise Invalid.field("by_day", _("Choose a day within the programme."))
    ends = [end for end in (home_id, host_id) if end]
    rows = await database.fetch(
        f"""SELECT id FROM department
        WHERE archived_at IS NULL AND id IN ({database.placeholders(len(ends)) or "NULL"})""",
        *(end for end in ends if is_uuid(end)),
        *("00000000-0000-0000-0000-000000000000" for end in ends if not is_uuid(end)),
    )
    if host_id not in {row["id"] for row in rows} or len(rows) != len(set(ends)):
        raise Invalid.field("host_id", _("Choose a department."))
    if home_id == host_id:
        raise Invalid.field("host_id", _("They work there anyway. Choose another department."))
    training_id = uuid7()
    await database.execute(
        """INSERT INTO training (id, programme_id, home_id, host_id, joined_since, by_day)
        VALUES ({}, {}, {}, {}, {}, {})""",
        *(training_id, record.id, home_id or None, host_id, joined_since, by_day),
    )
    await _save(actor, record.id, {"answer_by": record.answer_by})
    return training_id


@database.transaction
async def remove_training(*, actor: Actor, programme_id: str, training_id: str) -> None:
    """It is no longer required; calm if it is gone already. Raises NotFound, Conflict."""
    record = await _to_edit(programme_id, None)
    if is_uuid(training_id):
        await database.execute("DELETE FROM training WHERE id = {} AND programme_id = {}", training_id, record.id)
    await _save(actor, record.id, {"answer_by": record.answer_by})


@database.transaction
async def archive_programme(*, actor: Actor, programme_id: str) -> None:
    """Keep it, but plan with it no longer; searches end. Raises NotFound, Conflict if it is archived already."""
    record = await _to_edit(programme_id, None)
    await database.execute(
        "UPDATE plan SET state = 'failed' WHERE programme_id = {} AND state IN ('waiting', 'solving', 'storing')",
        record.id,
    )
    await _save(actor, record.id, {"state": "archived", "archived_at": now()})


@database.transaction
async def copy_programme(*, actor: Actor, programme_id: str) -> str:
    """A new draft with the same scope, people, rules and goals, for the period after; returns its id.

    Raises NotFound.
    """
    record = await programme(programme_id)
    first, last = date.fromisoformat(record.starts_on), date.fromisoformat(record.ends_on)
    start = date.fromordinal(last.toordinal() + 1)
    end = date.fromordinal(start.toordinal() + (last - first).days)
    pattern = msgspec.structs.replace(record.pattern, closed=())
    name = f"{record.name} 2"[:LONGEST_NAME]
    new_id = await create_programme(
        actor=actor, name=name, starts_on=start.isoformat(), ends_on=end.isoformat(), pattern=pattern
    )
    await database.execute(
        """UPDATE programme SET scope = {}, participants = {}, rules = {}, goals = {} WHERE id = {}""",
        *(_json(record.scope), _json(record.participants), _json(record.rules), _json(record.goals), new_id),
    )
    for row in await database.fetch(
        "SELECT home_id, host_id, joined_since FROM training WHERE programme_id = {} ORDER BY id", record.id
    ):
        await database.execute(
            "INSERT INTO training (id, programme_id, home_id, host_id, joined_since) VALUES ({}, {}, {}, {}, {})",
            *(uuid7(), new_id, row["home_id"], row["host_id"], row["joined_since"]),
        )
    return new_id
