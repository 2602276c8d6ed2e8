"""A server that behaves like Bonusly's: paging, too many requests, failures, broken and cut answers."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "bonusly-token-0123456789"


def user(number: str, email: str) -> dict[str, Any]:
    return {"id": number, "email": email, "full_name": email.partition("@")[0], "status": "active"}


def bonus(number: int, giver: dict[str, Any], *receivers: dict[str, Any], reason: str, **more: Any) -> dict[str, Any]:
    """A bonus as their reference shows it, newest first by number."""
    return {
        "id": f"5f{number:022x}",
        "created_at": f"2025-{12 - number % 12:02d}-{28 - number % 28:02d}T09:30:00Z",
        "reason": reason,
        "reason_html": f"<p>{reason}</p>",
        "amount": 10,
        "amount_with_currency": "10 points",
        "giver": giver,
        "receiver": receivers[0] if receivers else None,
        "receivers": list(receivers),
        "child_count": len(more.get("child_bonuses", [])),
        "child_bonuses": [],
        "via": "web",
        **more,
    }


class Server:
    """`troubles` maps the how-manieth request to what goes wrong with it."""

    def __init__(self, users: list[dict[str, Any]], bonuses: list[dict[str, Any]], troubles: dict[int, str]) -> None:
        self.users = users
        self.bonuses = bonuses
        self.troubles = troubles
        self.asked: Counter[str] = Counter()
        self.url = ""
        self._count = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self._count += 1
        target = head.split(" ")[1]
        self.asked[target] += 1
        trouble = self.troubles.get(self._count, "")
        if f"authorization: bearer {TOKEN}" not in head.lower():
            self._send(writer, 401, {"success": False, "message": "Unauthorized"})
        elif trouble.startswith("429"):
            self._send(writer, 429, {"success": False}, f"Retry-After: {trouble.partition(' ')[2]}\r\n")
        elif trouble == "500":
            self._send(writer, 500, {"success": False, "message": "oops"})
        elif trouble == "broken":
            writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{"result": [')
        elif trouble == "cut":
            writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{"result": [{')
        else:
            self._send(writer, 200, {"success": True, "result": self._page(target)})
        writer.close()

    def _page(self, target: str) -> list[dict[str, Any]]:
        parts = urlsplit(target)
        asked = parse_qs(parts.query)
        skip, limit = int(asked["skip"][0]), int(asked["limit"][0])
        found = self.users if parts.path.endswith("/users") else self.bonuses
        return found[skip : skip + min(limit, 100)]

    def _send(self, writer: asyncio.StreamWriter, status: int, body: object, headers: str = "") -> None:
        content = json.dumps(body).encode()
        writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: {len(content)}\r\n{headers}\r\n".encode() + content)


@asynccontextmanager
async def serving(
    users: list[dict[str, Any]], bonuses: list[dict[str, Any]], troubles: dict[int, str] | None = None
) -> AsyncIterator[Server]:
    """The server, on loopback."""
    server = Server(users, bonuses, troubles or {})
    listening = await asyncio.start_server(server.answer, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/api/v1"
    async with listening:
        yield server
