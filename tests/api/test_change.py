"""Editing and taking back."""

from __future__ import annotations

import pytest

from api.core import database
from api.core.clock import HOUR
from tests.support.house import KUDOS, WORDS, House, refusal
from tests.support.organisation import AYLIN, CARE, HELENE, JONAS, KATHARINA, MIRIAM, SPEED, TOGETHER
from tests.support.recount import counted, kept

NEW = "Thank you for calling the insurer again."


async def test_edit_changes_the_words_for_everyone_and_is_marked(house: House) -> None:
    kudos = await house.give(AYLIN, value=CARE)
    answer = await house.browser(AYLIN).patch(f"{KUDOS}/{kudos}", json={"message": NEW, "value": TOGETHER})
    assert answer.status_code == 200
    assert (answer.json()["message"], answer.json()["edited"]) == (NEW, True)
    seen = await house.seen(MIRIAM, kudos)
    assert (seen["message"], seen["edited"], seen["value"]["id"], seen["version"]) == (NEW, True, TOGETHER, 2)


async def test_same_words_again_are_no_edit(house: House) -> None:
    kudos = await house.give(AYLIN)
    answer = await house.browser(AYLIN).patch(f"{KUDOS}/{kudos}", json={"message": f" {WORDS} "})
    assert (answer.status_code, answer.json()["edited"], answer.json()["version"]) == (200, False, 1)


async def test_edit_keeps_the_place_in_the_feed(house: House) -> None:
    first, second = await house.give(AYLIN), await house.give(MIRIAM)
    house.clock.forward(HOUR)
    await house.browser(AYLIN).patch(f"{KUDOS}/{first}", json={"message": NEW})
    assert await house.feed(JONAS) == [second, first]


async def test_edit_obeys_the_same_lengths_and_values(house: House) -> None:
    kudos = await house.give(AYLIN)
    browser = house.browser(AYLIN)
    errors = refusal(await browser.patch(f"{KUDOS}/{kudos}", json={"message": "too short"}), 422)
    assert errors == {"message": "One more character, please: what did they do?"}
    errors = refusal(await browser.patch(f"{KUDOS}/{kudos}", json={"message": NEW, "value": SPEED}), 422)
    assert list(errors) == ["value"]
    assert (await house.seen(AYLIN, kudos))["message"] == WORDS


async def test_value_that_was_archived_since_may_stay(house: House) -> None:
    kudos = await house.give(AYLIN, value=CARE)
    await database.execute("UPDATE value SET archived_at = 1 WHERE id = {}", CARE)
    answer = await house.browser(AYLIN).patch(f"{KUDOS}/{kudos}", json={"message": NEW, "value": CARE})
    assert (answer.status_code, answer.json()["value"]["id"]) == (200, CARE)


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
async def test_others_kudos_cannot_be_changed_whatever_their_role(house: House, method: str) -> None:
    kudos = await house.give(AYLIN)
    for person in (JONAS, MIRIAM, KATHARINA, HELENE):
        answer = await house.browser(person).request(
            method, f"{KUDOS}/{kudos}", json={"message": NEW} if method == "PATCH" else None
        )
        refusal(answer, 404)
    assert (await house.seen(AYLIN, kudos))["message"] == WORDS


async def test_hidden_kudos_cannot_be_edited_but_taken_back(house: House) -> None:
    kudos = await house.give(AYLIN)
    await house.browser(HELENE).put(f"{KUDOS}/{kudos}/hiding", json={"reason": "Too personal."})
    refusal(await house.browser(AYLIN).patch(f"{KUDOS}/{kudos}", json={"message": NEW}), 409)
    assert (await house.browser(AYLIN).delete(f"{KUDOS}/{kudos}")).status_code == 204


async def test_what_is_taken_back_is_gone_for_everyone(house: House) -> None:
    kudos = await house.give(AYLIN)
    assert (await house.browser(AYLIN).delete(f"{KUDOS}/{kudos}")).status_code == 204
    for person in (AYLIN, JONAS, MIRIAM, HELENE):
        refusal(await house.browser(person).get(f"{KUDOS}/{kudos}"), 404)
        refusal(await house.browser(person).get(f"{KUDOS}/{kudos}/comments"), 404)
        assert await house.feed(person) == []
        assert await house.feed(person, q="careful") == []
    refusal(await house.browser(AYLIN).delete(f"{KUDOS}/{kudos}"), 404)


async def test_taking_back_loses_words_comments_and_counts(house: House) -> None:
    kudos = await house.give(AYLIN, JONAS, value=CARE, message="Thank you @Miriam Okafor, planted.")
    url = f"{KUDOS}/{kudos}"
    await house.browser(JONAS).post(f"{url}/comments", json={"message": "planted comment"})
    await house.browser(JONAS).put(f"{url}/reactions/strong")
    await house.browser(JONAS).post(f"{url}/reports", json={"reason": "A look, please."})
    await house.browser(AYLIN).delete(url)
    rows = await database.fetch("SELECT message, comments FROM kudos UNION ALL SELECT message, 0 FROM comment")
    assert [tuple(row) for row in rows] == [("", 0), ("", 0)]
    for table in ("kudos_mention", "kudos_search"):
        assert await database.fetch(f"SELECT 1 FROM {table}") == []
    assert await kept() == await counted() == ({}, {})
    assert (await house.browser(HELENE).get("/api/v1/reports")).json()["items"] == []


async def test_undo_works_within_the_minute_and_later(house: House) -> None:
    kudos = await house.give(AYLIN)
    assert (await house.seen(AYLIN, kudos))["undo_until"] is not None
    house.clock.forward(HOUR)
    assert (await house.seen(AYLIN, kudos))["undo_until"] is None
    assert (await house.browser(AYLIN).delete(f"{KUDOS}/{kudos}")).status_code == 204
