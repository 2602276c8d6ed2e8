"""What was changed stands in a history, is taken back once, and never silently overwritten or left stale."""

from __future__ import annotations

import asyncio

from api.administration import privacy
from api.administration.queries import history
from api.core import database
from api.core.ids import uuid7
from api.core.jobs.worker import run_due
from api.points.records import change_settings
from api.work import KINDS
from frontend.changes import in_words
from tests.support.desk import Desk
from tests.support.house import House
from tests.support.organisation import (
    AYLIN,
    BILLING,
    BRITTA,
    DEPENDENCY,
    HELENE,
    JONAS,
    MIRIAM,
    RADIOLOGY,
    TOGETHER,
    TOMASZ,
)


async def test_of_two_who_edit_the_same_at_once_the_second_is_told(house: House) -> None:
    hr, admin = Desk(house), Desk(house, TOMASZ)
    for path in (f"/departments/{BILLING.id}", f"/people/{JONAS.id}", f"/dependencies/{DEPENDENCY}"):
        version = (await hr.do("GET", f"{path}/record"))["version"]
        field = {"departments": "cost_centre", "people": "job_en", "dependencies": "handover_en"}[path.split("/")[1]]
        answers = await asyncio.gather(
            hr.ask("PATCH", path, version=version, **{field: "one"}),
            admin.ask("PATCH", path, version=version, **{field: "two"}),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        won = next(answer.json() for answer in answers if answer.status_code == 200)
        assert await hr.do("GET", f"{path}/record") == won


async def test_history_says_who_changed_what_and_every_change_can_be_taken_back_once(house: House) -> None:
    hr, admin = Desk(house), Desk(house, TOMASZ)
    made = await hr.do("POST", "/departments", name_de="Labor")
    person = await hr.do("POST", "/people", name="Ada", email="ada@h.example", department_id=made["id"])
    await hr.edit(f"/people/{person['id']}", name="Ada Blum", manager_id=JONAS.id)
    change = await hr.last_change()
    assert (change["actor"], change["kind"], change["subject"]) == ("Helene Groß", "person.changed", "Ada Blum")
    assert change["before"] == {"name": "Ada", "manager_id": None}
    assert change["after"] == {"name": "Ada Blum", "manager_id": JONAS.id}
    assert (await hr.do("GET", "/changes"))["people"][JONAS.id]["name"] == "Jonas Weber"

    undone = await admin.do("POST", f"/changes/{change['id']}/undo")
    assert undone["items"][0]["undoes"] == change["id"]
    assert (await hr.do("GET", f"/people/{person['id']}/record"))["name"] == "Ada"
    await hr.refused(409, "POST", f"/changes/{change['id']}/undo")
    assert (await hr.undo_last()).status_code == 201  # the taking back, taken back
    assert (await hr.do("GET", f"/people/{person['id']}/record"))["name"] == "Ada Blum"

    items = (await hr.do("GET", f"/changes?subject={person['id']}"))["items"]
    first = items[-1]
    assert first["kind"] == "person.created"
    sentence = await hr.ask("POST", f"/changes/{first['id']}/undo")
    assert sentence.json()["detail"] == "This has changed again since, so it was not taken back. Look at its history."
    await hr.refused(404, "POST", f"/changes/{uuid7()}/undo")

    other = await hr.do("POST", "/people", name="Bo", email="bo@h.example", department_id=made["id"])
    assert (await hr.undo_last()).status_code == 201
    assert (await hr.do("GET", f"/people/{other['id']}/record"))["active"] is False
    # Events tell of it by ids alone.
    texts = [tuple(row) for row in await database.fetch("SELECT kind, detail FROM event")]
    assert not any("Ada" in str(text) or "Labor" in str(text) for text in texts)
    changes = await database.fetch("SELECT id FROM change WHERE part_of IS NULL")
    assert {row[0] for row in changes} <= {detail for _kind, detail in texts}


async def test_awards_budgets_and_who_decides_stand_in_the_history_and_are_taken_back_by_hr(house: House) -> None:
    hr, admin = Desk(house), Desk(house, TOMASZ)
    await change_settings(actor=None, changes={"enabled": 1})
    award = await hr.do("POST", "/awards", name_en="Night shift", points=100)
    changed = {name: award[name] for name in ("name_de", "name_en", "version")} | {"points": 120}
    await hr.do("PUT", f"/awards/{award['id']}", **changed)
    last = await hr.last_change()
    assert (last["kind"], last["subject"]) == ("award_programme.changed", "Night shift")
    assert (last["before"], last["after"]) == ({"points": 100}, {"points": 120})
    await admin.refused(403, "POST", f"/changes/{last['id']}/undo")
    assert (await hr.undo_last()).status_code == 201
    assert (await hr.do("GET", f"/awards/{award['id']}/record"))["points"] == 100
    await hr.do("PUT", f"/awards/{award['id']}/archiving")
    assert (await hr.undo_last()).status_code == 201
    assert (await hr.do("GET", f"/awards/{award['id']}/record"))["archived"] is False

    for points in (500, -100):
        await hr.do("POST", f"/departments/{BILLING.id}/funding", points=points)
    last = await hr.last_change()
    assert (last["kind"], last["subject"]) == ("budget.funded", "Billing")
    assert (last["before"]["funded"], last["after"]) == (500, {"period": "2026-Q1", "funded": 400})
    assert (await hr.undo_last()).status_code == 201
    free = [item["free"] for item in (await hr.do("GET", "/budgets"))["items"] if item["free"]]
    assert free == [500]

    rule = next(one for one in (await hr.do("GET", "/approval-rules"))["items"] if one["kind"] == "award")
    asked = {"version": rule["version"], "first": "hr", "together": True, "due_days": rule["due_days"]}
    await hr.do("PATCH", "/approval-rules/award", **asked)
    last = await hr.last_change()
    assert last["before"] == {"approval": "award", "first": "budget", "two_above": 1000, "together": 0}
    assert last["after"] == {"approval": "award", "first": "hr", "two_above": None, "together": 1}
    assert (await hr.undo_last()).status_code == 201
    again = next(one for one in (await hr.do("GET", "/approval-rules"))["items"] if one["kind"] == "award")
    assert again == rule
    lines = in_words(await history("en"), "en")
    assert [(line.title, line.subject) for line in lines[:4]] == [
        *[("Who decides changed", "Award")] * 2,
        *[("Award budget filled", "Billing")] * 2,
    ]
    assert [(field.label, field.before, field.after) for field in lines[1].fields] == [
        ("Who decides first", "whoever looks after the budget", "Human resources"),
        ("Two people decide above", "1000", "–"),
        ("Ask them all at the same time", "No", "Yes"),
    ]


async def test_history_is_read_in_pages_with_a_fixed_number_of_statements(house: House) -> None:
    hr, actor = Desk(house), await house.actor(HELENE)
    for number in range(32):
        await hr.edit(f"/departments/{BILLING.id}", cost_centre=str(number))
    first = await hr.do("GET", "/changes")
    second = await hr.do("GET", f"/changes?before={first['next']}")
    assert (len(first["items"]), len(second["items"]), second["next"]) == (30, 2, None)
    await hr.refused(422, "GET", "/changes?before=1")
    await hr.lead(AYLIN, MIRIAM)
    await hr.edit(f"/dependencies/{DEPENDENCY}", weight=1)
    await hr.do("PUT", f"/values/{TOGETHER}/archiving")
    with database.count_statements() as counter:
        await history(actor.language)
    assert counter.n <= 6


async def test_what_was_recorded_about_an_erased_person_goes(house: House) -> None:
    hr = Desk(house)
    await hr.edit(f"/people/{JONAS.id}", name="Jonas Xylophon")
    assert "Jonas Xylophon" in str(await privacy.about(JONAS.id))
    told = await privacy.about(HELENE.id)
    assert (told["changes"], len(told["made"])) == ([], 1)
    await privacy.erase(JONAS.id)
    rows = await database.fetch("SELECT before, after FROM change")
    assert not any("Xylophon" in str(tuple(row)) for row in rows)
    assert (await hr.undo_last()).status_code == 409


async def test_thanks_are_found_by_the_new_name_and_no_longer_by_the_old(house: House) -> None:
    hr = Desk(house)
    kudos = [await house.give(AYLIN, JONAS), await house.give(JONAS, MIRIAM), await house.give(MIRIAM, BRITTA)]
    await hr.edit(f"/people/{JONAS.id}", name="Jonas Xylophon")
    await hr.edit(f"/departments/{RADIOLOGY.id}", name_en="Imaging", name_de="Bildgebung")
    assert await run_due(KINDS) == 2
    assert await house.feed(AYLIN, q="xylophon") == [kudos[1], kudos[0]]
    assert await house.feed(AYLIN, q="weber") == []
    assert await house.feed(AYLIN, q="bildg") == [kudos[2]]
    assert await house.feed(AYLIN, q="radiology") == []
