"""A server process of a benchmark: the product, or a bare "hello", under the product's own uvicorn settings.

    python -m tests.benchmarks.serving hello
    python -m tests.benchmarks.serving product DATABASE_URL [SYNCHRONOUS]

It prints its port, then a line of JSON for each line it reads: CPU seconds so far, COMMITs, bodies in them.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from dataclasses import replace
from typing import Any, cast

from litestar import Litestar, get

import api.app
from api.core import database
from api.core.database import Database
from api.core.database.connections import Synchronous
from api.core.settings import Settings, read_settings
from api.registry import TABLES
from frontend.app import create_app
from frontend.server import listen_on, run, set_up_logging


@get("/")
async def hello() -> str:
    """What every request costs at least."""
    return "hello"


def _product(settings: Settings, synchronous: Synchronous) -> Litestar:
    def open_database(settings: Settings, *, exclusive: bool = False) -> Database:
        connections = settings.database_connections
        return Database(
            settings.database_url, TABLES, exclusive=exclusive, synchronous=synchronous, pool_max=connections
        )

    cast(Any, api.app).open_database = open_database
    return create_app(settings)


def _report() -> None:
    if not sys.stdin.readline():
        asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
        signal.raise_signal(signal.SIGTERM)  # whoever measured is gone
        return
    counters: dict[str, float] = {"cpu": time.process_time()}
    if len(sys.argv) > 2:
        engine = database.current().engine
        counters |= {"commits": engine.commits, "bodies": engine.bodies}
    print(json.dumps(counters), flush=True)


def main() -> None:
    """Serve until told to stop."""
    kind, url, synchronous = [*sys.argv[1:], *("hello", "sqlite:///none.db", "FULL")[len(sys.argv) - 1 :]]
    settings = replace(read_settings(), database_url=url)
    set_up_logging("warning")
    sock = listen_on("127.0.0.1", 0)

    def ready() -> None:
        asyncio.get_running_loop().add_reader(sys.stdin.fileno(), _report)
        print(sock.getsockname()[1], flush=True)

    app = _product(settings, cast(Synchronous, synchronous)) if kind == "product" else Litestar([hello])
    run(app, settings, sock, ready)


if __name__ == "__main__":
    main()
