"""HR and administrators at work over HTTP."""

from __future__ import annotations

from typing import Any

import httpx

from api.core import database
from tests.support.house import House, refusal
from tests.support.organisation import HELENE, Person

API = "/api/v1"


class Desk:
    """Somebody of HR or an administrator at work."""

    def __init__(self, house: House, person: Person = HELENE) -> None:
        self._client = house.browser(person)

    async def ask(self, method: str, path: str, **body: Any) -> httpx.Response:
        return await self._client.request(method, API + path, json=body or None)

    async def do(self, method: str, path: str, **body: Any) -> Any:
        """What it answers; it must be accepted."""
        answer = await self.ask(method, path, **body)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    async def refused(self, status: int, method: str, path: str, **body: Any) -> dict[str, str]:
        return refusal(await self.ask(method, path, **body), status)

    async def edit(self, path: str, **body: Any) -> Any:
        """Change a thing as it stands."""
        record = await self.do("GET", f"{path}/record" if "/" in path[1:] else path)
        return await self.do("PATCH", path, version=record["version"], **body)

    async def person(self, person: Person) -> Any:
        return await self.do("GET", f"/people/{person.id}/record")

    async def roles(self, person: Person, *roles: str) -> httpx.Response:
        version = (await self.person(person))["version"]
        return await self.ask("PUT", f"/people/{person.id}/roles", roles=list(roles), version=version)

    async def lead(self, person: Person, manager: Person | None) -> Any:
        return await self.edit(f"/people/{person.id}", manager_id=manager and manager.id)

    async def last_change(self) -> Any:
        return (await self.do("GET", "/changes"))["items"][0]

    async def undo_last(self) -> httpx.Response:
        change = await self.last_change()
        return await self.ask("POST", f"/changes/{change['id']}/undo")


async def revision() -> int:
    row = await database.fetch_one("SELECT directory_revision FROM organisation")
    assert row is not None
    return int(row[0])
