"""The pages of HR and admin without a browser: forms that keep what was typed, and few statements."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape

import httpx
import pytest

from api.core import database
from api.core.ids import uuid7
from frontend.app import create_app
from frontend.pages.organisation.forms import cents_of
from tests.databases import Kind
from tests.imports.lists import bring_in
from tests.support.house import House, open_house
from tests.support.organisation import (
    AYLIN,
    BILLING,
    CARE,
    DEPENDENCY,
    HELENE,
    IT,
    JONAS,
    KATHARINA,
    OSKAR,
    RADIOLOGY,
    REGISTRATION,
    TOGETHER,
    TOMASZ,
    Person,
    add_person,
)

AREA = "/organisation"
MOST = 8 + 1
"""Statements of a page, and the session's."""


@pytest.fixture
async def house(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async with open_house(kind, monkeypatch, create=create_app) as opened:
        yield opened


def field(page: httpx.Response, name: str) -> str:
    """What an input of the page holds."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found is not None, name
    return unescape(found[1])


def heading(page: httpx.Response) -> str:
    found = re.search("<h1>(.*?)</h1>", page.text)
    assert found, page.text
    return found[1]


async def changed(client: httpx.AsyncClient, page: httpx.Response) -> str:
    """The change that the word at the foot offers to take back."""
    assert page.status_code == 303, page.text
    cookie = page.cookies.get("gearmesh_toast")
    assert cookie
    return cookie.strip('"').replace("%3A", ":").partition(":")[2]


async def test_no_page_takes_more_than_eight_statements_however_much_there_is(house: House) -> None:
    hr = house.browser(HELENE)
    pages = (
        f"{AREA}/people?q=a&role=hr",
        f"{AREA}/people/{AYLIN.id}",
        f"{AREA}/departments",
        f"{AREA}/departments/{BILLING.id}",
        f"{AREA}/dependencies?focus={BILLING.id}",
        f"{AREA}/dependencies?view=matrix",
        f"{AREA}/dependencies/{DEPENDENCY}",
        f"{AREA}/values",
        f"{AREA}/values/{TOGETHER}",
        f"{AREA}/house",
        f"{AREA}/history",
    )

    async def statements() -> list[int]:
        found = []
        for path in pages:
            with database.count_statements() as counter:
                assert (await hr.get(path)).status_code == 200
            found.append(counter.n)
        return found

    few = await statements()
    for number in range(30, 60):
        await add_person(Person(number, f"Anna Number {number}", RADIOLOGY))
    for manager in (JONAS, KATHARINA, JONAS):
        for thing, chosen in (("people", AYLIN.id), ("departments", BILLING.id)):
            version = (await hr.get(f"/api/v1/{thing}/{chosen}/record")).json()["version"]
            body = {"version": version, "manager_id": manager.id}
            assert (await hr.patch(f"/api/v1/{thing}/{chosen}", json=body)).status_code == 200
    many = await statements()
    assert max(few) <= MOST
    assert max(many) <= MOST


async def test_a_form_keeps_what_was_typed_and_says_beside_each_field_what_to_do(house: House) -> None:
    hr = house.browser(HELENE, **{"accept-language": "en"})
    page = await hr.get(f"{AREA}/people/new")
    typed = {"id": field(page, "id"), "name": "Ada <Blum>", "email": "nowhere", "department_id": BILLING.id}
    answer = await hr.post(f"{AREA}/people/new", data={**typed, "joined_on": "soon"})
    assert answer.status_code == 422
    assert 'value="Ada &lt;Blum&gt;"' in answer.text
    assert "This does not look like an e-mail address." in answer.text
    assert "Write a day as in 2026-03-31." in answer.text
    good = {**typed, "email": "ada@h.example", "find_manager_id": "Jonas"}  # found without script: only one
    first = await hr.post(f"{AREA}/people/new", data=good)
    again = await hr.post(f"{AREA}/people/new", data=good)
    assert first.headers["location"] == again.headers["location"] == f"{AREA}/people/{typed['id']}"
    record = (await hr.get(f"/api/v1/people/{typed['id']}/record")).json()
    assert (record["name"], record["manager_id"]) == ("Ada <Blum>", JONAS.id)


async def test_a_dependency_needs_both_ends(house: House) -> None:
    hr = house.browser(HELENE, **{"accept-language": "en"})
    for chosen, sentences in (
        ({}, {"provider_id": "Choose a department.", "customer_id": "Choose a department."}),
        ({"provider_id": BILLING.id}, {"customer_id": "Choose a department."}),
        (
            {"provider_id": BILLING.id, "customer_id": BILLING.id},
            {"customer_id": "A department does not depend on itself. Choose another."},
        ),
    ):
        form = {"handover_en": "Files", "weight": "3", "error_cost_cents": "", **chosen}
        answer = await hr.post(f"{AREA}/dependencies/new", data=form)
        said = re.findall(r'id="(\w+)-error"><svg.*?</svg> (.*?)</p>', answer.text)
        assert (answer.status_code, dict(said)) == (422, sentences)


async def test_people_are_looked_up_without_script(house: House) -> None:
    hr = house.browser(HELENE)
    path = f"{AREA}/departments/{BILLING.id}"
    page = await hr.get(path)
    base = {"version": field(page, "version"), "name_de": "Abrechnung", "name_en": "Billing", "hue": "1"}
    looked = await hr.post(path, data={**base, "find_manager_id": "billing", "do": "find"})
    assert looked.status_code == 200
    assert f'type="radio" name="manager_id" value="{AYLIN.id}"' in looked.text
    unsure = await hr.post(path, data={**base, "find_manager_id": "billing"})
    assert unsure.status_code == 422
    assert "Choose whom you mean, or clear the name." in unsure.text
    # A token that stays ticked, and somebody chosen among those found: the later one counts.
    saved = await hr.post(path, data={**base, "manager_id": [JONAS.id, AYLIN.id], "find_manager_id": "billing"})
    assert saved.status_code == 303
    assert (await hr.get(f"/api/v1/departments/{BILLING.id}/record")).json()["manager_id"] == AYLIN.id


async def test_whoever_saves_second_sees_what_the_first_has_changed(house: House) -> None:
    hr, admin = house.browser(HELENE), house.browser(TOMASZ)
    path = f"{AREA}/dependencies/{DEPENDENCY}"
    page = await hr.get(path)
    typed = {
        "version": field(page, "version"),
        "provider_id": REGISTRATION.id,
        "customer_id": BILLING.id,
        "handover_de": "Aufnahmedaten",
        "handover_en": "Mine",
        "weight": "5",
        "error_cost_cents": "1.250,5 €",
    }
    assert (await admin.post(path, data={**typed, "handover_en": "Theirs"})).status_code == 303
    answer = await hr.post(path, data=typed)
    assert answer.status_code == 409
    assert "Somebody has changed this while you were writing." in answer.text
    assert re.search(r"<dt>Hand-over in English</dt><dd>Theirs</dd>", answer.text)
    assert field(answer, "handover_en") == "Mine"
    assert (await hr.post(path, data={**typed, "version": field(answer, "version")})).status_code == 303

    records = (
        (f"{AREA}/people/{JONAS.id}", {"name": "Mine", "email": JONAS.email, "department_id": REGISTRATION.id}),
        (f"{AREA}/departments/{BILLING.id}", {"name_de": "Mine", "name_en": "Mine", "hue": "1"}),
        (f"{AREA}/values/{CARE}", {"name_de": "Mine", "name_en": "Mine"}),
    )
    for path, typed in records:
        page = await hr.get(path)
        stored = heading(page)
        assert (await hr.post(path, data={**typed, "version": "another"})).status_code == 409
        assert heading(await hr.post(path, data={**typed, "version": "another"})) == stored, "nothing is Mine yet"
    record = (await hr.get(f"/api/v1/dependencies/{DEPENDENCY}/record")).json()
    assert (record["handover_en"], record["error_cost_cents"]) == ("Mine", 125_050)


async def test_the_head_of_a_form_says_what_stands_and_not_what_was_refused(house: House) -> None:
    hr, admin = house.browser(HELENE), house.browser(TOMASZ)
    for path, stored, typed in (
        (
            f"{AREA}/people/{AYLIN.id}",
            "Aylin Demir",
            {"name": "Mine", "email": AYLIN.email, "department_id": BILLING.id},
        ),
        (f"{AREA}/departments/{BILLING.id}", "Billing", {"name_de": "Mine", "name_en": "Mine", "hue": "1"}),
        (f"{AREA}/values/{TOGETHER}", "Together", {"name_de": "Mine", "name_en": "Mine"}),
    ):
        page = await hr.get(path)
        typed["version"] = field(page, "version")
        other = {name: text.replace("Mine", "Theirs") for name, text in typed.items()}
        assert f"<h1>{stored}</h1>" in page.text
        assert (await admin.post(path, data=other)).status_code == 303
        answer = await hr.post(path, data=typed)
        assert (answer.status_code, "<h1>Theirs</h1>" in answer.text) == (409, True), path


async def test_a_dependency_of_nobody_asks_for_both_departments(house: House) -> None:
    hr = house.browser(HELENE)
    page = await hr.get(f"{AREA}/dependencies/new")
    answer = await hr.post(f"{AREA}/dependencies/new", data={"id": field(page, "id"), "weight": "3"})
    assert answer.status_code == 422
    for end in ("provider_id", "customer_id"):
        assert re.search(rf'id="{end}-error">.*Choose a department\.', answer.text), end
    assert "does not depend on itself" not in answer.text


async def test_an_import_is_one_line_of_the_history_and_leads_to_its_changes(house: House) -> None:
    hr = house.browser(HELENE)
    await bring_in("email,name,department\na@x.example,Anna Amsel,Billing\nb@x.example,Bo Berg,Billing\n")
    page = (await hr.get(f"{AREA}/history")).text
    assert ("List imported" in page, "Anna Amsel" in page, "Take back" in page) == (True, False, False)
    found = re.search(r'href="(/organisation/history\?part_of=[^"]+)"', page)
    assert found is not None
    parts = (await hr.get(found[1])).text
    assert (parts.count("New person"), parts.count("Take back"), "Bo Berg" in parts) == (2, 2, True)


async def test_what_cannot_be_done_is_said_beside_the_ways_to_everything_else(house: House) -> None:
    for path, status in (("/jobs", 403), (f"/kudos/{uuid7()}", 404)):
        page = await house.browser(HELENE).get(path)
        assert (page.status_code, 'class="side"' in page.text, f"Error {status}" in page.text) == (status, True, True)
    lost = await house.stranger().get("/nowhere")
    assert (lost.status_code, 'class="side"' in lost.text) == (404, False)


async def test_nobody_is_invited_to_thank_who_has_left_nor_warned_of_reports_that_are_none(house: House) -> None:
    hr = house.browser(HELENE)
    for person, thank in ((JONAS, True), (OSKAR, False)):
        assert (f"/give?to={person.id}" in (await hr.get(f"/people/{person.id}")).text) is thank
    for person, leads in ((KATHARINA, True), (JONAS, False)):
        page = await hr.get(f"/people/{person.id}/erase")
        assert ("Whoever reports to them" in page.text) is leads


async def test_the_word_at_the_foot_takes_a_change_back_and_a_refusal_is_said(house: House) -> None:
    hr = house.browser(HELENE)
    answer = await hr.post(
        f"{AREA}/dependencies/{DEPENDENCY}/removal", data={"back": f"{AREA}/dependencies?view=table"}
    )
    assert answer.headers["location"] == f"{AREA}/dependencies?view=table"
    change = await changed(hr, answer)
    back = await hr.post(
        f"{AREA}/history/{change}/undo", headers={"referer": "http://gearmesh.test/organisation/values"}
    )
    assert back.headers["location"] == f"{AREA}/values"
    assert (await hr.get(f"{AREA}/dependencies/{DEPENDENCY}")).status_code == 200
    refused = await hr.post(f"{AREA}/history/{change}/undo")
    assert refused.status_code == 409
    assert "This has been taken back already." in refused.text
    assert (await hr.post(f"{AREA}/history/{uuid7()}/undo")).status_code == 404


async def test_what_a_verb_refuses_stands_on_the_page(house: House) -> None:
    hr, admin = house.browser(HELENE), house.browser(TOMASZ)
    for client, path, sentence in (
        (hr, f"people/{TOMASZ.id}/leaving", "Somebody must administer."),
        (hr, f"people/{HELENE.id}/leaving", "Nobody ends their own access."),
        (hr, f"departments/{BILLING.id}/archiving", "Somebody works there."),
        (admin, f"people/{JONAS.id}/return", "This person works here."),
    ):
        answer = await client.post(f"{AREA}/{path}")
        assert answer.status_code == 409
        assert sentence in unescape(answer.text)
    # Human resources sees, but does not decide about, the other roles
    version = field(await hr.get(f"{AREA}/people/{AYLIN.id}"), "version")
    roles = {"roles": ["admin", "works_council"], "version": version}
    assert (await admin.post(f"{AREA}/people/{AYLIN.id}/roles", data=roles)).status_code == 303
    version = field(await hr.get(f"{AREA}/people/{AYLIN.id}"), "version")
    answer = await hr.post(f"{AREA}/people/{AYLIN.id}/roles", data={"roles": ["hr"], "version": version})
    assert answer.status_code == 303
    record = (await hr.get(f"/api/v1/people/{AYLIN.id}/record")).json()
    assert record["roles"] == ["admin", "hr", "works_council"]


async def test_two_that_are_joined_already_lead_to_their_dependency(house: House) -> None:
    hr = house.browser(HELENE)
    pair = f"provider={REGISTRATION.id}&customer={BILLING.id}"
    answer = await hr.get(f"{AREA}/dependencies/new?{pair}&back=https://elsewhere.example/")
    assert answer.headers["location"] == f"{AREA}/dependencies/{DEPENDENCY}?back=%2Forganisation%2Fdependencies"
    page = await hr.get(f"{AREA}/dependencies/new?provider={IT.id}")
    assert f'<option value="{IT.id}" selected>' in page.text


def test_amounts_are_read_as_people_type_them() -> None:
    cases = {
        "": None,
        "42": 42_00,
        "12,50": 12_50,
        "12.5 €": 12_50,
        "1.250": 1_250_00,
        "1,250.75": 1_250_75,
        "1.250,75 EUR": 1_250_75,
        "1 250": 1_250_00,
        "much": "much",
        "-3": "-3",
        "1.2.3": "1.2.3",
    }
    assert {typed: cents_of(typed) for typed in cases} == cases
