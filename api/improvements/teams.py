"""Improvement teams: found one, work on its steps, measure, end it with thanks to everybody in it."""

from __future__ import annotations

from collections.abc import Sequence

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now
from api.core.errors import Conflict, Forbidden, Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.idempotency import claim, request_hash
from api.core.ids import is_uuid, position, uuid7
from api.improvements.rules import (
    MOST_STEPS,
    MOST_VALUES,
    Colleague,
    check_day,
    check_members,
    check_texts,
    check_value,
    may_found,
)
from api.improvements.service import check_departments, open_idea
from api.kudos.service import give_kudos

GONE = _("Somebody you chose does not work here, or no longer.")


@database.transaction
async def found_team(
    *,
    actor: Actor,
    texts: dict[str, str],
    better: str,
    members: Sequence[str],
    lead_id: str | None = None,
    edge: tuple[str, str] | None = None,
    ideas: Sequence[str] = (),
    before: float | None = None,
    today: str,
    key: str | None = None,
    client_id: str | None = None,
) -> tuple[str, bool]:
    """HR or a manager founds a team: (its id, whether it is new or a repeat).

    `texts` are name, goal, measure and unit; `lead_id` (None: the actor) leads it and belongs to it. `before` is the
    measure `today` (ISO). The ideas' authors and supporters are told. Raises Forbidden, Invalid, Conflict.
    """
    if not may_found(actor):
        raise Forbidden
    texts = check_texts(texts, ["name", "goal", "measure"])
    lead_id = lead_id or actor.id
    people = sorted({*members, lead_id})
    fingerprint = request_hash({"team": texts, "better": better, "members": people, "edge": list(edge or ())})
    team_id, fresh = await claim(person_id=actor.id, key=key, client_id=client_id, fingerprint=fingerprint)
    if not fresh:
        return team_id, False
    await check_departments(edge or ())
    check_members(await _colleagues(people), edge)
    provider, customer = edge or (None, None)
    at = now()
    made = await database.fetch(
        """INSERT INTO improvement_team (id, position, name, goal, measure, unit, better, lead_id, founded_by,
            founded_at, provider_id, customer_id) VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})
        ON CONFLICT DO NOTHING RETURNING id""",
        *(team_id, position(at), texts["name"], texts["goal"], texts["measure"], texts["unit"], better),
        *(lead_id, actor.id, at, provider, customer),
    )
    if not made:
        raise Conflict(_("This id is taken. Make a new one."))
    await database.execute_many(
        "INSERT INTO improvement_member (team_id, person_id, joined_at) VALUES ({}, {}, {})",
        [(team_id, person_id, at) for person_id in people],
    )
    if before is not None:
        await _store_value(team_id, today, before)
    for idea_id in ideas:
        await open_idea(idea_id, "open")
        await database.execute("UPDATE idea SET state = 'team', team_id = {} WHERE id = {}", team_id, idea_id)
    await record_event("improvement.founded", actor_id=actor.id, subject_id=team_id)
    return team_id, True


async def _colleagues(ids: Sequence[str]) -> list[Colleague]:
    known = [one for one in ids if is_uuid(one)]
    rows = await database.fetch(
        f"""SELECT id, department_id FROM person
        WHERE deactivated_at IS NULL AND id IN ({database.placeholders(len(known)) or "NULL"})""",
        *known,
    )
    if len(rows) < len(ids):
        raise Invalid.field("members", GONE)
    return [Colleague(row["id"], row["department_id"]) for row in rows]


async def _team(actor: Actor, team_id: str, *, leads: bool, state: str = "running") -> database.Row:
    """The team, locked. Raises NotFound, Forbidden unless the actor works in it (or `leads` it), Conflict if it is in
    another state."""
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    row = is_uuid(team_id) and await database.fetch_one(
        f"SELECT * FROM improvement_team WHERE id = {{}} {lock}", team_id
    )
    if not row:
        raise NotFound
    allowed = actor.is_hr or row["lead_id"] == actor.id
    if not allowed and not leads:
        allowed = bool(
            await database.fetch(
                "SELECT 1 FROM improvement_member WHERE team_id = {} AND person_id = {}", team_id, actor.id
            )
        )
    if not allowed:
        raise Forbidden(_("Whoever leads the team does this.") if leads else _("The members of the team do this."))
    if row["state"] != state:
        raise Conflict(_("This team has ended.") if state == "running" else _("This team is at work."))
    return row


@database.transaction
async def edit_team(
    *,
    actor: Actor,
    team_id: str,
    texts: dict[str, str],
    better: str,
    lead_id: str,
    members: Sequence[str],
    version: int,
) -> None:
    """New words, another lead, other members. Those who are new are told; the others see it.

    Raises NotFound, Forbidden, Invalid, Conflict if somebody has changed it since `version`.
    """
    row = await _team(actor, team_id, leads=True)
    if row["version"] != version:
        raise Conflict(_("Somebody has changed this while you were writing."))
    texts = check_texts(texts, ["name", "goal", "measure"])
    wanted = {*members, lead_id}
    there = {
        one["person_id"]
        for one in await database.fetch("SELECT person_id FROM improvement_member WHERE team_id = {}", team_id)
    }
    edge = (row["provider_id"], row["customer_id"]) if row["provider_id"] else None
    check_members(await _colleagues(sorted(wanted)), edge)
    await database.execute(
        """UPDATE improvement_team SET name = {}, goal = {}, measure = {}, unit = {}, better = {}, lead_id = {},
            version = version + 1 WHERE id = {}""",
        *(texts["name"], texts["goal"], texts["measure"], texts["unit"], better, lead_id, team_id),
    )
    at = now()
    for person_id in sorted(wanted - there):
        await database.execute(
            "INSERT INTO improvement_member (team_id, person_id, joined_at) VALUES ({}, {}, {})",
            *(team_id, person_id, at),
        )
        await record_event("improvement.joined", actor_id=actor.id, subject_id=team_id, detail=person_id)
    for person_id in sorted(there - wanted):
        await database.execute(
            "DELETE FROM improvement_member WHERE team_id = {} AND person_id = {}", team_id, person_id
        )
        await database.execute(
            "UPDATE improvement_step SET person_id = NULL WHERE team_id = {} AND person_id = {} AND done_at IS NULL",
            *(team_id, person_id),
        )
    await record_event("improvement.changed", actor_id=actor.id, subject_id=team_id, detail=str(version + 1))


@database.transaction
async def add_step(*, actor: Actor, team_id: str, what: str, person_id: str | None = None, by_day: str = "") -> str:
    """Something to do, by a member or by whoever can. Returns its id. Raises NotFound, Forbidden, Invalid, Conflict."""
    await _team(actor, team_id, leads=False)
    texts = check_texts({"what": what}, ["what"])
    day = check_day(by_day, "by_day")
    counted = await database.fetch_one("SELECT COUNT(*) AS n FROM improvement_step WHERE team_id = {}", team_id)
    if counted is not None and counted["n"] >= MOST_STEPS:
        raise Invalid.field("what", _("At most %(n)s steps; end this team and found the next.", n=MOST_STEPS))
    if person_id:
        member = is_uuid(person_id) and await database.fetch(
            "SELECT 1 FROM improvement_member WHERE team_id = {} AND person_id = {}", team_id, person_id
        )
        if not member:
            raise Invalid.field("person", _("Choose somebody of the team, or nobody."))
    step_id = uuid7()
    await database.execute(
        "INSERT INTO improvement_step (id, team_id, what, person_id, by_day, made_at) VALUES ({}, {}, {}, {}, {}, {})",
        *(step_id, team_id, texts["what"], person_id or None, day, now()),
    )
    await record_event("improvement.step_added", actor_id=actor.id, subject_id=step_id)
    return step_id


async def _step(actor: Actor, team_id: str, step_id: str) -> database.Row:
    await _team(actor, team_id, leads=False)
    row = is_uuid(step_id) and await database.fetch_one(
        "SELECT * FROM improvement_step WHERE id = {} AND team_id = {}", step_id, team_id
    )
    if not row:
        raise NotFound
    return row


@database.transaction
async def finish_step(*, actor: Actor, team_id: str, step_id: str, done: bool) -> None:
    """It is done, or not yet after all. Raises NotFound, Forbidden, Conflict."""
    row = await _step(actor, team_id, step_id)
    if (row["done_at"] is not None) == done:
        return
    await database.execute(
        "UPDATE improvement_step SET done_at = {}, done_by = {} WHERE id = {}",
        *(now() if done else None, actor.id if done else None, step_id),
    )
    await record_event(f"improvement.step_{'done' if done else 'undone'}", actor_id=actor.id, subject_id=step_id)


@database.transaction
async def remove_step(*, actor: Actor, team_id: str, step_id: str) -> None:
    """It is not to be done any more. Raises NotFound, Forbidden, Conflict."""
    await _step(actor, team_id, step_id)
    await database.execute("DELETE FROM improvement_step WHERE id = {}", step_id)
    await record_event("improvement.step_removed", actor_id=actor.id, subject_id=team_id)


@database.transaction
async def measure(*, actor: Actor, team_id: str, day: str, value: float | None) -> None:
    """The team's measure on a day; another value replaces it, None takes it away.

    Raises NotFound, Forbidden, Invalid, Conflict.
    """
    await _team(actor, team_id, leads=False)
    day = check_day(day, "day")
    if not day:
        raise Invalid.field("day", _("Write a day as in 2026-03-31."))
    if value is None:
        await database.execute("DELETE FROM improvement_value WHERE team_id = {} AND day = {}", team_id, day)
    else:
        await _store_value(team_id, day, value)
    await record_event("improvement.measured", actor_id=actor.id, subject_id=team_id)


async def _store_value(team_id: str, day: str, value: float) -> None:
    counted = await database.fetch_one("SELECT COUNT(*) AS n FROM improvement_value WHERE team_id = {}", team_id)
    if counted is not None and counted["n"] >= MOST_VALUES:
        raise Invalid.field("value", _("At most %(n)s values.", n=MOST_VALUES))
    await database.execute(
        """INSERT INTO improvement_value (team_id, day, value) VALUES ({}, {}, {})
        ON CONFLICT (team_id, day) DO UPDATE SET value = excluded.value""",
        *(team_id, day, check_value(value)),
    )


@database.transaction
async def end_team(
    *,
    actor: Actor,
    team_id: str,
    result: str,
    after: float | None,
    today: str,
    message: str,
    undo_seconds: int,
    kudos_id: str | None = None,
) -> str | None:
    """It has done its work: what came of it, the measure `today`, and one thank-you to all others in it.

    Returns the thank-you's id; None where there is nobody else to thank. Raises NotFound, Forbidden, Conflict,
    Invalid beside "result", "after" (needed if the measure was known before) or "message".
    """
    await _team(actor, team_id, leads=True)
    texts = check_texts({"result": result}, ["result"])
    if after is not None:
        await _store_value(team_id, today, after)
    elif await database.fetch("SELECT 1 FROM improvement_value WHERE team_id = {}", team_id):
        raise Invalid.field("after", _("Say what the measure is now; without it nobody knows whether it helped."))
    others = await database.fetch(
        """SELECT m.person_id FROM improvement_member m JOIN person p ON p.id = m.person_id
        WHERE m.team_id = {} AND m.person_id <> {} AND p.deactivated_at IS NULL""",
        *(team_id, actor.id),
    )
    thanks = None
    if others:
        thanks, _fresh = await give_kudos(
            actor=actor,
            recipients=[row["person_id"] for row in others],
            message=message,
            value=None,
            private=False,
            undo_seconds=undo_seconds,
            client_id=kudos_id,
        )
    await database.execute(
        """UPDATE improvement_team SET state = 'ended', result = {}, ended_at = {}, kudos_id = {}, version = version + 1
        WHERE id = {}""",
        *(texts["result"], now(), thanks, team_id),
    )
    await record_event("improvement.ended", actor_id=actor.id, subject_id=team_id)
    return thanks


@database.transaction
async def reopen_team(*, actor: Actor, team_id: str) -> None:
    """It goes on after all; what was thanked stays thanked. Raises NotFound, Forbidden, Conflict."""
    await _team(actor, team_id, leads=True, state="ended")
    await database.execute(
        "UPDATE improvement_team SET state = 'running', ended_at = NULL, version = version + 1 WHERE id = {}", team_id
    )
    await record_event("improvement.reopened", actor_id=actor.id, subject_id=team_id)
