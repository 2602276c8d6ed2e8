"""A whole import is taken back: all becomes what it was, but for what somebody has changed since."""

from __future__ import annotations

from typing import Any

import pytest

from api.administration import whole
from api.core import database
from api.core.clock import MINUTE
from api.core.jobs.worker import run_due
from api.verify import verify
from api.work import KINDS
from tests.imports.lists import bring_in
from tests.support.desk import Desk
from tests.support.house import House
from tests.support.organisation import AYLIN, BRITTA, HELENE, JONAS, KATHARINA, MIRIAM, TOMASZ

_COLUMNS = "id, email, name, department_id, manager_id, deputy_id, roles, job_en, left_on, deactivated_at"

LIST = f"""email,name,department,manager,job_en
{KATHARINA.email},Katharina Vogt,Billing,,Specialist
{AYLIN.email},Aylin Demir-Berg,Pharmacy,paul@h.example,Clerk
{HELENE.email},Helene Groß,Human resources,,Specialist
{TOMASZ.email},Tomasz Łuczak,Information technology,,Specialist
{BRITTA.email},Britta Nørgaard,Radiology,{KATHARINA.email},Specialist
quinn@h.example,Quinn Quast,Pharmacy,paul@h.example,
paul@h.example,Paul Pohl,Pharmacy,{KATHARINA.email},Head
rosa@h.example,Rosa Roth,Pharmacy,quinn@h.example,
"""
"""Three are new, led by one another, two change, and who is missing leaves: Miriam leads Jonas and is his deputy."""


async def people() -> dict[str, tuple[object, ...]]:
    rows = await database.fetch(f"SELECT {_COLUMNS} FROM person WHERE email LIKE '%@hospital.example'")
    return {row["id"]: tuple(row) for row in rows}


async def new_here() -> list[str]:
    rows = await database.fetch("SELECT name FROM person WHERE email LIKE '%@h.example' AND deactivated_at IS NULL")
    return sorted(row["name"] for row in rows)


async def departments() -> list[str]:
    rows = await database.fetch("SELECT name_en FROM department WHERE archived_at IS NULL ORDER BY position")
    return [row["name_en"] for row in rows]


async def take_back(hr: Desk, import_id: str) -> Any:
    found = await hr.do("POST", f"/imports/{import_id}/undo")
    assert found["state"] == "running"
    await hr.refused(409, "POST", f"/imports/{import_id}/undo")
    await run_due(KINDS)
    return await hr.do("GET", f"/imports/{import_id}/undo")


async def test_all_that_an_import_changed_becomes_what_it_was(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    hr = Desk(house)
    await hr.lead(JONAS, MIRIAM)
    await hr.edit(f"/people/{JONAS.id}", deputy_id=MIRIAM.id)
    before, houses = await people(), await departments()
    run = await bring_in(LIST, complete=True)
    assert (run.counts["new"], run.counts["changed"], run.counts["leaving"]) == (3, 2, 2)
    assert await new_here() == ["Paul Pohl", "Quinn Quast", "Rosa Roth"]

    found = await hr.do("GET", f"/imports/{run.id}/undo")
    assert (found["state"], found["list"], found["staying_count"]) == ("open", "people", 0)
    assert found["open"] == {"department.created": 1, "person.changed": 2, "person.created": 3, "person.left": 2}

    monkeypatch.setattr(whole, "_AT_ONCE", 3)
    step, calls = whole._step, 0

    async def dies(**arguments: Any) -> int:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise RuntimeError("killed")
        return await step(**arguments)

    monkeypatch.setattr(whole, "_step", dies)
    assert (await take_back(hr, run.id))["state"] == "running", "broken off after a step"
    house.clock.forward(MINUTE)
    await run_due(KINDS)
    found = await hr.do("GET", f"/imports/{run.id}/undo")
    assert (found["state"], found["open"], found["taken_back"]) == ("done", {}, 8)
    assert (await people(), await new_here(), await departments()) == (before, [], houses)

    latest, *_others = (await hr.do("GET", "/changes"))["items"]
    assert (latest["kind"], latest["actor"], latest["after"]) == (
        "list.taken_back",
        "Helene Groß",
        {"list": "people"},
    )
    parts = (await hr.do("GET", f"/changes?part_of={latest['id']}"))["items"]
    assert len(parts) == 8
    await hr.refused(409, "POST", f"/changes/{latest['id']}/undo")
    await hr.refused(409, "POST", f"/imports/{run.id}/undo")
    assert [outcome.says async for outcome in verify() if outcome.broken] == []


async def test_what_somebody_has_changed_since_stays_until_that_is_taken_back(house: House) -> None:
    hr = Desk(house)
    before = await people()
    run = await bring_in(LIST, complete=True)
    rosa = await database.fetch_one("SELECT id FROM person WHERE email = 'rosa@h.example'")
    assert rosa is not None
    await hr.edit(f"/people/{rosa['id']}", job_en="Pharmacist")
    by_hand = await hr.last_change()
    found = await hr.do("GET", f"/imports/{run.id}/undo")
    assert [change["subject"] for change in found["staying"]["items"]] == ["Rosa Roth"]

    found = await take_back(hr, run.id)
    stayed = {(change["kind"], change["subject"]) for change in found["staying"]["items"]}
    assert stayed == {("person.created", "Rosa Roth"), ("department.created", "Pharmacy")}, "she works there"
    assert (found["state"], found["staying_count"], await people()) == ("done", 2, before)
    assert await new_here() == ["Rosa Roth"]

    await hr.do("POST", f"/changes/{by_hand['id']}/undo")
    found = await take_back(hr, run.id)
    assert (found["open"], await new_here()) == ({}, [])


async def test_only_what_was_imported_by_a_list_of_the_organisation(house: House) -> None:
    hr = Desk(house)
    same = await bring_in(f"email,name,department\n{KATHARINA.email},Katharina Vogt,Billing\n")
    for unknown in (same.id, JONAS.id, "nonsense"):
        await hr.refused(404, "POST", f"/imports/{unknown}/undo")
        await hr.refused(404, "GET", f"/imports/{unknown}/undo")
    run = await bring_in("email,name,department\nx@h.example,Xenia Xu,Billing\n")
    await hr.do("POST", f"/imports/{run.id}/undo")
    await database.execute("UPDATE person SET roles = '' WHERE id = {}", HELENE.id)
    await run_due(KINDS)
    assert await new_here() == ["Xenia Xu"], "who may no longer do so takes nothing back"
