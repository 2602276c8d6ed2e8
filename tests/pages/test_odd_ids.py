"""Ids that are none, wherever one can be sent: PostgreSQL would not take them, so they are never asked for."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
from litestar import Litestar

import frontend
from frontend.app import create_app
from tests.support.house import BASE, House, open_house
from tests.support.organisation import HELENE, TOMASZ
from tests.support.stock import Stock, lay_in

ODD = "nonsense"
ENDS_THE_SESSION = ("/sign-out", "/settings/sessions/end", "/api/v1/session", "/api/v1/sessions")
NAMES = {
    name
    for template in (Path(frontend.__file__).parent / "templates").rglob("*.html")
    for name in re.findall(r'name="(\w+)"', template.read_text("utf-8"))
}
"""Every field of every form."""


class Route(NamedTuple):
    """One method of one path, and the names that its handler reads from the query."""

    method: str
    path: str
    query: tuple[str, ...]


@pytest.fixture
async def house(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async with open_house("postgres", monkeypatch, create=create_app) as opened:
        yield opened


def routes(app: Litestar) -> Iterator[Route]:
    for route in app.routes:
        for handler in getattr(route, "route_handlers", []):
            for method in sorted(handler.http_methods - {"OPTIONS"}):
                in_path = re.findall(r"{(\w+)", route.path)
                names = set(handler.parsed_fn_signature.parameters) - {"request", "data", "settings", *in_path}
                if not route.path.startswith(ENDS_THE_SESSION):
                    yield Route(method, route.path, tuple(sorted(names)))


async def ask(house: House, route: Route, url: str, **more: Any) -> httpx.Response:
    """As HR, and where HR may not, as administrator."""
    for person in (HELENE, TOMASZ):
        answer = await house.browser(person, origin=BASE).request(route.method, url, **more)
        if answer.status_code != 403:
            break
    return answer


def filled(path: str, stock: Stock) -> str:
    return re.sub(r"{(\w+)(:\w+)?}", lambda match: stock.get(match[1], [ODD])[0], path)


async def test_an_address_with_an_id_that_is_none_breaks_nothing(house: House) -> None:
    wrong, asked = [], 0
    for route in routes(house.app):
        odd = re.sub(r"{\w+(:\w+)?}", ODD, route.path)
        more: dict[str, Any] = {}
        if route.method != "GET":
            more = {"json": {}} if route.path.startswith("/api/") else {"data": {"x": "y"}}
        for query in ({}, *({name: ODD} for name in route.query)):
            asked += 1
            answer = await ask(house, route, odd, params={"follow": "false", **query}, **more)
            if answer.status_code >= 500:
                wrong.append((route.method, odd, query, answer.status_code, answer.text[:100]))
    assert wrong == []
    assert asked > 200


async def test_a_form_with_ids_that_are_none_breaks_nothing(house: House) -> None:
    stock = await lay_in(house)
    wrong = []
    for route in routes(house.app):
        if route.method == "POST" and not route.path.startswith("/api/"):
            answer = await ask(house, route, filled(route.path, stock), data=dict.fromkeys(NAMES, ODD))
            if answer.status_code >= 500:
                wrong.append((route.path, answer.status_code, answer.text[:200]))
    assert wrong == []
