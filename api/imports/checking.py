"""From an uploaded file to errors, or to a difference: two passes in small steps, so that nobody waits for them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import BinaryIO

import msgspec

from api.core import database
from api.core.errors import Invalid
from api.core.i18n import Message
from api.core.jobs import Job, finish
from api.imports.departments import DepartmentsSheet
from api.imports.dependencies import DependenciesSheet
from api.imports.files import Rows
from api.imports.history import HistorySheet
from api.imports.people import PeopleSheet
from api.imports.rules import STEP
from api.imports.sheet import Frame, Sheet
from api.imports.staging import Hold, Interrupted, Staged, discard, spool, store_faults, store_rows

_SHEETS: dict[str, type[Sheet]] = {
    "people": PeopleSheet,
    "departments": DepartmentsSheet,
    "dependencies": DependenciesSheet,
    "history": HistorySheet,
}
_SAVED_EVERY = 8  # steps of the first pass between two words about how far it is


async def check(job: Job) -> None:
    """The job: reads the file of the run that it names. Begins anew if it was broken off; stops if it is cancelled."""
    run_id = str(job.subject_id)
    hold = Hold(run_id, job, "checking")
    try:
        await hold.take()
        await discard(run_id, "import_row", "import_fault")
        run = await database.fetch_one("SELECT * FROM import_run WHERE id = {}", run_id)
        assert run is not None  # the hold has seen it
        frame = Frame(
            kind=run["kind"],
            mapping=msgspec.json.decode(run["mapping"], type=dict[str, int]),
            complete=bool(run["complete"]),
            uploader=run["created_by"],
        )
        # Whatever changes from here on makes the difference stale.
        house = await database.fetch_one("SELECT directory_revision FROM organisation")
        sheet = _SHEETS[frame.kind](frame)
        with await spool(run_id) as file:
            problem = await _compare(file, run, sheet, hold)
        await database.transact(partial(_conclude, hold, sheet, problem, house["directory_revision"] if house else 0))
    except Interrupted:
        await database.transact(partial(finish, job))


async def _compare(file: BinaryIO, run: database.Row, sheet: Sheet, hold: Hold) -> Message | None:
    """Both passes; returns what is wrong with the list as a whole."""
    try:
        with _open(file, run) as rows:
            total = await _first_pass(rows, sheet, hold)
        await asyncio.to_thread(sheet.conclude)
        if not sheet.faults.count:
            await sheet.settle()
        if sheet.faults.count:
            return None
        with _open(file, run) as rows:
            await _second_pass(rows, sheet, hold, total)
    except Invalid as refused:
        return refused.message
    return None


def _open(file: BinaryIO, run: database.Row) -> Rows:
    return Rows(file, run["encoding"], run["delimiter"])


async def _first_pass(rows: Rows, sheet: Sheet, hold: Hold) -> int:
    await sheet.prepare()
    done = steps = 0
    while batch := await asyncio.to_thread(rows.take, STEP):
        await asyncio.to_thread(sheet.read, batch)
        done += len(batch)
        steps += 1
        if steps % _SAVED_EVERY == 0:
            await hold.step(done, 0)
    return done


async def _second_pass(rows: Rows, sheet: Sheet, hold: Hold, total: int) -> None:
    done = 0
    while batch := await asyncio.to_thread(rows.take, STEP):
        stored = await sheet.stored(batch)
        staged = await asyncio.to_thread(sheet.difference, batch, stored)
        done += len(batch)
        await database.transact(partial(_stage, hold, staged, done, total))
    async for staged in sheet.remaining():
        await database.transact(partial(_stage, hold, staged, total, total))


async def _stage(hold: Hold, staged: Sequence[Staged], done: int, total: int) -> None:
    await hold.step(done, total)
    await store_rows(hold.run_id, staged)


async def _conclude(hold: Hold, sheet: Sheet, problem: Message | None, basis: int) -> None:
    if problem is None:
        await store_faults(hold.run_id, sheet.faults.kept)
    changed = await database.fetch(
        """UPDATE import_run SET state = 'checked', counts = {}, errors = {}, problem = {}, basis = {}
        WHERE id = {} AND state = 'checking' AND holder = {} RETURNING id""",
        msgspec.json.encode(sheet.counts).decode(),
        sheet.faults.count,
        "" if problem is None else msgspec.json.encode(problem).decode(),
        *(basis, hold.run_id, hold.job.lease_token),
    )
    if not changed:
        raise Interrupted
    await finish(hold.job)
