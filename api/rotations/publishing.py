"""A plan becomes what people are told: what is new, moved, has other partners or is off; nothing else is told."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import msgspec

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now
from api.core.errors import Conflict, Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import Language
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.core.jobs import enqueue
from api.people.queries import person_columns, person_ref
from api.people.schemas import PersonRef
from api.rotations.desk import changed_data, desk
from api.rotations.ending import end_what_is_over
from api.rotations.rules import check_open


class PublicationOut(msgspec.Struct, frozen=True):
    """A version people were told of, and who was told what: person, change, whether they have looked."""

    number: int
    at: int
    plan_id: str
    told: list[tuple[PersonRef, str, bool]]


async def publish(*, actor: Actor, plan_id: str, answer_by: str = "") -> str:
    """Tell people of this plan, in place of the programme's plan before; returns the publication's id.

    Managers may object until the day `answer_by`. Visits that stay as they were keep their state. Raises NotFound,
    Invalid beside "answer_by", Conflict if the plan breaks a rule with the data of now, or is not a finished draft.
    """
    try:
        day = date.fromisoformat(answer_by).isoformat() if answer_by else ""
    except ValueError:
        raise Invalid.field("answer_by", _("Write a day as in 2026-03-31.")) from None
    await end_what_is_over()  # what took place moves on, though the job may not have come by yet
    found = await desk(plan_id)
    _differences, worth = await changed_data(found)
    if worth.faults:
        raise Conflict(_("This plan breaks a rule by now. Look at its conflicts, mend it, then publish."))

    @database.transaction
    async def tell() -> str:
        lock = database.sql(sqlite="", postgres="FOR UPDATE")
        programme = await database.fetch_one(f"SELECT state FROM programme WHERE id = {{}} {lock}", found.programme_id)
        plan = await database.fetch_one(f"SELECT state, version FROM plan WHERE id = {{}} {lock}", plan_id)
        if programme is None or plan is None:
            raise NotFound
        check_open(programme["state"])
        if plan["state"] != "ready" or plan["version"] != found.version:
            raise Conflict(_("Somebody has changed this meanwhile. Look at it as it is now, then change it again."))
        return await _tell(actor, found.programme_id, plan_id, day)

    return await tell()


async def _tell(actor: Actor, programme_id: str, plan_id: str, answer_by: str) -> str:
    at = now()
    old_plan = await database.fetch_one(
        "SELECT id FROM plan WHERE programme_id = {} AND state = 'published'", programme_id
    )
    before = await _visits(old_plan["id"]) if old_plan else []
    after = await _visits(plan_id)
    over = _over(before, after)
    await database.execute_many("DELETE FROM visit WHERE id = {}", [(new["id"],) for _old, new in over])
    await database.execute_many(
        "UPDATE visit SET plan_id = {}, block = {}, group_number = {} WHERE id = {}",
        [(plan_id, new["block"], new["group_number"], old["id"]) for old, new in over],
    )
    notices = _compare(before, after)
    if old_plan:
        await database.execute("UPDATE plan SET state = 'retired' WHERE id = {}", old_plan["id"])
    await database.execute("UPDATE plan SET state = 'published', published_at = {} WHERE id = {}", at, plan_id)
    await database.execute(
        """UPDATE programme SET state = 'published', answer_by = {}, version = version + 1,
            published_at = COALESCE(published_at, {}) WHERE id = {}""",
        *(answer_by, at, programme_id),
    )
    await database.execute_many(
        "UPDATE visit SET state = {}, uid = {}, revision = {} WHERE id = {}",
        [(row["state"], row["uid"], row["revision"], row["id"]) for row in after if row["state"] != "done"],
    )
    last = await database.fetch_one("SELECT MAX(number) AS n FROM publication WHERE programme_id = {}", programme_id)
    publication_id = uuid7(at)
    await database.execute(
        "INSERT INTO publication (id, programme_id, plan_id, number, at, actor_id) VALUES ({}, {}, {}, {}, {}, {})",
        *(publication_id, programme_id, plan_id, ((last and last["n"]) or 0) + 1, at, actor.id),
    )
    await database.execute_many(
        "INSERT INTO publication_notice (publication_id, person_id, visit_id, change) VALUES ({}, {}, {}, {})",
        [(publication_id, person, visit, change) for person, visit, change in notices],
    )
    await enqueue("rotations.ask", publication_id)
    await record_event("programme.published", actor_id=actor.id, subject_id=programme_id, detail=publication_id)
    return publication_id


async def _visits(plan_id: str) -> list[dict[str, Any]]:
    columns = (
        *("id", "person_id", "host_id", "block", "starts_at", "ends_at", "group_number", "state", "uid", "revision"),
    )
    rows = await database.fetch(
        f"SELECT {', '.join(columns)} FROM visit WHERE plan_id = {{}} AND state <> 'cancelled' ORDER BY id", plan_id
    )
    return [dict(zip(columns, tuple(row), strict=True)) for row in rows]


def _over(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Visits that have taken place, each with its like in the new version; in `after` they stand instead of that.

    Such a visit moves on as it is, and is never there twice: it is counted, and feedback hangs on its id.
    """
    done = {(row["person_id"], row["host_id"], row["starts_at"]): row for row in before if row["state"] == "done"}
    found = []
    for place, row in enumerate(after):
        old = done.get((row["person_id"], row["host_id"], row["starts_at"]))
        if old is not None:
            found.append((old, row))
            after[place] = old | {"block": row["block"], "group_number": row["group_number"]}
    return found


def _partners(rows: list[dict[str, Any]]) -> dict[str, frozenset[str]]:
    groups: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        groups[row["group_number"]].add(row["person_id"])
    return {row["id"]: frozenset(groups[row["group_number"]] - {row["person_id"]}) for row in rows}


def _compare(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Who is told what (person, visit, change); gives each visit of `after` its state, name and revision."""
    known = {(row["person_id"], row["host_id"]): row for row in before if row["state"] != "done"}
    partners = _partners(before) | _partners(after)
    notices = []
    for row in after:
        if row["state"] == "done":
            continue
        old = known.pop((row["person_id"], row["host_id"]), None)
        if old is None:
            row["state"] = "proposed"
            notices.append((row["person_id"], row["id"], "new"))
            continue
        row["uid"], row["revision"], row["state"] = old["uid"], old["revision"], old["state"]
        if (row["starts_at"], row["ends_at"]) != (old["starts_at"], old["ends_at"]) or old["state"] == "declined":
            row["state"], row["revision"] = "proposed", old["revision"] + 1
            notices.append((row["person_id"], row["id"], "moved"))
        elif partners[row["id"]] != partners[old["id"]]:
            row["revision"] = old["revision"] + 1
            notices.append((row["person_id"], row["id"], "partner"))
    gone = [row for row in known.values() if row["state"] != "declined"]
    return [*notices, *((row["person_id"], row["id"], "cancelled") for row in gone)]


async def publications(programme_id: str, language: Language) -> list[PublicationOut]:
    """A programme's versions, the latest first, and who was told what: two statements."""
    if not is_uuid(programme_id):
        raise NotFound
    versions = await database.fetch(
        "SELECT id, number, at, plan_id FROM publication WHERE programme_id = {} ORDER BY number DESC LIMIT 20",
        programme_id,
    )
    ids = [row["id"] for row in versions]
    told: dict[str, list[tuple[PersonRef, str, bool]]] = defaultdict(list)
    for row in await database.fetch(
        f"""SELECT t.publication_id, t.change, t.seen_at, {person_columns("p", "d", language)}
        FROM publication_notice t JOIN person p ON p.id = t.person_id JOIN department d ON d.id = p.department_id
        WHERE t.publication_id IN ({database.placeholders(len(ids)) or "NULL"}) ORDER BY p.search, p.id""",
        *ids,
    ):
        told[row[0]].append((person_ref(row, 3), row[1], row[2] is not None))
    return [PublicationOut(row["number"], row["at"], row["plan_id"], told[row["id"]]) for row in versions]
