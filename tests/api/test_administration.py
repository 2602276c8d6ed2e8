"""HR and admin change departments, people, dependencies, values and the house; every rule of it."""

from __future__ import annotations

from typing import Any

from api.core import database
from api.core.ids import uuid7
from api.people.records import people
from tests.support.desk import API, Desk, revision
from tests.support.house import House
from tests.support.organisation import (
    AYLIN,
    BILLING,
    BRITTA,
    IT,
    JONAS,
    KATHARINA,
    OSKAR,
    PERSONNEL,
    RADIOLOGY,
    REGISTRATION,
    SPEED,
    TOGETHER,
    Person,
    add_person,
)


async def test_departments_are_made_changed_and_archived_once_empty(house: House) -> None:
    hr = Desk(house)
    before = await revision()
    made = await hr.do("POST", "/departments", name_de=" Labor ", purpose_en="Measures.", cost_centre="4310")
    assert (made["name_en"], made["code_en"], made["purpose_de"], made["hue"]) == ("Labor", "LA", "Measures.", 6)
    assert await revision() > before
    edited = await hr.edit(f"/departments/{made['id']}", name_en="Laboratory", manager_id=JONAS.id, hue=3)
    assert (edited["name_de"], edited["name_en"], edited["manager_id"]) == ("Labor", "Laboratory", JONAS.id)
    listed = (await house.browser(AYLIN).get(f"{API}/departments")).json()["items"]
    assert [d["name"] for d in listed][-1] == "Laboratory"

    wrong = await hr.refused(422, "POST", "/departments", name_de="", code_de="LONGER", manager_id=OSKAR.id)
    assert set(wrong) == {"name_de", "code_de"}
    wrong = await hr.refused(422, "POST", "/departments", name_de="X", manager_id=OSKAR.id)
    assert wrong["manager_id"] == "Choose somebody who works here."

    await hr.refused(409, "PUT", f"/departments/{BILLING.id}/archiving")  # people
    await hr.edit(f"/people/{BRITTA.id}", department_id=IT.id)
    edge = await hr.do("POST", "/dependencies", provider_id=RADIOLOGY.id, customer_id=IT.id, handover_de="Bilder")
    await hr.refused(409, "PUT", f"/departments/{RADIOLOGY.id}/archiving")  # a dependency
    await hr.do("DELETE", f"/dependencies/{edge['id']}")
    await hr.do("PUT", f"/departments/{RADIOLOGY.id}/archiving")
    listed = (await house.browser(AYLIN).get(f"{API}/departments")).json()["items"]
    assert RADIOLOGY.id not in [d["id"] for d in listed]
    assert (await house.browser(AYLIN).get(f"{API}/departments/{RADIOLOGY.id}")).status_code == 200
    wrong = await hr.refused(422, "POST", "/people", name="N", email="n@h.example", department_id=RADIOLOGY.id)
    assert "department_id" in wrong
    await hr.do("DELETE", f"/departments/{RADIOLOGY.id}/archiving")
    archived = (await hr.do("GET", "/departments/records?archived=true"))["items"]
    assert archived == []


async def test_people_are_brought_in_once_and_changed(house: House) -> None:
    hr = Desk(house)
    body = {
        "id": uuid7(),
        "name": "Dr. Ada Łukasz",
        "email": " Ada@Hospital.example ",
        "department_id": BILLING.id,
        "job_de": "Ärztin",
        "manager_id": KATHARINA.id,
        "joined_on": "2026-01-31",
        "time_zone": "Europe/Berlin",
    }
    made = await hr.do("POST", "/people", **body)
    assert (made["email"], made["job_en"], made["active"], made["roles"]) == (
        "ada@hospital.example",
        "Ärztin",
        True,
        [],
    )
    again = await hr.ask("POST", "/people", **body)
    assert (again.status_code, again.json()) == (200, made)
    await hr.refused(409, "POST", "/people", **{**body, "name": "Somebody else"})
    found = (await house.browser(AYLIN).get(f"{API}/people?q=luka")).json()["items"]
    assert [person["id"] for person in found] == [made["id"]]
    assert (await house.browser(AYLIN).get(f"{API}/people/{made['id']}")).json()["given_name"] == "Ada"

    edited = await hr.edit(f"/people/{made['id']}", name="Ada Groß", deputy_id=AYLIN.id)
    assert (edited["name"], edited["deputy_id"], edited["manager_id"]) == ("Ada Groß", AYLIN.id, KATHARINA.id)
    found = (await house.browser(AYLIN).get(f"{API}/people?q=gross")).json()["items"]
    assert made["id"] in [person["id"] for person in found]

    cases: list[tuple[dict[str, Any], str]] = [
        ({"email": "aylin@hospital.example"}, "Somebody else has this address."),
        ({"email": "OSKAR@hospital.example"}, "Somebody who has left has this address. Let them come back instead."),
        ({"email": "nothing"}, "This does not look like an e-mail address."),
        ({"name": " "}, "Say the person's name."),
        ({"name": "x" * 121}, "At most 120 characters."),
        ({"department_id": uuid7()}, "Choose a department."),
        ({"manager_id": OSKAR.id}, "Choose somebody who works here."),
        ({"manager_id": "nobody"}, "Choose somebody who works here."),
        ({"manager_id": made["id"]}, "Choose somebody else than the person."),
        ({"deputy_id": made["id"]}, "Choose somebody else than the person."),
        ({"joined_on": "31.1.2026"}, "Write a day as in 2026-03-31."),
        ({"time_zone": "Mars/Base"}, "Choose a time zone from the list."),
    ]
    for change, sentence in cases:
        wrong = await hr.refused(422, "PATCH", f"/people/{made['id']}", version=edited["version"], **change)
        assert wrong == {next(iter(change)): sentence}
    assert await hr.do("GET", f"/people/{made['id']}/record") == edited


async def test_dependencies_are_declared_changed_and_removed(house: House) -> None:
    hr = Desk(house)
    reader = house.browser(AYLIN)
    body = {"provider_id": IT.id, "customer_id": BILLING.id, "handover_de": "Rechner", "weight": 4}
    made = await hr.do("POST", "/dependencies", **body)
    assert (made["handover_en"], made["error_cost_cents"]) == ("Rechner", None)
    edited = await hr.edit(f"/dependencies/{made['id']}", weight=5, error_cost_cents=12_50, error_note_en="A day.")
    assert (edited["weight"], edited["error_cost_cents"], edited["error_note_de"]) == (5, 1250, "A day.")
    edges = (await reader.get(f"{API}/dependencies")).json()["items"]
    assert next(edge["weight"] for edge in edges if edge["id"] == made["id"]) == 5
    wrong = await hr.refused(422, "POST", "/dependencies", **body)
    assert wrong == {"customer_id": "These two have this dependency already. Change that one instead."}
    wrong = await hr.refused(422, "POST", "/dependencies", **{**body, "customer_id": IT.id})
    assert wrong == {"customer_id": "A department does not depend on itself. Choose another."}
    wrong = await hr.refused(422, "POST", "/dependencies", provider_id=IT.id, customer_id=uuid7(), handover_de=" ")
    assert set(wrong) == {"handover_de"}
    await hr.do("DELETE", f"/dependencies/{made['id']}")
    await hr.refused(404, "DELETE", f"/dependencies/{made['id']}")
    assert (await hr.undo_last()).status_code == 201
    assert await hr.do("GET", f"/dependencies/{made['id']}/record") == edited


async def test_values_are_made_put_in_order_and_archived_and_every_process_sees_it(house: House) -> None:
    hr = Desk(house)

    async def names() -> list[str]:
        return [value["name"] for value in (await house.browser(AYLIN).get(f"{API}/values")).json()["items"]]

    made = await hr.do("POST", "/values", name_de="Mut", name_en="Courage", hint_en="Say it.")
    assert await names() == ["Together", "Care", "Courage"]
    placed = await hr.do("PUT", f"/values/{made['id']}/place", place=0)
    assert [value["name_en"] for value in placed["items"]] == ["Courage", "Together", "Care", "Speed"]
    assert (await hr.undo_last()).status_code == 201
    assert await names() == ["Together", "Care", "Courage"]
    before = await revision()
    await hr.do("PUT", f"/values/{TOGETHER}/archiving")
    assert await revision() > before
    await hr.do("DELETE", f"/values/{SPEED}/archiving")
    assert await names() == ["Care", "Speed", "Courage"]
    record = next(v for v in (await hr.do("GET", "/values/records"))["items"] if v["id"] == made["id"])
    changed = await hr.do("PATCH", f"/values/{made['id']}", version=record["version"], name_de="Offenheit")
    assert changed["name_de"] == "Offenheit"
    await hr.refused(409, "PATCH", f"/values/{made['id']}", version=record["version"], name_de="Mut")


async def test_the_house_has_a_name_a_language_and_a_clock(house: House) -> None:
    hr = Desk(house)
    changed = await hr.edit("/organisation", name="Klinik am Wald", language="de", time_zone="Europe/Vienna")
    assert (changed["name"], changed["language"], changed["time_zone"]) == ("Klinik am Wald", "de", "Europe/Vienna")
    version = changed["version"]
    assert set(await hr.refused(422, "PATCH", "/organisation", version=version, name="", time_zone="")) == {
        "name",
        "time_zone",
    }
    assert (await hr.undo_last()).status_code == 201
    assert (await hr.do("GET", "/organisation"))["name"] == "Test Hospital"


async def test_lists_of_people_are_filtered_and_read_in_pages(house: House) -> None:
    hr = Desk(house)
    for number in range(30, 60):
        await add_person(Person(number, f"Anna Number {number}", RADIOLOGY))
    seen: list[str] = []
    after: str | None = None
    for _page in range(10):
        found = await people("en", q="num", limit=12, after=after)
        seen += [item.person.name for item in found.items]
        after = found.next
        if after is None:
            break
    assert seen == [f"Anna Number {number}" for number in range(30, 60)]

    async def names(query: str) -> list[str]:
        return [item["person"]["name"] for item in (await hr.do("GET", f"/people/records?{query}"))["items"]]

    assert await names(f"department={PERSONNEL.id}") == ["Helene Groß"]
    assert await names("which=left") == ["Oskar Lindner"]
    assert await names("q=jonas@hosp") == ["Jonas Weber"]
    assert await names("role=admin") == ["Tomasz Łuczak"]
    assert await names(f"q=vogt&department={REGISTRATION.id}") == []
    await hr.refused(422, "GET", "/people/records?after=nonsense")
    with database.count_statements() as counter:
        await people("en")
    assert counter.n == 1
