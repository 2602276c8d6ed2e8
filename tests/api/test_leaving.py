"""Managers, roles, leaving and coming back: who may decide, and what follows."""

from __future__ import annotations

import asyncio

from api.core import database
from tests.support.desk import API, Desk
from tests.support.house import House
from tests.support.organisation import (
    AYLIN,
    BILLING,
    BRITTA,
    HELENE,
    JONAS,
    KATHARINA,
    MIRIAM,
    OSKAR,
    TOMASZ,
    Person,
    add_person,
)


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
    aylin, versions = Desk(house, AYLIN), [(await hr.person(one))["version"] for one in (TOMASZ, AYLIN)]
    answers = await asyncio.gather(
        aylin.ask("PUT", f"/people/{TOMASZ.id}/roles", roles=[], version=versions[0]),
        admin.ask("PUT", f"/people/{AYLIN.id}/roles", roles=[], version=versions[1]),
    )
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
