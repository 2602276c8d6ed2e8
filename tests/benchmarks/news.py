"""Requests while the mail server is down and a webhook hangs, against requests while both work."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Sequence
from contextlib import ExitStack

from api.app import open_database
from api.core import database
from api.core.clock import now
from api.core.ids import uuid7
from api.core.settings import Settings
from api.notifications.channels.webhook import new_secret
from tests.benchmarks.figures import Figure, show
from tests.benchmarks.hospital import Hospital, Kind, Reader, sign_in
from tests.benchmarks.processes import Seen, Server, serving
from tests.benchmarks.sinks import Hook, Mailbox, Silence, listening, unused_port
from tests.benchmarks.writes import letters

CLIENTS = 8

SLOWER = 1.2


async def _connect(url: str, port: int) -> None:
    opened = open_database(Settings(database_url=url))
    await opened.start()
    try:
        await database.execute(
            """INSERT INTO endpoint (id, channel, name, url, kinds, language, secret, created_at)
            VALUES ({}, 'webhook', 'Board', {}, 'kudos.delivered', 'en', {}, {})""",
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


HOUSES = ("working", "outage", "neither")
"""All work; mail server down and webhook hanging; no mail server and no webhook."""


def measure(hospital: Hospital, kind: Kind, *, rounds: int, seconds: float) -> list[Figure]:
    """Rounds of all three in turn, each on its own copy; thanks are delivered after a second, while others are given.

    Each is left alone until it has done what was left to do, so that nobody is measured beside another's work.
    """
    with ExitStack() as stack:
        mailbox, hook, silence = (stack.enter_context(listening(made)) for made in (Mailbox, Hook, Silence))
        urls = {house: stack.enter_context(hospital.copy(kind, house)) for house in HOUSES}
        people = {house: sign_in(url, 100) for house, url in urls.items()}
        asyncio.run(_connect(urls["working"], hook))
        asyncio.run(_connect(urls["outage"], silence))
        servers = {
            "working": stack.enter_context(serving("product", urls["working"], **_sending(mailbox))),
            "outage": stack.enter_context(serving("product", urls["outage"], **_sending(unused_port()))),
            "neither": stack.enter_context(serving("product", urls["neither"], undo_seconds=1)),
        }
        writes = {house: letters(found, 3_000) for house, found in people.items()}
        reads = {house: mixed(found) for house, found in people.items()}
        seen = [
            {house: _both(server, writes[house], reads[house], seconds) for house, server in servers.items()}
            for _round in range(rounds)
        ]
    return [figure for at, what in enumerate(WHAT) for figure in _figures(kind, what, at, seen)]


def _sending(mail_port: int) -> dict[str, object]:
    return {
        "undo_seconds": 1,
        "mail_url": f"smtp://127.0.0.1:{mail_port}",
        "mail_from": "thanks@hospital.example",
        "base_url": "http://127.0.0.1",
        "webhook_allow": "127.0.0.1",
    }


WHAT = ("thank-yous", "feeds")


def _both(server: Server, writes: Sequence[str], reads: Sequence[str], seconds: float) -> tuple[Seen, Seen]:
    given = server.load(writes, connections=CLIENTS, seconds=seconds, status=201)
    read = server.load(reads, connections=CLIENTS, seconds=seconds)
    server.settle()
    return given, read


def _figures(kind: Kind, what: str, at: int, seen: Sequence[dict[str, tuple[Seen, Seen]]]) -> list[Figure]:
    usual = statistics.median(one["working"][at].slowest for one in seen) * 1e3
    bare = statistics.median(one["neither"][at].slowest for one in seen) * 1e3
    return [
        Figure(
            f"{kind}: {what}, 99% within, both out over both working",
            [one["outage"][at].slowest / one["working"][at].slowest for one in seen],
            at_most=SLOWER,
            note=f"working: {usual:.1f} ms",
        ),
        Figure(
            f"{kind}: {what}, 99% within, both out over neither",
            [one["outage"][at].slowest / one["neither"][at].slowest for one in seen],
            note=f"neither: {bare:.1f} ms",
        ),
    ]


def run(hospital: Hospital, kinds: Sequence[Kind], *, quick: bool, rounds: int) -> list[Figure]:
    """Measure and show."""
    found: list[Figure] = []
    for kind in kinds:
        figures = measure(hospital, kind, rounds=rounds, seconds=1.0 if quick else 5.0)
        show(f"Nobody waits for what is out of reach, {kind}", figures)
        found += figures
    return found
