"""Bells: "there is something new" to this process's readers at once, to other processes by PostgreSQL's NOTIFY.

A bell carries nothing; whoever hears it looks into the database. A lost one delays by a poll.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import asyncpg
import structlog

from api.core import database

EVENTS = "gearmesh_events"
JOBS = "gearmesh_jobs"

_RECONNECT_SECONDS = 1.0
_PROBE_SECONDS = 30.0

_log = structlog.get_logger(__name__)
_hearers: dict[str, list[Callable[[], None]]] = {EVENTS: [], JOBS: []}
_ringing: dict[str, asyncio.Task[None]] = {}
_again: set[str] = set()


@contextmanager
def hearing(bell: str, heard: Callable[[], None]) -> Iterator[None]:
    """Call `heard` whenever the bell rings."""
    _hearers[bell].append(heard)
    try:
        yield
    finally:
        _hearers[bell].remove(heard)


def ring(bell: str) -> None:
    """Wake who waits for this; belongs after a commit. Rings in quick succession share one NOTIFY."""
    _heard(bell)
    if database.current().dialect == "sqlite":
        return
    if bell in _ringing and not _ringing[bell].done():
        _again.add(bell)
        return
    _ringing[bell] = asyncio.get_running_loop().create_task(_notify(bell))


def _heard(bell: str) -> None:
    for heard in _hearers[bell]:
        heard()


async def _notify(bell: str) -> None:
    while True:
        _again.discard(bell)
        try:
            await database.fetch("SELECT pg_notify({}, '')", bell)  # alone, NOTIFY would be three round trips
        except (OSError, asyncpg.PostgresError, database.DatabaseUnavailable) as error:
            # Others find it at their next poll.
            _log.warning("notify.failed", reason=str(error))
        if bell not in _again:
            return


async def listen() -> None:
    """Ring here what rings elsewhere, until cancelled, over one connection; on SQLite there is no elsewhere.

    A lost connection is opened again, and everything rung once for whatever was missed in between.
    """
    if database.current().dialect == "sqlite":
        return
    url = database.current().url
    while True:
        try:
            connection = await asyncpg.connect(url)
            try:
                lost = asyncio.Event()
                connection.add_termination_listener(lambda _connection, lost=lost: lost.set())
                for bell in _hearers:
                    await connection.add_listener(bell, lambda *_arguments, bell=bell: _heard(bell))
                for bell in _hearers:
                    _heard(bell)
                while not lost.is_set():
                    try:
                        async with asyncio.timeout(_PROBE_SECONDS):
                            await lost.wait()
                    except TimeoutError:
                        # A connection that a firewall forgot never says that it is lost.
                        await connection.execute(f"LISTEN {EVENTS}", timeout=_PROBE_SECONDS)
            finally:
                connection.terminate()
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
            _log.warning("listen.lost", reason=str(error))
        await asyncio.sleep(_RECONNECT_SECONDS)
