"""Reads another product's history, page after page, in the process that was given the token.

The token is nowhere but in this process's memory. If the process ends, the import pauses; whoever enters the token
again goes on where it stopped: each page's rows and the place behind it are saved together.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from functools import partial

import httpx
import msgspec
import structlog

from api.core import database
from api.core.clock import now
from api.core.i18n import Message
from api.core.i18n import gettext_later as _
from api.imports.bonusly import BASE, Bonus, CannotRead, Client, thanks_of
from api.imports.history import Archivist
from api.imports.staging import Interrupted, Staged, store_rows

SIGN_OF_LIFE = 20.0
"""Seconds between two signs that a fetch goes on, also while it waits."""

_log = structlog.get_logger(__name__)
_running: dict[str, asyncio.Task[None]] = {}


class Cursor(msgspec.Struct):
    """How far it is: bonuses before `until` (microseconds), the first `skip` of them read."""

    until: int
    skip: int = 0


def begin(run_id: str, holder: str, token: str, *, base: str = BASE) -> asyncio.Task[None]:
    """Read on in the background; the run is in the state "fetching" and held by `holder`."""
    task = asyncio.create_task(fetch(run_id, holder, token, base=base), name="import.fetch")
    _running[run_id] = task
    task.add_done_callback(lambda _task: _running.pop(run_id, None))
    return task


async def stop() -> None:
    """The process ends: so do its fetches; they can be continued."""
    tasks = list(_running.values())
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def fetch(run_id: str, holder: str, token: str, *, base: str = BASE, faster: float = 1.0) -> None:
    """Read until the end, or until it cannot go on: then the run is paused, with a sentence why.

    `faster` shortens all waiting, for tests.
    """

    async def pause(seconds: float) -> None:
        left = seconds / faster
        while left > 0:
            await asyncio.sleep(min(left, SIGN_OF_LIFE))
            left -= SIGN_OF_LIFE
            await database.transact(partial(_keep, run_id, holder))

    try:
        async with httpx.AsyncClient(timeout=60.0) as http:
            await _read(run_id, holder, Client(http, token, base=base, pause=pause))
    except Interrupted:
        pass
    except CannotRead as error:
        await _pause(run_id, holder, error.message)
    except Exception as error:
        _log.error("import.fetch_failed", id=run_id, error=type(error).__name__)
        await _pause(run_id, holder, _("Something went wrong on our side. Go on later: it continues where it stopped."))


async def _read(run_id: str, holder: str, client: Client) -> None:
    run = await database.fetch_one("SELECT cursor, counts FROM import_run WHERE id = {}", run_id)
    if run is None:
        return
    cursor = msgspec.json.decode(run["cursor"], type=Cursor) if run["cursor"] else Cursor(now())
    counts = Counter(msgspec.json.decode(run["counts"], type=dict[str, int]))
    archivist = Archivist("bonusly")
    await archivist.prepare()
    emails: dict[str, str] = {}
    read = 0
    while users := await client.users(read):
        read += len(users)
        emails.update({user.id: user.email.lower() for user in users})
        await database.transact(partial(_keep, run_id, holder))
    while bonuses := await client.bonuses(cursor.skip, cursor.until):
        staged = await _stage(archivist, bonuses, cursor.skip, emails)
        counts.update(one.action if one else "same" for one in staged)
        cursor.skip += len(bonuses)
        await database.transact(partial(_save, run_id, holder, cursor, counts, [one for one in staged if one]))
    await database.execute(
        "UPDATE import_run SET state = 'checked', seen_at = {} WHERE id = {} AND state = 'fetching' AND holder = {}",
        *(now(), run_id, holder),
    )


async def _stage(archivist: Archivist, bonuses: list[Bonus], skip: int, emails: dict[str, str]) -> list[Staged | None]:
    """Those that were added on to another come with it and not by themselves."""
    thanks = [
        thanks_of(bonus, skip + number, emails)
        for number, bonus in enumerate(bonuses, start=1)
        if not bonus.parent_bonus_id
    ]
    return archivist.stage(thanks, await archivist.known(thanks))


async def _keep(run_id: str, holder: str) -> None:
    held = await database.fetch(
        "UPDATE import_run SET seen_at = {} WHERE id = {} AND state = 'fetching' AND holder = {} RETURNING id",
        *(now(), run_id, holder),
    )
    if not held:
        raise Interrupted


async def _save(run_id: str, holder: str, cursor: Cursor, counts: Counter[str], staged: list[Staged]) -> None:
    await _keep(run_id, holder)
    await store_rows(run_id, staged)
    await database.execute(
        "UPDATE import_run SET cursor = {}, counts = {}, progress = {} WHERE id = {}",
        *(msgspec.json.encode(cursor).decode(), msgspec.json.encode(counts).decode(), cursor.skip, run_id),
    )


async def _pause(run_id: str, holder: str, problem: Message) -> None:
    await database.execute(
        """UPDATE import_run SET state = 'paused', problem = {}, seen_at = {}
        WHERE id = {} AND state = 'fetching' AND holder = {}""",
        *(msgspec.json.encode(problem).decode(), now(), run_id, holder),
    )
