"""The load generator, a process of its own: plain sockets, requests made beforehand, answers only counted.

It reads a job as JSON from standard input and prints what it saw as JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from itertools import cycle
from typing import Any, cast

import uvloop


class Run:
    """One stretch of load, shared by its connections."""

    def __init__(self, requests: list[bytes], status: bytes, seconds: float) -> None:
        self.requests: Iterator[bytes] = cycle(requests)
        self.status = status
        self.until = time.perf_counter() + seconds
        self.latencies: list[float] = []
        self.errors: list[str] = []
        self.bytes = 0


class Connection(asyncio.Protocol):
    """Asks, waits for the whole answer, asks again; keep-alive."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._head = b""
        self._missing = 0
        self._begin = 0.0
        self._ok = False
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._ask()

    def _ask(self) -> None:
        self._begin = time.perf_counter()
        if self._begin < self._run.until:
            self._transport.write(next(self._run.requests))
        else:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._run.bytes += len(data)
        if self._missing:
            self._missing -= len(data)
        else:
            data = self._head + data
            end = data.find(b"\r\n\r\n")
            if end < 0:
                self._head = data
                return
            self._head = b""
            self._ok = data[9:12] == self._run.status
            if not self._ok and len(self._run.errors) < 5:
                self._run.errors.append(data[:400].decode("latin-1"))
            head = data[: end + 2].lower()
            at = head.find(b"content-length: ") + 16
            self._missing = int(head[at : head.find(b"\r", at)]) - (len(data) - end - 4)
        if self._missing == 0:
            if self._ok:
                self._run.latencies.append(time.perf_counter() - self._begin)
            self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        if time.perf_counter() < self._run.until:
            self._run.errors.append(f"the connection was lost: {exc}")
        self.over.set_result(None)


async def _generate(job: dict[str, Any]) -> dict[str, Any]:
    requests = [text.encode("latin-1") for text in job["requests"]]
    run = Run(requests, str(job["status"]).encode(), job["seconds"])
    begin = time.perf_counter()
    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(lambda: Connection(run), "127.0.0.1", job["port"])
        for _ in range(job["connections"])
    ]
    for _transport, connection in opened:
        await connection.over
    seconds = time.perf_counter() - begin
    found = sorted(run.latencies)
    return {
        "answers": len(found),
        "errors": run.errors,
        "rate": len(found) / seconds,
        "bytes": run.bytes / max(1, len(found)),
        "median": found[len(found) // 2] if found else 0.0,
        "slowest": found[int(len(found) * 0.99)] if found else 0.0,
        "cpu": time.process_time(),
    }


if __name__ == "__main__":
    print(json.dumps(uvloop.run(_generate(json.load(sys.stdin)))))
