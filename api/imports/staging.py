"""What belongs to a run until it ends: the file's bytes, the changes, the errors. In steps that nobody waits for."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import partial
from typing import Any, BinaryIO

import msgspec

from api.core import database
from api.core.clock import now
from api.core.database.bulk import Columns
from api.core.i18n import Message
from api.core.jobs import Job, report
from api.imports.rules import MOST_FAULTS, STEP, Action, Thing

CHUNK = 256 * 1024

_ROWS = Columns.of("import_row", "import_id:uuid phase:int line:int thing:text action:text content:text")
_FAULTS = Columns.of("import_fault", "import_id:uuid number:int line:int field:text content:text message:text")


class Interrupted(Exception):
    """The run was cancelled, or another process has it: stop and touch nothing more."""


class Content(msgspec.Struct, omit_defaults=True):
    """A staged change. `set` are columns and their new values, `show` the fields that differ as (field, before,
    after) in words, `reason` why a row is left out or may not be meant. Kudos have their own in `thanks`."""

    id: str
    title: str
    set: dict[str, Any] = {}
    show: list[tuple[str, str, str]] = []
    reason: Message | None = None
    thanks: dict[str, Any] | None = None


class Staged(msgspec.Struct, frozen=True):
    """A change and its place in the order in which changes are applied."""

    phase: int
    line: int
    thing: Thing
    action: Action
    content: Content


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with one cell."""

    line: int
    field: str
    content: str
    message: Message


class Faults:
    """The errors of a file: one for a cell, all are counted, the first thousand kept."""

    def __init__(self) -> None:
        self.kept: list[Fault] = []
        self.count = 0
        self._cells: set[tuple[int, str]] = set()

    def add(self, line: int, field: str, content: str, message: Message) -> None:
        """Note an error; a cell that has one gets no second."""
        if (line, field) in self._cells:
            return
        self._cells.add((line, field))
        self.count += 1
        if len(self.kept) < MOST_FAULTS:
            self.kept.append(Fault(line, field, content[:200], message))


class Hold:
    """A job's hold on its run: every step asks whether it still has it."""

    def __init__(self, run_id: str, job: Job, state: str) -> None:
        self.run_id = run_id
        self.job = job
        self.state = state

    async def take(self) -> None:
        """Take the run over from whoever worked on it before. Raises Interrupted."""
        await self._update("holder = {}", self.job.lease_token)

    async def step(self, progress: int, total: int) -> None:
        """Say how far it is, in the running transaction or in one of its own. Raises Interrupted."""
        await database.transact(partial(self._step, progress, total))

    async def _step(self, progress: int, total: int) -> None:
        await self._update("progress = {}, total = {}", progress, total, held=True)
        if not await report(self.job, progress, total):
            raise Interrupted

    async def _update(self, change: str, *values: object, held: bool = False) -> None:
        mine = " AND holder = {}" if held else ""
        rows = await database.fetch(
            f"UPDATE import_run SET seen_at = {{}}, {change} WHERE id = {{}} AND state = {{}}{mine} RETURNING id",
            *(now(), *values, self.run_id, self.state, *([self.job.lease_token] if held else [])),
        )
        if not rows:
            raise Interrupted


async def store_chunk(run_id: str, number: int, content: bytes) -> None:
    """Keep the next piece of an uploaded file."""
    await database.execute(
        "INSERT INTO import_chunk (import_id, number, content) VALUES ({}, {}, {})", run_id, number, content
    )


async def spool(run_id: str) -> BinaryIO:
    """The uploaded file as a temporary one without a name: it is gone when it is closed or the process ends."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (whoever asked closes it)
    number = -1
    while True:
        row = await database.fetch_one(
            "SELECT number, content FROM import_chunk WHERE import_id = {} AND number > {} ORDER BY number LIMIT 1",
            *(run_id, number),
        )
        if row is None:
            file.seek(0)
            return file
        number = row["number"]
        file.write(row["content"])


async def store_rows(run_id: str, staged: Sequence[Staged]) -> None:
    """Append changes in the running transaction."""
    encode = msgspec.json.encode
    await _ROWS.insert([(run_id, s.phase, s.line, s.thing, s.action, encode(s.content).decode()) for s in staged])


async def store_faults(run_id: str, faults: Sequence[Fault]) -> None:
    """Keep the errors, in the running transaction."""
    encode = msgspec.json.encode
    ordered = sorted(enumerate(faults), key=lambda pair: (pair[1].line, pair[0]))
    await _FAULTS.insert(
        [
            (run_id, number, fault.line, fault.field, fault.content, encode(fault.message).decode())
            for number, (_order, fault) in enumerate(ordered)
        ]
    )


async def discard(run_id: str, *tables: str) -> None:
    """Remove what belongs to a run from `tables` (all by default), in short steps."""
    keys = {"import_chunk": "number", "import_row": "phase, line", "import_fault": "number"}
    for table in tables or keys:
        few = 4 if table == "import_chunk" else 4 * STEP
        while True:
            gone = await database.fetch(
                f"""DELETE FROM {table} WHERE import_id = {{}} AND ({keys[table]}) IN (
                    SELECT {keys[table]} FROM {table} WHERE import_id = {{}} LIMIT {few}) RETURNING 1""",
                *(run_id, run_id),
            )
            if not gone:
                break
