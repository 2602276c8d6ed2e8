"""Award programmes, by HR: made, changed, archived. Awards that were granted keep their name."""

from __future__ import annotations

from collections.abc import Mapping

from api.awards.rules import check_programme
from api.awards.schemas import ProgrammeRecord
from api.core import database
from api.core.access.actor import Actor
from api.core.changes import Changed, State, Thing, check_version, create, lock_directory, save, state_of, version_of
from api.core.clock import now
from api.core.errors import NotFound
from api.core.ids import is_uuid, uuid7

TEXTS = ("name_de", "name_en", "text_de", "text_en", "criteria_de", "criteria_en")
FIELDS = (
    *TEXTS,
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
) -> Changed:
    """Make a programme, or change one that is there; the same again changes nothing.

    What is proposed already keeps its points. Raises NotFound for an id that is none, Invalid beside the fields,
    Conflict if it is not as `version` has seen it (None: a new one).
    """
    await lock_directory()
    programme_id = programme_id or uuid7()
    if not is_uuid(programme_id):
        raise NotFound
    after = check_programme({name: fields[name] for name in FIELDS})
    if not await database.fetch("SELECT 1 FROM award_programme WHERE id = {}", programme_id):
        change_id = await create(
            PROGRAMME,
            "award_programme.created",
            actor_id=actor.id,
            subject_id=programme_id,
            state=after,
            more={"created_at": now()},
        )
        return Changed(programme_id, change_id)
    before = await state_of(PROGRAMME, programme_id)
    if any(before[name] != after[name] for name in FIELDS):
        check_version(before, version or "")
    return await _save(actor, "award_programme.changed", programme_id, before, after)


@database.transaction
async def archive_programme(*, actor: Actor, programme_id: str, archived: bool) -> Changed:
    """Nobody can be proposed for it any more; or again. What waits for approval goes on. Raises NotFound."""
    await lock_directory()
    before = await state_of(PROGRAMME, programme_id)
    after: State = {"archived_at": (before["archived_at"] or now()) if archived else None}
    kind = "award_programme.archived" if archived else "award_programme.restored"
    return await _save(actor, kind, programme_id, before, after)


async def _save(actor: Actor, kind: str, programme_id: str, before: State, after: State) -> Changed:
    change_id = await save(PROGRAMME, kind, actor_id=actor.id, subject_id=programme_id, before=before, after=after)
    return Changed(programme_id, change_id)
