"""Pages around visits ask the database few questions, however much there is."""

from __future__ import annotations

from api.core import database
from api.core.clock import DAY
from api.core.ids import uuid7
from api.rotations import facts, offering, repairing, visiting
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
ALL_DATA = 27
"""Of the page that holds a plan against all that it was made from, before people are told of it."""
EDGE = {"provider": REGISTRATION.id, "customer": BILLING.id}
TEAM = {"name": "Numbers", "goal": "No bill comes back.", "measure": "Bills", **EDGE}


async def _count(house: House, person: Person, path: str) -> int:
    with database.count_statements() as counter:
        answer = await house.browser(person).get(path)
    assert answer.status_code == 200, (path, answer.text)
    return counter.n - 1


async def _more_visits(house: House, plan_id: str) -> None:
    """Two more pairs change places, one of them asks a colleague, one declines."""
    pairs = ((AYLIN, RADIOLOGY, 3, 1), (BRITTA, BILLING, 3, 1), (KATHARINA, REGISTRATION, 5, 2), (JONAS, BILLING, 5, 2))
    legs = [Leg(person.id, host.id, block, group) for person, host, block, group in pairs]
    homes = {person.id: person.department.id for person, *_where in pairs}
    rows = await visit_rows(plan_id, legs, homes)
    await insert_visits([{**row, "state": "proposed"} for row in rows])
    await database.execute(
        "INSERT INTO visit_offer (id, visit_id, from_id, to_id, state, at) VALUES ({}, {}, {}, {}, 'open', 0)",
        *(uuid7(), rows[0]["id"], AYLIN.id, KATHARINA.id),
    )
    await visiting.decline(actor=await house.actor(JONAS), visit_id=str(rows[-1]["id"]), reason="No.")


async def test_pages_around_visits_ask_few_questions_however_much_there_is(house: House) -> None:
    await database.execute("UPDATE department SET manager_id = {}", KATHARINA.id)
    counts: dict[str, list[int]] = {}
    programme_id, plan = await published(house, answer_by="2026-03-06")
    visit = await visit_of(AYLIN)
    aylin, hr = await house.actor(AYLIN), await house.actor(HELENE)
    await offering.offer(actor=aylin, visit_id=visit, person_id=KATHARINA.id)
    await visiting.decline(actor=await house.actor(MIRIAM), visit_id=await visit_of(MIRIAM), reason="No.")
    for more in range(2):
        if more:
            await _more_visits(house, plan)
        for name in ("Spring", "Autumn")[: 1 + more]:
            last = await visits_done((AYLIN, JONAS, MIRIAM), (JONAS, AYLIN, KATHARINA), name=name, at=LONG_AGO)
        repair = await repairing.propose(actor=hr, programme_id=programme_id)
        for person in (AYLIN, JONAS)[: 1 + more]:
            await facts.add_absence(actor=hr, person_id=person.id, first_day="2026-04-13", last_day="")
        wishes = {one.id: 1 for one in (REGISTRATION, RADIOLOGY, IT)[: 1 + 2 * more]}
        await facts.state_own_facts(actor=aylin, facts=facts.Stated(wishes=wishes))
        for visitor, at in ((AYLIN, last[0]), (JONAS, last[1])):
            errors = [{"what": "Number missing", "times": 3, "per": "week", "minutes": 5}] * (1 + more)
            await house.ask(visitor, "POST", f"/past-visits/{at}/feedback", 201, surprised="Much.", errors=errors)
        for number in range(1 + 2 * more):
            idea = {"title": f"Ask again {number}", "words": "At discharge, too.", **EDGE}
            ideas = [(await house.ask(JONAS, "POST", "/ideas", 201, **idea))["id"]]
            members = [KATHARINA.id, JONAS.id, AYLIN.id][: 2 + more]
            found = await house.ask(KATHARINA, "POST", "/improvements", 201, **TEAM, members=members, ideas=ideas)
            team = found["id"]
            for what in range(1 + 2 * more):
                step = {"what": f"Draw it {what}", "person": JONAS.id}
                await house.ask(KATHARINA, "POST", f"/improvements/{team}/steps", 201, **step)
        for person, path in (
            (AYLIN, "/rotations"),
            (AYLIN, "/rotations/wishes"),
            (AYLIN, f"/visits/{visit}"),
            (KATHARINA, "/team/rotations"),
            (KATHARINA, "/hosting"),
            (KATHARINA, f"/hosting/{REGISTRATION.id}"),
            (HELENE, "/programmes"),
            (HELENE, f"/programmes/{programme_id}/repair"),
            *((HELENE, f"/plans/{repair}{page}") for page in ("", "/repair", "/publication")),
            (AYLIN, "/feedback"),
            (HELENE, "/feedback?show=all"),
            (KATHARINA, "/improvements"),
            (KATHARINA, f"/improvements/{team}"),
            (KATHARINA, f"/dependencies/{DEPENDENCY}"),
        ):
            await _count(house, person, path)  # what is new is marked as seen once
            count = await _count(house, person, path)
            for name, one in (("visit", visit), ("team", team), ("plan", repair), ("programme", programme_id)):
                path = path.replace(one, name)
            counts.setdefault(path, []).append(count)
    assert counts.pop("/plans/plan/publication") == [ALL_DATA, ALL_DATA]
    assert {path: seen for path, seen in counts.items() if len(set(seen)) > 1 or max(seen) > AT_MOST} == {}
