"""Ids that are none in queries and forms: PostgreSQL would not take them, so they are never asked for."""

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
LEFT_OUT = ("/api/", "/sign-", "/settings/sessions/end", "/settings/password")
"""The API has tests of its own for this; the others end sessions, or take their time over passwords."""
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
                if not route.path.startswith(LEFT_OUT):
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


async def test_queries_and_forms_with_ids_that_are_none_break_nothing(house: House) -> None:
    stock = await lay_in(house)
    wrong, asked = [], 0
    for route in routes(house.app):
        url = filled(route.path, stock)
        more: list[dict[str, Any]] = [{"params": {"follow": "false", name: ODD}} for name in route.query]
        if route.method == "POST":
            more = [{"data": dict.fromkeys(NAMES, ODD)}]
        for one in more:
            asked += 1
            answer = await ask(house, route, url, **one)
            if answer.status_code >= 500:
                wrong.append((route.method, url, one.get("params"), answer.status_code, answer.text[:100]))
    assert wrong == []
    assert asked > 150
