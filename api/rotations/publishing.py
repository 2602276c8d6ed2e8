"""A plan becomes what people are told: what is new, moved, has other partners or is off; nothing else is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

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
from api.rotations.changes import Step, placed, steps
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
    Invalid beside "answer_by", Conflict if the plan breaks a rule with the data and the answers of now, or is not a
    finished draft.
    """
    try:
        day = date.fromisoformat(answer_by).isoformat() if answer_by else ""
    except ValueError:
        raise Invalid.field("answer_by", _("Write a day as in 2026-03-31.")) from None
    await end_what_is_over()  # what took place moves on, though the job may not have come by yet
    found = await desk(plan_id)
    holds = await _holds(found.programme_id)
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
        # From here on answers wait, and then find the new version; one that came since the data were read stops it
        if (plan["state"], plan["version"]) != ("ready", found.version) or holds != await _holds(
            found.programme_id, lock
        ):
            raise Conflict(_("Somebody has changed this meanwhile. Look at it as it is now, then change it again."))
        return await _tell(actor, found.programme_id, holds and holds[0], plan_id, day)

    return await tell()


async def _holds(programme_id: str, lock: str = "") -> tuple[str, int] | None:
    """The plan that people were told of, and its version, which rises when somebody declines or a manager objects."""
    row = await database.fetch_one(
        f"SELECT id, version FROM plan WHERE programme_id = {{}} AND state = 'published' {lock}", programme_id
    )
    return None if row is None else (row["id"], row["version"])


async def _tell(actor: Actor, programme_id: str, old_id: str | None, plan_id: str, answer_by: str) -> str:
    at = now()
    found = steps(await placed(old_id) if old_id else [], await placed(plan_id))
    await _carry_over(plan_id, found)
    if old_id:
        await database.execute("UPDATE plan SET state = 'retired' WHERE id = {}", old_id)
    await database.execute("UPDATE plan SET state = 'published', published_at = {} WHERE id = {}", at, plan_id)
    await database.execute("UPDATE programme_ban SET plan_id = NULL WHERE plan_id = {}", plan_id)
    await database.execute(
        """UPDATE programme SET state = 'published', answer_by = {}, version = version + 1,
            published_at = COALESCE(published_at, {}) WHERE id = {}""",
        *(answer_by, at, programme_id),
    )
    last = await database.fetch_one("SELECT MAX(number) AS n FROM publication WHERE programme_id = {}", programme_id)
    publication_id = uuid7(at)
    await database.execute(
        "INSERT INTO publication (id, programme_id, plan_id, number, at, actor_id) VALUES ({}, {}, {}, {}, {}, {})",
        *(publication_id, programme_id, plan_id, ((last and last["n"]) or 0) + 1, at, actor.id),
    )
    told = [(one.new or one.old, one.change) for one in found if one.change != "kept"]
    await database.execute_many(
        "INSERT INTO publication_notice (publication_id, person_id, visit_id, change) VALUES ({}, {}, {}, {})",
        [(publication_id, visit.person_id, visit.id, change) for visit, change in told if visit],
    )
    await enqueue("rotations.ask", publication_id)
    await record_event("programme.published", actor_id=actor.id, subject_id=programme_id, detail=publication_id)
    return publication_id


async def _carry_over(plan_id: str, found: Sequence[Step]) -> None:
    """Visits keep their name, and their state unless they are moved; new ones are proposed.

    One that has taken place moves on as it is, and is never there twice: it is counted, and feedback hangs on its id.
    """
    over = [(one.old.id, one.new) for one in found if one.old and one.new and one.old.state == "done"]
    await database.execute_many("DELETE FROM visit WHERE id = {}", [(new.id,) for _old, new in over])
    await database.execute_many(
        "UPDATE visit SET plan_id = {}, block = {}, group_number = {} WHERE id = {}",
        [(plan_id, new.block, new.group_number, old) for old, new in over],
    )
    rows = []
    for one in found:
        if one.new and one.old and one.old.state != "done":
            state = "proposed" if one.change == "moved" else one.old.state
            rows.append((state, one.old.uid, one.old.revision + (one.change != "kept"), one.new.id))
        elif one.new and not one.old:
            rows.append(("proposed", one.new.uid, one.new.revision, one.new.id))
    await database.execute_many("UPDATE visit SET state = {}, uid = {}, revision = {} WHERE id = {}", rows)


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
