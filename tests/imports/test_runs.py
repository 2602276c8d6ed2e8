"""What may happen to an import on its way: crashes, cancelling, changes by others, days, other people's thanks."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from api.core import database
from api.core.clock import DAY, HOUR
from api.core.errors import Conflict, Invalid
from api.core.jobs.worker import run_due
from api.imports import applying, checking, privacy, queries, service
from api.imports.jobs import KINDS
from api.imports.rules import LARGEST_FILE
from api.verify import verify
from tests.benchmarks.importing import people_list
from tests.imports.lists import bring_in, check, upload
from tests.support.house import KUDOS, House
from tests.support.organisation import AYLIN, HELENE, JONAS, TOMASZ

FEW = "email,name,department\na@x.example,Anna Amsel,Billing\nb@x.example,Bo Berg,Pharmacy\n"


async def test_broken_off_anywhere_it_goes_on_and_everything_happens_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "APPLIED_STEP", 40)
    monkeypatch.setattr(checking, "STEP", 40)
    run_id = await upload(people_list(300))
    await service.start_check(run_id=run_id)
    stage = checking._stage
    monkeypatch.setattr(checking, "_stage", _breaks_down(stage, at=3))
    await run_due(KINDS)
    house.clock.forward(HOUR)
    monkeypatch.setattr(checking, "_stage", stage)
    await run_due(KINDS)
    run = await queries.one_import(run_id, "en")
    assert (run.state, run.counts) == ("checked", {"new": 300, "departments": 300, "active": 7})
    assert await _count("person") == 8

    await service.start_apply(run_id=run_id)
    carry_out = applying._carry_out
    for broken_at in (2, 4, 1):
        monkeypatch.setattr(applying, "_carry_out", _breaks_down(carry_out, at=broken_at))
        await run_due(KINDS)
        with pytest.raises(Conflict):
            await service.cancel(run_id=run_id)
        house.clock.forward(HOUR)
    assert 8 < await _count("department") < 305
    monkeypatch.setattr(applying, "_carry_out", carry_out)
    await run_due(KINDS)
    assert (await queries.one_import(run_id, "en")).state == "done"
    assert (await _count("person"), await _count("department")) == (308, 305)
    assert len(await database.fetch("SELECT 1 FROM event WHERE kind = 'import.applied'")) == 1
    assert (await check(people_list(300))).counts == {"same": 300, "active": 307}
    assert [outcome.says async for outcome in verify() if outcome.broken] == []


def _breaks_down(verb: Any, *, at: int) -> Any:
    calls = 0

    async def broken(*arguments: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at:
            raise RuntimeError("killed")
        return await verb(*arguments)

    return broken


async def test_thanks_go_on_while_a_list_is_carried_out(house: House) -> None:
    run = await check(people_list(3_000))
    await service.start_apply(run_id=run.id)
    working = asyncio.create_task(run_due(KINDS))
    browser, given = house.browser(AYLIN), 0
    while not working.done():
        body = {"recipients": [JONAS.id], "message": "Thank you for the calm hands this morning."}
        answer = await browser.post(KUDOS, json=body)
        assert answer.status_code == 201, answer.text
        given += 1
    await working
    assert given >= 3
    assert (await _count("person"), await _count("kudos")) == (3_008, given)
    assert await _count("import_row") + await _count("import_chunk") == 0
    assert [outcome.says async for outcome in verify() if outcome.broken] == []


async def test_cancelled_before_it_is_carried_out_nothing_has_changed(house: House) -> None:
    waiting = await upload(FEW)
    comparing = await upload(FEW)
    await service.start_check(run_id=comparing)
    compared = (await check(FEW)).id
    for run_id in (waiting, comparing, compared):
        await service.cancel(run_id=run_id)
        await service.cancel(run_id=run_id)
        await run_due(KINDS)
        assert (await queries.one_import(run_id, "en")).state == "cancelled"
        with pytest.raises(Conflict):
            await service.start_apply(run_id=run_id)
    assert await _count("person") == 8
    assert await _count("import_row") + await _count("import_chunk") == 0


async def test_a_difference_that_others_made_stale_is_made_again(house: House) -> None:
    run = await check(FEW)
    await bring_in("email,name,department\naylin@hospital.example,Aylin Demir,Radiology\n")
    with pytest.raises(Conflict):
        await service.start_apply(run_id=run.id)
    await service.start_check(run_id=run.id)
    await run_due(KINDS)
    await service.start_apply(run_id=run.id)
    await run_due(KINDS)
    assert await _count("person") == 10


async def test_leaving_is_confirmed_by_its_number(house: House) -> None:
    everybody = await database.fetch("SELECT email FROM person WHERE deactivated_at IS NULL")
    rows = [f"{row['email']},Billing" for row in everybody if row["email"] != JONAS.email]
    run = await check("\n".join(["email,department", *rows]), complete=True)
    assert (run.counts["leaving"], run.confirm_leaving) == (1, False)
    for number in (None, 0, 2):
        with pytest.raises(Invalid):
            await service.start_apply(run_id=run.id, leaving=number)
    run = await check("\n".join(["email,department", *rows[:4], f"{TOMASZ.email},IT"]), complete=True)
    assert run.confirm_leaving
    none = await check(f"email,department\n{AYLIN.email},Billing\n", complete=True)
    assert "last administrator" in none.problem


async def test_what_nobody_comes_back_to_is_removed_after_a_day(house: House) -> None:
    run = await check(FEW)
    broken = await upload(FEW)
    await database.execute("UPDATE import_run SET state = 'uploading' WHERE id = {}", broken)
    stuck = await check(FEW)
    await service.start_apply(run_id=stuck.id)
    await database.execute("UPDATE job SET state = 'cancelled' WHERE kind = 'import.apply'")
    await database.execute("INSERT INTO job (id, kind, run_at, created_at) VALUES ({}, 'import.tidy', 0, 0)", AYLIN.id)
    house.clock.forward(DAY + HOUR)
    await run_due(KINDS)
    assert (await queries.one_import(run.id, "en")).state == "cancelled"
    assert (await queries.one_import(broken, "en")).state == "cancelled"
    assert (await queries.one_import(stuck.id, "en")).state == "done"
    assert await _count("import_row") + await _count("import_chunk") == 0


async def test_files_come_in_over_http_and_only_there_may_be_large(house: House) -> None:
    hr = house.script(HELENE)
    answer = await hr.post("/api/v1/imports", content=FEW.encode(), params={"file_name": "C:\\lists\\people.csv"})
    assert answer.status_code == 201, answer.text
    found = answer.json()
    assert (found["run"]["kind"], found["run"]["file_name"]) == ("people", "people.csv")
    assert [column["heading"] for column in found["columns"]] == ["email", "name", "department"]
    run = f"/api/v1/imports/{found['run']['id']}"
    wrong = await hr.post(f"{run}/check", json={"mapping": {"email": 0}})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["department"])
    assert (await hr.post(f"{run}/check", json={})).status_code == 202
    await run_due(KINDS)
    rows = await hr.get(f"{run}/rows", params={"after": "2"})
    assert [row["title"] for row in rows.json()["items"]] == ["Bo Berg"]
    assert (await hr.post(f"{run}/application", json={})).status_code == 202
    await run_due(KINDS)
    assert (await hr.get(run)).json()["run"]["state"] == "done"
    listed = await hr.get("/api/v1/imports")
    assert [item["id"] for item in listed.json()["items"]] == [found["run"]["id"]]
    too_large = await hr.post("/api/v1/imports", content=b"x" * (LARGEST_FILE + 1))
    assert too_large.status_code == 413
    refused = await hr.post("/api/v1/imports", content=b"PK\x03\x04")
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["file"])
    assert (await hr.post(f"{run}/check", content=b" " * 300_000)).status_code == 413
    exported = await hr.get("/api/v1/exports/people")
    assert exported.headers["content-disposition"] == 'attachment; filename="people.csv"'
    assert "b@x.example" in exported.text


async def test_an_erased_person_leaves_no_trace_in_imports(house: House) -> None:
    run = await check("email,name,department\nplanted@x.example,Planted Name,Billing\n", actor_id=HELENE.id)
    assert (await privacy.about(HELENE.id))["imports"][0]["file_name"] == "list.csv"
    await privacy.erase(HELENE.id)
    await run_due(KINDS)
    for table in ("import_run", "import_row", "import_chunk", "import_fault", "event", "job"):
        stored = str([tuple(row) for row in await database.fetch(f"SELECT * FROM {table}")])
        assert "Planted" not in stored
        assert HELENE.id not in stored or table == "event"
    assert (await queries.one_import(run.id, "en")).state == "cancelled"


async def _count(table: str) -> int:
    row = await database.fetch_one(f"SELECT COUNT(*) AS n FROM {table}")
    return int(row["n"]) if row else 0
