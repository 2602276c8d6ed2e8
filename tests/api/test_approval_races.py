"""Two at once, a double click, a decision against its undo, a worker that died: one clear answer, nothing doubled."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from api.approvals import jobs, service, steps
from api.approvals.rules import Who
from api.core import database
from api.core.errors import Conflict
from api.core.jobs import Job, LostLease
from tests.support.cases import ask, asked, decide, effects, settle, state
from tests.support.house import House, refusal
from tests.support.organisation import AYLIN, HELENE, JONAS, KATHARINA, MIRIAM, Person

API = "/api/v1/approvals/decisions"


async def two_in_hr() -> None:
    await database.execute("UPDATE person SET roles = 'hr' WHERE id = {}", MIRIAM.id)


async def post(house: House, person: Person, case: str, decision: str = "approve") -> httpx.Response:
    body = {"approvals": [case], "decision": decision, "reason": "No." if decision == "decline" else "", "step": 1}
    return await house.browser(person).post(API, json=body)


async def test_two_who_may_decide_at_once_get_one_yes_and_one_sentence(house: House) -> None:
    await two_in_hr()
    for _round in range(5):
        case = await ask(JONAS, first=Who.HR)
        assert await asked(case) == ["Helene", "Miriam"]
        answers = await asyncio.gather(post(house, HELENE, case), post(house, MIRIAM, case, "decline"))
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        late = next(answer for answer in answers if answer.status_code == 409)
        winner = "Helene Groß" if answers[0].status_code == 200 else "Miriam Okafor"
        done = "approved" if answers[0].status_code == 200 else "declined"
        assert late.json()["detail"] == f"{winner} was quicker and has {done} this."
        await settle(house)
        assert (await state(case), await effects(case)) == (done, [done])


async def test_a_double_click_is_one_decision_with_one_answer(house: House) -> None:
    case = await ask(AYLIN)
    answers = await asyncio.gather(*(post(house, KATHARINA, case) for _click in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    await settle(house)
    assert await effects(case) == ["approved"]
    row = await database.fetch_one(
        "SELECT COUNT(*) FROM event WHERE subject_id = {} AND kind = 'approval.decided'", case
    )
    assert row is not None
    assert row[0] == 1
    refusal(await post(house, KATHARINA, case), 409)  # a stale page


async def test_a_double_click_on_several_cases_is_one_decision_that_can_be_undone(house: House) -> None:
    cases = sorted([await ask(AYLIN) for _case in range(3)] + [await ask(KATHARINA)])
    body = {"approvals": cases, "decision": "approve"}
    answers = await asyncio.gather(*(house.browser(KATHARINA).post(API, json=body) for _click in range(5)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    made = answers[0].json()
    assert (len(made["decided"]), [one["detail"] for one in made["refused"]]) == (
        3,
        ["Nobody decides in their own case."],
    )
    # A new one among them is a decision of its own, and those before are left out of it.
    more = sorted([*made["decided"], await ask(AYLIN)])
    other = (await house.browser(KATHARINA).post(API, json={**body, "approvals": more})).json()
    assert other["decided"] == sorted(set(more) - set(cases))
    assert {one["approval"] for one in other["refused"]} == set(made["decided"])
    assert (await house.browser(KATHARINA).delete(f"{API}/{made['decision']}")).status_code == 204
    await settle(house)
    assert [await state(case) for case in made["decided"]] == ["open"] * 3
    assert await effects(other["decided"][0]) == ["approved"]


async def test_undo_against_settling_happens_wholly_or_not(house: House) -> None:
    katharina = await house.actor(KATHARINA)
    for _round in range(5):
        case = await ask(AYLIN)
        decided = await decide(house, KATHARINA, case)
        house.clock.forward(61_000_000)

        async def undo(decision: str = decided.id) -> bool:
            try:
                await service.undo(actor=katharina, decision_id=decision)
            except Conflict:
                return False
            return True

        undone, _done = await asyncio.gather(undo(), settle(house))
        assert (await state(case), await effects(case)) == (("open", []) if undone else ("approved", ["approved"]))
        if undone:
            await service.cancel(actor=await house.actor(AYLIN), approval_id=case)


async def test_a_worker_that_lost_its_lease_settles_nothing(house: House) -> None:
    case = await ask(AYLIN)
    decided = await decide(house, KATHARINA, case)
    row = await database.fetch_one("SELECT * FROM job WHERE kind = {}", service.SETTLE)
    assert row is not None
    lost = Job(row["id"], row["kind"], row["subject_id"], row["detail"], 1, decided.id)
    with pytest.raises(LostLease):
        await jobs.settle(lost)
    assert await effects(case) == []

    @database.transaction
    async def interrupted() -> None:
        await steps.settle(case, decided.id)
        raise RuntimeError("the process dies here")

    with pytest.raises(RuntimeError):
        await interrupted()
    assert (await state(case), await effects(case)) == ("open", [])
    await settle(house)
    assert await effects(case) == ["approved"]


async def test_the_one_who_asked_takes_it_back_while_it_is_decided(house: House) -> None:
    aylin = await house.actor(AYLIN)
    for _round in range(5):
        case = await ask(AYLIN)
        await asyncio.gather(post(house, KATHARINA, case), service.cancel(actor=aylin, approval_id=case))
        await settle(house)
        assert (await state(case), await effects(case)) == ("cancelled", ["cancelled"])
