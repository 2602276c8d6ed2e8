"""Fifty people who thank without a pause and remember what they were told."""

from __future__ import annotations

import asyncio
from itertools import count
from typing import Any

import httpx

from tests.drills.waiting import until
from tests.support.organisation import AYLIN, BRITTA, HELENE, JONAS, KATHARINA, MIRIAM, TOMASZ

_GIVERS = (KATHARINA, AYLIN, MIRIAM, JONAS, HELENE, TOMASZ, BRITTA)
CLIENTS = 50


def message(number: int) -> str:
    """What letter `number` says."""
    return f"Thank you for your help with case number {number}."


def _letter(number: int, points: int) -> dict[str, Any]:
    others = [_GIVERS[(number + step) % len(_GIVERS)].id for step in (1, 2)]
    found = {"recipients": others[: 1 + number % 2], "message": message(number), "private": number % 10 == 0}
    return {**found, "points": points} if points else found


class Writers:
    """Each letter has its Idempotency-Key; `acknowledged` maps letters to the ids that a 201 told. Each gives so
    many points to everybody whom it thanks."""

    def __init__(self, points: int = 0) -> None:
        self._points = points
        self.acknowledged: dict[int, str] = {}
        self.unanswered: set[int] = set()
        self.refused: list[str] = []
        self._numbers = count(1)

    async def write(self, address: str) -> None:
        """Write until the server answers no more."""
        async with _client(address) as client:
            await asyncio.gather(*(self._write_one_by_one(client) for _ in range(CLIENTS)))

    async def acknowledges(self, number: int, *, within: float) -> None:
        """Wait until that many letters were acknowledged in all."""
        await until(lambda: len(self.acknowledged) >= number, within, f"{number} acknowledged letters")

    async def repeat_unanswered(self, address: str) -> None:
        """Send again, with the same key, what got no answer."""
        async with _client(address) as client:
            for number in sorted(self.unanswered):
                response = await self._send(client, number)
                assert response.status_code in (200, 201), response.text  # done before, or only now
                self.acknowledged[number] = response.json()["id"]
        self.unanswered.clear()

    async def _write_one_by_one(self, client: httpx.AsyncClient) -> None:
        while True:
            number = next(self._numbers)
            self.unanswered.add(number)
            try:
                response = await self._send(client, number)
            except httpx.TransportError:
                return
            if response.status_code != 201:
                self.refused.append(f"{response.status_code} {response.text}")
                continue
            self.acknowledged[number] = response.json()["id"]
            self.unanswered.discard(number)

    async def _send(self, client: httpx.AsyncClient, number: int) -> httpx.Response:
        giver = _GIVERS[number % len(_GIVERS)]
        headers = {"Authorization": f"Bearer {giver.token}", "Idempotency-Key": f"letter-{number}"}
        return await client.post("/api/v1/kudos", json=_letter(number, self._points), headers=headers)


def _client(address: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=address, timeout=30, limits=httpx.Limits(max_connections=CLIENTS))
