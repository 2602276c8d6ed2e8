"""Award programmes, by HR: made, changed, archived. Awards that were granted keep their name."""

from __future__ import annotations

from collections.abc import Mapping

from api.awards.rules import check_programme
from api.awards.schemas import ProgrammeRecord
from api.core import database
from api.core.access.actor import Actor
from api.core.changes import State, Thing, check_version, lock_directory, state_of, version_of
from api.core.clock import now
from api.core.events import record_event
from api.core.ids import uuid7

FIELDS = (
    *("name_de", "name_en", "text_de", "text_en", "criteria_de", "criteria_en"),
    *("from_day", "until_day", "nominators", "points", "approvals"),
)
PROGRAMME = Thing("award_programme", (*FIELDS, "archived_at"))


def _record(programme_id: str, state: State) -> ProgrammeRecord:
    shown = {name: state[name] for name in FIELDS}
    archived = state["archived_at"] is not None
    return ProgrammeRecord(id=programme_id, archived=archived, version=version_of(state), **shown)  # type: ignore[arg-type]


async def records() -> list[ProgrammeRecord]:
    """All programmes with all fields, archived ones at the end."""
    rows = await database.fetch(
        f"""SELECT id, {", ".join(PROGRAMME.fields)} FROM award_programme
        ORDER BY archived_at IS NOT NULL, created_at, id"""
    )
    return [_record(row[0], dict(zip(PROGRAMME.fields, tuple(row)[1:], strict=True))) for row in rows]


async def record(programme_id: str) -> ProgrammeRecord:
    """One of them. Raises NotFound."""
    return _record(programme_id, await state_of(PROGRAMME, programme_id))


@database.transaction
async def write_programme(
    *, actor: Actor, fields: Mapping[str, object], programme_id: str | None = None, version: str | None = None
) -> str:
    """Make a programme, or change one that is there; the same again changes nothing. Returns its id.

    What is proposed already keeps its points. Raises Invalid beside the fields, Conflict if it is not as `version`
    has seen it (None: a new one).
    """
    await lock_directory()
    programme_id = programme_id or uuid7()
    there = await database.fetch_one("SELECT 1 FROM award_programme WHERE id = {}", programme_id)
    after = check_programme({**dict.fromkeys(FIELDS, ""), **{name: fields[name] for name in FIELDS}})
    if there is None:
        await database.execute(
            f"""INSERT INTO award_programme (id, created_at, {", ".join(FIELDS)})
            VALUES ({database.placeholders(len(FIELDS) + 2)})""",
            *(programme_id, now(), *(after[name] for name in FIELDS)),
        )
        await record_event("award_programme.created", actor_id=actor.id, subject_id=programme_id)
        return programme_id
    before = await state_of(PROGRAMME, programme_id)
    if all(before[name] == after[name] for name in FIELDS):
        return programme_id
    check_version(before, version or "")
    await database.execute(
        f"UPDATE award_programme SET {', '.join(f'{name} = {{}}' for name in FIELDS)} WHERE id = {{}}",
        *(*(after[name] for name in FIELDS), programme_id),
    )
    await _changed(actor, programme_id, "award_programme.changed")
    return programme_id


@database.transaction
async def archive_programme(*, actor: Actor, programme_id: str, archived: bool) -> None:
    """Nobody can be proposed for it any more; or again. What waits for approval goes on. Raises NotFound."""
    await lock_directory()
    before = await state_of(PROGRAMME, programme_id)
    if archived == (before["archived_at"] is not None):
        return
    await database.execute(
        "UPDATE award_programme SET archived_at = {} WHERE id = {}", now() if archived else None, programme_id
    )
    await _changed(actor, programme_id, "award_programme.archived" if archived else "award_programme.restored")


async def _changed(actor: Actor, programme_id: str, kind: str) -> None:
    # Cards name the award: what was rendered before is stale
    await database.execute("UPDATE organisation SET directory_revision = directory_revision + 1")
    await record_event(kind, actor_id=actor.id, subject_id=programme_id)
