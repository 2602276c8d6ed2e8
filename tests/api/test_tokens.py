"""API tokens: shown once, limited by scopes, taken back, and ending by themselves."""

from __future__ import annotations

from typing import Any

import pytest

from api.core import database
from api.core.access.tokens import create_token
from api.core.clock import DAY, MINUTE
from tests.support.house import KUDOS, WORDS, House, refusal
from tests.support.organisation import AYLIN, JONAS, MIRIAM

TOKENS = "/api/v1/tokens"


async def make(house: House, *scopes: str, name: str = "report") -> dict[str, str]:
    answer = await house.browser(AYLIN).post(TOKENS, json={"name": name, "scopes": scopes})
    assert answer.status_code == 201, answer.text
    made: dict[str, str] = answer.json()
    return made


async def test_token_may_do_what_its_scopes_say_and_no_more(house: House) -> None:
    made = await make(house, "kudos:read")
    script = house.script(AYLIN, made["token"])
    assert (await script.get(KUDOS)).status_code == 200
    answer = await script.post(KUDOS, json={"recipients": [JONAS.id], "message": WORDS})
    refusal(answer, 403)
    assert answer.json()["detail"] == "This API token lacks the scope kudos:write."
    answer = await script.get(TOKENS)
    refusal(answer, 403)
    assert answer.json()["detail"] == "An API token may not do this; sign in with a browser."


async def test_scope_gives_no_role(house: House) -> None:
    answer = await house.script(AYLIN).get("/api/v1/reports")
    refusal(answer, 403)
    assert answer.json()["detail"] == "You may not do this."


async def test_secret_is_shown_once_and_only_its_hash_is_kept(house: House) -> None:
    made = await make(house, "kudos:read", "people:read")
    items = (await house.browser(AYLIN).get(TOKENS)).json()["items"]
    assert (items[0]["name"], items[0]["scopes"]) == ("report", ["kudos:read", "people:read"])
    assert made["token"] not in str(items)
    for row in await database.fetch("SELECT * FROM api_token"):
        assert made["token"] not in str(tuple(row))


async def test_token_taken_back_is_out_at_the_next_request(house: House) -> None:
    made = await make(house, "kudos:read")
    refusal(await house.browser(MIRIAM).delete(f"{TOKENS}/{made['id']}"), 404)
    assert (await house.browser(AYLIN).delete(f"{TOKENS}/{made['id']}")).status_code == 204
    refusal(await house.script(AYLIN, made["token"]).get(KUDOS), 401)
    refusal(await house.browser(AYLIN).delete(f"{TOKENS}/{made['id']}"), 404)
    assert made["id"] not in str((await house.browser(AYLIN).get(TOKENS)).json())


async def test_token_ends_by_itself(house: House) -> None:
    at = house.clock() + DAY
    token_id, secret = await create_token(person_id=AYLIN.id, name="x", scopes=["kudos:read"], expires_at=at)
    assert (await house.script(AYLIN, secret).get(KUDOS)).status_code == 200
    house.clock.forward(DAY)
    answer = await house.script(AYLIN, secret).get(KUDOS)
    refusal(answer, 401)
    assert answer.json()["detail"] == "This API token is not valid, or no longer."
    assert token_id not in str((await house.browser(AYLIN).get(TOKENS)).json())


async def test_use_is_noted_at_most_once_a_minute(house: House) -> None:
    async def last_used() -> Any:
        items = (await house.browser(AYLIN).get(TOKENS)).json()["items"]
        return next(item["last_used_at"] for item in items if item["name"] == "report")

    made = await make(house, "kudos:read")
    assert await last_used() is None
    await house.script(AYLIN, made["token"]).get(KUDOS)
    first = await last_used()
    await house.script(AYLIN, made["token"]).get(KUDOS)
    assert await last_used() == first is not None
    house.clock.forward(2 * MINUTE)
    await house.script(AYLIN, made["token"]).get(KUDOS)
    assert await last_used() > first


@pytest.mark.parametrize(
    ("body", "status", "member"),
    [
        ({"name": " \x07 ", "scopes": ["kudos:read"]}, 422, "name"),
        ({"name": "", "scopes": ["kudos:read"]}, 400, "name"),
        ({"name": "x" * 81, "scopes": ["kudos:read"]}, 400, "name"),
        ({"name": "x", "scopes": []}, 400, "scopes"),
        ({"name": "x", "scopes": ["everything"]}, 422, "scopes"),
        ({"name": "x", "scopes": ["kudos:read", "root"]}, 422, "scopes"),
    ],
)
async def test_tokens_need_a_name_and_known_scopes(
    house: House, body: dict[str, Any], status: int, member: str
) -> None:
    assert list(refusal(await house.browser(AYLIN).post(TOKENS, json=body), status)) == [member]
