"""The feed: newest first by server time, page after page without gap or repeat, and cheap."""

from __future__ import annotations

import pytest

from api.core import database
from api.core.clock import HOUR
from api.core.ids import uuid7
from tests.support.house import KUDOS, House, refusal
from tests.support.organisation import AYLIN, CARE, HELENE, JONAS, KATHARINA, MIRIAM


async def test_newest_stands_first_by_server_time_whatever_the_clients_id_says(house: House) -> None:
    future = uuid7(house.clock() + 1000 * HOUR)
    first = await house.give(AYLIN, id=future)
    second = await house.give(MIRIAM, id=uuid7(0))
    third = await house.give(KATHARINA)
    assert await house.feed(JONAS) == [third, second, first]


async def test_pages_leave_no_gap_and_repeat_nothing_while_new_ones_arrive(house: House) -> None:
    given = [await house.give(AYLIN if number % 2 else MIRIAM, JONAS) for number in range(23)]
    met: list[str] = []
    before = None
    sizes = []
    while True:
        answer = await house.browser(KATHARINA).get(
            KUDOS, params={"limit": 5, **({"before": before} if before else {})}
        )
        page = answer.json()
        met += [item["id"] for item in page["items"]]
        sizes.append(len(page["items"]))
        await house.give(KATHARINA, AYLIN)
        if (before := page["next"]) is None:
            break
    assert met == given[::-1]
    assert sizes == [5, 5, 5, 5, 3]


async def test_page_that_ends_exactly_has_no_next(house: House) -> None:
    for _number in range(4):
        await house.give(AYLIN)
    page = (await house.browser(JONAS).get(KUDOS, params={"limit": 4})).json()
    assert (len(page["items"]), page["next"]) == (4, None)


async def test_empty_feed(house: House) -> None:
    assert (await house.browser(JONAS).get(KUDOS)).json() == {"items": [], "next": None}


async def test_page_is_20_unless_asked_otherwise(house: House) -> None:
    for _number in range(21):
        await house.give(AYLIN)
    assert len(await house.feed(JONAS)) == 20
    assert len(await house.feed(JONAS, limit=100)) == 21


@pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "1e3"])
async def test_limit_is_1_to_100(house: House, limit: str) -> None:
    assert list(refusal(await house.browser(JONAS).get(KUDOS, params={"limit": limit}), 400)) == ["limit"]


@pytest.mark.parametrize("before", ["0", "-1", "x", "9223372036854775808", "1" * 30, "١٢", " 5", "5.0"])
async def test_page_markers_are_ours(house: House, before: str) -> None:
    errors = refusal(await house.browser(JONAS).get(KUDOS, params={"before": before}), 422)
    assert errors == {"before": "This page marker is not one of ours. Start again at the first page."}


@pytest.mark.parametrize("query", [{}, {"q": "thank"}, {"person": AYLIN.id}, {"mine": "to_me"}])
async def test_number_of_statements_does_not_depend_on_the_number_of_rows(house: House, query: dict[str, str]) -> None:
    async def statements() -> int:
        with database.count_statements() as counter:
            items = (await house.browser(JONAS).get(KUDOS, params={**query, "limit": 30})).json()["items"]
        assert len(items) in (1, 30)
        return counter.n

    async def answer_to(kudos: str) -> None:
        for person in (MIRIAM, KATHARINA):
            await house.browser(person).post(f"{KUDOS}/{kudos}/comments", json={"message": "Yes, @Helene Groß!"})
        await house.browser(KATHARINA).put(f"{KUDOS}/{kudos}/reactions/strong")

    await answer_to(await house.give(AYLIN, JONAS, MIRIAM, value=CARE))
    with_one = await statements()
    for _number in range(29):
        await answer_to(await house.give(AYLIN, JONAS, HELENE, value=CARE))
    with_thirty = await statements()
    assert with_one == with_thirty <= 1 + 3  # the session's own and three


async def test_cards_show_at_once_what_changed(house: House) -> None:
    kudos = await house.give(AYLIN)
    assert (await house.seen(JONAS, kudos))["giver"]["name"] == "Aylin Demir"
    await house.browser(MIRIAM).put(f"{KUDOS}/{kudos}/reactions/learned")
    answer = await house.browser(JONAS).get(KUDOS)
    assert answer.json()["items"][0]["counts"]["learned"] == 1
    await house.browser(MIRIAM).delete(f"{KUDOS}/{kudos}/reactions/learned")
    assert (await house.seen(JONAS, kudos))["counts"]["learned"] == 0
    await database.execute("UPDATE person SET name = 'Aylin Kaya' WHERE id = {}", AYLIN.id)
    await database.execute("UPDATE organisation SET directory_revision = directory_revision + 1")
    assert (await house.seen(JONAS, kudos))["giver"]["name"] == "Aylin Kaya"


async def test_what_concerns_one_reader_is_not_shown_to_the_next(house: House) -> None:
    kudos = await house.give(AYLIN)
    await house.browser(MIRIAM).put(f"{KUDOS}/{kudos}/reactions/strong")
    for _round in range(2):
        for person, reacted, undoable in (
            (MIRIAM, ["strong"], False),
            (JONAS, [], False),
            (AYLIN, [], True),
            (KATHARINA, [], False),
        ):
            (item,) = (await house.browser(person).get(KUDOS)).json()["items"]
            assert (item["reacted"], item["undo_until"] is not None) == (reacted, undoable)
            assert item == await house.seen(person, kudos)
