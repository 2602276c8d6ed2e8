"""Reports to HR, hiding with a reason, showing again."""

from __future__ import annotations

from typing import Any

import pytest

from api.core import database
from tests.support.house import KUDOS, House, refusal
from tests.support.organisation import AYLIN, BRITTA, HELENE, JONAS, KATHARINA, MIRIAM, NOBODY, TOMASZ, Person

REASON = "It names a patient."


async def report(house: House, reporter: Person, kudos: str, comment: str | None = None) -> str:
    answer = await house.browser(reporter).post(f"{KUDOS}/{kudos}/reports", json={"reason": REASON, "comment": comment})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def waiting(house: House) -> list[dict[str, Any]]:
    answer = await house.browser(HELENE).get("/api/v1/reports")
    assert answer.status_code == 200
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def hide(house: House, kudos: str, reason: str = REASON) -> None:
    answer = await house.browser(HELENE).put(f"{KUDOS}/{kudos}/hiding", json={"reason": reason})
    assert answer.status_code == 204, answer.text


async def test_report_reaches_hr_with_reporter_and_reason(house: House) -> None:
    kudos = await house.give(AYLIN)
    first = await report(house, MIRIAM, kudos)
    assert await report(house, MIRIAM, kudos) == first
    second = await report(house, BRITTA, kudos)
    found = [(r["id"], r["kudos_id"], r["reporter"]["name"], r["reason"], r["comment"]) for r in await waiting(house)]
    assert found == [
        (first, kudos, "Miriam Okafor", REASON, None),
        (second, kudos, "Britta Nørgaard", REASON, None),
    ]


async def test_report_about_a_comment_shows_it_to_hr(house: House) -> None:
    kudos = await house.give(AYLIN)
    answer = await house.browser(JONAS).post(f"{KUDOS}/{kudos}/comments", json={"message": "Hm, *well*."})
    comment = answer.json()["id"]
    await report(house, MIRIAM, kudos, comment)
    (found,) = await waiting(house)
    assert (found["comment"]["id"], found["comment"]["author"]["name"]) == (comment, "Jonas Weber")
    assert found["comment"]["message_html"] == "<p>Hm, <em>well</em>.</p>"


@pytest.mark.parametrize("comment", [NOBODY, "of another kudos"])
async def test_report_about_a_comment_that_is_not_there_is_refused(house: House, comment: str) -> None:
    kudos, other = await house.give(AYLIN), await house.give(MIRIAM)
    answer = await house.browser(JONAS).post(f"{KUDOS}/{other}/comments", json={"message": "Hm."})
    chosen = comment if comment == NOBODY else answer.json()["id"]
    refusal(
        await house.browser(MIRIAM).post(f"{KUDOS}/{kudos}/reports", json={"reason": REASON, "comment": chosen}), 404
    )


@pytest.mark.parametrize("reason", [" ", "x" * 501])
async def test_reasons_are_given_and_fit(house: House, reason: str) -> None:
    kudos = await house.give(AYLIN)
    assert list(refusal(await house.browser(JONAS).post(f"{KUDOS}/{kudos}/reports", json={"reason": reason}), 422)) == [
        "reason"
    ]
    assert list(refusal(await house.browser(HELENE).put(f"{KUDOS}/{kudos}/hiding", json={"reason": reason}), 422)) == [
        "reason"
    ]


async def test_hidden_thanks_are_gone_for_all_but_giver_and_hr_who_read_why(house: House) -> None:
    kudos = await house.give(AYLIN)
    await hide(house, kudos)
    for person in (JONAS, MIRIAM, KATHARINA, TOMASZ, BRITTA):
        refusal(await house.browser(person).get(f"{KUDOS}/{kudos}"), 404)
        assert await house.feed(person) == []
    for person in (AYLIN, HELENE):
        assert (await house.seen(person, kudos))["hidden_reason"] == REASON
        assert await house.feed(person) == [kudos]


async def test_hiding_is_recorded_and_undone(house: House) -> None:
    kudos = await house.give(AYLIN)
    await hide(house, kudos)
    await hide(house, kudos, "Better said: it names a relative.")
    row = await database.fetch_one("SELECT hidden_by, hidden_reason FROM kudos WHERE id = {}", kudos)
    assert row is not None
    assert tuple(row) == (HELENE.id, "Better said: it names a relative.")
    for _time in range(2):
        assert (await house.browser(HELENE).delete(f"{KUDOS}/{kudos}/hiding")).status_code == 204
    assert (await house.seen(JONAS, kudos))["hidden_reason"] is None
    events = await database.fetch("SELECT kind, actor_id FROM event WHERE kudos_id = {} ORDER BY id", kudos)
    assert [tuple(event) for event in events] == [
        ("kudos.given", AYLIN.id),
        ("kudos.hidden", HELENE.id),
        ("kudos.hidden", HELENE.id),
        ("kudos.shown", HELENE.id),
    ]


async def test_hiding_settles_the_open_reports(house: House) -> None:
    kudos = await house.give(AYLIN)
    await report(house, MIRIAM, kudos)
    await report(house, JONAS, kudos)
    await hide(house, kudos)
    assert await waiting(house) == []
    rows = await database.fetch("SELECT outcome, resolved_by FROM report")
    assert [tuple(row) for row in rows] == [("hidden", HELENE.id)] * 2


async def test_hr_decides_a_report_once(house: House) -> None:
    kudos = await house.give(AYLIN)
    first, second = await report(house, MIRIAM, kudos), await report(house, JONAS, kudos)
    hr = house.browser(HELENE)
    assert (await hr.put(f"/api/v1/reports/{first}/resolution", json={"outcome": "kept"})).status_code == 204
    assert [found["id"] for found in await waiting(house)] == [second]
    answer = await hr.put(f"/api/v1/reports/{first}/resolution", json={"outcome": "hidden", "reason": REASON})
    refusal(answer, 409)
    assert answer.json()["detail"] == "Somebody has already decided this report."
    refusal(await hr.put(f"/api/v1/reports/{second}/resolution", json={"outcome": "hidden"}), 422)
    assert (await house.seen(JONAS, kudos))["hidden_reason"] is None
    answer = await hr.put(f"/api/v1/reports/{second}/resolution", json={"outcome": "hidden", "reason": REASON})
    assert answer.status_code == 204
    refusal(await house.browser(JONAS).get(f"{KUDOS}/{kudos}"), 404)
    refusal(await hr.put(f"/api/v1/reports/{NOBODY}/resolution", json={"outcome": "kept"}), 404)


async def test_private_thanks_come_to_hr_only_by_a_report(house: House) -> None:
    kudos = await house.give(AYLIN, JONAS, private=True)
    refusal(await house.browser(HELENE).get(f"{KUDOS}/{kudos}"), 404)
    refusal(await house.browser(HELENE).put(f"{KUDOS}/{kudos}/hiding", json={"reason": REASON}), 404)
    refusal(await house.browser(MIRIAM).post(f"{KUDOS}/{kudos}/reports", json={"reason": REASON}), 404)
    await report(house, JONAS, kudos)
    assert (await house.seen(HELENE, kudos))["private"] is True
    for person in (MIRIAM, KATHARINA, TOMASZ, BRITTA):
        refusal(await house.browser(person).get(f"{KUDOS}/{kudos}"), 404)
    await hide(house, kudos)
    refusal(await house.browser(JONAS).get(f"{KUDOS}/{kudos}"), 404)
