"""A published plan is repaired with as few changes as can be; only those concerned are asked again."""

from __future__ import annotations

from api.core import database
from api.core.clock import DAY
from api.rotations import publishing, repairing, visiting
from api.rotations.ending import end_what_is_over
from api.rotations.queries import visits
from tests.support.house import House
from tests.support.organisation import AYLIN, BILLING, HELENE, JONAS, KATHARINA, MIRIAM, REGISTRATION
from tests.support.visits import published, states, visit_of

TWO = (
    *((AYLIN, REGISTRATION, 1, 0), (MIRIAM, BILLING, 1, 0)),
    *((KATHARINA, REGISTRATION, 4, 1), (JONAS, BILLING, 4, 1)),
)


async def _changes(plan_id: str) -> dict[str, str]:
    found = await repairing.repair(plan_id, "en")
    return {change.person.name.split()[0]: change.change for change in found.changes}


async def test_a_colleague_takes_the_place_and_only_they_and_the_partner_hear_of_it(house: House) -> None:
    programme_id, _plan = await published(house)
    hr = await house.actor(HELENE)
    await visiting.accept(actor=await house.actor(MIRIAM), visit_id=await visit_of(MIRIAM))
    await visiting.decline(actor=await house.actor(AYLIN), visit_id=await visit_of(AYLIN), reason="My exam.")
    (broken,) = await repairing.broken(programme_id, "en")
    assert (broken.visit.person.id, broken.why, broken.answer and broken.answer.reason) == (
        *(AYLIN.id, "declined", "My exam."),
    )
    repair = await repairing.propose(actor=hr, programme_id=programme_id)
    assert await _changes(repair) == {"Katharina": "new", "Miriam": "partner"}
    await publishing.publish(actor=hr, plan_id=repair)
    assert await states() == {"Katharina": "proposed", "Miriam": "accepted"}
    assert await repairing.broken(programme_id, "en") == []
    rows = await database.fetch(
        """SELECT t.person_id, t.change FROM publication_notice t JOIN publication u ON u.id = t.publication_id
        WHERE u.number = 2"""
    )
    assert {row["person_id"]: row["change"] for row in rows} == {KATHARINA.id: "new", MIRIAM.id: "partner"}


async def test_where_nobody_can_go_instead_the_swap_is_off_and_the_other_stays(house: House) -> None:
    programme_id, _plan = await published(house, *TWO)
    hr = await house.actor(HELENE)
    for person in (KATHARINA, JONAS):
        await visiting.accept(actor=await house.actor(person), visit_id=await visit_of(person))
    await visiting.decline(actor=await house.actor(AYLIN), visit_id=await visit_of(AYLIN), reason="No.")
    repair = await repairing.propose(actor=hr, programme_id=programme_id)
    found = await repairing.repair(repair, "en")
    assert await _changes(repair) == {"Miriam": "cancelled"}
    assert found.kept == 2
    await publishing.publish(actor=hr, plan_id=repair)
    assert await states() == {"Katharina": "accepted", "Jonas": "accepted"}


async def test_somebody_leaves_and_a_department_cancels(house: House) -> None:
    programme_id, _plan = await published(house, *TWO)
    hr = await house.actor(HELENE)
    await database.execute("UPDATE person SET deactivated_at = 1 WHERE id = {}", JONAS.id)
    assert [(one.visit.person.id, one.why) for one in await repairing.broken(programme_id, "en")] == [
        (JONAS.id, "left")
    ]
    repair = await repairing.propose(actor=hr, programme_id=programme_id)
    assert await _changes(repair) == {"Jonas": "cancelled", "Katharina": "cancelled"}
    cancelled = await repairing.propose(actor=hr, programme_id=programme_id, no_host=BILLING.id, from_block=1)
    assert set((await _changes(cancelled)).values()) == {"cancelled"}
    await publishing.publish(actor=hr, plan_id=cancelled)
    assert await states() == {}


async def test_what_has_taken_place_moves_on_once_though_somebody_has_left(house: House) -> None:
    programme_id, _plan = await published(house, *TWO)
    hr = await house.actor(HELENE)
    over = {await visit_of(AYLIN), await visit_of(MIRIAM)}
    house.clock.forward(21 * DAY)
    await end_what_is_over()
    await database.execute("UPDATE person SET deactivated_at = 1 WHERE id = {}", MIRIAM.id)
    await visiting.decline(actor=await house.actor(JONAS), visit_id=await visit_of(JONAS), reason="My exam.")
    repair = await repairing.propose(actor=hr, programme_id=programme_id)
    await publishing.publish(actor=hr, plan_id=repair)
    rows = await database.fetch("SELECT id FROM visit WHERE state = 'done'")
    assert [row["id"] for row in rows if row["id"] not in over] == []
    assert len(rows) == 2
    assert {visit.id for visit in await visits("en", "v.state = 'done'")} == over
    told = await database.fetch(
        """SELECT t.visit_id FROM publication_notice t JOIN publication u ON u.id = t.publication_id
        WHERE u.number = 2"""
    )
    assert over & {row["visit_id"] for row in told} == set()
