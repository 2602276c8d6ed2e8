"""A published plan is repaired with as few changes as can be; only those concerned are asked again."""

from __future__ import annotations

import pytest

from api.core import database
from api.core.clock import DAY
from api.core.errors import Conflict
from api.rotations import data, desk, editing, publishing, repairing, repairs, solving, visiting
from api.rotations.ending import end_what_is_over
from api.rotations.queries import visits
from tests.support.house import House
from tests.support.organisation import AYLIN, BILLING, HELENE, JONAS, KATHARINA, MIRIAM, REGISTRATION
from tests.support.rotations import publish
from tests.support.visits import SWAP, planned, published, states, visit_of

TWO = (
    *((AYLIN, REGISTRATION, 1, 0), (MIRIAM, BILLING, 1, 0)),
    *((KATHARINA, REGISTRATION, 4, 1), (JONAS, BILLING, 4, 1)),
)


async def _changes(plan_id: str) -> dict[str, str]:
    found = await repairs.repair(plan_id, "en")
    return {change.person.name.split()[0]: change.change for change in found.changes}


async def _told() -> dict[str, str]:
    """Who hears what of the second version."""
    rows = await database.fetch(
        """SELECT t.person_id, t.change FROM publication_notice t JOIN publication u ON u.id = t.publication_id
        WHERE u.number = 2"""
    )
    return {row["person_id"]: row["change"] for row in rows}


async def test_a_colleague_takes_the_place_and_only_they_and_the_partner_hear_of_it(house: House) -> None:
    programme_id, _plan = await published(house)
    hr = await house.actor(HELENE)
    await visiting.accept(actor=await house.actor(MIRIAM), visit_id=await visit_of(MIRIAM))
    await visiting.decline(actor=await house.actor(AYLIN), visit_id=await visit_of(AYLIN), reason="My exam.")
    (broken,) = await repairs.broken(programme_id, "en")
    assert (broken.visit.person.id, broken.why, broken.answer and broken.answer.reason) == (
        *(AYLIN.id, "declined", "My exam."),
    )
    repair = await repairing.propose(actor=hr, programme_id=programme_id)
    assert await _changes(repair) == {"Katharina": "new", "Miriam": "partner"}
    await publish(house, repair)
    assert await states() == {"Katharina": "proposed", "Miriam": "accepted"}
    assert await repairs.broken(programme_id, "en") == []
    assert await _told() == {KATHARINA.id: "new", MIRIAM.id: "partner"}


async def test_where_nobody_can_go_instead_the_swap_is_off_and_the_other_stays(house: House) -> None:
    programme_id, _plan = await published(house, *TWO)
    hr = await house.actor(HELENE)
    for person in (KATHARINA, JONAS):
        await visiting.accept(actor=await house.actor(person), visit_id=await visit_of(person))
    await visiting.decline(actor=await house.actor(AYLIN), visit_id=await visit_of(AYLIN), reason="No.")
    repair = await repairing.propose(actor=hr, programme_id=programme_id)
    found = await repairs.repair(repair, "en")
    assert await _changes(repair) == {"Miriam": "cancelled"}
    assert found.kept == 2
    await publish(house, repair)
    assert await states() == {"Katharina": "accepted", "Jonas": "accepted"}


async def test_somebody_leaves_and_a_department_cancels(house: House) -> None:
    programme_id, _plan = await published(house, *TWO)
    hr = await house.actor(HELENE)
    await database.execute("UPDATE person SET deactivated_at = 1 WHERE id = {}", JONAS.id)
    assert [(one.visit.person.id, one.why) for one in await repairs.broken(programme_id, "en")] == [(JONAS.id, "left")]
    repair = await repairing.propose(actor=hr, programme_id=programme_id)
    assert await _changes(repair) == {"Jonas": "cancelled", "Katharina": "cancelled"}
    cancelled = await repairing.propose(actor=hr, programme_id=programme_id, no_host=BILLING.id, from_block=1)
    assert set((await _changes(cancelled)).values()) == {"cancelled"}
    await publish(house, cancelled)
    assert await states() == {}


async def test_what_has_taken_place_is_there_once_though_somebody_has_left(house: House) -> None:
    programme_id, _plan = await published(house, *TWO)
    hr = await house.actor(HELENE)
    over = {await visit_of(AYLIN), await visit_of(MIRIAM)}
    house.clock.forward(21 * DAY)
    await end_what_is_over()
    await database.execute("UPDATE person SET deactivated_at = 1 WHERE id = {}", MIRIAM.id)
    await visiting.decline(actor=await house.actor(JONAS), visit_id=await visit_of(JONAS), reason="My exam.")
    repair = await repairing.propose(actor=hr, programme_id=programme_id)
    await publish(house, repair)
    assert sorted(visit.id for visit in await visits("en", "v.state = 'done'")) == sorted(over)
    assert await states() == {}  # half a swap fits into no plan, so it stays with the version in which it took place
    assert await _told() == {KATHARINA.id: "cancelled"}


async def test_a_proposed_repair_forbids_nothing_before_it_is_published(house: House) -> None:
    programme_id, plan_id = await published(house)
    hr = await house.actor(HELENE)
    closed = {data.BanData(None, None, BILLING.id, block) for block in range(3, 7)}

    async def forbidden(plan: str | None = None) -> set[data.BanData]:
        return set((await data.basis(programme_id, plan_id=plan)).bans)

    first = await repairing.propose(actor=hr, programme_id=programme_id, no_host=BILLING.id, from_block=3)
    assert (await forbidden(), await forbidden(first)) == (set(), closed)
    anew = await solving.find_plan(actor=hr, programme_id=programme_id, from_plan=first)
    assert await forbidden(anew) == closed
    for plan in (first, anew):
        await solving.discard_plan(actor=hr, plan_id=plan)
    assert await database.fetch("SELECT 1 FROM programme_ban") == []
    second = await repairing.propose(actor=hr, programme_id=programme_id, no_host=BILLING.id, from_block=3)
    await publish(house, second)
    assert (await forbidden(), await forbidden(plan_id)) == (closed, closed)


async def test_an_older_draft_is_not_published_over_what_was_declined_since(house: House) -> None:
    programme_id, _plan = await published(house)
    hr, aylin, visit = await house.actor(HELENE), await house.actor(AYLIN), await visit_of(AYLIN)
    same = await planned(programme_id, *SWAP)
    later = await planned(programme_id, (AYLIN, REGISTRATION, 3, 0), (MIRIAM, BILLING, 3, 0))
    await visiting.decline(actor=aylin, visit_id=visit, reason="My exam.")
    for draft in (same, later):
        with pytest.raises(Conflict, match="breaks a rule by now"):
            await publish(house, draft)
    page = (await house.browser(HELENE, **{"accept-language": "en"}).get(f"/plans/{same}/publication")).text
    assert "Other visits are ruled out for: Aylin Demir." in page
    assert "The visit of Aylin Demir to Patient registration in W12 (16–20 Mar) is forbidden." in page
    assert await states() == {"Aylin": "declined", "Miriam": "proposed"}

    await visiting.take_back(actor=aylin, visit_id=visit)
    await visiting.decline(actor=aylin, visit_id=visit, reason="My exam is that week.", other_time=True)
    with pytest.raises(Conflict, match="breaks a rule by now"):
        await publish(house, same)
    await publish(house, later)
    assert await states() == {"Aylin": "proposed", "Miriam": "proposed"}
    await editing.mend(actor=hr, plan_id=same)
    assert await _changes(same) == {"Aylin": "cancelled", "Katharina": "new", "Miriam": "moved"}


async def test_a_refusal_that_comes_after_the_last_look_stops_the_publication(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme_id, _plan = await published(house)
    aylin, visit, look = await house.actor(AYLIN), await visit_of(AYLIN), desk.changed_data

    async def look_then_decline(found: desk.Desk) -> object:
        seen = await look(found)
        await visiting.decline(actor=aylin, visit_id=visit, reason="My exam.")
        return seen

    monkeypatch.setattr(publishing, "changed_data", look_then_decline)
    with pytest.raises(Conflict, match="changed this meanwhile"):
        await publish(house, await planned(programme_id, *SWAP))
    assert await states() == {"Aylin": "declined", "Miriam": "proposed"}


async def test_what_is_over_moves_on_though_nobody_has_noted_it_yet(house: House) -> None:
    programme_id, _plan = await published(house)
    second, over = await planned(programme_id, *SWAP), {await visit_of(AYLIN), await visit_of(MIRIAM)}
    house.clock.forward(21 * DAY)
    await publish(house, second)
    assert await states() == {"Aylin": "done", "Miriam": "done"}
    assert {await visit_of(AYLIN), await visit_of(MIRIAM)} == over
