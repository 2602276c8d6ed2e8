"""Pages around visits ask the database few questions, however much there is."""

from __future__ import annotations

from typing import Any

from api.core import database
from api.core.clock import DAY
from api.core.ids import uuid7
from api.rotations import facts, offering
from api.rotations.planning import Leg
from api.rotations.storing import insert_visits, visit_rows
from tests.support.house import House
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
    OPENED_AT,
    RADIOLOGY,
    REGISTRATION,
    Person,
)
from tests.support.visits import published, visit_of
from tests.support.visits_done import visits_done

LONG_AGO = OPENED_AT - 60 * DAY
AT_MOST = 8
"""Statements of a page, besides the one that finds out who asks."""
EDGE = {"provider": REGISTRATION.id, "customer": BILLING.id}
TEAM = {"name": "Numbers", "goal": "No bill comes back.", "measure": "Bills", **EDGE}


async def _post(house: House, who: Person, path: str, /, **body: Any) -> str:
    answer = await house.browser(who).post(f"/api/v1{path}", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json().get("id", ""))


async def _count(house: House, person: Person, path: str) -> int:
    with database.count_statements() as counter:
        answer = await house.browser(person).get(path)
    assert answer.status_code == 200, (path, answer.text)
    return counter.n - 1


async def _more_visits(plan_id: str) -> None:
    """Two more pairs change places, and one of them asks a colleague."""
    pairs = ((AYLIN, RADIOLOGY, 3, 1), (BRITTA, BILLING, 3, 1), (KATHARINA, REGISTRATION, 5, 2), (JONAS, BILLING, 5, 2))
    legs = [Leg(person.id, host.id, block, group) for person, host, block, group in pairs]
    homes = {person.id: person.department.id for person, *_where in pairs}
    rows = await visit_rows(plan_id, legs, homes)
    await insert_visits([{**row, "state": "proposed"} for row in rows])
    await database.execute(
        "INSERT INTO visit_offer (id, visit_id, from_id, to_id, state, at) VALUES ({}, {}, {}, {}, 'open', 0)",
        *(uuid7(), rows[0]["id"], AYLIN.id, KATHARINA.id),
    )


async def test_pages_around_visits_ask_few_questions_however_much_there_is(house: House) -> None:
    await database.execute("UPDATE department SET manager_id = {}", KATHARINA.id)
    counts: dict[str, list[int]] = {}
    _programme, plan = await published(house, answer_by="2026-03-06")
    visit = await visit_of(AYLIN)
    await offering.offer(actor=await house.actor(AYLIN), visit_id=visit, person_id=KATHARINA.id)
    for more in range(2):
        if more:
            await _more_visits(plan)
        for name in ("Spring", "Autumn")[: 1 + more]:
            last = await visits_done((AYLIN, JONAS, MIRIAM), (JONAS, AYLIN, KATHARINA), name=name, at=LONG_AGO)
        wishes = {one.id: 1 for one in (REGISTRATION, RADIOLOGY, IT)[: 1 + 2 * more]}
        await facts.state_own_facts(actor=await house.actor(AYLIN), facts=facts.Stated(wishes=wishes))
        for visitor, at in ((AYLIN, last[0]), (JONAS, last[1])):
            errors = [{"what": "Number missing", "times": 3, "per": "week", "minutes": 5}] * (1 + more)
            await _post(house, visitor, f"/past-visits/{at}/feedback", surprised="Much.", errors=errors)
        for number in range(1 + 2 * more):
            idea = await _post(house, JONAS, "/ideas", title=f"Ask again {number}", words="At discharge, too.", **EDGE)
            members = [KATHARINA.id, JONAS.id, AYLIN.id][: 2 + more]
            team = await _post(house, KATHARINA, "/improvements", **TEAM, members=members, ideas=[idea])
            for what in range(1 + 2 * more):
                await _post(house, KATHARINA, f"/improvements/{team}/steps", what=f"Draw it {what}", person=JONAS.id)
        for person, path in (
            (AYLIN, "/rotations"),
            (AYLIN, "/rotations/wishes"),
            (AYLIN, f"/visits/{visit}"),
            (KATHARINA, "/team/rotations"),
            (KATHARINA, "/hosting"),
            (KATHARINA, f"/hosting/{BILLING.id}"),
            (HELENE, "/programmes"),
            (AYLIN, "/feedback"),
            (HELENE, "/feedback?show=all"),
            (KATHARINA, "/improvements"),
            (KATHARINA, f"/improvements/{team}"),
            (KATHARINA, f"/dependencies/{DEPENDENCY}"),
        ):
            await _count(house, person, path)  # what is new is marked as seen once
            found = await _count(house, person, path)
            counts.setdefault(path.replace(visit, "V").replace(team, "T"), []).append(found)
    assert {path: seen for path, seen in counts.items() if len(set(seen)) > 1 or max(seen) > AT_MOST} == {}
