"""What each verb of the command does."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import webbrowser
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

from api.app import open_database
from api.core import database
from api.core.access.actor import Scope
from api.core.access.secrets import check_new_password, hash_password
from api.core.access.tokens import create_token
from api.core.clock import DAY, now
from api.core.database.database import sqlite_path
from api.core.notify import listen
from api.core.sealing import new_key, use_sealing
from api.core.settings import PREFIX, Settings
from api.invitations.jobs import PATHS
from api.invitations.service import hand_over_link
from api.migrations import MIGRATIONS
from api.people.service import create_admin, describe_organisation, person_id_of
from api.rewards.keys import KeyDoesNotFit, check_key
from api.verify import verify
from frontend.importing import IN_USE, run_import
from frontend.server import PortTaken, listen_on, run, set_up_logging

_EVERYWHERE = ("0.0.0.0", "[::]")  # noqa: S104 (recognised, to name an address that works)


class CannotStart(Exception):
    """Something stands in the way; the text says what to do."""


@asynccontextmanager
async def _started(settings: Settings, *, exclusive: bool = False) -> AsyncIterator[database.Database]:
    """The database as it is, for as long as a command needs it. Raises CannotStart beside the database's errors."""
    opened = open_database(settings, exclusive=exclusive)
    try:
        await opened.start()
    except ValueError as error:  # options in the URL that PostgreSQL's driver does not take
        raise CannotStart(f"Cannot open the database: {error}.") from error
    try:
        yield opened
    finally:
        await opened.stop()


@asynccontextmanager
async def _open(settings: Settings) -> AsyncIterator[None]:
    """The database, its schema up to date, for as long as a command needs it."""
    async with _started(settings) as opened:
        await database.migrate(opened, MIGRATIONS)
        yield


def _address(settings: Settings, port: int) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return settings.base_url or f"http://{'localhost' if host in _EVERYWHERE else host}:{port}"


def _run(settings: Settings, welcome: Sequence[str] = (), *, browse: bool = False) -> int:
    from frontend.app import create_app

    set_up_logging(settings.log_level)
    try:
        sock = listen_on(settings.host, settings.port)
    except PortTaken as error:
        raise CannotStart(str(error)) from error
    address = _address(settings, sock.getsockname()[1])

    def ready() -> None:
        for line in (f"Gearmesh is ready: {address}", *welcome):
            print(line, flush=True)
        if browse:
            webbrowser.open(address)

    return 0 if run(create_app(settings), settings, sock, ready) else 1


def serve(settings: Settings) -> int:
    """Start the server and stay until told to stop."""
    asyncio.run(_check_database(settings))
    return _run(settings)


async def _check_database(settings: Settings) -> None:
    """Open and close it once before the server starts, so that what is wrong is a sentence, not a traceback."""
    use_sealing(settings.secret_key)
    async with _started(settings, exclusive=True) as opened:
        await database.migrate(opened, MIGRATIONS)
        try:
            await check_key()
        except KeyDoesNotFit as error:
            raise CannotStart(str(error)) from error


def work(settings: Settings) -> int:
    """Do background work and nothing else until told to stop; what runs then is ended or left to others."""
    if settings.on_sqlite:
        raise CannotStart("On SQLite `gearmesh serve` does this work itself; a worker beside it needs PostgreSQL.")
    set_up_logging(settings.log_level)
    asyncio.run(_work(settings))
    return 0


async def _work(settings: Settings) -> None:
    from api.work import background, equip

    equip(settings)
    async with _open(settings):
        tasks = [asyncio.create_task(part) for part in (listen(), *background())]
        told = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, told.set)
        print("Gearmesh works.", flush=True)
        await told.wait()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def demo(settings: Settings, wanted: argparse.Namespace) -> int:
    """Make the demo hospital if it is not there yet, and start with it."""
    if f"{PREFIX}DATABASE_URL" not in os.environ:
        folder = Path(wanted.data)
        folder.mkdir(parents=True, exist_ok=True)
        settings = replace(settings, database_url=f"sqlite:///{(folder / 'gearmesh.db').resolve()}")
        settings = replace(settings, secret_key=settings.secret_key or _demo_key(folder))
    asyncio.run(_check_database(settings))
    asyncio.run(_load_demo(settings, wanted))
    if wanted.load_only:
        return 0
    return _run(settings, _demo_welcome(), browse=wanted.open)


def _demo_key(folder: Path) -> str:
    """The key that seals the demo's voucher codes; it lies beside them, since nobody pays for this coffee."""
    file = folder / "secret.key"
    if not file.exists():
        file.write_text(new_key())
        file.chmod(0o600)
    return file.read_text().strip()


def _demo_welcome() -> list[str]:
    from api.demo.known import DEMO_PEOPLE, PASSWORD

    width = max(len(person.email) for person in DEMO_PEOPLE.values())
    return [
        "",
        f"Sign in with one tap on the first page, or with the password “{PASSWORD}” as",
        *(f"  {person.email:<{width}}  {person.role_en}" for person in DEMO_PEOPLE.values()),
        "",
        "Stop with Ctrl+C.",
    ]


async def _load_demo(settings: Settings, wanted: argparse.Namespace) -> None:
    from api.demo.load import is_unfinished, load_demo
    from api.work import equip

    equip(settings)
    async with _open(settings):
        there = await database.fetch_one("SELECT o.demo, EXISTS (SELECT 1 FROM person) AS used FROM organisation o")
        if there is not None and there["used"] and not await is_unfinished():
            if not there["demo"]:
                raise CannotStart("This database holds a real organisation. The demo keeps away from it; use --data.")
            return

        def progress(done: int, total: int) -> None:
            if sys.stderr.isatty() or done == total:
                print(f"\rMaking the demo hospital: {done:,} of {total:,} kudos", end="", file=sys.stderr)

        await load_demo(people=wanted.people, kudos=wanted.kudos, seed=wanted.seed, until=now(), progress=progress)
        print(file=sys.stderr)


async def migrate_database(settings: Settings) -> int:
    """Bring the schema up to date and say so."""
    async with _open(settings):
        print("The database has this version's schema.")
    return 0


async def verify_database(settings: Settings) -> int:
    """Run every check; 1 if one does not hold. Raises CannotStart where there is nothing, as after a wrong URL."""
    sound = True
    nothing = CannotStart("There is nothing to verify: this database was never used. Check GEARMESH_DATABASE_URL.")
    if settings.on_sqlite and not sqlite_path(settings.database_url).exists():
        raise nothing  # opening would create the file
    async with _started(settings) as opened:
        if not await _was_used():
            raise nothing
        await database.migrate(opened, MIGRATIONS)
        async for outcome in verify(_Dots() if sys.stderr.isatty() else None):
            print(f"{'broken' if outcome.broken else 'ok    '}  {outcome.says}")
            for row in outcome.broken:
                print(f"          {row}")
            sound = sound and not outcome.broken
    return 0 if sound else 1


class _Dots:
    """How far a long check is, on one line that the next one replaces; at most twice a second."""

    def __init__(self) -> None:
        self._said_at = 0.0

    def __call__(self, says: str, done: int, total: int) -> None:
        if done >= total:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
        elif monotonic() - self._said_at > 0.5:
            self._said_at = monotonic()
            print(f"\r\033[K{100 * done // total:5} %  {says}", end="", file=sys.stderr, flush=True)


async def _was_used() -> bool:
    look = database.sql(
        sqlite="SELECT 1 FROM sqlite_master WHERE name = 'migration'",
        postgres="SELECT 1 WHERE to_regclass('migration') IS NOT NULL",
    )
    return bool(await database.fetch(look))


async def token(settings: Settings, email: str, *, scopes: Sequence[str], name: str, days: int | None) -> int:
    """Print a new API token, and nothing else."""
    chosen = [scope.value for scope in Scope] if "all" in scopes else list(scopes)
    async with _open(settings):
        _id, secret = await create_token(
            person_id=await person_id_of(email),
            name=name,
            scopes=chosen,
            expires_at=now() + days * DAY if days else None,
        )
    print(secret)
    return 0


async def import_list(settings: Settings, wanted: argparse.Namespace) -> int:
    """Compare a list with the database and print what differs; with --apply carry it out."""
    try:
        async with _started(settings, exclusive=True) as opened:
            await database.migrate(opened, MIGRATIONS)
            return await run_import(wanted)
    except database.DatabaseInUse as error:
        raise CannotStart(IN_USE) from error


async def invite(settings: Settings, email: str) -> int:
    """Print a link with which this person chooses a password, and nothing else."""
    async with _open(settings):
        purpose, secret = await hand_over_link(actor=None, person_id=await person_id_of(email))
    print(f"{_address(settings, settings.port)}{PATHS[purpose]}{secret}")
    return 0


class House(NamedTuple):
    """What is said of the organisation; empty texts leave it as it is."""

    name: str = ""
    language: str = ""
    time_zone: str = ""


async def admin(settings: Settings, email: str, *, name: str, department: str, password: str, house: House) -> int:
    """Make someone an administrator, and say what the organisation is called and where it is."""
    check_new_password(password, email=email)
    hashed = await hash_password(password)
    async with _open(settings):
        if any(house):
            said = {"name": house.name, "language": house.language, "time_zone": house.time_zone}
            await describe_organisation(actor=None, changes={name: text for name, text in said.items() if text})
        new = await create_admin(email=email, name=name, department=department, password_hash=hashed)
    print(f"{email} is {'now here and ' if new else ''}an administrator.")
    return 0


def openapi(settings: Settings) -> dict[str, Any]:
    """The API's description as JSON."""
    from frontend.app import create_app

    schema: dict[str, Any] = create_app(settings).openapi_schema.to_schema()
    return schema
