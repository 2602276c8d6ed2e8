"""People accept, decline, change their minds, hand visits over; managers agree or object; what is over is done."""

from __future__ import annotations

import pytest

from api.core import database
from api.core.clock import DAY
from api.core.errors import Conflict, Invalid, NotFound
from api.core.jobs.worker import run_due
from api.rotations import board, data, facts, mine, offering, repairing, visiting
from api.rotations.ending import end_what_is_over
from api.work import KINDS
from tests.support.cases import asked, decide, settle
from tests.support.house import House
from tests.support.organisation import (
    AYLIN,
    BILLING,
    DEPENDENCY,
    HELENE,
    JONAS,
    KATHARINA,
    MIRIAM,
    REGISTRATION,
)
from tests.support.visits import published, states, visit_of


async def _case(uid_of: str) -> str | None:
    """The open case about a visit."""
    row = await database.fetch_one(
        "SELECT a.id FROM approval a JOIN visit v ON v.uid = a.subject_id WHERE v.id = {} AND a.state = 'open'", uid_of
    )
    return None if row is None else str(row["id"])


async def test_a_person_accepts_declines_with_a_reason_and_thinks_better_of_it(house: House) -> None:
    await published(house)
    aylin, visit = await house.actor(AYLIN), await visit_of(AYLIN)
    with pytest.raises(NotFound):
        await visiting.accept(actor=await house.actor(JONAS), visit_id=visit)
    for _twice in range(2):
        await visiting.accept(actor=aylin, visit_id=visit)
    assert await states() == {"Aylin": "accepted", "Miriam": "proposed"}
    with pytest.raises(Invalid, match="Say why"):
        await visiting.decline(actor=aylin, visit_id=visit, reason="  ")
    await visiting.decline(actor=aylin, visit_id=visit, reason="My exam is that week.", other_time=True)
    assert (await states())["Aylin"] == "declined"
    await visiting.take_back(actor=aylin, visit_id=visit)
    assert (await states())["Aylin"] == "proposed"
    assert await database.fetch("SELECT 1 FROM approval") == []  # no day is set until which managers may object
    rows = await database.fetch("SELECT kind FROM event WHERE subject_id = {} ORDER BY id", visit)
    assert [row["kind"] for row in rows] == ["visit.accepted", "visit.declined", "visit.proposed"]
    house.clock.forward(20 * DAY)
    with pytest.raises(Conflict, match="has begun"):
        await visiting.decline(actor=aylin, visit_id=visit, reason="Too late.")


async def test_a_manager_objects_with_a_reason_and_silence_agrees(house: House) -> None:
    await published(house, answer_by="2026-03-06")
    aylin, miriam = await visit_of(AYLIN), await visit_of(MIRIAM)
    one, other = await _case(aylin), await _case(miriam)
    assert one is not None
    assert other is not None
    assert (await asked(one), await asked(other)) == (["Katharina"], ["Tomasz"])  # Helene of HR asks, so she is out
    with pytest.raises(NotFound):  # nobody in their own case
        await decide(house, AYLIN, one)
    await decide(house, KATHARINA, one, "decline", "Month’s end.")
    assert (await states())["Aylin"] == "proposed"  # it could still be undone
    await settle(house)
    assert await states() == {"Aylin": "objected", "Miriam": "proposed"}
    with pytest.raises(Conflict, match="objects"):
        await visiting.accept(actor=await house.actor(AYLIN), visit_id=aylin)
    house.clock.forward(6 * DAY)
    await run_due(KINDS)
    assert await _case(miriam) is None
    assert await states() == {"Aylin": "objected", "Miriam": "proposed"}


async def test_managers_are_not_asked_about_what_is_declined(house: House) -> None:
    await published(house, answer_by="2026-03-06")
    visit = await visit_of(AYLIN)
    await visiting.decline(actor=await house.actor(AYLIN), visit_id=visit, reason="No.")
    assert await _case(visit) is None
    await visiting.take_back(actor=await house.actor(AYLIN), visit_id=visit)
    assert await _case(visit) is not None


async def test_a_colleague_takes_a_visit_if_the_plan_allows_it(house: House) -> None:
    await published(house)
    aylin, visit = await house.actor(AYLIN), await visit_of(AYLIN)
    found = await offering.candidates(actor=aylin, visit_id=visit, language="en")
    assert [(one.person.id, one.visits, one.same_place) for one in found] == [(KATHARINA.id, 0, False)]
    with pytest.raises(Invalid, match="could make"):
        await offering.offer(actor=aylin, visit_id=visit, person_id=JONAS.id)
    offer = await offering.offer(actor=aylin, visit_id=visit, person_id=KATHARINA.id)
    assert await offering.offer(actor=aylin, visit_id=visit, person_id=KATHARINA.id) == offer
    katharina = await house.actor(KATHARINA)
    await offering.refuse(actor=katharina, offer_id=offer)
    with pytest.raises(Conflict):
        await offering.take(actor=katharina, offer_id=offer)
    offer = await offering.offer(actor=aylin, visit_id=visit, person_id=KATHARINA.id)
    taken = await offering.take(actor=katharina, offer_id=offer)
    assert await visit_of(KATHARINA) == taken
    assert await states() == {"Katharina": "accepted", "Miriam": "proposed"}


async def test_an_absence_that_came_meanwhile_stops_the_exchange(house: House) -> None:
    await published(house)
    visit = await visit_of(AYLIN)
    offer = await offering.offer(actor=await house.actor(AYLIN), visit_id=visit, person_id=KATHARINA.id)
    await facts.add_absence(
        actor=await house.actor(HELENE), person_id=KATHARINA.id, first_day="2026-03-18", last_day=""
    )
    with pytest.raises(Conflict, match="meanwhile"):
        await offering.take(actor=await house.actor(KATHARINA), offer_id=offer)
    assert await offering.candidates(actor=await house.actor(AYLIN), visit_id=visit, language="en") == []


async def test_who_goes_there_anyway_changes_times(house: House) -> None:
    await published(
        house,
        *((AYLIN, REGISTRATION, 1, 0), (MIRIAM, BILLING, 1, 0), (KATHARINA, REGISTRATION, 3, 1)),
        (JONAS, BILLING, 3, 1),
    )
    found = await offering.candidates(actor=await house.actor(AYLIN), visit_id=await visit_of(AYLIN), language="en")
    assert [(one.person.id, one.visits, one.same_place) for one in found] == [(KATHARINA.id, 1, True)]
    offer = await offering.offer(actor=await house.actor(AYLIN), visit_id=await visit_of(AYLIN), person_id=KATHARINA.id)
    await offering.take(actor=await house.actor(KATHARINA), offer_id=offer)
    rows = await database.fetch(
        "SELECT person_id, block, state FROM visit WHERE host_id = {} AND state <> 'cancelled' ORDER BY block",
        REGISTRATION.id,
    )
    assert [tuple(row) for row in rows] == [(KATHARINA.id, 1, "accepted"), (AYLIN.id, 3, "proposed")]


async def test_an_exchange_leaves_a_visit_alone_that_has_begun_is_over_or_in_question(house: House) -> None:
    await published(
        house,
        *((KATHARINA, REGISTRATION, 1, 0), (JONAS, BILLING, 1, 0), (AYLIN, REGISTRATION, 4, 1)),
        (MIRIAM, BILLING, 4, 1),
    )
    aylin, katharina, visit = await house.actor(AYLIN), await house.actor(KATHARINA), await visit_of(AYLIN)
    theirs = await visit_of(KATHARINA)

    async def refused() -> None:
        assert await offering.candidates(actor=aylin, visit_id=visit, language="en") == []
        with pytest.raises(Conflict, match="with you, this visit would break a rule"):
            await offering.take(actor=katharina, offer_id=offer)

    offer = await offering.offer(actor=aylin, visit_id=visit, person_id=KATHARINA.id)
    await visiting.decline(actor=katharina, visit_id=theirs, reason="My exam.", other_time=True)
    await refused()
    await visiting.take_back(actor=katharina, visit_id=theirs)
    house.clock.forward(15 * DAY)
    await refused()  # theirs has begun
    house.clock.forward(7 * DAY)
    assert await end_what_is_over() == 2
    await refused()  # theirs is over
    assert await states() == {"Aylin": "proposed", "Jonas": "done", "Katharina": "done", "Miriam": "proposed"}


async def test_nobody_is_asked_to_take_a_visit_that_is_off_or_in_question(house: House) -> None:
    await published(house, answer_by="2026-03-06")
    aylin, visit = await house.actor(AYLIN), await visit_of(AYLIN)

    async def waiting() -> list[str]:
        found = await mine.offers("en", "o.to_id = {}", KATHARINA.id)
        open_ones = await database.fetch("SELECT id FROM visit_offer WHERE state = 'open'")
        assert [one.id for one in found] == [row["id"] for row in open_ones]
        return [one.id for one in found]

    first = await offering.offer(actor=aylin, visit_id=visit, person_id=KATHARINA.id)
    assert await waiting() == [first]
    await visiting.decline(actor=aylin, visit_id=visit, reason="No.")
    assert await waiting() == []
    await visiting.take_back(actor=aylin, visit_id=visit)
    case = await _case(visit)
    assert case is not None
    second = await offering.offer(actor=aylin, visit_id=visit, person_id=KATHARINA.id)
    await decide(house, KATHARINA, case, "decline", "Month’s end.")
    await settle(house)
    assert (await states())["Aylin"] == "objected"
    assert await waiting() == []
    await database.execute("UPDATE visit_offer SET state = 'open' WHERE id = {}", second)
    assert await mine.offers("en", "o.to_id = {}", KATHARINA.id) == []


async def test_an_answer_that_is_taken_back_forbids_nothing_though_a_repair_was_proposed(house: House) -> None:
    programme_id, _plan = await published(house)
    aylin, visit = await house.actor(AYLIN), await visit_of(AYLIN)

    async def forbidden() -> list[data.BanData]:
        return (await data.basis(programme_id)).bans

    await visiting.decline(actor=aylin, visit_id=visit, reason="That week is bad.", other_time=True)
    assert await forbidden() == [data.BanData(AYLIN.id, None, REGISTRATION.id, 1)]
    await visiting.take_back(actor=aylin, visit_id=visit)
    await visiting.decline(actor=aylin, visit_id=visit, reason="I know them well.")
    assert await forbidden() == [data.BanData(AYLIN.id, None, REGISTRATION.id, None)]
    await repairing.propose(actor=await house.actor(HELENE), programme_id=programme_id)
    await visiting.take_back(actor=aylin, visit_id=visit)
    assert await forbidden() == []


async def test_who_has_left_before_a_visit_has_not_made_it(house: House) -> None:
    await published(house)
    week = 7 * DAY
    left = "UPDATE person SET deactivated_at = {} WHERE id = {}"
    await database.execute(left, house.clock() + week, AYLIN.id)
    await database.execute(left, house.clock() + 3 * week, MIRIAM.id)
    house.clock.forward(4 * week)
    assert await end_what_is_over() == 1
    assert await states() == {"Aylin": "proposed", "Miriam": "done"}


async def test_what_is_over_is_done_exactly_once(house: House) -> None:
    programme_id, plan_id = await published(house)
    await visiting.accept(actor=await house.actor(AYLIN), visit_id=await visit_of(AYLIN))
    assert await end_what_is_over() == 0
    house.clock.forward(30 * DAY)
    assert [await end_what_is_over(), await end_what_is_over()] == [2, 0]
    assert await states() == {"Aylin": "done", "Miriam": "done"}
    rows = await database.fetch("SELECT subject_id FROM event WHERE kind = 'visit.done'")
    assert {row["subject_id"] for row in rows} == {await visit_of(AYLIN), await visit_of(MIRIAM)}
    assert len(rows) == 2
    (edge,) = (await board.board(plan_id, programme_id, [DEPENDENCY], "en")).coverage
    assert (edge.before, edge.planned) == ((0, 0), (1, 1))  # what the plan itself has brought was not there before
