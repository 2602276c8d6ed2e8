"""The organisation behind a running app, with a client for each person."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar

from api.app import create_app, lifespan, open_database
from api.core.access.actor import Actor
from api.core.access.actors import actor_of_session
from api.core.access.middleware import SESSION_COOKIE
from api.core.database import migrate
from api.core.settings import Settings
from api.migrations import MIGRATIONS
from frontend.rendering import fragments
from tests import databases
from tests.support import organisation
from tests.support.clock import Clock
from tests.support.organisation import JONAS, Person
from tests.support.running import running

API = "/api/v1"
KUDOS = f"{API}/kudos"
BASE = "http://gearmesh.test"
WORDS = "Thank you for the careful admission data."


def refusal(answer: httpx.Response, status: int) -> dict[str, str]:
    """The sentences of a refused request by member; it must be refused with this status, as a problem."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem = answer.json()
    assert problem["status"] == status
    errors: dict[str, str] = problem.get("errors", {})
    assert problem["detail"]
    return errors


async def post(client: httpx.AsyncClient, path: str, status: int = 303, /, **fields: Any) -> httpx.Response:
    """Send a form; it must be answered with this status."""
    answer = await client.post(path, data=fields)
    assert answer.status_code == status, answer.text
    return answer


class House:
    """A running app over a fresh copy of the organisation."""

    def __init__(self, app: Litestar, clock: Clock, kind: databases.Kind, url: str) -> None:
        self.app = app
        self.clock = clock
        self.kind = kind
        self.url = url
        self._transport = httpx.ASGITransport(cast(Any, app))

    def stranger(self, **headers: str) -> httpx.AsyncClient:
        """A client without session or token."""
        return httpx.AsyncClient(transport=self._transport, base_url=BASE, headers=headers)

    def browser(self, person: Person, **headers: str) -> httpx.AsyncClient:
        """This person's browser: signed in by cookie."""
        return self.stranger(cookie=f"{SESSION_COOKIE}={person.cookie}", **headers)

    def script(self, person: Person, token: str = "", **headers: str) -> httpx.AsyncClient:
        """This person's script: an API token, with all scopes unless another is given."""
        return self.stranger(authorization=f"Bearer {token or person.token}", **headers)

    async def actor(self, person: Person, accept_language: str = "en") -> Actor:
        """The person as services get them."""
        actor = await actor_of_session(person.cookie, accept_language=accept_language, keep_days=30)
        assert actor is not None
        return actor

    async def ask(self, person: Person, method: str, path: str, status: int = 200, /, **body: Any) -> Any:
        """What the API answers this person; with this status."""
        client = self.browser(person, **{"accept-language": "en"})
        answer = await client.request(method, API + path, json=body or None)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    async def give(
        self, giver: Person, *recipients: Person, message: str = WORDS, key: str | None = None, **more: Any
    ) -> str:
        """Thank over HTTP, Jonas by default; returns the kudos's id."""
        body = {"recipients": [person.id for person in recipients or (JONAS,)], "message": message, **more}
        headers = {} if key is None else {"Idempotency-Key": key}
        response = await self.browser(giver).post("/api/v1/kudos", json=body, headers=headers)
        assert response.status_code == 201, response.text
        return str(response.json()["id"])

    async def seen(self, person: Person, kudos_id: str) -> dict[str, Any]:
        """A kudos as this person gets it; it must be there for them."""
        response = await self.browser(person).get(f"/api/v1/kudos/{kudos_id}")
        assert response.status_code == 200, response.text
        found: dict[str, Any] = response.json()
        return found

    async def feed(self, reader: Person, /, **filters: Any) -> list[str]:
        """The ids of this person's feed, newest first."""
        response = await self.browser(reader).get(KUDOS, params=filters)
        assert response.status_code == 200, response.text
        return [item["id"] for item in response.json()["items"]]


async def _prepare(url: str) -> None:
    db = open_database(Settings(database_url=url))
    await db.start()
    try:
        await migrate(db, MIGRATIONS)
        await organisation.fill()
    finally:
        await db.stop()


def organisation_url(kind: databases.Kind) -> str:
    """A fresh database that holds the organisation."""
    return databases.fresh_url(kind, databases.template_url(kind, "organisation", _prepare))


@asynccontextmanager
async def open_house(
    kind: databases.Kind,
    monkeypatch: pytest.MonkeyPatch,
    *,
    create: Callable[[Settings], Litestar] = create_app,
    url: str = "",
    **settings: Any,
) -> AsyncIterator[House]:
    """A house whose clock starts at OPENED_AT; deliveries happen only when a test asks for them.

    It stands over a fresh copy of the organisation, or over the database `url`, which is then kept.
    """
    stand_still(monkeypatch)
    clock = Clock(organisation.OPENED_AT)
    monkeypatch.setattr("api.core.clock._now", clock)
    found = url or organisation_url(kind)
    try:
        app = _app(create, **settings)
        fragments.clear()
        async with running(lifespan(Settings(database_url=found, **settings))(app)):
            yield House(app, clock, kind, found)
    finally:
        if not url:
            databases.drop(found)


@cache
def _app(create: Callable[[Settings], Litestar], **settings: Any) -> Litestar:
    """An app is made once (0.14 s of CPU) and lives over one database after the other."""
    return create(Settings(database_url="sqlite:///none.db", **settings))


def stand_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Apps do nothing by themselves: what is due is delivered, jobs run, history read only when a test says so."""
    monkeypatch.setattr("api.work.keep_delivering", _do_nothing)
    monkeypatch.setattr("api.work.keep_telling", _do_nothing)
    monkeypatch.setattr("api.work.keep_working", _do_nothing)
    monkeypatch.setattr("api.imports.fetching.begin", lambda *_run: None)


async def _do_nothing(*_kinds: object) -> None:
    await asyncio.Event().wait()
