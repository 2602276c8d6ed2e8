"""`gearmesh serve`, and what it says when it cannot."""

import socket
from pathlib import Path

import httpx

from tests import databases
from tests.databases import Kind
from tests.drills.command import Outcome, gearmesh, serving
from tests.support.house import organisation_url


async def refused(*arguments: str, database_url: str) -> str:
    """What the command says instead of starting; it must be one sentence and status 1."""
    outcome = await gearmesh(*arguments, database_url=database_url)
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.startswith("gearmesh: ")
    assert outcome.err.count("\n") == 1
    return outcome.err.removeprefix("gearmesh: ").strip()


async def test_it_serves_pages_and_the_api_at_the_address_it_prints(kind: Kind) -> None:
    async with serving(databases.fresh_url(kind)) as server, httpx.AsyncClient(base_url=server.address) as anyone:
        health = await anyone.get("/health")
        assert (health.status_code, health.json()["status"]) == (200, "ok")
        assert (await anyone.get("/api/v1/kudos")).status_code == 401
        assert (await anyone.get("/sign-in")).status_code == 200


async def test_a_port_that_is_taken_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = await refused("serve", "--port", str(port), database_url=databases.fresh_url("sqlite"))
    other = f"Choose another port, like --port {port + 1}."
    assert said == f"Cannot listen on 127.0.0.1:{port} (Address already in use). {other}"


async def test_a_port_that_is_none_is_said() -> None:
    outcome = await gearmesh("serve", "--port", "65536")
    assert outcome.status == 2
    assert outcome.err.endswith("argument --port: should be a whole number from 0 to 65535\n")


async def test_a_second_server_on_one_sqlite_file_is_refused() -> None:
    url = organisation_url("sqlite")
    async with serving(url) as server:
        assert await refused("serve", "--port", "0", database_url=url) == (
            f"{url.removeprefix('sqlite:///')} is already served by another process (process {server.process.pid})."
            " Only one process may serve a SQLite file: stop the other one, or use PostgreSQL to run several."
        )


async def test_a_database_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    nowhere, garbage = tmp_path / "nowhere" / "gearmesh.db", tmp_path / "garbage.db"
    garbage.write_bytes(b"this is no database" * 500)
    for url, said in (
        (f"sqlite:///{nowhere}", f"cannot open {nowhere}.lock: No such file or directory"),
        (f"sqlite:///{garbage}", f"cannot open {garbage}: file is not a database"),
        (f"sqlite:///{tmp_path}", f"cannot open {tmp_path}: unable to open database file"),
        (
            "postgresql://me:secret@127.0.0.1:1/house",
            "cannot connect to PostgreSQL: [Errno 111] Connect call failed ('127.0.0.1', 1)",
        ),
        (
            "postgresql://me@127.0.0.1:1/house?sslmode=maybe",
            "Cannot open the database: `sslmode` parameter must be one of: disable, allow, prefer, require,"
            " verify-ca, verify-full.",
        ),
    ):
        assert await refused("serve", "--port", "0", database_url=url) == said


async def test_settings_that_cannot_be_used_are_all_said() -> None:
    outcome = await gearmesh("serve", database_url="house.db", port="x")
    assert outcome == Outcome(
        1,
        "",
        "gearmesh: These settings cannot be used:\n"
        "  GEARMESH_DATABASE_URL is 'house.db', but should be sqlite:///gearmesh.db, sqlite:////srv/gearmesh.db or"
        " postgresql://user:password@host/database.\n"
        "  GEARMESH_PORT is 'x', but should be a whole number from 0 to 65535.\n",
    )
