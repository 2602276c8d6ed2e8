"""Whatever is sent, the answer is clear and nothing breaks."""

from __future__ import annotations

import json
from typing import Any

import pytest

from api.app import LARGEST_BODY
from tests.support.house import KUDOS, WORDS, House, refusal
from tests.support.organisation import AYLIN, CARE, JONAS

ODD = ["\x00", "a\x00b", "\ud800", "a\udfffb", "\ud83d", "\ufffe", "\u202e", "\x1b[31m", "a" * 50_000]


BAD_JSON = [b"", b"{", b"null", b"[]", b"5", b'"x"', b"\xff\xfe", b'{"recipients": ', b"{}" * 2, b"[" * 5000]


async def test_bad_json_is_a_bad_request(house: House) -> None:
    for content in BAD_JSON:
        answer = await house.browser(AYLIN).post(KUDOS, content=content, headers={"content-type": "application/json"})
        refusal(answer, 400)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x/y", ""])
async def test_other_media_types_break_nothing(house: House, kind: str) -> None:
    content = json.dumps({"recipients": [JONAS.id], "message": WORDS}).encode()
    answer = await house.browser(AYLIN).post(KUDOS, content=content, headers={"content-type": kind})
    assert answer.status_code in (201, 400, 415)


@pytest.mark.parametrize("path", [KUDOS, f"{KUDOS}/preview", "/api/v1/tokens"])
async def test_huge_body_is_too_large(house: House, path: str) -> None:
    content = b'{"message": "' + b"x" * LARGEST_BODY + b'"}'
    refusal(await house.browser(AYLIN).post(path, content=content, headers={"content-type": "application/json"}), 413)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd[:20]))
async def test_odd_letters_in_any_text_are_cleaned_or_refused(house: House, odd: str) -> None:
    kudos = await house.give(AYLIN)
    url = f"{KUDOS}/{kudos}"
    answer = await house.browser(JONAS).post(f"{url}/comments", json={"message": "x"})
    texts: list[tuple[str, str, dict[str, Any]]] = [
        ("POST", KUDOS, {"recipients": [JONAS.id], "message": f"{WORDS}{odd}"}),
        ("POST", KUDOS, {"recipients": [odd], "message": WORDS}),
        ("POST", KUDOS, {"recipients": [JONAS.id], "message": WORDS, "value": odd}),
        ("POST", KUDOS, {"recipients": [JONAS.id], "message": WORDS, "id": odd}),
        ("POST", f"{KUDOS}/preview", {"message": odd}),
        ("PATCH", url, {"message": f"{WORDS}{odd}", "value": CARE}),
        ("POST", f"{url}/comments", {"message": f"x{odd}"}),
        ("PATCH", f"/api/v1/comments/{answer.json()['id']}", {"message": f"x{odd}"}),
        ("POST", f"{url}/reports", {"reason": f"x{odd}"}),
        ("POST", f"{url}/reports", {"reason": "x", "comment": odd}),
        ("POST", "/api/v1/tokens", {"name": f"x{odd}", "scopes": ["kudos:read"]}),
        ("POST", "/api/v1/tokens", {"name": "x", "scopes": [odd]}),
        ("PATCH", "/api/v1/me", {"time_zone": odd}),
        ("PATCH", "/api/v1/me", {"language": odd}),
        ("PATCH", "/api/v1/me", {odd: "x"}),
    ]
    for method, path, body in texts:
        answer = await house.browser(AYLIN).request(
            method, path, content=json.dumps(body).encode(), headers={"content-type": "application/json"}
        )
        assert answer.status_code < 500, (method, path, answer.text)
        if answer.status_code >= 400:
            refusal(answer, answer.status_code)
        elif answer.content:
            assert "\x00" not in answer.text


ODD_IN_ADDRESSES = ["%00", "%ff", "%ed%a0%80", "%2e%2e%2f", "%F0%9F", "%0a", "a%20b", "x" * 3000]


async def test_odd_letters_in_any_address_are_not_found_or_refused(house: House) -> None:
    for odd in ODD_IN_ADDRESSES:
        await _odd_letters_in_addresses(house, odd)


async def _odd_letters_in_addresses(house: House, odd: str) -> None:
    browser = house.browser(AYLIN)
    for path in (f"{KUDOS}/{odd}", f"{KUDOS}/{odd}/comments", f"/api/v1/people/{odd}", f"/api/v1/departments/{odd}"):
        answer = await browser.get(path)
        refusal(answer, 404 if answer.status_code == 404 else 400)
    for name in ("q", "person", "before", "limit", "mine", "nothing", "department"):
        answer = await browser.get(f"{KUDOS}?{name}={odd}")
        assert answer.status_code < 500, (name, answer.text)
    refusal(await browser.delete(f"/api/v1/sessions/{odd}"), 404)
    refusal(await browser.delete(f"/api/v1/tokens/{odd}"), 404)
    refusal(await browser.delete(f"/api/v1/comments/{odd}"), 404)


async def test_wrong_methods_and_addresses(house: House) -> None:
    browser = house.browser(AYLIN)
    answer = await browser.post("/api/v1/me", json={})
    refusal(answer, 405)
    assert {method.strip() for method in answer.headers["allow"].split(",")} >= {"GET", "PATCH"}
    refusal(await browser.get("/api/v1/nothing"), 404)
    refusal(await browser.put("/api/v1/nothing"), 404)


async def test_same_parameter_twice_breaks_nothing(house: House) -> None:
    for query in ("limit=1&limit=2", "q=a&q=b", "before=1&before=2", "mine=to_me&mine=from_me"):
        assert (await house.browser(AYLIN).get(f"{KUDOS}?{query}")).status_code in (200, 400, 422)


async def test_health_answers_everybody(house: House) -> None:
    answer = await house.stranger().get("/health")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
