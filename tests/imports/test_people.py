"""Lists of people: the difference, what it does, and that the same list twice changes nothing."""

from __future__ import annotations

from api.core import database
from api.verify import verify
from tests.imports.lists import bring_in, changes, check, faults
from tests.support.house import House
from tests.support.organisation import AYLIN, BILLING, JONAS, KATHARINA, MIRIAM, OSKAR

LIST = """E-Mail;Vorname;Nachname;Abteilung;Vorgesetzte/r;Eintritt;Stelle;Sprache
katharina@hospital.example;Katharina;Vogt;Abrechnung;;01.04.2020;Leitung;Deutsch
aylin@hospital.example;Aylin;Demir-Vogt;Billing;katharina@hospital.example;2020-04-01;Fachkraft;
neu@hospital.example;Nele;Neumann;Apotheke;"Vogt, Katharina";1.3.2026;Apothekerin;de
unter@hospital.example;Uwe;Unter;Apotheke;neu@hospital.example;;;
oskar@hospital.example;Oskar;Lindner;BI;Katharina Vogt;;;
"""


async def test_a_list_of_people_is_compared_carried_out_and_then_changes_nothing(house: House) -> None:
    run = await check(LIST)
    assert (run.kind, run.state, run.errors) == ("people", "checked", 0), await faults(run.id)
    assert run.counts == {"new": 2, "changed": 3, "departments": 1, "returning": 1, "active": 7}
    new = await changes(run.id, "person", "new")
    assert [(row.line, row.title) for row in new] == [(4, "Nele Neumann"), (5, "Uwe Unter")]
    katharina, aylin, _oskar = await changes(run.id, "person", "changed")
    assert {(c.field, c.before, c.after) for c in aylin.changes} == {("Name", "Aylin Demir", "Aylin Demir-Vogt")}
    assert ("Language", "", "de") in {(c.field, c.before, c.after) for c in katharina.changes}
    assert await _people() == 8

    await bring_in(LIST)
    nele = await _person("neu@hospital.example")
    assert (nele["name"], nele["given_name"], nele["search"]) == ("Nele Neumann", "Nele", "nele neumann")
    assert (nele["manager_id"], nele["joined_on"]) == (KATHARINA.id, "2026-03-01")
    uwe = await _person("unter@hospital.example")
    assert (uwe["manager_id"], uwe["department_id"]) == (nele["id"], nele["department_id"])
    oskar_now = await _person(OSKAR.email)
    assert (oskar_now["deactivated_at"], oskar_now["department_id"]) == (None, BILLING.id)
    assert (await _person(AYLIN.email))["search"] == "aylin demir vogt"
    renamed = await database.fetch("SELECT subject_id FROM job WHERE kind = 'kudos.reindex'")
    assert [row["subject_id"] for row in renamed] == [AYLIN.id], "her thanks are to be found by the new name"
    assert await _left_behind() == 0
    assert [outcome.says async for outcome in verify() if outcome.broken] == []

    again = await check(LIST)
    assert again.counts == {"same": 5, "active": 10}


async def test_a_complete_list_lets_the_missing_go(house: House) -> None:
    await database.execute("UPDATE person SET manager_id = {} WHERE id = {}", AYLIN.id, JONAS.id)
    await database.execute("UPDATE department SET manager_id = {} WHERE id = {}", MIRIAM.id, BILLING.id)
    people = await database.fetch("SELECT email, department_id FROM person WHERE deactivated_at IS NULL")
    names = {row["id"]: row["name_en"] for row in await database.fetch("SELECT id, name_en FROM department")}
    rows = [
        f"{p['email']},{names[p['department_id']]}" for p in people if p["email"] not in (KATHARINA.email, AYLIN.email)
    ]
    run = await bring_in("\n".join(["email,department", *rows]), complete=True)
    assert run.counts["leaving"] == 2
    assert run.confirm_leaving
    assert (await _person(AYLIN.email))["left_on"] == "2026-03-02"
    # Neither Aylin nor Katharina above her is here: the manager of their department leads Jonas.
    assert (await _person(JONAS.email))["manager_id"] == MIRIAM.id
    answer = await house.browser(AYLIN).get("/api/v1/me")
    assert answer.status_code == 401
    assert (await house.script(KATHARINA).get("/api/v1/me")).status_code == 401
    assert [outcome.says async for outcome in verify() if outcome.broken] == []


async def _people() -> int:
    return len(await database.fetch("SELECT id FROM person"))


async def _person(email: str) -> database.Row:
    row = await database.fetch_one("SELECT * FROM person WHERE email = {}", email)
    assert row is not None
    return row


async def _left_behind() -> int:
    tables = ("import_chunk", "import_row", "import_fault")
    rows = [
        await database.fetch(f"SELECT 1 FROM {table} t JOIN import_run r ON r.id = t.import_id AND r.state = 'done'")
        for table in tables
    ]
    return sum(map(len, rows))
