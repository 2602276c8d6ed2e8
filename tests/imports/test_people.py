"""Lists of people: the difference, what it does, and that the same list twice changes nothing."""

from __future__ import annotations

from api.administration import privacy
from api.core import database
from api.verify import verify
from tests.imports.lists import bring_in, changes, check, faults
from tests.support.desk import Desk
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


async def test_a_department_that_may_be_a_slip_of_the_pen_is_pointed_out(house: House) -> None:
    rows = ("a@x.example,Anna,Bilings", "b@x.example,Bo,Radio", "c@x.example,Cleo,Billing", "d@x.example,Dan,Station 4")
    await bring_in("name\nStation 3\n", kind="departments")
    run = await check("\n".join(["email,name,department", *rows]))
    expected = [
        ("Anna", "“Bilings” is a new department. Did you mean “Billing”?"),
        ("Bo", "“Radio” is a new department."),
        ("Cleo", ""),
        ("Dan", "“Station 4” is a new department."),
    ]
    assert [(row.title, row.reason) for row in await changes(run.id, "person", "new")] == expected
    made = await changes(run.id, "department", "new")
    assert [row.reason for row in made] == [reason for _name, reason in expected if reason]


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


async def test_what_a_list_changes_stands_in_the_history_and_is_taken_back_singly(house: House) -> None:
    hr = Desk(house)
    before = {person.email: await hr.person(person) for person in (AYLIN, KATHARINA, OSKAR)}
    await bring_in(LIST)
    root = await hr.last_change()
    assert (root["kind"], root["actor"], root["parts"]) == ("list.imported", "", [])
    assert root["after"] == {"list": "people", "departments": 1, "new": 2, "changed": 3}
    assert len((await hr.do("GET", "/changes"))["items"]) == 1, "an import is one line of the history"
    await hr.refused(409, "POST", f"/changes/{root['id']}/undo")
    parts = (await hr.do("GET", f"/changes?part_of={root['id']}"))["items"]
    assert sorted((part["kind"], part["subject"]) for part in parts) == [
        ("department.created", "Apotheke"),
        ("person.changed", "Aylin Demir-Vogt"),
        ("person.changed", "Katharina Vogt"),
        ("person.changed", "Oskar Lindner"),
        ("person.created", "Nele Neumann"),
        ("person.created", "Uwe Unter"),
        ("person.returned", "Oskar Lindner"),
    ]
    aylin = next(part for part in parts if part["subject_id"] == AYLIN.id)
    assert aylin["before"] == {name: before[AYLIN.email][name] for name in aylin["before"]}
    assert (aylin["after"]["name"], aylin["undone"]) == ("Aylin Demir-Vogt", False)
    # From the last that came in to the first: whoever leads goes after those they lead, a department when it is empty.
    order = ("Aylin Demir-Vogt", "Katharina Vogt", "Oskar Lindner", "Uwe Unter", "Nele Neumann")
    for name in order:
        for part in (part for part in parts if part["subject"] == name):
            await hr.do("POST", f"/changes/{part['id']}/undo")
            await hr.refused(409, "POST", f"/changes/{part['id']}/undo")
    for person in (AYLIN, KATHARINA, OSKAR):
        now = await hr.person(person)
        told = {"version"} | ({"left_on"} if person is OSKAR else set())
        assert {k: v for k, v in now.items() if k not in told} == {
            k: v for k, v in before[person.email].items() if k not in told
        }
    nele = await _person("neu@hospital.example")
    assert nele["deactivated_at"] is not None
    await privacy.erase(nele["id"])
    assert "Nele" not in str([tuple(row) for row in await database.fetch("SELECT before, after FROM change")])


async def test_who_left_by_a_list_comes_back_with_what_followed(house: House) -> None:
    hr = Desk(house)
    for table, column, row in (
        ("person", "manager_id", JONAS.id),
        ("person", "deputy_id", JONAS.id),
        ("department", "manager_id", BILLING.id),
    ):
        await database.execute(f"UPDATE {table} SET {column} = {{}} WHERE id = {{}}", AYLIN.id, row)
    rows = await database.fetch("SELECT email FROM person WHERE deactivated_at IS NULL AND id <> {}", AYLIN.id)
    await bring_in("\n".join(["email,department", *(f"{row['email']},Billing" for row in rows)]), complete=True)
    parts = (await hr.do("GET", f"/changes?part_of={(await hr.last_change())['id']}"))["items"]
    left = next(part for part in parts if part["kind"] == "person.left")
    assert (left["subject_id"], left["after"]["left_on"]) == (AYLIN.id, "2026-03-02")
    followed = [(part["subject_id"], part["before"], part["after"]) for part in left["parts"]]
    assert sorted(followed, key=str) == sorted(
        [
            (JONAS.id, {"manager_id": AYLIN.id}, {"manager_id": KATHARINA.id}),
            (JONAS.id, {"deputy_id": AYLIN.id}, {"deputy_id": None}),
            (BILLING.id, {"manager_id": AYLIN.id}, {"manager_id": None}),
        ],
        key=str,
    )
    await hr.do("POST", f"/changes/{left['id']}/undo")
    jonas = await _person(JONAS.email)
    assert (jonas["manager_id"], jonas["deputy_id"]) == (AYLIN.id, AYLIN.id)
    assert (await _person(AYLIN.email))["deactivated_at"] is None
    assert [outcome.says async for outcome in verify() if outcome.broken] == []


async def test_lists_of_departments_and_dependencies_are_taken_back_too(house: House) -> None:
    hr = Desk(house)
    kept = "SELECT id, provider_id, customer_id, handover_en, weight, error_cost_cents FROM dependency"
    before = await database.fetch(kept)
    await bring_in("name,cost centre\nBilling,4711\nPharmacy,12\n", kind="departments")
    departments = (await hr.last_change())["id"]
    await bring_in("provider,customer,handover,weight\nPharmacy,Billing,Recipes,2\n", complete=True)
    dependencies = (await hr.last_change())["id"]
    for root, kinds in (
        (dependencies, ["dependency.created", "dependency.removed"]),
        (departments, ["department.changed", "department.created"]),
    ):
        parts = (await hr.do("GET", f"/changes?part_of={root}"))["items"]
        assert sorted(part["kind"] for part in parts) == kinds
        for part in parts:
            await hr.do("POST", f"/changes/{part['id']}/undo")
    assert [tuple(row) for row in await database.fetch(kept)] == [tuple(row) for row in before]
    here = await database.fetch("SELECT name_en, cost_centre FROM department WHERE archived_at IS NULL")
    assert (len(here), "Pharmacy" in str([tuple(row) for row in here])) == (5, False)
    assert ("Billing", "") in [tuple(row) for row in here]


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
