"""Every route times every role, against a table written by hand."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterator
from typing import NamedTuple

import httpx
import pytest
from litestar import Litestar

from api.app import check_policies
from api.app import create_app as create_api
from api.core import database
from api.core.access.actor import Scope
from api.core.access.policies import POLICIES
from api.core.access.secrets import token_hash
from api.core.access.tokens import create_token
from api.core.clock import DAY
from api.core.settings import Settings
from frontend.app import create_app as create_product
from tests.databases import Kind
from tests.support.house import House, open_house
from tests.support.organisation import (
    AYLIN,
    BILLING,
    BRITTA,
    HELENE,
    KATHARINA,
    MIRIAM,
    NOBODY,
    OPENED_AT,
    OSKAR,
    TOMASZ,
    Person,
)

# What a role meets: "in" is anything but 401 and 403. `scope` is what a token needs, "-" if none is enough;
# `token` has every scope, `narrow` every scope but that one; both belong to HR, so that only scopes count.
TABLE = """
policy            scope        anonymous deactivated colleague other manager hr  admin council token narrow
public            -            in        in          in        in    in      in  in    in      in    in
visitor           -            in        in          in        in    in      in  in    in      in    in
account.read      account      401       401         in        in    in      in  in    in      in    403
account.change    account      401       401         in        in    in      in  in    in      in    403
account.secrets   -            401       401         in        in    in      in  in    in      403   403
people.read       people:read  401       401         in        in    in      in  in    in      in    403
departments.read  people:read  401       401         in        in    in      in  in    in      in    403
values.read       people:read  401       401         in        in    in      in  in    in      in    403
kudos.read        kudos:read   401       401         in        in    in      in  in    in      in    403
kudos.give        kudos:write  401       401         in        in    in      in  in    in      in    403
kudos.change      kudos:write  401       401         in        in    in      in  in    in      in    403
kudos.react       kudos:write  401       401         in        in    in      in  in    in      in    403
kudos.comment     kudos:write  401       401         in        in    in      in  in    in      in    403
kudos.report      kudos:write  401       401         in        in    in      in  in    in      in    403
points.read       kudos:read   401       401         in        in    in      in  in    in      in    403
points.object     kudos:write  401       401         in        in    in      in  in    in      in    403
points.manage     moderate     401       401         403       403   403     in  403   403     in    403
kudos.moderate    moderate     401       401         403       403   403     in  403   403     in    403
organisation.write organisation:write 401   401         403       403   403     in  in    403     in    403
people.invite     people:invite 401      401         403       403   403     in  in    403     in    403
people.link       -            401       401         403       403   403     in  in    403     403   403
people.erase      -            401       401         403       403   403     in  in    403     403   403
rotations.plan    organisation:write 401  401         403       403   403     in  403   403     in    403
rotations.own     account      401       401         in        in    in      in  in    in      in    403
rotations.host    account      401       401         in        in    in      in  in    in      in    403
rotations.team    account      401       401         in        in    in      in  in    in      in    403
feedback.give     improvements 401       401         in        in    in      in  in    in      in    403
improvements.read improvements 401       401         in        in    in      in  in    in      in    403
improvements.change improvements 401       401         in        in    in      in  in    in      in    403
improvements.found improvements 401       401         403       403   in      in  403   403     in    403
events.read       kudos:read   401       401         in        in    in      in  in    in      in    403
notifications.read   account   401       401         in        in    in      in  in    in      in    403
notifications.change account   401       401         in        in    in      in  in    in      in    403
endpoints.manage  integrations 401       401         403       403   403     403 in    403     403   403
rewards.read      rewards:read  401      401         in        in    in      in  in    in      in    403
rewards.order     rewards:order 401      401         in        in    in      in  in    in      in    403
rewards.code      -            401       401         in        in    in      in  in    in      403   403
rewards.manage    rewards:manage 401     401         403       403   403     in  403   403     in    403
rewards.fulfil    rewards:manage 401     401         403       403   403     in  in    403     in    403
payroll.read      payroll:read 401       401         403       403   403     in  403   403     in    403
approvals.read    approvals:read 401     401         in        in    in      in  in    in      in    403
approvals.decide  approvals:decide 401   401         in        in    in      in  in    in      in    403
approvals.rules   organisation:write 401  401        403       403   403     in  403   403     in    403
awards.read       awards       401       401         in        in    in      in  in    in      in    403
awards.nominate   awards       401       401         in        in    in      in  in    in      in    403
awards.manage     organisation:write 401 401         403       403   403     in  403   403     in    403
budgets.read      awards       401       401         in        in    in      in  in    in      in    403
jobs.read         jobs         401       401         403       403   403     403 in    403     403   403
jobs.change       jobs         401       401         403       403   403     403 in    403     403   403
"""
HEADINGS, *LINES = (line.split() for line in TABLE.strip().splitlines())
EXPECTED = {line[0]: dict(zip(HEADINGS[1:], line[1:], strict=True)) for line in LINES}
ROLES = HEADINGS[2:]
BROWSERS: dict[str, Person] = {
    "deactivated": OSKAR,
    "colleague": AYLIN,
    "other": MIRIAM,
    "manager": KATHARINA,
    "hr": HELENE,
    "admin": TOMASZ,
    "council": BRITTA,
}
APPS: dict[str, Callable[[Settings], Litestar]] = {"api": create_api, "product": create_product}
VALUES = {"person_id": AYLIN.id, "department_id": BILLING.id, "kind": "strong"}


class Route(NamedTuple):
    """One method of one path, with the policy it names."""

    method: str
    path: str
    policy: str | None

    @property
    def url(self) -> str:
        """With people and departments that exist, and otherwise with ids that do not: nothing is changed."""
        return re.sub(r"{(\w+)(:\w+)?}", lambda match: VALUES.get(match[1], NOBODY), self.path)

    @property
    def is_page(self) -> bool:
        return not self.path.startswith(("/api/", "/health"))


def routes(app: Litestar) -> Iterator[Route]:
    """All routes that somebody wrote (Litestar answers OPTIONS by itself)."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", None) or [route.route_handler]:  # type: ignore[union-attr]
            for method in sorted(getattr(handler, "http_methods", {"GET"}) - {"OPTIONS"}):
                yield Route(method, route.path, handler.opt.get("policy"))


@pytest.fixture(params=APPS)
async def house(kind: Kind, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async with open_house(kind, monkeypatch, create=APPS[request.param]) as opened:
        yield opened


@pytest.mark.parametrize("create", APPS.values(), ids=APPS)
def test_every_route_names_a_row_of_the_table(create: Callable[[Settings], Litestar]) -> None:
    app = create(Settings())
    assert [route for route in routes(app) if route.policy not in EXPECTED] == []
    check_policies(app)


def test_every_row_is_expected_and_used() -> None:
    assert set(POLICIES) == set(EXPECTED)
    assert {route.policy for route in routes(create_product(Settings()))} == set(POLICIES)


def test_rows_ask_for_the_expected_scope() -> None:
    asked = {name: policy.scope.value if policy.scope else "-" for name, policy in POLICIES.items()}
    assert asked == {name: row["scope"] for name, row in EXPECTED.items()}


def test_no_app_starts_with_a_route_without_a_row() -> None:
    app = create_api(Settings())
    next(route for route in app.routes if route.path == "/health").route_handlers[0].opt.pop("policy")  # type: ignore[union-attr]
    with pytest.raises(LookupError, match="/health"):
        check_policies(app)


async def test_every_route_lets_in_whom_the_table_says(house: House) -> None:
    found = list(routes(house.app))
    assert len(found) > 30
    wrong = []
    for role in ROLES:
        clients = {scope: await _client(house, role, scope) for scope in {row["scope"] for row in EXPECTED.values()}}
        for route in found:
            assert route.policy is not None
            row = EXPECTED[route.policy]
            await _stay_signed_in()
            answer = await clients[row["scope"]].request(route.method, route.url, params={"follow": "false"})
            # Pages know browsers only: who comes with a token is a stranger there.
            expected = row["anonymous" if route.is_page and role in ("token", "narrow") else role]
            if _outcome(route, answer) != expected:
                wrong.append((role, route.method, route.path, expected, answer.status_code, answer.text[:200]))
    assert wrong == []


def _outcome(route: Route, answer: httpx.Response) -> str:
    if route.is_page and answer.status_code == 303 and answer.headers["location"].startswith("/sign-in"):
        # Whoever signs out is sent there as well, but loses the cookie.
        return "in" if "set-cookie" in answer.headers else "401"
    if answer.status_code == 403 or (answer.status_code == 401 and not route.is_page):
        return str(answer.status_code)
    return "in" if answer.status_code < 500 and answer.status_code != 401 else "broken"


async def _client(house: House, role: str, scope: str) -> httpx.AsyncClient:
    if role == "anonymous":
        return house.stranger()
    if role in BROWSERS:
        return house.browser(BROWSERS[role])
    scopes = [known.value for known in Scope if role == "token" or known.value != scope]
    _id, secret = await create_token(person_id=HELENE.id, name=role, scopes=scopes)
    return house.script(HELENE, secret)


async def _stay_signed_in() -> None:
    """Some routes end the session they are asked with."""
    await database.execute_many(
        """INSERT INTO session (token_hash, id, person_id, created_at, last_seen_at, expires_at) VALUES ({}, {}, {}, {},
            {}, {}) ON CONFLICT DO NOTHING""",
        [
            (token_hash(p.cookie), p.session_id, p.id, OPENED_AT, OPENED_AT + DAY, OPENED_AT + 30 * DAY)
            for p in BROWSERS.values()
        ],
    )


@pytest.mark.parametrize("header", ["Bearer gm_unknown", "Bearer ", "Basic YTpi", "nonsense"])
async def test_authorization_that_is_no_good_token_is_refused_even_with_a_good_cookie(
    house: House, header: str
) -> None:
    answer = await house.browser(AYLIN, authorization=header).get("/api/v1/me")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="gearmesh"'
    assert answer.json()["code"] == "not_signed_in"
