"""Schemathesis over the whole API as each role: no server error, nothing undocumented, answers as described."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.python.asgi import shutdown_lifespans
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from api.core.access.middleware import SESSION_COOKIE
from api.core.settings import Settings
from tests import databases
from tests.support.clock import Clock
from tests.support.house import open_house, organisation_url, stand_still
from tests.support.organisation import (
    AYLIN,
    BRITTA,
    HELENE,
    JONAS,
    KATHARINA,
    MIRIAM,
    OPENED_AT,
    OSKAR,
    TOGETHER,
    TOMASZ,
)
from tests.support.stock import Stock, lay_in

CHECKS = [
    not_a_server_error,
    negative_data_rejection,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def _cookie(value: str) -> dict[str, str]:
    return {"Cookie": f"{SESSION_COOKIE}={value}"}


ROLES: dict[str, dict[str, str]] = {
    "anonymous": {},
    "colleague": _cookie(AYLIN.cookie),
    "other department's colleague": _cookie(MIRIAM.cookie),
    "recipient's token": {"Authorization": f"Bearer {JONAS.token}"},
    "manager": _cookie(KATHARINA.cookie),
    "hr": _cookie(HELENE.cookie),
    "admin": _cookie(TOMASZ.cookie),
    "works council": _cookie(BRITTA.cookie),
    "deactivated": _cookie(OSKAR.cookie),
}
SOME, FEW, MANY = (4, 2), (2, 1), (60, 30)
"""Good and bad requests for each operation."""
# HR meets every rule; the others differ from these only by what test_policies.py proves.
RUNS = [
    pytest.param("sqlite", "hr", SOME, id="sqlite-hr"),
    pytest.param("sqlite", "recipient's token", FEW, id="sqlite-recipient's token"),
    *(
        pytest.param(kind, role, MANY, id=f"{kind}-{role}-many", marks=pytest.mark.long)
        for kind in databases.KINDS
        for role in ROLES
    ),
]


@pytest.fixture
def stocked(kind: databases.Kind) -> Iterator[tuple[str, Stock]]:
    """A database with some of everything, and the ids."""

    async def fill(url: str) -> Stock:
        with pytest.MonkeyPatch.context() as patch:
            async with open_house(kind, patch, url=url) as house:
                return await lay_in(house)

    url = organisation_url(kind)
    try:
        yield url, asyncio.run(fill(url))
    finally:
        shutdown_lifespans()
        databases.drop(url)


@pytest.mark.parametrize(("kind", "role", "examples"), RUNS)
def test_everything_is_answered_as_documented(
    stocked: tuple[str, Stock], role: str, examples: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, stock = stocked
    stand_still(monkeypatch)
    monkeypatch.setattr("api.core.clock._now", Clock(OPENED_AT + 1_000_000_000))
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", create_app(Settings(database_url=url)))
    operations = sorted((cast(Any, result).ok() for result in schema.get_all_operations()), key=_what_signs_out_last)
    assert len(operations) > 30
    good, bad = examples
    answered: dict[str, set[int]] = {}
    for operation in operations:
        answered[operation.label] = _try(operation, GenerationMode.POSITIVE, good, ROLES[role], stock) | _try(
            operation, GenerationMode.NEGATIVE, bad, ROLES[role], stock
        )
    if role in ("anonymous", "deactivated"):
        del answered["GET /health"]
        assert set().union(*answered.values()) <= {400, 401}
    else:
        assert len({status for statuses in answered.values() for status in statuses}) >= 6


def _what_signs_out_last(operation: Any) -> tuple[int, str]:
    ends = {
        "DELETE /api/v1/tokens/{token_id}": 1,
        "DELETE /api/v1/sessions/{session_id}": 2,
        "DELETE /api/v1/sessions": 3,
    }
    return ends.get(operation.label, 0), operation.label


def _try(operation: Any, mode: GenerationMode, examples: int, headers: dict[str, str], stock: Stock) -> set[int]:
    """Send so many generated requests, check the answers, return their statuses."""
    answered: set[int] = set()

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), pick=st.integers(0, 11))
    def run(case: Any, pick: int) -> None:
        _feed(case, pick, stock)
        kept = {name: value for name, value in (case.headers or {}).items() if name not in ("Cookie", "Authorization")}
        case.headers = {**kept, **headers}
        case.cookies = {}
        response = case.call()
        answered.add(response.status_code)
        case.validate_response(response, checks=CHECKS)

    try:
        run()
    except Unsatisfiable:
        # Without parameters, body and credentials there is no wrong way to ask.
        assert (mode, operation.label) == (GenerationMode.NEGATIVE, "GET /health")
    return answered


def _feed(case: Any, pick: int, stock: Stock) -> None:
    """Ask for what exists, mostly, and thank people who work here with enough words."""
    if case.operation.path.endswith("/events"):
        case.query = {**(case.query or {}), "follow": "false"}
    if pick == 0:
        return
    for name in set(case.path_parameters or {}) & set(stock):
        case.path_parameters[name] = stock[name][pick % len(stock[name])]
    body = case.body
    if not isinstance(body, dict):
        return
    if isinstance(body.get("recipients"), list):
        body["recipients"] = [stock["person_id"][pick % 7]]
        body.pop("id", None)
    if isinstance(body.get("message"), str):
        body["message"] += " thank you for all of this"
    if isinstance(body.get("value"), str):
        body["value"] = TOGETHER
    if isinstance(body.get("comment"), str):
        body["comment"] = stock["comment_id"][pick % len(stock["comment_id"])]
    if isinstance(body.get("scopes"), list):
        body["scopes"] = ["kudos:read"]
