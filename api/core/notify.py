"""Ring the bells of other processes on PostgreSQL; on SQLite there are none."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import asyncpg
import structlog

from api.core import database

CHANNEL = "gearmesh_events"
_RECONNECT_SECONDS = 1.0

_log = structlog.get_logger(__name__)
_ringing: asyncio.Task[None] | None = None
_again = False


def ring() -> None:
    """Tell other processes that there is something new; commits in quick succession share one NOTIFY."""
    global _ringing, _again
    if database.current().dialect == "sqlite":
        return
    if _ringing is not None and not _ringing.done():
        _again = True
        return
    _ringing = asyncio.get_running_loop().create_task(_notify())


async def _notify() -> None:
    global _again
    while True:
        _again = False
        try:
            await database.execute(f"NOTIFY {CHANNEL}")
        except (OSError, asyncpg.PostgresError, database.DatabaseUnavailable) as error:
            # Others find it at their next poll.
            _log.warning("notify.failed", reason=str(error))
        if not _again:
            return


async def listen(heard: Callable[[], None]) -> None:
    """Call `heard` for every bell until cancelled; a lost connection is opened again, and `heard` called once
    for whatever was missed in between."""
    if database.current().dialect == "sqlite":
        return
    url = database.current().url
    while True:
        try:
            connection = await asyncpg.connect(url)
            try:
                lost = asyncio.Event()
                connection.add_termination_listener(lambda _connection, lost=lost: lost.set())
                await connection.add_listener(CHANNEL, lambda *_arguments: heard())
                heard()
                await lost.wait()
            finally:
                connection.terminate()
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
            _log.warning("listen.lost", reason=str(error))
        await asyncio.sleep(_RECONNECT_SECONDS)
