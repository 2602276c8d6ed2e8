"""Bring lists in: upload, say what the columns are, look at the difference, carry it out; or leave it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from functools import partial

import msgspec

from api.core import database
from api.core.clock import DAY, MINUTE, now
from api.core.errors import Conflict, Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.core.jobs import Job, enqueue
from api.core.text import one_line
from api.imports.files import Layout, Scan
from api.imports.queries import layout_of
from api.imports.rules import CANCELLABLE, FIELDS, OVER, SILENT, guarded, guess_kind, guess_mapping
from api.imports.staging import CHUNK, discard, store_chunk

_STALE = 10 * MINUTE
_KEPT = DAY
_MOVED_ON = _("This import has moved on meanwhile. Look at it again.")


async def upload(*, actor_id: str | None, kind: str, file_name: str, content: AsyncIterator[bytes]) -> str:
    """Take a file in and guess what it is; returns the import's id. Nothing else changes.

    An empty `kind` is guessed too. Raises FileRefused beside "file", and then nothing of the file is left.
    """
    if kind not in ("", *FIELDS):
        raise Invalid.field("kind", _("Choose what the list holds."))
    run_id = uuid7()
    await database.transact(partial(_begin, run_id, actor_id, kind, "uploading", file_name))
    try:
        scan = Scan()
        number, waiting = 0, b""
        async for data in content:
            scan.feed(data)
            waiting += data
            while len(waiting) >= CHUNK:
                await store_chunk(run_id, number, waiting[:CHUNK])
                waiting, number = waiting[CHUNK:], number + 1
        encoding = scan.encoding()
        await store_chunk(run_id, number, waiting)
        found = await layout_of(run_id, encoding)
    except BaseException:
        await discard(run_id, "import_chunk")
        await database.execute("DELETE FROM import_run WHERE id = {}", run_id)
        raise
    await database.transact(partial(_arrived, run_id, actor_id, kind or guess_kind(found.headings), scan.size, found))
    return run_id


async def _arrived(run_id: str, actor_id: str | None, kind: str, size: int, found: Layout) -> None:
    await database.execute(
        """UPDATE import_run SET state = 'mapping', kind = {}, size = {}, encoding = {}, delimiter = {}, mapping = {},
        seen_at = {} WHERE id = {}""",
        *(kind, size, found.encoding, found.delimiter, _json(guess_mapping(kind, found.headings)), now(), run_id),
    )
    await record_event("import.started", actor_id=actor_id, subject_id=run_id, detail=kind)


async def _begin(run_id: str, actor_id: str | None, kind: str, state: str, file_name: str) -> None:
    at = now()
    name = one_line(file_name.replace("\\", "/").rpartition("/")[2])[:200]
    await database.execute(
        """INSERT INTO import_run (id, kind, state, created_by, file_name, created_at, seen_at)
        VALUES ({}, {}, {}, {}, {}, {}, {})""",
        *(run_id, kind, state, actor_id, name, at, at),
    )


@database.transaction
async def start_check(
    *, run_id: str, mapping: Mapping[str, int] | None = None, kind: str | None = None, complete: bool = False
) -> None:
    """Read the whole list and compare it with what is stored; only the import itself changes.

    `mapping` says which column (from 0) holds which field, the guess if None; another `kind` is guessed anew.
    `complete`: whoever is missing leaves. Raises NotFound, Conflict, Invalid beside the field that has no column.
    """
    run = await _locked(run_id)
    if run["state"] not in ("mapping", "checked") or run["kind"] == "bonusly":
        raise Conflict(_MOVED_ON)
    chosen = dict(msgspec.json.decode(run["mapping"], type=dict[str, int]) if mapping is None else mapping)
    kind = kind or run["kind"]
    _check_mapping(kind, chosen)
    await database.execute(
        """UPDATE import_run SET state = 'checking', kind = {}, mapping = {}, complete = {}, counts = '{{}}',
        errors = 0, problem = '', progress = 0, total = 0, seen_at = {} WHERE id = {}""",
        *(kind, _json(chosen), complete and kind in ("people", "dependencies"), now(), run_id),
    )
    await enqueue("import.check", run_id)


def _check_mapping(kind: str, mapping: Mapping[str, int]) -> None:
    if kind not in FIELDS:
        raise Invalid.field("kind", _("Choose what the list holds."))
    known = {field.name for field in FIELDS[kind]}
    wrong = {
        name: _("This is not one of the columns.")
        for name, column in mapping.items()
        if name not in known or not 0 <= column < 10_000
    }
    columns = list(mapping.values())
    for name, column in mapping.items():
        if columns.count(column) > 1:
            wrong[name] = _("Two fields are read from this column. Choose another for one of them.")
    missing = {field.name for field in FIELDS[kind] if field.required} - set(mapping)
    wrong |= {name: _("Choose the column that holds this.") for name in missing}
    if kind == "departments" and not {"name", "name_de", "name_en"} & set(mapping):
        wrong["name"] = _("Choose the column that holds this.")
    if wrong:
        raise Invalid(_("The columns do not fit yet."), fields=wrong)


async def change_kind(*, run_id: str, kind: str) -> None:
    """It is another list than it seemed to be: guess its columns anew. Raises NotFound, Conflict, Invalid."""
    if kind not in FIELDS:
        raise Invalid.field("kind", _("Choose what the list holds."))
    row = is_uuid(run_id) and await database.fetch_one("SELECT state, encoding FROM import_run WHERE id = {}", run_id)
    if not row:
        raise NotFound
    if row["state"] != "mapping":
        raise Conflict(_MOVED_ON)
    found = await layout_of(run_id, row["encoding"])
    await database.execute(
        "UPDATE import_run SET kind = {}, mapping = {} WHERE id = {} AND state = 'mapping'",
        *(kind, _json(guess_mapping(kind, found.headings)), run_id),
    )


@database.transaction
async def start_apply(*, run_id: str, leaving: int | None = None) -> None:
    """Carry out the difference. From here on it cannot be cancelled; it ends complete, whatever breaks meanwhile.

    `leaving` is the number of those who leave, as whoever confirms has read it (None: not confirmed). Raises
    NotFound, Conflict if people or departments were changed since the difference was made, Invalid beside "leaving".
    """
    run = await _locked(run_id)
    counts = msgspec.json.decode(run["counts"], type=dict[str, int])
    if run["state"] != "checked" or run["errors"] or run["problem"]:
        raise Conflict(_MOVED_ON)
    go = counts.get("leaving", 0)
    if go and leaving != go:
        raise Invalid.field(
            "leaving",
            _("Type the number of those who leave, to show that it is meant.")
            if guarded(go, counts.get("active", 0))
            else _("Confirm that they leave."),
        )
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    house = await database.fetch_one(f"SELECT directory_revision FROM organisation {lock}")
    if run["kind"] not in ("history", "bonusly") and house and house["directory_revision"] != run["basis"]:
        raise Conflict(
            _("People or departments have been changed since this difference was made. Check the list once more.")
        )
    total = await database.fetch_one("SELECT COUNT(*) AS n FROM import_row WHERE import_id = {}", run_id)
    await database.execute(
        "UPDATE import_run SET state = 'applying', progress = 0, total = {}, seen_at = {} WHERE id = {}",
        *(total["n"] if total else 0, now(), run_id),
    )
    await enqueue("import.apply", run_id)


@database.transaction
async def cancel(*, run_id: str) -> None:
    """Leave it: nothing has changed, its file and rows go. Raises NotFound, Conflict once it is being applied."""
    run = await _locked(run_id)
    if run["state"] in OVER:
        return
    if run["state"] not in CANCELLABLE:
        raise Conflict(_("It is being carried out and ends by itself; it can no longer be cancelled."))
    await end(run_id, "cancelled")


async def end(run_id: str, state: str) -> None:
    """The run is over, in the running transaction; what belonged to it goes soon after."""
    await database.execute(
        "UPDATE import_run SET state = {}, ended_at = {}, seen_at = {} WHERE id = {}", state, now(), now(), run_id
    )
    await record_event(f"import.{state}", actor_id=None, subject_id=run_id)
    await enqueue("import.discard", run_id)


async def _locked(run_id: str) -> database.Row:
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    row = is_uuid(run_id) and await database.fetch_one(f"SELECT * FROM import_run WHERE id = {{}} {lock}", run_id)
    if not row:
        raise NotFound
    return row


@database.transaction
async def open_fetch(*, actor_id: str | None, token: str) -> tuple[str, str]:
    """Begin to read Bonusly's history; returns (import's id, holder) for `fetching.begin`. Raises Invalid."""
    _check_token(token)
    run_id, holder = uuid7(), uuid7()
    await _begin(run_id, actor_id, "bonusly", "fetching", "Bonusly")
    await database.execute("UPDATE import_run SET holder = {} WHERE id = {}", holder, run_id)
    await record_event("import.started", actor_id=actor_id, subject_id=run_id, detail="bonusly")
    return run_id, holder


@database.transaction
async def continue_fetch(*, run_id: str, token: str) -> str:
    """Read on where it stopped; returns the new holder. Raises NotFound, Conflict, Invalid beside "token"."""
    _check_token(token)
    run = await _locked(run_id)
    if run["state"] != "paused" and not (run["state"] == "fetching" and now() - run["seen_at"] > SILENT):
        raise Conflict(_MOVED_ON)
    holder = uuid7()
    await database.execute(
        "UPDATE import_run SET state = 'fetching', problem = '', holder = {}, seen_at = {} WHERE id = {}",
        *(holder, now(), run_id),
    )
    return holder


def _check_token(token: str) -> None:
    if not (token.isascii() and token.isprintable() and 8 <= len(token) <= 500) or " " in token:
        raise Invalid.field("token", _("Copy the whole token, without spaces."))


async def throw_away(job: Job) -> None:
    """The job: removes the file, rows and errors of a run that is over."""
    await discard(str(job.subject_id))


async def tidy(_job: Job) -> None:
    """The periodic job: a run nobody came back to ends after a day; one whose worker is gone for good goes on."""
    rows = await database.fetch("SELECT id, state, seen_at FROM import_run WHERE ended_at IS NULL ORDER BY seen_at")
    for row in rows:
        quiet = now() - row["seen_at"]
        if row["state"] != "applying" and quiet > _KEPT:
            await database.transact(partial(end, row["id"], "cancelled"))
        elif row["state"] in ("checking", "applying") and quiet > _STALE:
            await database.transact(partial(_again, row["id"], row["state"]))
    left = await database.fetch(
        """SELECT r.id FROM import_run r WHERE r.ended_at IS NOT NULL AND (
            EXISTS (SELECT 1 FROM import_chunk c WHERE c.import_id = r.id)
            OR EXISTS (SELECT 1 FROM import_row w WHERE w.import_id = r.id))"""
    )
    for row in left:
        await discard(row["id"])


async def _again(run_id: str, state: str) -> None:
    waiting = await database.fetch(
        "SELECT 1 FROM job WHERE subject_id = {} AND state IN ('waiting', 'running') LIMIT 1", run_id
    )
    if not waiting:
        await enqueue("import.check" if state == "checking" else "import.apply", run_id)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
