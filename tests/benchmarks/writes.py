"""Giving thanks over HTTP: how many one COMMIT acknowledges, what durability costs, how long one client waits."""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks.figures import Figure, show
from tests.benchmarks.hospital import Hospital, Kind, Reader, sign_in
from tests.benchmarks.processes import Seen, Server, serving

CLIENTS = 50
GIVERS = 100
EXTRA_MILLISECONDS = 3.0
PAGE_BYTES = 4096
PATH = "/api/v1/kudos"


def letters(givers: Sequence[Reader], many: int) -> list[str]:
    """Requests that thank one or two colleagues each, no two alike."""
    made = []
    for number in range(many):
        giver, others = givers[number % len(givers)], [givers[(number * 7 + n * 31 + 1) % len(givers)] for n in (0, 1)]
        recipients = {other.id for other in others[: 1 + number % 2]} - {giver.id}
        body = json.dumps(
            {
                "recipients": sorted(recipients or {givers[number % len(givers) - 1].id}),
                "message": f"Thank you for letter {number}: the papers came complete, and nobody had to ask twice.",
            }
        )
        made.append(
            f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {giver.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        )
    return made


def sync_milliseconds(folder: Path) -> float:
    """The median of writing one page and waiting for the disk, as a COMMIT does at least once."""
    times = []
    path = folder / f"sync_{os.getpid()}"
    with path.open("wb", buffering=0) as file:
        file.write(b"x" * PAGE_BYTES * 200)
        os.fsync(file.fileno())
        for number in range(200):
            file.seek(number * PAGE_BYTES)
            begin = time.perf_counter()
            file.write(b"y" * PAGE_BYTES)
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - begin)
    path.unlink()
    return statistics.median(times) * 1e3


def without_waiting(kind: Kind, url: str) -> list[str]:
    """How to serve the same without waiting for the disk."""
    if kind == "sqlite":
        return ["product", url, "OFF"]
    return ["product", f"{url}{'&' if '?' in url else '?'}options=-c%20synchronous_commit%3Doff"]


def measure(hospital: Hospital, kind: Kind, *, rounds: int, seconds: float) -> list[Figure]:
    """Rounds of durable and not durable writes in turn, each on its own copy, then of one client alone."""
    with ExitStack() as stack:
        urls = [stack.enter_context(hospital.copy(kind, name)) for name in ("durable", "hasty")]
        asked = [letters(sign_in(url, GIVERS), 3_000) for url in urls]
        durable = stack.enter_context(serving("product", urls[0]))
        hasty = stack.enter_context(serving(*without_waiting(kind, urls[1])))
        for server, texts in zip((durable, hasty), asked, strict=True):
            _give(server, texts, CLIENTS, seconds / 2)
        many = [
            (_give(durable, asked[0], CLIENTS, seconds), _give(hasty, asked[1], CLIENTS, seconds))
            for _round in range(rounds)
        ]
        alone = [
            (sync_milliseconds(hospital.folder), _give(durable, asked[0], 1, seconds / 2)) for _round in range(rounds)
        ]
    return _figures(kind, many, alone)


def _give(server: Server, requests: Sequence[str], connections: int, seconds: float) -> Seen:
    return server.load(requests, connections=connections, seconds=seconds, status=201)


def _figures(kind: Kind, many: Sequence[tuple[Seen, Seen]], alone: Sequence[tuple[float, Seen]]) -> list[Figure]:
    rate = statistics.median(ours.rate for ours, _hasty in many)
    answers = sum(ours.answers for ours, _hasty in many)
    slowest = statistics.median(ours.slowest for ours, _hasty in many) * 1e3
    sync = statistics.median(found for found, _seen in alone)
    figures = [
        Figure(
            f"{kind}: {CLIENTS} clients: rate over that without waiting",
            [ours.rate / hasty.rate for ours, hasty in many],
            at_least=0.7,
            note=f"{rate:.0f}/s, 99% within {slowest:.0f} ms, 0 errors in {answers}",
        ),
        Figure(
            f"{kind}: one client: median ms beyond one fsync",
            [seen.median * 1e3 - found for found, seen in alone],
            at_most=EXTRA_MILLISECONDS,
            note=f"one fsync {sync:.2f} ms",
        ),
    ]
    if kind == "sqlite":
        grouped = [ours.answers / ours.commits for ours, _hasty in many]
        figures.insert(0, Figure(f"{kind}: {CLIENTS} clients: acknowledged by one COMMIT", grouped, at_least=10))
    return figures


def run(hospital: Hospital, kinds: Sequence[Kind], *, quick: bool, rounds: int) -> list[Figure]:
    """Measure and show."""
    found: list[Figure] = []
    for kind in kinds:
        figures = measure(hospital, kind, rounds=rounds, seconds=0.6 if quick else 3.0)
        show(f"Giving thanks on {kind}, {hospital.kudos:,} kudos, {hospital.people:,} people", figures)
        found += figures
    return found
