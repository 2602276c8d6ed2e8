"""The database that this process works on."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

from piccolo.table import Table

from api.core.database.connections import Synchronous
from api.core.database.errors import DatabaseUnavailable
from api.core.database.postgres import PooledEngine
from api.core.database.sqlite import EmbeddedEngine
from api.core.database.statements import Dialect

_started: list["Database"] = []


class Database:
    """An engine, chosen by URL, and the tables bound to it.

    URLs are `sqlite:///relative.db`, `sqlite:////absolute/path.db` and `postgresql://...`.

    `exclusive` is for servers: a SQLite file that is served is not served a second time.
    `synchronous` other than FULL can lose acknowledged work in a power cut; it is for benchmarks.
    """

    def __init__(
        self,
        url: str,
        tables: Sequence[type[Table]] = (),
        *,
        exclusive: bool = False,
        synchronous: Synchronous = "FULL",
        pool_min: int = 1,
        pool_max: int = 10,
    ) -> None:
        self.url = url
        self.tables = tuple(tables)
        self.engine: EmbeddedEngine | PooledEngine
        if url.startswith("sqlite:"):
            self.engine = EmbeddedEngine(sqlite_path(url), exclusive=exclusive, synchronous=synchronous)
        elif url.startswith(("postgresql://", "postgres://")):
            self.engine = PooledEngine(url, pool_min=pool_min, pool_max=pool_max)
        else:
            raise ValueError("a database URL starts with sqlite:/// or postgresql://")
        self._bind()

    @property
    def dialect(self) -> Dialect:
        return self.engine.dialect

    async def start(self) -> None:
        """Open it and make it the current one. Raises DatabaseUnavailable or DatabaseInUse."""
        await self.engine.start_connection_pool()
        self._bind()
        _started.append(self)

    async def stop(self) -> None:
        """Finish accepted transactions and close; refuse what comes later. Takes a few seconds at most."""
        try:
            await self.engine.close_connection_pool()
        finally:
            if self in _started:
                _started.remove(self)
                if _started:
                    _started[-1]._bind()

    def _bind(self) -> None:
        for table in self.tables:
            table._meta._db = self.engine


def current() -> Database:
    """The database that was started last and not yet stopped."""
    if not _started:
        raise DatabaseUnavailable("no database is open")
    return _started[-1]


def sqlite_path(url: str) -> Path:
    """The file that a `sqlite:///` URL names. Raises ValueError if it names none."""
    prefix = "sqlite:///"
    path = unquote(url.removeprefix(prefix))
    if not url.startswith(prefix) or not path or path.startswith(":memory:"):
        raise ValueError("a SQLite URL names a file: sqlite:///relative.db or sqlite:////absolute/path.db")
    return Path(path)
