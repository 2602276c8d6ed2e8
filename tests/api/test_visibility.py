"""Whose thanks exist for whom, everywhere they could show."""

from __future__ import annotations

from api.core import database
from tests.support.house import KUDOS, House, refusal
from tests.support.organisation import AYLIN, BRITTA, HELENE, JONAS, KATHARINA, MIRIAM, OSKAR, TOMASZ, Person

OTHERS = (MIRIAM, KATHARINA, HELENE, TOMASZ, BRITTA)


async def refused_everywhere(house: House, person: Person, kudos: str) -> None:
    """For this person the kudos does not exist, whatever is done with it."""
    browser, url = house.browser(person), f"{KUDOS}/{kudos}"
    refusal(await browser.get(url), 404)
    refusal(await browser.get(f"{url}/comments"), 404)
    refusal(await browser.post(f"{url}/comments", json={"message": "I saw it."}), 404)
    refusal(await browser.put(f"{url}/reactions/strong"), 404)
    refusal(await browser.delete(f"{url}/reactions/strong"), 404)
    refusal(await browser.post(f"{url}/reports", json={"reason": "I saw it."}), 404)
    refusal(await browser.patch(url, json={"message": "Changed by others."}), 404)
    refusal(await browser.delete(url), 404)
    for filters in ({}, {"person": AYLIN.id}, {"department": AYLIN.department.id}, {"q": "thank"}, {"mine": "to_me"}):
        assert kudos not in await house.feed(person, **filters)


async def test_private_thanks_exist_for_giver_and_recipients_only(house: House) -> None:
    kudos = await house.give(AYLIN, JONAS, private=True)
    for person in (AYLIN, JONAS):
        assert (await house.seen(person, kudos))["private"] is True
        assert await house.feed(person) == [kudos]
    for person in OTHERS:
        await refused_everywhere(house, person, kudos)
    for person in (MIRIAM, TOMASZ):
        refusal(await house.browser(person).put(f"{KUDOS}/{kudos}/hiding", json={"reason": "No."}), 403)


async def test_being_mentioned_or_leading_opens_nothing(house: House) -> None:
    kudos = await house.give(AYLIN, JONAS, private=True, message="Thank you, better than @Miriam Okafor!")
    await refused_everywhere(house, MIRIAM, kudos)
    await refused_everywhere(house, KATHARINA, kudos)  # leads Aylin


async def test_reported_private_thanks_are_opened_to_hr_alone(house: House) -> None:
    kudos = await house.give(AYLIN, JONAS, private=True)
    answer = await house.browser(JONAS).post(f"{KUDOS}/{kudos}/reports", json={"reason": "Not nice."})
    assert answer.status_code == 201
    assert (await house.seen(HELENE, kudos))["id"] == kudos
    for person in (MIRIAM, KATHARINA, TOMASZ, BRITTA):
        await refused_everywhere(house, person, kudos)


async def test_private_thanks_leave_no_trace_in_public_counts(house: House) -> None:
    await house.give(AYLIN, JONAS, private=True)
    for table in ("edge_week", "person_tally"):
        assert await database.fetch(f"SELECT 1 FROM {table}") == []
    edges = (await house.browser(MIRIAM).get("/api/v1/dependencies")).json()["items"]
    assert [edge["weeks"] for edge in edges] == [[0] * 8]


async def test_public_thanks_are_for_every_colleague(house: House) -> None:
    kudos = await house.give(AYLIN)
    for person in (JONAS, *OTHERS):
        assert await house.feed(person) == [kudos]


async def test_who_leaves_is_out_at_the_next_request_with_cookie_and_token(house: House) -> None:
    browser, script = house.browser(AYLIN), house.script(AYLIN)
    assert (await browser.get("/api/v1/me")).status_code == 200
    assert (await script.get("/api/v1/me")).status_code == 200
    await database.execute("UPDATE person SET deactivated_at = 1 WHERE id = {}", AYLIN.id)
    for client in (browser, script):
        for path in ("/api/v1/me", KUDOS, "/api/v1/people", "/api/v1/events"):
            refusal(await client.get(path), 401)
        refusal(await client.post(KUDOS, json={"recipients": [JONAS.id], "message": "One last word."}), 401)
    for client in (house.browser(OSKAR), house.script(OSKAR)):
        refusal(await client.get("/api/v1/me"), 401)


async def test_who_lost_a_role_loses_its_rights_at_the_next_request(house: House) -> None:
    assert (await house.browser(HELENE).get("/api/v1/reports")).status_code == 200
    await database.execute("UPDATE person SET roles = '' WHERE id = {}", HELENE.id)
    refusal(await house.browser(HELENE).get("/api/v1/reports"), 403)


async def test_thanks_of_those_who_left_stay(house: House) -> None:
    kudos = await house.give(AYLIN)
    await database.execute("UPDATE person SET deactivated_at = 1 WHERE id = {}", AYLIN.id)
    assert (await house.seen(JONAS, kudos))["giver"]["name"] == "Aylin Demir"
    answer = await house.browser(JONAS).get(f"/api/v1/people/{AYLIN.id}")
    assert answer.json()["active"] is False
    assert (await house.browser(JONAS).get("/api/v1/people", params={"q": "aylin"})).json()["items"] == []
