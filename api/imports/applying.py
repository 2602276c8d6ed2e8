"""A difference becomes true, a few hundred rows to a transaction.

Each transaction takes the next staged rows, does what they say and removes them: broken off anywhere, the job goes
on with what is left, and nothing happens twice. Whoever thanks somebody meanwhile waits for one such step at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import Any

import msgspec

from api.core import database
from api.core.clock import now
from api.core.database.bulk import Columns
from api.core.events import record_event
from api.core.jobs import Job, enqueue, finish
from api.dependencies import overview
from api.imports.filing import file_thanks
from api.imports.leaving import let_go
from api.imports.recording import Followed, record, root_of, states
from api.imports.rules import APPLIED_STEP
from api.imports.staging import Content, Hold, Interrupted, discard

_PERSON = Columns.of(
    "person",
    "id:uuid email:text name:text given_name:text search:text job_de:text job_en:text department_id:uuid"
    " manager_id:uuid joined_on:text language:text time_zone:text created_at:bigint",
)
_DEPARTMENT = Columns.of(
    "department",
    "id:uuid code_de:text code_en:text name_de:text name_en:text purpose_de:text purpose_en:text hue:int position:int"
    " manager_id:uuid cost_centre:text created_at:bigint",
)
_DEPENDENCY = Columns.of(
    "dependency",
    "id:uuid provider_id:uuid customer_id:uuid handover_de:text handover_en:text weight:int error_cost_cents:int"
    " error_note_de:text error_note_en:text created_at:bigint",
)
_NULLABLE = {"manager_id", "error_cost_cents", "value_id"}
_NAMES = {"name", "name_de", "name_en"}
"""Columns by which thanks are found."""

_HUES = 14


async def apply(job: Job) -> None:
    """The job: carries out the run that it names, until nothing of it is left."""
    run_id = str(job.subject_id)
    hold = Hold(run_id, job, "applying")
    try:
        await hold.take()
        await discard(run_id, "import_chunk", "import_fault")
        while await database.transact(partial(_step, hold)):
            pass
        await database.transact(partial(_finish, hold))
    except Interrupted:
        await database.transact(partial(finish, job))


async def _step(hold: Hold) -> bool:
    """The next rows, all of one thing and action; False if there are none."""
    # The row of the run is locked by this, so that of two workers one waits here.
    run = await database.fetch_one(
        f"SELECT progress, total FROM import_run WHERE id = {{}} {database.sql(sqlite='', postgres='FOR UPDATE')}",
        hold.run_id,
    )
    rows = await database.fetch(
        f"""SELECT phase, line, thing, action, content FROM import_row WHERE import_id = {{}}
        ORDER BY phase, line LIMIT {APPLIED_STEP}""",
        hold.run_id,
    )
    if run is None or not rows:
        return False
    what, first = next(groupby(rows, key=lambda row: (row["thing"], row["action"])))
    taken = list(first)
    contents = [msgspec.json.decode(row["content"], type=Content) for row in taken]
    await _carry_out(hold.run_id, what[0], what[1], contents)
    last = taken[-1]
    await database.execute(
        "DELETE FROM import_row WHERE import_id = {} AND (phase < {} OR (phase = {} AND line <= {}))",
        *(hold.run_id, last["phase"], last["phase"], last["line"]),
    )
    await hold.step(run["progress"] + len(taken), run["total"])
    return True


async def _carry_out(run_id: str, thing: str, action: str, contents: Sequence[Content]) -> None:
    if action == "left_out":
        return
    if thing == "kudos":
        await file_thanks([(content.id, content.thanks) for content in contents if content.thanks])
        return
    # Changes of the directory happen one after the other, and rendered cards hold names.
    await database.execute("UPDATE organisation SET directory_revision = directory_revision + 1")
    database.after_commit(overview.forget)
    ids = [content.id for content in contents]
    root = await root_of(run_id)
    before = {} if action == "new" else await states(thing, ids)
    followed: list[Followed] = []
    if action == "leaving" and thing == "person":
        followed = await let_go(ids)
    elif action == "leaving":
        await database.execute(f"DELETE FROM dependency WHERE id IN ({database.placeholders(len(ids))})", *ids)
    elif action == "changed":
        await _change(thing, contents)
    elif thing == "department":
        await _new_departments(contents)
    elif thing == "person":
        await _new_people(contents)
    else:
        await _DEPENDENCY.insert([_row(_DEPENDENCY, content) for content in contents], "ON CONFLICT DO NOTHING")
    if thing == "person" and action != "leaving":
        await _without_leavers(ids)
    await record(root, thing, ids, before, await states(thing, ids), followed)


def _row(columns: Columns, content: Content) -> tuple[Any, ...]:
    known = {"id": content.id, "created_at": now(), **content.set}
    return tuple(known.get(name, None if name in _NULLABLE else "") for name, _kind in columns.columns)


async def _new_people(contents: Sequence[Content]) -> None:
    """Whoever was entered by hand a moment ago stays as they are; the next import compares with that."""
    addresses = [content.set["email"] for content in contents]
    rows = await database.fetch(
        f"SELECT email FROM person WHERE email IN ({database.placeholders(len(addresses))})", *addresses
    )
    taken = {row["email"] for row in rows}
    new = [content for content in contents if content.set["email"] not in taken]
    managers = sorted({content.set["manager_id"] for content in new if content.set.get("manager_id")})
    rows = await database.fetch(
        f"SELECT id FROM person WHERE id IN ({database.placeholders(len(managers)) or 'NULL'})", *managers
    )
    there = {row["id"] for row in rows} | {content.id for content in new}
    for content in new:
        if content.set.get("manager_id") not in there:
            content.set["manager_id"] = None
    await _PERSON.insert([_row(_PERSON, content) for content in new])


async def _change(thing: str, contents: Sequence[Content]) -> None:
    """Update exactly the columns that differ; rows that change the same columns go together."""
    by_columns = sorted(contents, key=lambda content: sorted(content.set))
    for columns, group in groupby(by_columns, key=lambda content: tuple(sorted(content.set))):
        extra = ", left_on = ''" if "deactivated_at" in columns else ""
        marks = ", ".join(f"{column} = {{}}" for column in columns)
        await database.execute_many(
            f"UPDATE {thing} SET {marks}{extra} WHERE id = {{}}",
            [(*(content.set[column] for column in columns), content.id) for content in group],
        )
    for content in contents:
        if _NAMES & content.set.keys():
            await enqueue("kudos.reindex", content.id)  # their thanks are found by the new name


async def _without_leavers(ids: Sequence[str]) -> None:
    """Nobody is led by somebody who has left, be it a moment ago."""
    await database.execute(
        f"""UPDATE person SET manager_id = NULL WHERE id IN ({database.placeholders(len(ids))})
        AND manager_id IN (SELECT id FROM person WHERE deactivated_at IS NOT NULL)""",
        *ids,
    )


async def _new_departments(contents: Sequence[Content]) -> None:
    last = await database.fetch_one("SELECT COALESCE(MAX(position), 0) AS last FROM department")
    rows = []
    for place, content in enumerate(contents, start=1 + (last["last"] if last else 0)):
        content.set |= {"position": place, "hue": place % _HUES + 1}
        rows.append(_row(_DEPARTMENT, content))
    await _DEPARTMENT.insert(rows, "ON CONFLICT DO NOTHING")


async def _finish(hold: Hold) -> None:
    row = await database.fetch_one(
        """UPDATE import_run SET state = 'done', progress = total, ended_at = {}, seen_at = {}
        WHERE id = {} AND state = 'applying' RETURNING created_by, kind""",
        *(now(), now(), hold.run_id),
    )
    if row is None:
        raise Interrupted
    await record_event("import.applied", actor_id=row["created_by"], subject_id=hold.run_id, detail=row["kind"])
    await finish(hold.job)
