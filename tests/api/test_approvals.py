"""Who decides, in which order, until when; and what follows exactly once."""

from __future__ import annotations

from typing import Any

import pytest

from api.approvals import queries, service
from api.approvals.deputies import name_deputy
from api.approvals.rules import Who
from api.core import database
from api.core.clock import DAY
from api.core.errors import Conflict, Invalid, NotFound
from api.people.service import leave
from tests.support.cases import ask, asked, decide, effects, settle, state
from tests.support.house import House
from tests.support.organisation import AYLIN, BRITTA, HELENE, JONAS, KATHARINA, MIRIAM, TOMASZ, Person


async def lead(person: Person, manager: Person) -> None:
    await database.execute("UPDATE person SET manager_id = {} WHERE id = {}", manager.id, person.id)


async def test_the_manager_approves_and_it_takes_effect_once_after_the_minute(house: House) -> None:
    case = await ask(AYLIN)
    assert await asked(case) == ["Katharina"]
    await decide(house, KATHARINA, case)
    await settle(house, 30)
    assert (await state(case), await effects(case)) == ("open", [])
    await settle(house, 31)
    assert (await state(case), await effects(case)) == ("approved", ["approved"])
    await settle(house, 3600)
    assert await effects(case) == ["approved"]


async def test_a_decline_needs_a_reason_and_ends_it(house: House) -> None:
    case = await ask(AYLIN)
    with pytest.raises(Invalid):
        await decide(house, KATHARINA, case, "decline", "  ")
    await decide(house, KATHARINA, case, "decline", "Too many are away.")
    await settle(house)
    assert (await state(case), await effects(case)) == ("declined", ["declined"])


async def test_undone_within_the_minute_nothing_has_happened(house: House) -> None:
    case = await ask(AYLIN)
    decided = await decide(house, KATHARINA, case)
    katharina = await house.actor(KATHARINA)
    assert await service.undo(actor=katharina, decision_id=decided.id) == [case]
    assert await service.undo(actor=katharina, decision_id=decided.id) == [case]  # a double click
    await settle(house)
    assert (await state(case), await effects(case), await asked(case)) == ("open", [], ["Katharina"])
    again = await decide(house, KATHARINA, case, "decline")
    await settle(house)
    with pytest.raises(Conflict):
        await service.undo(actor=katharina, decision_id=again.id)
    with pytest.raises(NotFound):
        await service.undo(actor=await house.actor(MIRIAM), decision_id=again.id)


async def test_nobody_decides_their_own_case_or_that_of_somebody_who_decides_theirs(house: House) -> None:
    # One's own request: up the ladder, and to HR where it ends.
    assert await asked(await ask(KATHARINA)) == ["Helene"]
    # A manager proposes somebody they lead: not theirs to decide.
    assert await asked(await ask(KATHARINA, AYLIN)) == ["Helene"]
    # HR's own goes to the administrators.
    assert await asked(await ask(HELENE)) == ["Tomasz"]
    # The head of the department is led by the person concerned: passed over, and their other boss is asked.
    await database.execute("UPDATE department SET manager_id = {} WHERE id = {}", AYLIN.id, MIRIAM.department.id)
    await lead(KATHARINA, MIRIAM)
    assert await asked(await ask(MIRIAM, first=Who.BUDGET)) == ["Helene"]
    assert await asked(await ask(JONAS, first=Who.BUDGET)) == ["Aylin"]
    # Whoever waits for somebody's decision does not decide about them meanwhile.
    await lead(BRITTA, TOMASZ)
    await lead(TOMASZ, JONAS)
    await lead(JONAS, BRITTA)
    await database.execute("UPDATE person SET manager_id = NULL WHERE id = {}", JONAS.id)
    case = await ask(BRITTA)
    assert await asked(case) == ["Tomasz"]
    with pytest.raises(Conflict):
        await decide(house, BRITTA, case)
    with pytest.raises(NotFound):  # what is none of one's business does not exist
        await decide(house, MIRIAM, case)


async def test_large_amounts_need_more_people(house: House) -> None:
    await lead(KATHARINA, MIRIAM)
    rule: dict[str, Any] = {"free_up_to": 10, "two_above": 100, "hr_above": 500}
    small = await ask(AYLIN, amount=10, **rule)
    assert (await state(small), await effects(small)) == ("approved", ["approved"])
    case = await ask(AYLIN, amount=501, **rule)
    for person in (KATHARINA, MIRIAM, HELENE):
        assert await asked(case) == [person.given_name]
        await decide(house, person, case)
        await settle(house)
    assert (await state(case), await effects(case)) == ("approved", ["approved"])
    together = await ask(AYLIN, amount=501, together=True, **rule)
    assert await asked(together) == ["Helene", "Katharina", "Miriam"]
    await decide(house, HELENE, together)
    await decide(house, KATHARINA, together, "decline")
    await settle(house)
    assert (await state(together), await effects(together)) == ("declined", ["declined"])


async def test_who_is_slow_is_reminded_and_then_the_next_is_asked_too(house: House) -> None:
    await lead(KATHARINA, MIRIAM)
    case = await ask(AYLIN, due_days=3)
    await settle(house, 49 * 3600)
    kinds = [
        row["kind"] for row in await database.fetch("SELECT kind FROM event WHERE subject_id = {} ORDER BY id", case)
    ]
    assert kinds == ["approval.asked", "approval.opened", "approval.reminded"]
    await settle(house, 24 * 3600)
    assert await asked(case) == ["Katharina", "Miriam"]
    await settle(house, 5 * 24 * 3600)
    assert await asked(case) == ["Helene", "Katharina", "Miriam"]
    await decide(house, MIRIAM, case)
    await settle(house)
    assert await effects(case) == ["approved"]


async def test_whoever_leaves_is_followed_by_the_next(house: House) -> None:
    await lead(KATHARINA, MIRIAM)
    case = await ask(AYLIN)
    await leave(actor=await house.actor(HELENE), person_id=KATHARINA.id)
    await settle(house, 1)
    assert await asked(case) == ["Miriam"]
    await decide(house, MIRIAM, case)
    await settle(house)
    assert await effects(case) == ["approved"]


async def test_what_changed_during_the_minute_counts_when_it_is_undone(house: House) -> None:
    await lead(KATHARINA, MIRIAM)
    case = await ask(AYLIN)
    decided = await decide(house, KATHARINA, case)
    await lead(AYLIN, MIRIAM)
    await lead(KATHARINA, AYLIN)  # Aylin decides for Katharina now
    await service.undo(actor=await house.actor(KATHARINA), decision_id=decided.id)
    assert await asked(case) == ["Miriam"]


async def test_a_deputy_decides_for_others_but_not_about_those_who_decide_for_them(house: House) -> None:
    days = {"from_day": "2026-03-02", "until_day": "2026-03-06"}
    await name_deputy(actor=await house.actor(KATHARINA), deputy_id=MIRIAM.id, **days)
    await name_deputy(actor=await house.actor(HELENE), deputy_id=MIRIAM.id, **days)
    await lead(MIRIAM, BRITTA)
    cases = [await ask(AYLIN) for _case in range(3)]
    above = await ask(BRITTA, first=Who.HR)  # Britta decides for Miriam
    own = await ask(MIRIAM, first=Who.HR)
    miriam = await house.actor(MIRIAM)
    counts = []
    for limit in (1, 10):
        with database.count_statements() as counted:
            page = await queries.listed(miriam, "waiting", limit=limit)
        counts.append(counted.n)
    assert counts[0] == counts[1]
    assert [item.id for item in page.items] == cases[::-1]
    assert {item.acting_for and item.acting_for.id for item in page.items} == {KATHARINA.id}
    for case in (above, own):
        with pytest.raises(Conflict):
            await decide(house, MIRIAM, case)
    await decide(house, MIRIAM, cases[0])
    await settle(house)
    assert await effects(cases[0]) == ["approved"]
    house.clock.forward(5 * DAY)
    assert (await queries.listed(miriam, "waiting")).items == []


async def test_the_requester_takes_it_back(house: House) -> None:
    case = await ask(AYLIN)
    await decide(house, KATHARINA, case)
    with pytest.raises(NotFound):
        await service.cancel(actor=await house.actor(JONAS), approval_id=case)
    for _again in range(2):
        await service.cancel(actor=await house.actor(AYLIN), approval_id=case)
    await settle(house)
    assert (await state(case), await effects(case)) == ("cancelled", ["cancelled"])
    with pytest.raises(Conflict):
        await decide(house, KATHARINA, case, step=1)
