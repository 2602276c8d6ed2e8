"""Real servers for the browser: the demo hospital in a process of its own, as somebody who tries Gearmesh starts it."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

START_SECONDS = 90
STOP_SECONDS = 10
DOMAIN = "lindenhof.example"
PASSWORD = "lindenhof"
_READY = re.compile(r"Gearmesh is ready: (http://\S+)")


class House(NamedTuple):
    """A running server and the file that its standard error goes to."""

    url: str
    log: Path


def load_house(folder: Path, *, people: int = 60, kudos: int = 300) -> None:
    """Make the same hospital in `folder` without starting it."""
    command = [sys.executable, "-m", "frontend.cli", "demo", "--data", str(folder), "--seed", "3", "--load-only"]
    environment = {name: text for name, text in os.environ.items() if not name.startswith("GEARMESH_")}
    subprocess.run(
        [*command, "--people", str(people), "--kudos", str(kudos)], env=environment, check=True, capture_output=True
    )


@contextmanager
def open_house(
    folder: Path,
    *,
    database_url: str = "",
    people: int = 60,
    kudos: int = 300,
    port: int = 0,
    settings: Mapping[str, str] = {},
) -> Iterator[House]:
    """A small demo hospital on a free port, on SQLite in `folder` unless a database is given.

    `settings` are further ones, by the names of their environment variables without GEARMESH_.

    Afterwards fails if the server does not end by itself when told to, or wrote a traceback.
    """
    command = [sys.executable, "-m", "frontend.cli", "demo", "--data", str(folder), "--port", str(port), "--seed", "3"]
    command += ["--people", str(people), "--kudos", str(kudos)]
    environment = {name: text for name, text in os.environ.items() if not name.startswith("GEARMESH_")}
    environment |= {f"GEARMESH_{name}": text for name, text in settings.items()}
    if database_url:
        environment["GEARMESH_DATABASE_URL"] = database_url
    log = folder / "server.log"
    with log.open("w") as errors:
        server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True)
    try:
        yield House(_address(server, log), log)
    finally:
        server.terminate()
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            raise
    assert "Traceback" not in log.read_text(), log.read_text()


def _address(server: subprocess.Popen[str], log: Path) -> str:
    assert server.stdout is not None
    until = time.monotonic() + START_SECONDS
    while (left := until - time.monotonic()) > 0:
        if not select.select([server.stdout], [], [], left)[0]:
            break
        line = server.stdout.readline()
        if found := _READY.search(line):
            return found[1]
        if not line:
            break
    server.kill()
    raise AssertionError(f"The server did not start.\n{log.read_text()}")
