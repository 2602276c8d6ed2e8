"""What a change would bring before it is made; what is accepted stays; what would make an impossible plan possible."""

from __future__ import annotations

import msgspec
import pytest

from api.core import database
from api.core.clock import DAY
from api.core.jobs.worker import run_due
from api.rotations import desk, editing, facts, listing, solving, trying
from api.rotations.ending import end_what_is_over
from api.rotations.jobs import KINDS
from api.rotations.planning import Fault
from tests.support.house import House
from tests.support.organisation import AYLIN, BILLING, HELENE, JONAS, MIRIAM, REGISTRATION
from tests.support.rotations import blocks_of, publish, searched, spring, visit_in
from tests.support.search import search_here


@pytest.fixture
async def programme_id(house: House, monkeypatch: pytest.MonkeyPatch) -> str:
    """Five weeks in which billing can have one visitor at a time."""
    search_here(monkeypatch)
    capacity = facts.HostingFacts(capacity=1)
    await facts.save_hosting(actor=await house.actor(HELENE), department_id=BILLING.id, facts=capacity)
    return await spring(house)


async def test_a_trial_says_what_the_change_then_does_and_changes_nothing(house: House, programme_id: str) -> None:
    actor = await house.actor(HELENE)
    plan_id = await searched(house, programme_id)
    mine, _block = await visit_in(plan_id, MIRIAM)
    _theirs, taken = await visit_in(plan_id, JONAS)
    before = await blocks_of(plan_id)
    trial = await trying.try_move(plan_id=plan_id, visit_id=mine, block=taken)
    assert [fault.code for fault in trial.faults if fault.about.get("host") == BILLING.id] == ["host_full"]
    assert (trial.ended, await blocks_of(plan_id)) == (0, before)
    swapped = await trying.try_hand_over(plan_id=plan_id, visit_id=mine, person_id=JONAS.id)
    assert (len(swapped.faults), swapped.ended) == (0, 0)
    assert swapped.gain == pytest.approx(0.0)

    await editing.move(actor=actor, plan_id=plan_id, visit_id=mine, block=taken)
    edit = await database.fetch_one("SELECT gain FROM plan_edit WHERE plan_id = {}", plan_id)
    assert edit is not None
    assert edit["gain"] == pytest.approx(trial.gain)
    found = await desk.desk(plan_id)
    assert (await desk.standing(plan_id, found.version)).faults == trial.faults
    free = next(block for block in range(5) if block not in before.values())
    assert (await trying.try_move(plan_id=plan_id, visit_id=mine, block=free)).ended == len(trial.faults)
    hr = house.browser(HELENE, **{"accept-language": "en"})
    said = await hr.get(f"/plans/{plan_id}/visits/{mine}/trial?block={free}")
    assert "no new conflict" in said.text
    page = await hr.get(f"/plans/{plan_id}?visit={mine}&block={free}")
    assert "no new conflict" in page.text
    assert "Helene Groß" in page.text  # who changed what by hand


async def test_accepted_visits_stay_where_they_can_when_it_is_planned_anew(house: House, programme_id: str) -> None:
    actor = await house.actor(HELENE)
    first = await searched(house, programme_id)
    await publish(house, first)
    await database.execute("UPDATE visit SET state = 'accepted' WHERE plan_id = {}", first)
    blocks = await blocks_of(first)
    second = await searched(house, programme_id, from_plan=first)
    assert await blocks_of(second) == blocks
    pins = await database.fetch("SELECT 1 FROM visit WHERE plan_id = {} AND pinned = {}", second, True)
    assert pins == []
    # Nobody is held to what cannot be any more
    day = f"2026-03-{2 + 7 * blocks[AYLIN.id]:02}" if blocks[AYLIN.id] < 4 else "2026-03-30"
    await facts.add_absence(actor=actor, person_id=AYLIN.id, first_day=day, last_day="")
    third = await searched(house, programme_id, from_plan=first)
    after = await blocks_of(third)
    kept = {person: block for person, block in blocks.items() if block != blocks[AYLIN.id]}
    assert len(kept) == 2
    assert after.keys() == blocks.keys()
    assert {person: after[person] for person in kept} == kept
    (moved,) = {block for person, block in after.items() if person not in kept}  # both of the swap, together
    assert moved not in blocks.values()


async def test_an_impossible_programme_says_what_would_make_it_possible(house: House, programme_id: str) -> None:
    actor = await house.actor(HELENE)
    first = await searched(house, programme_id)
    visit_id, block = await visit_in(first, AYLIN)
    await editing.pin(actor=actor, plan_id=first, visit_id=visit_id, pinned=True)
    day = f"2026-03-{2 + 7 * block:02}" if block < 4 else "2026-03-30"
    await facts.add_absence(actor=actor, person_id=AYLIN.id, first_day=day, last_day="")
    second = await searched(house, programme_id, from_plan=first)
    plan = await listing.plan(second)
    assert plan.state == "infeasible"
    about: dict[str, str | int | float] = {"person": AYLIN.id, "host": REGISTRATION.id, "block": str(block)}
    ways = msgspec.json.decode(plan.ways, type=list[list[Fault]])
    assert ways == [
        [Fault("loosen", about)],
        [Fault("present", {"person": AYLIN.id, "blocks": str(block)})],
    ]
    page = (await house.browser(HELENE, **{"accept-language": "en"}).get(f"/plans/{second}")).text
    assert "Aylin Demir is away in" in page
    assert "A plan exists after any one of these changes" in page
    assert "the visit of Aylin Demir to Patient registration in" in page


async def test_a_search_stopped_before_it_found_a_place_for_a_pin_says_that_nothing_is_decided(
    house: House, programme_id: str
) -> None:
    actor = await house.actor(HELENE)
    first = await searched(house, programme_id)
    visit_id, _block = await visit_in(first, AYLIN)
    await editing.pin(actor=actor, plan_id=first, visit_id=visit_id, pinned=True)
    await facts.add_absence(actor=actor, person_id=AYLIN.id, first_day="2026-03-01", last_day="2026-04-30")
    second = await solving.find_plan(actor=actor, programme_id=programme_id, seconds=10, from_plan=first)
    await solving.stop_search(actor=actor, plan_id=second)
    await run_due(KINDS)
    plan = await listing.plan(second)
    assert (plan.state, plan.status, plan.visits) == ("infeasible", "unknown", 0)
    assert msgspec.json.decode(plan.reasons, type=list[Fault]) == [Fault("pins_undecided", {})]
    page = (await house.browser(HELENE, **{"accept-language": "en"}).get(f"/plans/{second}")).text
    assert "No plan found yet" in page
    assert "None was found in time, nor shown to be impossible." in page
    assert "No plan keeps every rule" not in page


async def test_somebody_who_leaves_and_a_department_that_closes_are_named_and_mended_around(
    house: House, programme_id: str
) -> None:
    actor = await house.actor(HELENE)
    hr = house.browser(HELENE, **{"accept-language": "en"})
    plan_id = await searched(house, programme_id)
    blocks = await blocks_of(plan_id)
    await database.execute("UPDATE person SET deactivated_at = 1 WHERE id = {}", AYLIN.id)
    page = (await hr.get(f"/plans/{plan_id}/publication")).text
    assert "Left, or no longer in scope: Aylin Demir." in page
    assert "Somebody in the plan works here no longer, or is out of its scope." in page
    await editing.mend(actor=actor, plan_id=plan_id)
    gone = {person for person, block in blocks.items() if block == blocks[AYLIN.id]}
    after = await blocks_of(plan_id)
    assert after == {person: block for person, block in blocks.items() if person not in gone}
    assert "It keeps every rule with the data of now." in (await hr.get(f"/plans/{plan_id}/publication")).text

    await database.execute("UPDATE department SET archived_at = 1 WHERE id = {}", BILLING.id)
    page = (await hr.get(f"/plans/{plan_id}/publication")).text
    assert "Came into scope or left it: Billing and Patient registration." in page
    await editing.mend(actor=actor, plan_id=plan_id)
    assert await blocks_of(plan_id) == {}


async def test_a_swap_that_is_over_binds_nobody_when_somebody_leaves_after_it(house: House, programme_id: str) -> None:
    first = await searched(house, programme_id)
    await publish(house, first)
    blocks = await blocks_of(first)
    early = min(blocks, key=lambda person: blocks[person])
    house.clock.forward(7 * (blocks[early] + 1) * DAY)
    assert await end_what_is_over() == 2
    await database.execute("UPDATE person SET deactivated_at = 1 WHERE id = {}", early)
    second = await searched(house, programme_id, from_plan=first)
    assert (await listing.plan(second)).state == "ready"
    await publish(house, second)
    done = await database.fetch("SELECT id FROM visit WHERE state = 'done'")
    assert len(done) == 2
