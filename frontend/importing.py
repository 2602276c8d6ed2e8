"""`gearmesh import`: the same steps as on the pages, from the command line."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

from api.core.errors import Conflict
from api.core.jobs.worker import run_due
from api.imports import fetching, queries, service
from api.imports.jobs import KINDS
from api.imports.rules import BUSY, LARGEST_FILE
from api.imports.schemas import ImportOut

_PIECE = 256 * 1024
_SHOWN = 20
_PARTS = (
    *(("department", "new"), ("person", "new"), ("person", "changed"), ("person", "leaving")),
    *(("department", "changed"), ("dependency", "new"), ("dependency", "changed"), ("dependency", "leaving")),
    ("kudos", "left_out"),
)


class CannotImport(Exception):
    """The text says why."""


async def run_import(wanted: argparse.Namespace) -> int:
    """Compare the file (or Bonusly's history) with the database, print the difference, and with --apply carry it out.

    Returns 1 if there are errors. Raises CannotImport, and DomainErrors of the steps.
    """
    run = await (_from_bonusly() if wanted.file == "bonusly" else _from_file(wanted))
    try:
        return await _go_on(run, wanted)
    finally:
        if run.state != "paused":  # that can go on, on its page
            with suppress(Conflict):  # it is being carried out
                await service.cancel(run_id=run.id)
            await run_due(KINDS)


async def _go_on(run: ImportOut, wanted: argparse.Namespace) -> int:
    if run.problem:
        raise CannotImport(run.problem)
    if run.errors:
        for fault in (await queries.faults(run.id, "en", limit=100)).items:
            print(f"row {fault.line}, {fault.column}: {fault.content!r}: {fault.message}", file=sys.stderr)
        print(f"{run.errors:,} errors. Nothing was imported.", file=sys.stderr)
        return 1
    await _print_difference(run)
    if not wanted.apply:
        print("Nothing was changed. Do it with --apply.")
        return 0
    leaving = run.counts.get("leaving", 0)
    if leaving and wanted.leaving != leaving:
        raise CannotImport(f"{leaving:,} would leave. If that is meant, say --leaving {leaving}.")
    await service.start_apply(run_id=run.id, leaving=wanted.leaving)
    run = await _work(run.id)
    print("Imported.")
    return 0 if run.state == "done" else 1


async def _from_file(wanted: argparse.Namespace) -> ImportOut:
    path = Path(wanted.file)
    try:
        size = path.stat().st_size  # noqa: ASYNC240 (a command serves nobody else)
    except OSError as error:
        raise CannotImport(f"Cannot read {path}: {error.strerror}.") from error
    if size > LARGEST_FILE:
        raise CannotImport(f"{path} is larger than {LARGEST_FILE // 2**20} MB. Split the list.")

    async def pieces() -> AsyncIterator[bytes]:
        with path.open("rb") as file:  # noqa: ASYNC230
            while piece := file.read(_PIECE):
                yield piece

    run_id = await service.upload(actor_id=None, kind=wanted.kind or "", file_name=path.name, content=pieces())
    found = await queries.details(run_id, "en")
    for field in found.fields:
        if field.column is not None:
            print(f"{field.label} is read from “{found.columns[field.column].heading}”.", file=sys.stderr)
    await service.start_check(run_id=run_id, complete=wanted.complete)
    return await _work(run_id)


async def _from_bonusly() -> ImportOut:
    token = getpass.getpass("Bonusly's API token: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
    run_id, holder = await service.open_fetch(actor_id=None, token=token)
    await asyncio.gather(fetching.fetch(run_id, holder, token), _work(run_id))
    return await queries.one_import(run_id, "en")


async def _work(run_id: str) -> ImportOut:
    """Until it waits or is over; a server on the same database may do the work."""
    working: asyncio.Task[int] | None = None
    while (run := await queries.one_import(run_id, "en")).state in BUSY:
        _print_progress(run)
        if working is None or working.done():
            if working:
                working.result()
            working = asyncio.create_task(run_due(KINDS))
        await asyncio.sleep(0.2)
    if working:
        await working
    _print_progress(run, end="\n")
    return run


def _print_progress(run: ImportOut, end: str = "") -> None:
    if sys.stderr.isatty():
        of = f" of {run.total:,}" if run.total else ""
        print(f"\r{run.state}: {run.progress:,}{of} ", end=end, file=sys.stderr)


async def _print_difference(run: ImportOut) -> None:
    counts = {name: n for name, n in run.counts.items() if name != "active" and n}
    print(", ".join(f"{n:,} {name.replace('_', ' ')}" for name, n in counts.items()) or "Nothing to change.")
    for thing, action in _PARTS:
        page = await queries.rows(run.id, "en", thing=thing, action=action, limit=_SHOWN)
        for row in page.items:
            changes = "; ".join(f"{c.field}: {c.before or '–'} → {c.after or '–'}" for c in row.changes)
            detail = row.reason or (changes if action == "changed" else "")
            print(f"  {action.replace('_', ' '):<9} {row.title}" + (f"  ({detail})" if detail else ""))
        if page.next:
            print(f"  ... and more {action.replace('_', ' ')}")


IN_USE = (
    "A server runs on this SQLite file. Import on its page /imports or through its API (POST /api/v1/imports), or stop"
    " it first."
)
