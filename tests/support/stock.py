"""Some of everything, whose ids an API can be asked for."""

from __future__ import annotations

from api.core import database
from api.core.ids import uuid7
from api.rotations import offering
from tests.imports.lists import check, upload
from tests.support import organisation
from tests.support.house import House
from tests.support.organisation import AYLIN, CARE, HELENE, JONAS, KATHARINA, MIRIAM, PEOPLE, TOMASZ, Person
from tests.support.told import deliver
from tests.support.visits import published, visit_of

_LIST = "email,name,department\nnew@hospital.example,Nele Neumann,Billing\n"

Stock = dict[str, list[str]]
"""Ids by the name of the path parameter that takes them."""


async def lay_in(house: House) -> Stock:
    """Thanks of all kinds, comments and reports, made over HTTP."""
    reported = await house.give(AYLIN, JONAS, message="Thank you for **everything** @Miriam Okafor, again.", value=CARE)
    private = await house.give(MIRIAM, AYLIN, private=True)
    hidden = await house.give(JONAS, AYLIN, MIRIAM)
    withdrawn = await house.give(KATHARINA, MIRIAM)
    many = await house.give(KATHARINA, AYLIN, JONAS, MIRIAM)
    comments = [
        await _comment(house, JONAS, reported, "You are welcome, @Aylin Demir!"),
        await _comment(house, AYLIN, private, "Between us."),
        await _comment(house, MIRIAM, many, "Me too."),
        await _comment(house, HELENE, many, "Well done."),
    ]
    hr = house.browser(HELENE)
    reports = []
    for reporter, kudos, comment in ((JONAS, reported, None), (AYLIN, private, None), (JONAS, many, comments[2])):
        answer = await house.browser(reporter).post(
            f"/api/v1/kudos/{kudos}/reports", json={"reason": "Please have a look.", "comment": comment}
        )
        assert answer.status_code == 201, answer.text
        reports.append(answer.json()["id"])
    assert (await hr.put(f"/api/v1/kudos/{hidden}/hiding", json={"reason": "Too much."})).status_code == 204
    assert (await hr.put(f"/api/v1/comments/{comments[3]}/hiding", json={"reason": "Too little."})).status_code == 204
    assert (await house.browser(KATHARINA).delete(f"/api/v1/kudos/{withdrawn}")).status_code == 204
    assert (await house.browser(AYLIN).put(f"/api/v1/kudos/{many}/reactions/strong")).status_code == 204
    return {
        "kudos_id": [reported, private, hidden, withdrawn, many, uuid7()],
        "comment_id": comments,
        "report_id": reports,
        "person_id": [person.id for person in PEOPLE],
        "department_id": [department.id for department in organisation.DEPARTMENTS],
        "dependency_id": [organisation.DEPENDENCY],
        "value_id": [organisation.TOGETHER, organisation.CARE, organisation.SPEED],
        "change_id": await _changes(house),
        "session_id": [person.session_id for person in PEOPLE],
        "token_id": [person.token_id for person in PEOPLE],
        "import_id": [await upload(_LIST), (await check(_LIST)).id, (await check("email,department\nx,y\n")).id],
        "what": ["people", "departments", "dependencies"],
        "kind": ["me_too", "strong", "learned"],
        "notification_id": await _notifications(house),
        "approval_id": [uuid7()],
        "decision_id": [uuid7()],
        "deputyship_id": await _deputies(house),
        **await _endpoints(house),
        "kind_name": ["award", "nothing"],
        "award_id": await _awards(house),
        **await _visits(house),
        "job_id": [row["id"] for row in await database.fetch("SELECT id FROM job ORDER BY id")] or [uuid7()],
    }


async def _endpoints(house: House) -> Stock:
    """A webhook, and what went there."""
    admin = house.browser(TOMASZ)
    body = {"channel": "webhook", "name": "Board", "url": "https://hooks.example.org/x", "kinds": ["kudos.delivered"]}
    answer = await admin.post("/api/v1/endpoints", json=body)
    assert answer.status_code == 201, answer.text
    endpoint = answer.json()["endpoint"]["id"]
    await admin.post(f"/api/v1/endpoints/{endpoint}/test")
    (delivery,) = (await admin.get(f"/api/v1/endpoints/{endpoint}/deliveries")).json()["items"]
    return {"endpoint_id": [endpoint], "delivery_id": [delivery["id"]]}


async def _notifications(house: House) -> list[str]:
    """What people are told of by now."""
    await deliver(house)
    return [row["id"] for row in await database.fetch("SELECT id FROM notification ORDER BY id")]


async def _deputies(house: House) -> list[str]:
    """Somebody stands in."""
    body = {"deputy": MIRIAM.id, "from_day": "2026-03-02", "until_day": "2026-03-06"}
    answer = await house.browser(KATHARINA).post("/api/v1/deputies", json=body)
    assert answer.status_code == 201, answer.text
    return [one["id"] for one in answer.json()["mine"]]


async def _awards(house: House) -> list[str]:
    """Something to be proposed for."""
    answer = await house.browser(HELENE).post("/api/v1/awards", json={"name_en": "Night shift", "points": 100})
    assert answer.status_code == 201, answer.text
    return [answer.json()["id"]]


async def _visits(house: House) -> Stock:
    """Two who change places, and one of them who would rather let a colleague go."""
    await published(house, answer_by="2026-03-06")
    visits = [await visit_of(AYLIN), await visit_of(MIRIAM)]
    offer = await offering.offer(actor=await house.actor(AYLIN), visit_id=visits[0], person_id=KATHARINA.id)
    return {"visit_id": visits, "offer_id": [offer]}


async def _changes(house: House) -> list[str]:
    """A change by HR that can be taken back."""
    hr = house.browser(HELENE)
    version = (await hr.get("/api/v1/organisation")).json()["version"]
    answer = await hr.patch("/api/v1/organisation", json={"version": version, "name": "Hospital"})
    assert answer.status_code == 200, answer.text
    return [change["id"] for change in (await hr.get("/api/v1/changes")).json()["items"]]


async def _comment(house: House, author: Person, kudos_id: str, message: str) -> str:
    answer = await house.browser(author).post(f"/api/v1/kudos/{kudos_id}/comments", json={"message": message})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])
