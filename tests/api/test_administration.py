"""HR and admin change departments, people, dependencies, values and the house; every rule of it."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from api.administration import privacy
from api.core import database
from api.core.ids import uuid7
from api.people.records import people
from tests.support.house import House, refusal
from tests.support.organisation import (
    AYLIN,
    BILLING,
    BRITTA,
    DEPENDENCY,
    HELENE,
    IT,
    JONAS,
    KATHARINA,
    MIRIAM,
    OSKAR,
    PERSONNEL,
    RADIOLOGY,
    REGISTRATION,
    SPEED,
    TOGETHER,
    TOMASZ,
    Person,
    add_person,
)

API = "/api/v1"


class Desk:
    """Somebody of HR or an administrator at work."""

    def __init__(self, house: House, person: Person = HELENE) -> None:
        self._client = house.browser(person)

    async def ask(self, method: str, path: str, **body: Any) -> httpx.Response:
        return await self._client.request(method, API + path, json=body or None)

    async def do(self, method: str, path: str, **body: Any) -> Any:
        """What it answers; it must be accepted."""
        answer = await self.ask(method, path, **body)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    async def refused(self, status: int, method: str, path: str, **body: Any) -> dict[str, str]:
        return refusal(await self.ask(method, path, **body), status)

    async def edit(self, path: str, **body: Any) -> Any:
        """Change a thing as it stands."""
        record = await self.do("GET", f"{path}/record" if "/" in path[1:] else path)
        return await self.do("PATCH", path, version=record["version"], **body)

    async def person(self, person: Person) -> Any:
        return await self.do("GET", f"/people/{person.id}/record")

    async def roles(self, person: Person, *roles: str) -> httpx.Response:
        version = (await self.person(person))["version"]
        return await self.ask("PUT", f"/people/{person.id}/roles", roles=list(roles), version=version)

    async def lead(self, person: Person, manager: Person | None) -> Any:
        return await self.edit(f"/people/{person.id}", manager_id=manager and manager.id)

    async def last_change(self) -> Any:
        return (await self.do("GET", "/changes"))["items"][0]

    async def undo_last(self) -> httpx.Response:
        change = await self.last_change()
        return await self.ask("POST", f"/changes/{change['id']}/undo")


async def revision() -> int:
    row = await database.fetch_one("SELECT directory_revision FROM organisation")
    assert row is not None
    return int(row[0])


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


async def test_nobody_leads_themselves_round_a_corner_not_even_when_two_try_at_once(house: House) -> None:
    hr, admin = Desk(house), Desk(house, TOMASZ)
    aylin = await hr.person(AYLIN)  # led by Katharina
    version = (await hr.person(KATHARINA))["version"]
    wrong = await hr.refused(422, "PATCH", f"/people/{KATHARINA.id}", version=version, manager_id=AYLIN.id)
    assert wrong == {"manager_id": "This would close a circle: the one you chose is led by this person."}
    miriam, jonas = await hr.person(MIRIAM), await hr.person(JONAS)
    answers = await asyncio.gather(
        hr.ask("PATCH", f"/people/{MIRIAM.id}", version=miriam["version"], manager_id=JONAS.id),
        admin.ask("PATCH", f"/people/{JONAS.id}", version=jonas["version"], manager_id=MIRIAM.id),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 422]
    assert (await hr.person(AYLIN)) == aylin


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


async def test_roles_are_given_by_whom_the_rule_says(house: House) -> None:
    hr, admin = Desk(house), Desk(house, TOMASZ)
    assert (await hr.roles(AYLIN, "hr")).json()["roles"] == ["hr"]
    assert (await hr.roles(AYLIN, "hr", "admin")).status_code == 403
    assert (await hr.roles(AYLIN, "works_council")).status_code == 403
    assert (await hr.roles(BRITTA)).status_code == 403
    assert (await hr.roles(HELENE)).status_code == 403  # one's own
    assert (await admin.roles(TOMASZ)).status_code == 403
    assert (await admin.roles(OSKAR, "hr")).status_code == 409  # has left
    assert (await admin.roles(AYLIN, "admin", "works_council")).json()["roles"] == ["admin", "works_council"]
    version = (await hr.person(AYLIN))["version"]
    await hr.refused(403, "PATCH", f"/people/{AYLIN.id}", version=version, email="mine@hospital.example")
    # Two administrators take the role from each other at the same moment: one stays.
    answers = await asyncio.gather(Desk(house, AYLIN).roles(TOMASZ), admin.roles(AYLIN))
    assert sorted(answer.status_code for answer in answers) in ([200, 403], [200, 409])
    row = await database.fetch_one("SELECT COUNT(*) FROM person WHERE roles LIKE '%admin%'")
    assert row is not None
    assert row[0] == 1


async def test_the_last_administrator_neither_leaves_nor_loses_the_role(house: House) -> None:
    hr = Desk(house)
    await hr.refused(409, "PUT", f"/people/{TOMASZ.id}/leaving", left_on="")
    await hr.refused(403, "PUT", f"/people/{HELENE.id}/leaving", left_on="")  # oneself
    await Desk(house, TOMASZ).roles(AYLIN, "admin")
    await hr.do("PUT", f"/people/{TOMASZ.id}/leaving", left_on="2026-03-01")
    assert (await house.browser(TOMASZ).get(f"{API}/me")).status_code == 401
    await hr.refused(409, "PUT", f"/people/{AYLIN.id}/leaving", left_on="")


async def test_whoever_leaves_is_out_at_once_and_others_lead_their_reports(house: House) -> None:
    hr = Desk(house)
    kudos = await house.give(KATHARINA, JONAS)
    await hr.lead(KATHARINA, MIRIAM)
    await hr.edit(f"/people/{JONAS.id}", deputy_id=KATHARINA.id)
    await hr.edit(f"/departments/{BILLING.id}", manager_id=KATHARINA.id)
    left = await hr.do("PUT", f"/people/{KATHARINA.id}/leaving", left_on="")
    assert (left["active"], left["left_on"]) == (False, "2026-03-02")
    assert (await house.browser(KATHARINA).get(f"{API}/me")).status_code == 401
    assert (await house.script(KATHARINA).get(f"{API}/me")).status_code == 401
    assert (await hr.person(AYLIN))["manager_id"] == MIRIAM.id  # the next above
    assert (await hr.person(JONAS))["deputy_id"] is None
    assert (await hr.do("GET", f"/departments/{BILLING.id}/record"))["manager_id"] is None
    assert (await house.seen(AYLIN, kudos))["giver"]["name"] == "Katharina Vogt"
    await hr.refused(409, "PUT", f"/people/{KATHARINA.id}/leaving", left_on="")

    assert (await hr.undo_last()).status_code == 201
    back = await hr.person(KATHARINA)
    assert (back["active"], back["left_on"], back["manager_id"]) == (True, "", MIRIAM.id)
    assert (await hr.person(AYLIN))["manager_id"] == KATHARINA.id
    assert (await hr.person(JONAS))["deputy_id"] == KATHARINA.id
    assert (await hr.do("GET", f"/departments/{BILLING.id}/record"))["manager_id"] == KATHARINA.id
    assert (await house.browser(KATHARINA).get(f"{API}/me")).status_code == 401  # sessions stay ended


async def test_reports_of_whoever_had_nobody_above_go_to_the_departments_manager_without_a_circle(
    house: House,
) -> None:
    hr = Desk(house)
    head = Person(21, "Hanna Kopf", BILLING, led_by=2)
    report = Person(22, "Ria Port", BILLING, led_by=1)
    for person in (head, report):
        await add_person(person)
    await hr.edit(f"/departments/{BILLING.id}", manager_id=head.id)
    await hr.do("PUT", f"/people/{KATHARINA.id}/leaving", left_on="")  # led Aylin, who leads the head, and Ria
    assert (await hr.person(report))["manager_id"] == head.id
    assert (await hr.person(AYLIN))["manager_id"] is None
    assert (await hr.person(head))["manager_id"] == AYLIN.id
    assert (
        await database.fetch(
            """SELECT 1 FROM person p JOIN person m ON m.id = p.manager_id
        WHERE p.deactivated_at IS NULL AND m.deactivated_at IS NOT NULL"""
        )
        == []
    )


async def test_whoever_comes_back_has_access_but_neither_old_roles_nor_a_manager_who_left(house: House) -> None:
    hr, admin = Desk(house), Desk(house, TOMASZ)
    await admin.roles(AYLIN, "hr")
    await hr.do("PUT", f"/people/{AYLIN.id}/leaving", left_on="")
    await hr.do("PUT", f"/people/{KATHARINA.id}/leaving", left_on="")
    back = await hr.do("DELETE", f"/people/{AYLIN.id}/leaving")
    assert (back["active"], back["roles"], back["manager_id"]) == (True, [], None)
    await hr.refused(409, "DELETE", f"/people/{AYLIN.id}/leaving")


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
    from api.administration.queries import history

    with database.count_statements() as counter:
        await history(actor.language)
    assert counter.n <= 6


async def test_what_was_recorded_about_an_erased_person_goes(house: House) -> None:
    hr = Desk(house)
    await hr.edit(f"/people/{JONAS.id}", name="Jonas Xylophon")
    assert "Jonas Xylophon" in str(await privacy.about(JONAS.id))
    assert len((await privacy.about(HELENE.id))["changes"]) == 1
    await privacy.erase(JONAS.id)
    rows = await database.fetch("SELECT before, after FROM change")
    assert not any("Xylophon" in str(tuple(row)) for row in rows)
    assert (await hr.undo_last()).status_code == 409


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
