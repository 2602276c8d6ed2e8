"""Requests that other sites make a browser send are not carried out."""

from __future__ import annotations

from itertools import product

from tests.support.house import KUDOS, WORDS, House, refusal
from tests.support.organisation import AYLIN, JONAS

BODY = {"recipients": [JONAS.id], "message": WORDS}
FOREIGN = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "nonsense"},
    {"sec-fetch-site": "cross-site", "origin": "http://gearmesh.test"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://gearmesh.test.evil.example"},
    {"origin": "http://gearmesh.test:8000"},
]
OURS = [
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
    {"sec-fetch-site": "same-origin", "origin": "https://evil.example"},
    {"origin": "http://gearmesh.test"},
    {"origin": "http://GEARMESH.test"},
    {},
]


async def test_other_sites_change_nothing(house: House) -> None:
    kudos = await house.give(AYLIN)
    changes = (
        ("POST", KUDOS),
        ("PATCH", f"{KUDOS}/{kudos}"),
        ("DELETE", f"{KUDOS}/{kudos}"),
        ("PUT", f"{KUDOS}/{kudos}/reactions/strong"),
        ("DELETE", "/api/v1/sessions"),
    )
    for headers, (method, url) in product(FOREIGN, changes):
        answer = await house.browser(AYLIN, **headers).request(method, url, json=BODY)
        refusal(answer, 403)
        assert answer.json()["detail"] == "This request came from another site and was not carried out."
    assert await house.feed(JONAS) == [kudos]


async def test_our_own_pages_and_scripts_do(house: House) -> None:
    for headers in OURS:
        assert (await house.browser(AYLIN, **headers).post(KUDOS, json=BODY)).status_code == 201, headers


async def test_reading_is_left_to_the_browsers_own_rules(house: House) -> None:
    for headers in FOREIGN:
        answer = await house.browser(AYLIN, **headers).get(KUDOS)
        assert answer.status_code == 200, headers
        assert "access-control-allow-origin" not in answer.headers


async def test_tokens_travel_only_where_a_script_sends_them(house: House) -> None:
    answer = await house.script(AYLIN, origin="https://tool.example").post(KUDOS, json=BODY)
    assert answer.status_code == 201
