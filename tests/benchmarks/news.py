"""Requests while the mail server is down and a webhook hangs, against requests where there is neither."""

from __future__ import annotations

import asyncio
import socket
import statistics
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from api.app import open_database
from api.core import database
from api.core.clock import now
from api.core.ids import uuid7
from api.core.settings import Settings
from api.notifications.channels.webhook import new_secret
from tests.benchmarks.figures import Figure, show
from tests.benchmarks.hospital import Hospital, Kind, Reader, sign_in
from tests.benchmarks.processes import Seen, Server, serving
from tests.benchmarks.writes import letters

CLIENTS = 8

SLOWER = 1.2


@contextmanager
def hanging() -> Iterator[int]:
    """The port of a server that takes every connection and never says anything."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=512)
    taken: list[socket.socket] = []

    def take() -> None:
        while True:
            try:
                taken.append(listening.accept()[0])
            except OSError:
                return

    threading.Thread(target=take, daemon=True).start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.close()
        for connection in taken:
            connection.close()


def unused_port() -> int:
    """One on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


async def _connect(url: str, port: int) -> None:
    opened = open_database(Settings(database_url=url))
    await opened.start()
    try:
        await database.execute(
            """INSERT INTO endpoint (id, channel, name, url, kinds, language, secret, created_at)
            VALUES ({}, 'webhook', 'Hangs', {}, 'kudos.delivered', 'en', {}, {})""",
            *(uuid7(), f"http://127.0.0.1:{port}/", new_secret(), now()),
        )
    finally:
        await opened.stop()


def mixed(readers: Sequence[Reader]) -> list[str]:
    """Feeds; writes are asked for beside them, because their answers have another status."""
    return [
        f"GET /api/v1/kudos HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {reader.token}\r\n\r\n"
        for reader in readers
    ]


def measure(hospital: Hospital, kind: Kind, *, rounds: int, seconds: float) -> list[Figure]:
    """Rounds of both in turn, each on its own copy; thanks are delivered after a second, while others are given."""
    with ExitStack() as stack:
        port = stack.enter_context(hanging())
        urls = [stack.enter_context(hospital.copy(kind, name)) for name in ("without", "outage")]
        people = [sign_in(url, 100) for url in urls]
        asyncio.run(_connect(urls[1], port))
        without = stack.enter_context(serving("product", urls[0], undo_seconds=1))
        outage = stack.enter_context(
            serving(
                "product",
                urls[1],
                undo_seconds=1,
                mail_url=f"smtp://127.0.0.1:{unused_port()}",
                mail_from="thanks@hospital.example",
                base_url="http://127.0.0.1",
                webhook_allow="127.0.0.1",
            )
        )
        writes = [letters(found, 3_000) for found in people]
        reads = [mixed(found) for found in people]
        seen = [
            [_both(server, writes[at], reads[at], seconds) for at, server in enumerate((without, outage))]
            for _round in range(rounds)
        ]
    return [_figure(kind, what, [(one[at], other[at]) for one, other in seen]) for at, what in enumerate(WHAT)]


WHAT = ("thank-yous", "feeds")


def _both(server: Server, writes: Sequence[str], reads: Sequence[str], seconds: float) -> tuple[Seen, Seen]:
    given = server.load(writes, connections=CLIENTS, seconds=seconds, status=201)
    return given, server.load(reads, connections=CLIENTS, seconds=seconds)


def _figure(kind: Kind, what: str, pairs: Sequence[tuple[Seen, Seen]]) -> Figure:
    usual = statistics.median(without.slowest for without, _outage in pairs) * 1e3
    return Figure(
        f"{kind}: {what}, 99% within, mail down and webhook hanging",
        [outage.slowest / without.slowest for without, outage in pairs],
        at_most=SLOWER,
        note=f"without: {usual:.1f} ms",
    )


def run(hospital: Hospital, kinds: Sequence[Kind], *, quick: bool, rounds: int) -> list[Figure]:
    """Measure and show."""
    found: list[Figure] = []
    for kind in kinds:
        figures = measure(hospital, kind, rounds=rounds, seconds=1.0 if quick else 5.0)
        show(f"Nobody waits for what is out of reach, {kind}", figures)
        found += figures
    return found
