"""From a proposal to an award in the feed, and never beyond the budget."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import httpx
import pytest

from api.approvals import queries
from api.approvals import service as approvals
from api.awards import privacy
from api.awards.rules import forecast
from api.core import database
from api.core.erasing import MARK
from api.core.errors import Conflict
from api.core.ids import uuid7
from api.points.periods import period_on
from api.points.records import change_settings
from api.verify import verify
from tests.support.cases import decide, settle
from tests.support.desk import Desk
from tests.support.house import House, refusal
from tests.support.organisation import AYLIN, BILLING, HELENE, JONAS, KATHARINA, MIRIAM, Person
from tests.support.points import earned, switch_on
from tests.support.told import deliver, told

WORDS = "She stayed until the last bill was through, and wrote down why it had happened."


async def programme(house: House, **more: Any) -> str:
    """An award of 100 points that everyone can propose somebody for, with 150 points in billing's budget."""
    await switch_on()
    await database.execute("UPDATE department SET manager_id = {} WHERE id = {}", KATHARINA.id, BILLING.id)
    desk = Desk(house, HELENE)
    await desk.do("POST", f"/departments/{BILLING.id}/funding", points=150)
    made = await desk.do("POST", "/awards", name_en="Night shift", text_en="For the long ones.", points=100, **more)
    return str(made["id"])


async def propose(house: House, giver: Person, award: str, person: Person = AYLIN, **more: Any) -> httpx.Response:
    body = {"programme": award, "person": person.id, "message": WORDS, **more}
    return await house.browser(giver).post("/api/v1/nominations", json=body)


async def proposed(house: House, giver: Person, award: str, person: Person = AYLIN, **more: Any) -> str:
    """The case's id."""
    answer = await propose(house, giver, award, person, **more)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["items"][0]["approval"])


async def budget(house: House, person: Person = KATHARINA) -> tuple[int, int, int]:
    found = (await house.browser(person).get("/api/v1/budgets")).json()["items"]
    mine = next(item for item in found if item["department"]["id"] == BILLING.id)
    return mine["spent"], mine["held"], mine["free"]


async def test_a_proposal_becomes_an_award_in_the_feed_and_pays_from_the_budget(house: House) -> None:
    award = await programme(house)
    thanks = await house.give(JONAS, AYLIN)
    case = await proposed(house, JONAS, award, kudos=thanks)
    assert (await budget(house), await earned(AYLIN)) == ((0, 100, 50), 0)
    shown = (await house.browser(KATHARINA).get("/api/v1/approvals")).json()["items"][0]
    assert shown["case"]["title"] == "Night shift, 100 points"
    assert shown["case"]["facts"][1]["meter"] == {"spent": 0, "held": 0, "this": 100, "total": 150}
    assert await house.feed(MIRIAM) == [thanks]
    await decide(house, KATHARINA, case)
    await settle(house)
    assert (await budget(house), await earned(AYLIN)) == ((100, 0, 50), 100)
    granted = (await house.feed(MIRIAM))[0]
    item = await house.seen(MIRIAM, granted)
    assert item["award"] == {"name": "Night shift", "points": 100}
    assert (item["giver"]["id"], item["recipients"][0]["id"]) == (JONAS.id, AYLIN.id)
    assert (await house.browser(JONAS).delete(f"/api/v1/kudos/{granted}")).status_code == 409
    await deliver(house)
    assert await told() == {"Aylin": ["thanked", "thanked"], "Jonas": ["answered"]}  # no longer that somebody asks
    mine = (await house.browser(JONAS).get("/api/v1/nominations")).json()["items"][0]
    assert (mine["state"], mine["kudos"]) == ("granted", granted)


async def test_declined_or_taken_back_the_points_are_free_again(house: House) -> None:
    award = await programme(house)
    case = await proposed(house, JONAS, award)
    await decide(house, KATHARINA, case, "decline", "The budget is for the migration.")
    await settle(house)
    assert await budget(house) == (0, 0, 150)
    case = await proposed(house, JONAS, award)
    await approvals.cancel(actor=await house.actor(JONAS), approval_id=case)
    assert (await budget(house), await earned(AYLIN)) == ((0, 0, 150), 0)
    assert await house.feed(MIRIAM) == []


async def test_an_exhausted_budget_says_so_when_somebody_is_proposed(house: House) -> None:
    award = await programme(house)
    await proposed(house, JONAS, award)
    again = await propose(house, MIRIAM, award)
    assert again.status_code == 409
    assert "Budget exhausted" in again.json()["detail"]
    assert "50 points left" in again.json()["detail"]
    assert await budget(house) == (0, 100, 50)
    await Desk(house, HELENE).do("POST", f"/departments/{BILLING.id}/funding", points=100)
    twice = await propose(house, MIRIAM, award)
    assert "proposed for this award already" in twice.json()["detail"]
    assert await budget(house) == (0, 100, 150)


async def test_a_budget_lasts_as_long_as_the_house_says_and_what_waits_keeps_its_own(house: House) -> None:
    award = await programme(house)
    await proposed(house, JONAS, award)
    await change_settings(actor=None, changes={"budget_rhythm": "month"})
    shown = (await house.browser(KATHARINA).get("/api/v1/budgets")).json()
    assert (shown["period"], shown["first"], shown["last"]) == ("2026-03", "2026-03-01", "2026-03-31")
    assert await budget(house) == (0, 0, 0)
    case = (await house.browser(KATHARINA).get("/api/v1/approvals")).json()["items"][0]["case"]
    assert case["facts"][1]["meter"] == {"spent": 0, "held": 0, "this": 100, "total": 150}
    await Desk(house, HELENE).do("POST", f"/departments/{BILLING.id}/funding", points=30)
    assert await budget(house) == (0, 0, 30)


async def test_proposals_at_once_never_hold_more_than_there_is(house: House) -> None:
    award = await programme(house)
    other = (await Desk(house, HELENE).do("POST", "/awards", name_en="Other", points=60))["id"]
    answers = await asyncio.gather(
        *(propose(house, giver, which) for giver in (JONAS, MIRIAM, HELENE) for which in (award, other))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]
    spent, held, free = await budget(house)
    assert (spent, held + free, held in (60, 100)) == (0, 150, True)


async def test_what_waits_is_read_in_as_many_statements_for_one_as_for_many(house: House) -> None:
    award = await programme(house)
    desk = Desk(house, HELENE)
    await desk.do("POST", f"/departments/{BILLING.id}/funding", points=1_000)
    katharina = await house.actor(KATHARINA)
    counts = []
    for number in range(4):
        await proposed(house, JONAS, award)
        award = str((await desk.do("POST", "/awards", name_en=f"Award {number}", points=10))["id"])
        with database.count_statements() as counted:
            page = await queries.listed(katharina, "waiting")
            await queries.deputies(katharina)
        assert len(page.items) == number + 1
        counts.append(counted.n)
    assert counts == [6, 6, 6, 6]


async def test_who_may_propose_whom(house: House) -> None:
    award = await programme(house, nominators="others")
    assert "other departments" in refusal(await propose(house, KATHARINA, award), 422)["person"]
    assert "than yourself" in refusal(await propose(house, AYLIN, award), 422)["person"]
    managers = (await Desk(house, HELENE).do("POST", "/awards", name_en="M", points=1, nominators="managers"))["id"]
    assert (await propose(house, JONAS, managers)).status_code == 403
    over = (await Desk(house, HELENE).do("POST", "/awards", name_en="O", points=1, until_day="2026-03-01"))["id"]
    assert (await propose(house, JONAS, over)).status_code == 409
    # The head of the department proposes somebody of their own: not theirs to decide.
    case = await proposed(house, KATHARINA, managers)
    with pytest.raises(Conflict):
        await decide(house, KATHARINA, case)
    assert [step["deciders"][0]["id"] for step in (await _steps(house, case))] == [HELENE.id]


async def _steps(house: House, case: str) -> list[dict[str, Any]]:
    answer = await house.browser(HELENE).get(f"/api/v1/approvals/{case}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["steps"]
    return found


async def test_a_private_award_is_seen_by_two_and_the_same_request_proposes_once(house: House) -> None:
    award = await programme(house, approvals=2)
    key = uuid7()
    first, second = [await propose(house, JONAS, award, private=True, id=key) for _again in range(2)]
    assert (first.status_code, second.status_code) == (201, 200)
    case = first.json()["items"][0]["approval"]
    for person in (KATHARINA, HELENE):
        await decide(house, person, case)
        await settle(house)
    assert await house.feed(MIRIAM) == []
    assert len(await house.feed(AYLIN)) == 1


async def test_of_an_erased_person_no_words_and_no_held_points_are_left(house: House) -> None:
    award = await programme(house)
    case = await proposed(house, JONAS, award)
    await decide(house, KATHARINA, case, "decline", "Aylin knows why.")
    await settle(house)
    await proposed(house, JONAS, award)
    mine = await privacy.about(JONAS.id)
    assert [(one["state"], one["message"]) for one in mine["proposed"]] == [("declined", WORDS), ("open", WORDS)]
    assert (await privacy.about(AYLIN.id))["awards"] == []  # what was not granted is between those who decide
    gone = await house.browser(HELENE).post(f"/api/v1/people/{AYLIN.id}/erasure", json={"name": AYLIN.name})
    assert gone.status_code == 204, gone.text
    assert await budget(house) == (0, 0, 150)
    rows = await database.fetch("SELECT message FROM nomination UNION ALL SELECT reason FROM approval_step")
    assert {row[0] for row in rows} == {""}
    assert [outcome.says async for outcome in verify() if outcome.broken] == []


async def test_an_erased_persons_name_goes_from_what_others_wrote(house: House) -> None:
    award = await programme(house, criteria_en=f"As {MIRIAM.name} does.")
    case = await proposed(house, JONAS, award, message=f"She did it with @{MIRIAM.name}, as Miriam\nOkafor says.")
    await decide(house, KATHARINA, case, "decline", f"{MIRIAM.name} knows why.")
    await settle(house)
    gone = await house.browser(HELENE).post(f"/api/v1/people/{MIRIAM.id}/erasure", json={"name": MIRIAM.name})
    assert gone.status_code == 204, gone.text
    rows = await database.fetch(
        """SELECT message FROM nomination UNION ALL SELECT reason FROM approval_step
        UNION ALL SELECT criteria_en FROM award_programme UNION ALL SELECT after FROM change WHERE subject_id = {}""",
        award,
    )
    assert [row[0] for row in rows][:3] == [f"She did it with {MARK}, as {MARK} says.", "… knows why.", "As … does."]
    assert "Okafor" not in rows[3][0]


def test_the_forecast_goes_on_as_it_went() -> None:
    period = period_on(date(2026, 11, 15), "quarter")
    assert (period.key, period.first, period.next) == ("2026-Q4", date(2026, 10, 1), date(2027, 1, 1))
    assert forecast(period, date(2026, 10, 31), used=310, free=100).until == date(2026, 11, 10)
    calm = forecast(period, date(2026, 10, 31), used=31, free=100)
    assert (calm.until, calm.left) == (None, 39)
    assert forecast(period, date(2026, 12, 31), used=0, free=7).left == 7
