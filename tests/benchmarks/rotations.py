"""The feed's page while a plan for the whole hospital is being looked for, against the same while nothing is."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Sequence
from datetime import timedelta

import httpx

from api.app import open_database
from api.core import database
from api.core.access.actors import actor_of_session
from api.core.clock import now, utc
from api.core.settings import Settings
from api.rotations import programmes
from api.rotations.rules import Pattern
from tests.benchmarks.feed import BROWSER, request
from tests.benchmarks.figures import Figure, show
from tests.benchmarks.hospital import Hospital, Kind, Reader, sign_in
from tests.benchmarks.processes import Seen, Server, serving

CONNECTIONS = 4
READERS = 100
SLOWER = 2.0
LONGEST = 600
"""Seconds a search may take: it is ended when the measuring is."""


def measure(hospital: Hospital, kind: Kind, *, rounds: int, seconds: float) -> list[Figure]:
    """Rounds of a quiet stretch and one in which a child process plans, in turn."""
    with hospital.copy(kind) as url:
        readers = sign_in(url, READERS)
        programme = asyncio.run(_programme(url, readers[0]))
        pages = [request("/", BROWSER, f"Cookie: gearmesh_session={reader.cookie}\r\n") for reader in readers]
        with serving("product", url) as server:
            server.load(pages, connections=CONNECTIONS, seconds=seconds)
            seen = [_both(server, pages, readers[0], programme, seconds) for _round in range(rounds)]
    return _figures(kind, seen)


async def _programme(url: str, hr: Reader) -> str:
    """All dependencies of the hospital, half a year in weeks; the first reader may plan it."""
    opened = open_database(Settings(database_url=url))
    await opened.start()
    try:
        await database.execute("UPDATE person SET roles = 'hr', language = 'en' WHERE id = {}", hr.id)
        actor = await actor_of_session(hr.cookie, accept_language="en", keep_days=30)
        assert actor is not None
        first = utc(now()).date() + timedelta(days=7)
        programme_id = await programmes.create_programme(
            actor=actor,
            name="All",
            starts_on=first.isoformat(),
            ends_on=(first + timedelta(weeks=26)).isoformat(),
            pattern=Pattern(country=""),
        )
        scope = [row["id"] for row in await database.fetch("SELECT id FROM dependency")]
        await programmes.change_scope(actor=actor, programme_id=programme_id, scope=scope)
        return programme_id
    finally:
        await opened.stop()


def _both(server: Server, pages: Sequence[str], hr: Reader, programme_id: str, seconds: float) -> tuple[Seen, Seen]:
    quiet = server.load(pages, connections=CONNECTIONS, seconds=seconds)
    origin = f"http://127.0.0.1:{server.port}"
    headers = {"origin": origin, "sec-fetch-site": "same-origin"}
    with httpx.Client(base_url=origin, cookies={"gearmesh_session": hr.cookie}, headers=headers, timeout=30) as client:
        asked = client.post(f"/programmes/{programme_id}/plans", data={"seconds": str(LONGEST)})
        plan = asked.headers["location"]
        _until(client, plan, "No plan can be more than")
        busy = server.load(pages, connections=CONNECTIONS, seconds=seconds)
        assert "Good enough" in client.get(plan).text, "it ended too early"
        client.post(f"{plan}/stop")
        _until(client, plan, "<planning-board")
        client.post(f"{plan}/removal")
    return quiet, busy


def _until(client: httpx.Client, page: str, words: str) -> None:
    end = time.monotonic() + 120
    while words not in client.get(page).text:
        assert time.monotonic() < end, f"{words!r} does not come"
        time.sleep(0.5)


def _figures(kind: Kind, seen: Sequence[tuple[Seen, Seen]]) -> list[Figure]:
    usual = statistics.median(quiet.slowest for quiet, _busy in seen) * 1e3
    middle = statistics.median(quiet.median for quiet, _busy in seen) * 1e3
    return [
        Figure(
            f"{kind}: feed page, 99% within, while planning",
            [busy.slowest / quiet.slowest for quiet, busy in seen],
            at_most=SLOWER,
            note=f"else {usual:.1f} ms",
        ),
        Figure(
            f"{kind}: feed page, median, while planning",
            [busy.median / quiet.median for quiet, busy in seen],
            note=f"else {middle:.1f} ms",
        ),
    ]


def run(hospital: Hospital, kinds: Sequence[Kind], *, quick: bool, rounds: int) -> list[Figure]:
    """Measure and show."""
    found: list[Figure] = []
    for kind in kinds:
        figures = measure(hospital, kind, rounds=rounds, seconds=1.0 if quick else 5.0)
        show(f"Pages while a plan is looked for, {kind}, {hospital.people:,} people", figures)
        found += figures
    return found
