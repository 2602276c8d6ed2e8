"""What the API says of itself: valid OpenAPI 3.1, each operation with all that a reader needs."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
import schemathesis

from api.app import create_app
from api.core.problems import MEDIA_TYPE
from api.core.settings import Settings
from tests.support.house import House

METHODS = {"get", "put", "post", "delete", "patch", "head", "options", "trace"}


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    found: dict[str, Any] = create_app(Settings()).openapi_schema.to_schema()
    return found


@pytest.fixture(scope="module")
def operations(description: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path}": operation
        for path, item in description["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


def test_description_is_valid_openapi_3_1(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1.")
    schemathesis.openapi.from_dict(description).validate()


def test_component_schemas_are_valid_json_schemas(description: dict[str, Any]) -> None:
    for name, schema in description["components"]["schemas"].items():
        assert jsonschema_rs.meta.is_valid({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}), name


def test_every_operation_has_an_id_of_its_own(operations: dict[str, dict[str, Any]]) -> None:
    ids = [operation["operationId"] for operation in operations.values()]
    assert len(set(ids)) == len(ids) > 30


def test_every_operation_is_described_and_stands_under_a_known_tag(
    description: dict[str, Any], operations: dict[str, dict[str, Any]]
) -> None:
    tags = {tag["name"] for tag in description["tags"]}
    for name, operation in operations.items():
        assert operation["description"], name
        assert len(operation["tags"]) == 1, name
        assert set(operation["tags"]) <= tags, name
    assert {tag for operation in operations.values() for tag in operation["tags"]} == tags


def test_every_operation_asks_for_token_or_session_except_health(
    description: dict[str, Any], operations: dict[str, dict[str, Any]]
) -> None:
    assert description["security"] == [{"token": []}, {"session": []}]
    assert set(description["components"]["securitySchemes"]) == {"token", "session"}
    assert [name for name, operation in operations.items() if "security" in operation] == ["GET /health"]
    assert operations["GET /health"]["security"] == [{}]


def test_every_operation_documents_its_problems(operations: dict[str, dict[str, Any]]) -> None:
    for name, operation in operations.items():
        answers = operation["responses"]
        usual = {"400", "503"} if name == "GET /health" else {"400", "401", "403", "503"}
        assert usual <= set(answers), name
        for status, answer in answers.items():
            if int(status) >= 400:
                assert list(answer["content"]) == [MEDIA_TYPE], (name, status)
                assert answer["content"][MEDIA_TYPE]["schema"] == {"$ref": "#/components/schemas/Problem"}
        if "{" in name:
            assert "404" in answers, name
        if "requestBody" in operation:
            assert "413" in answers, name


async def test_description_is_served_to_everybody(house: House) -> None:
    answer = await house.stranger().get("/api/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.1.")
