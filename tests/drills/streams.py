"""Somebody who follows the live updates."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import httpx

from tests.drills.waiting import until
from tests.support.organisation import Person


@dataclass(frozen=True)
class Heard:
    """One event: its place, what happened, to which kudos."""

    id: str
    kind: str
    kudos: str


class Stream:
    """An open event stream that is read in the background."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.open = False
        self.ended = False
        self.broken: Exception | None = None

    @property
    def kudos(self) -> list[str]:
        """The kudos it heard of, in order."""
        return [event.kudos for event in self.heard]

    async def hears(self, *kudos: str, within: float) -> None:
        """Wait until it has heard of all of these."""
        await until(lambda: set(kudos) <= set(self.kudos), within, f"heard {self.kudos} of {kudos}")

    async def read(self, address: str, person: Person, after: str | None) -> None:
        """Follow until the server ends it; `broken` tells if that was not a clean end."""
        headers = {"Authorization": f"Bearer {person.token}"} | ({"Last-Event-ID": after} if after else {})
        try:
            async with (
                httpx.AsyncClient(base_url=address, headers=headers, timeout=None) as client,
                client.stream("GET", "/api/v1/events") as response,
            ):
                assert response.status_code == 200
                await self._follow(response)
            self.ended = True
        except Exception as error:
            self.broken = error

    async def _follow(self, response: httpx.Response) -> None:
        event: dict[str, str] = {}
        async for line in response.aiter_lines():
            if line:
                name, _, value = line.partition(": ")
                event[name] = value
                continue
            self.open = True
            if "data" in event:
                self.heard.append(Heard(event["id"], event["event"], json.loads(event["data"])["kudos"]))
            event = {}


@asynccontextmanager
async def following(address: str, person: Person, *, after: str | None = None) -> AsyncIterator[Stream]:
    """A stream of this person's, open when this is entered and left when it ends."""
    stream = Stream()
    reading = asyncio.create_task(stream.read(address, person, after))
    try:
        await until(lambda: stream.open or reading.done(), 10, "the stream opens")
        if reading.done():
            await reading
            assert stream.broken is None, stream.broken
        yield stream
    finally:
        reading.cancel()
        with suppress(asyncio.CancelledError):
            await reading
