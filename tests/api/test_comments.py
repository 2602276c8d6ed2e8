"""Comments."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from api.core import database
from tests.support.house import KUDOS, House, refusal
from tests.support.organisation import AYLIN, HELENE, JONAS, KATHARINA, MIRIAM, Person
from tests.support.recount import wrong_counters


async def write(house: House, author: Person, kudos: str, message: str = "You are welcome!") -> str:
    answer = await house.browser(author).post(f"{KUDOS}/{kudos}/comments", json={"message": message})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def read(house: House, person: Person, kudos: str) -> list[dict[str, Any]]:
    answer = await house.browser(person).get(f"{KUDOS}/{kudos}/comments")
    assert answer.status_code == 200
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_comments_stand_oldest_first_and_the_card_previews_the_latest_two(house: House) -> None:
    kudos = await house.give(AYLIN)
    written = [
        await write(house, author, kudos, f"Number {number}") for number, author in enumerate((JONAS, MIRIAM, AYLIN))
    ]
    items = await read(house, KATHARINA, kudos)
    assert [item["id"] for item in items] == written
    assert [item["author"]["name"] for item in items] == ["Jonas Weber", "Miriam Okafor", "Aylin Demir"]
    seen = await house.seen(KATHARINA, kudos)
    assert [comment["id"] for comment in seen["comments"]] == written[1:]
    assert seen["counts"]["comments"] == 3


@pytest.mark.parametrize(
    ("message", "status", "sentence"),
    [
        ("", 400, ""),
        (" \n ", 422, "Write something first."),
        ("x", 201, ""),
        (f" {'x' * 1000}\n", 201, ""),
        ("x" * 1001, 422, "This is one character too long."),
        ("x" * 4001, 400, ""),
    ],
)
async def test_comment_has_1_to_1000_characters(house: House, message: str, status: int, sentence: str) -> None:
    kudos = await house.give(AYLIN)
    answer = await house.browser(JONAS).post(f"{KUDOS}/{kudos}/comments", json={"message": message})
    if status == 201:
        assert answer.status_code == 201
    else:
        errors = refusal(answer, status)
        assert list(errors) == ["message"]
        assert sentence in ("", errors["message"])


async def test_author_edits_and_deletes_and_nobody_else_does(house: House) -> None:
    kudos = await house.give(AYLIN)
    comment = await write(house, JONAS, kudos)
    url = f"/api/v1/comments/{comment}"
    for person in (AYLIN, MIRIAM, HELENE):
        refusal(await house.browser(person).patch(url, json={"message": "Mine now."}), 404)
        refusal(await house.browser(person).delete(url), 404)
    answer = await house.browser(JONAS).patch(url, json={"message": "Any time!"})
    assert (answer.status_code, answer.json()["message_html"], answer.json()["edited"]) == (
        200,
        "<p>Any time!</p>",
        True,
    )
    assert (await house.seen(MIRIAM, kudos))["comments"][0]["message_html"] == "<p>Any time!</p>"
    assert (await house.browser(JONAS).delete(url)).status_code == 204
    refusal(await house.browser(JONAS).delete(url), 404)
    seen = await house.seen(MIRIAM, kudos)
    assert (seen["comments"], seen["counts"]["comments"], await read(house, JONAS, kudos)) == ([], 0, [])
    rows = await database.fetch("SELECT message FROM comment")
    assert [row["message"] for row in rows] == [""]


async def test_same_words_again_are_no_edit(house: House) -> None:
    comment = await write(house, JONAS, await house.give(AYLIN))
    answer = await house.browser(JONAS).patch(f"/api/v1/comments/{comment}", json={"message": "You are welcome! "})
    assert (answer.status_code, answer.json()["edited"]) == (200, False)


async def test_private_thanks_are_commented_by_their_parties_only(house: House) -> None:
    kudos = await house.give(AYLIN, JONAS, private=True)
    for person in (MIRIAM, HELENE):
        refusal(await house.browser(person).post(f"{KUDOS}/{kudos}/comments", json={"message": "Oh."}), 404)
        refusal(await house.browser(person).get(f"{KUDOS}/{kudos}/comments"), 404)
    await write(house, JONAS, kudos)
    assert len(await read(house, AYLIN, kudos)) == 1


async def test_hidden_comment_is_there_for_its_author_with_the_reason_and_for_hr(house: House) -> None:
    kudos = await house.give(AYLIN)
    comment = await write(house, JONAS, kudos)
    url = f"/api/v1/comments/{comment}"
    hr = house.browser(HELENE)
    assert (await hr.put(f"{url}/hiding", json={"reason": "Not kind."})).status_code == 204
    assert [item["hidden_reason"] for item in await read(house, JONAS, kudos)] == ["Not kind."]
    assert [item["hidden_reason"] for item in await read(house, HELENE, kudos)] == ["Not kind."]
    assert await read(house, AYLIN, kudos) == []
    seen = await house.seen(JONAS, kudos)
    assert (seen["comments"], seen["counts"]["comments"]) == ([], 0)
    refusal(await house.browser(JONAS).patch(url, json={"message": "Kinder."}), 409)
    refusal(await house.browser(MIRIAM).post(f"{KUDOS}/{kudos}/reports", json={"reason": "?", "comment": comment}), 404)
    assert (await hr.delete(f"{url}/hiding")).status_code == 204
    assert [item["hidden_reason"] for item in await read(house, AYLIN, kudos)] == [None]
    assert (await house.seen(JONAS, kudos))["counts"]["comments"] == 1


async def test_counts_are_right_when_many_comment_and_delete_at_once(house: House) -> None:
    kudos = await house.give(AYLIN)
    written = await asyncio.gather(*(write(house, JONAS, kudos, f"Number {number}") for number in range(20)))
    gone = [house.browser(JONAS).delete(f"/api/v1/comments/{comment}") for comment in written[:12]]
    hidden = [
        house.browser(HELENE).put(f"/api/v1/comments/{comment}/hiding", json={"reason": "No."})
        for comment in written[10:15]
    ]
    await asyncio.gather(*gone, *hidden)
    assert (await house.seen(AYLIN, kudos))["counts"]["comments"] == 5
    assert await wrong_counters() == []
