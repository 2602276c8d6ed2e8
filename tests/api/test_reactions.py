"""Short answers: once each, counted right whatever happens at the same time."""

from __future__ import annotations

import asyncio

import pytest

from tests.support import organisation
from tests.support.house import KUDOS, House, refusal
from tests.support.organisation import AYLIN, HELENE, JONAS, MIRIAM, REGISTRATION, Person
from tests.support.recount import wrong_counters


async def test_reacting_twice_is_once(house: House) -> None:
    kudos = await house.give(AYLIN)
    for _time in range(2):
        assert (await house.browser(JONAS).put(f"{KUDOS}/{kudos}/reactions/strong")).status_code == 204
    assert (await house.browser(JONAS).put(f"{KUDOS}/{kudos}/reactions/learned")).status_code == 204
    seen = await house.seen(JONAS, kudos)
    assert seen["counts"] == {"me_too": 0, "strong": 1, "learned": 1, "comments": 0}
    assert seen["reacted"] == ["learned", "strong"]
    assert (await house.seen(MIRIAM, kudos))["reacted"] == []


async def test_taking_back_what_was_not_there_changes_nothing(house: House) -> None:
    kudos = await house.give(AYLIN)
    await house.browser(JONAS).put(f"{KUDOS}/{kudos}/reactions/strong")
    for _time in range(2):
        assert (await house.browser(MIRIAM).delete(f"{KUDOS}/{kudos}/reactions/strong")).status_code == 204
    assert (await house.seen(JONAS, kudos))["counts"]["strong"] == 1
    for _time in range(2):
        assert (await house.browser(JONAS).delete(f"{KUDOS}/{kudos}/reactions/strong")).status_code == 204
    assert (await house.seen(JONAS, kudos))["counts"]["strong"] == 0


async def test_nobody_reacts_to_their_own_thanks(house: House) -> None:
    kudos = await house.give(AYLIN)
    answer = await house.browser(AYLIN).put(f"{KUDOS}/{kudos}/reactions/strong")
    refusal(answer, 409)
    assert answer.json()["detail"] == "This is your own thank-you."


async def test_unknown_kind_is_refused(house: House) -> None:
    kudos = await house.give(AYLIN)
    assert list(refusal(await house.browser(JONAS).put(f"{KUDOS}/{kudos}/reactions/love"), 400)) == ["kind"]


async def test_hidden_thanks_cannot_be_answered(house: House) -> None:
    kudos = await house.give(AYLIN)
    await house.browser(HELENE).put(f"{KUDOS}/{kudos}/hiding", json={"reason": "No."})
    refusal(await house.browser(JONAS).put(f"{KUDOS}/{kudos}/reactions/strong"), 404)
    refusal(await house.browser(HELENE).put(f"{KUDOS}/{kudos}/reactions/strong"), 409)


@pytest.mark.parametrize("kinds", [["strong"], ["strong", "me_too"]])
async def test_counts_are_right_when_50_react_at_once(house: House, kinds: list[str]) -> None:
    crowd = [Person(100 + number, f"Colleague{number} Example", REGISTRATION) for number in range(50)]
    for person in crowd:
        await organisation.add_person(person)
    kudos = await house.give(AYLIN)
    urls = [f"{KUDOS}/{kudos}/reactions/{kind}" for kind in kinds]
    added = [house.browser(person).put(url) for person in crowd for url in urls]
    # Each twice, and half of them take it back at the same time as the others react.
    answers = await asyncio.gather(*added, *(house.browser(person).put(urls[0]) for person in crowd))
    assert {answer.status_code for answer in answers} == {204}
    assert (await house.seen(MIRIAM, kudos))["counts"]["strong"] == 50
    mixed = [
        house.browser(person).delete(urls[0]) if person.number % 2 else house.browser(person).put(urls[0])
        for person in crowd
    ]
    assert {answer.status_code for answer in await asyncio.gather(*mixed)} == {204}
    assert (await house.seen(MIRIAM, kudos))["counts"]["strong"] == 25
    assert await wrong_counters() == []
