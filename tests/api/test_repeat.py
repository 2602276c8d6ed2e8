"""Creations can be repeated: the same request gives the same answer, a changed one is refused."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from api.core import database
from api.core.ids import uuid7
from tests.support.house import KUDOS, WORDS, House, refusal
from tests.support.organisation import AYLIN, JONAS, MIRIAM, Person

SENT_BEFORE = "This was already sent with other content. Use a new key or id for a new request."


async def post(
    house: House, giver: Person, *, key: str | None = None, client_id: str | None = None, message: str = WORDS
) -> httpx.Response:
    body = {"recipients": [JONAS.id, MIRIAM.id], "message": message, "id": client_id}
    return await house.browser(giver).post(KUDOS, json=body, headers={} if key is None else {"Idempotency-Key": key})


async def count(table: str) -> int:
    row = await database.fetch_one(f"SELECT COUNT(*) FROM {table}")
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("by", ["key", "client_id"])
async def test_same_request_again_gives_the_same_kudos(house: House, by: str) -> None:
    named = {by: uuid7()}
    first, second = await post(house, AYLIN, **named), await post(house, AYLIN, **named)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert await count("kudos") == 1
    assert await count("event WHERE kind = 'kudos.given'") == 1


@pytest.mark.parametrize("by", ["key", "client_id"])
async def test_changed_body_is_refused_and_changes_nothing(house: House, by: str) -> None:
    named = {by: uuid7()}
    first = await post(house, AYLIN, **named)
    answer = await post(house, AYLIN, **named, message=f"{WORDS} And more.")
    refusal(answer, 409)
    assert answer.json()["detail"] == SENT_BEFORE
    assert (await house.seen(AYLIN, first.json()["id"]))["message"] == WORDS


async def test_order_of_recipients_and_blanks_around_make_no_other_request(house: House) -> None:
    first = await post(house, AYLIN, key="k")
    body = {"recipients": [MIRIAM.id, JONAS.id, JONAS.id], "message": f" {WORDS}\r\n"}
    second = await house.browser(AYLIN).post(KUDOS, json=body, headers={"Idempotency-Key": "k"})
    assert (second.status_code, second.json()["id"]) == (200, first.json()["id"])


async def test_clients_id_becomes_the_kudos_id(house: House) -> None:
    chosen = uuid7()
    assert (await post(house, AYLIN, client_id=chosen)).json()["id"] == chosen


async def test_keys_belong_to_their_person(house: House) -> None:
    mine, theirs = await post(house, AYLIN, key="k"), await post(house, MIRIAM, key="k", message="Something else.")
    assert (mine.status_code, theirs.status_code) == (201, 201)
    assert mine.json()["id"] != theirs.json()["id"]


async def test_id_of_somebody_elses_kudos_is_taken(house: House) -> None:
    chosen = uuid7()
    await post(house, AYLIN, client_id=chosen)
    answer = await post(house, MIRIAM, client_id=chosen)
    refusal(answer, 409)
    assert answer.json()["detail"] == "This id is taken. Make a new one."


@pytest.mark.parametrize("by", ["key", "client_id"])
async def test_two_at_once_create_one(house: House, by: str) -> None:
    named = {by: uuid7()}
    answers = await asyncio.gather(*(post(house, AYLIN, **named) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await count("kudos") == 1


async def test_refused_request_does_not_use_up_its_key(house: House) -> None:
    refusal(await post(house, AYLIN, key="k", message="short"), 422)
    assert (await post(house, AYLIN, key="k")).status_code == 201


async def test_repeat_of_what_was_withdrawn_is_gone_not_given_again(house: House) -> None:
    first = await post(house, AYLIN, key="k")
    await house.browser(AYLIN).delete(f"{KUDOS}/{first.json()['id']}")
    refusal(await post(house, AYLIN, key="k"), 404)
    assert await house.feed(JONAS) == []


@pytest.mark.parametrize("client_id", ["3f2b8d4e-1b1c-4d5e-8f9a-0b1c2d3e4f5a", "00000000-0000-0000-0000-000000000000"])
async def test_clients_id_must_be_of_version_7(house: House, client_id: str) -> None:
    errors = refusal(await post(house, AYLIN, client_id=client_id), 422)
    assert errors == {"id": "An id made by the client must be a UUID of version 7 in lower case."}


@pytest.mark.parametrize("key", ["", " ", "k" * 201, "a\u00adb"])
async def test_keys_are_printable_and_not_endless(house: House, key: str) -> None:
    headers = [(b"Idempotency-Key", key.encode("latin-1"))]
    answer = await house.browser(AYLIN).post(KUDOS, json={"recipients": [JONAS.id], "message": WORDS}, headers=headers)
    assert list(refusal(answer, 422)) == ["Idempotency-Key"]


async def test_comments_are_repeated_safely_too(house: House) -> None:
    kudos = await house.give(AYLIN)
    url, key = f"{KUDOS}/{kudos}/comments", {"Idempotency-Key": "c"}
    first = await house.browser(JONAS).post(url, json={"message": "Gladly!"}, headers=key)
    again = await house.browser(JONAS).post(url, json={"message": " Gladly! "}, headers=key)
    other = await house.browser(JONAS).post(url, json={"message": "Never!"}, headers=key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    refusal(other, 409)
    assert (await house.seen(AYLIN, kudos))["counts"]["comments"] == 1


async def test_key_of_a_kudos_does_not_answer_for_a_comment(house: House) -> None:
    kudos = await house.give(AYLIN, key="k")
    answer = await house.browser(AYLIN).post(
        f"{KUDOS}/{kudos}/comments", json={"message": "Gladly!"}, headers={"Idempotency-Key": "k"}
    )
    refusal(answer, 409)
