"""What a period gives: once, pro rata, up to the carry-over, whatever clocks and restarts do."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest

from api.core import database
from api.core.clock import DAY, WEEK
from api.core.errors import Conflict, NotFound
from api.core.ids import uuid7
from api.points.errors import NotEnough
from api.points.jobs import entitled, grant_due
from api.points.periods import day_of, period_of, period_on
from api.points.queries import coming, purse
from api.points.records import change_settings, rules
from api.points.rules import AccountKind
from api.points.service import boost, fund_budget, grant_allowances
from api.points.settings import PointRules
from api.verify import verify
from tests.support.house import House
from tests.support.organisation import AYLIN, BILLING, HELENE, JONAS, KATHARINA, MIRIAM, NOBODY, OPENED_AT, PEOPLE
from tests.support.points import on, pot, switch_on

RULES = PointRules(
    enabled=1, hidden=0, rhythm="month", amount=100, amount_manager=150, amount_hr=120, carry_percent=200,
    ring_percent=30, levels="", person_percent=50, mutual_times=3, burst_times=10, time_zone="Europe/Berlin",
)  # fmt: skip


@pytest.mark.parametrize(
    ("rhythm", "time_zone", "at", "key", "days"),
    [
        ("month", "UTC", OPENED_AT, "2026-03", 31),
        ("month", "UTC", OPENED_AT - 7 * DAY, "2026-02", 28),
        ("week", "UTC", OPENED_AT, "2026-W10", 7),
        ("week", "UTC", OPENED_AT - 10 * 3_600_000_000, "2026-W09", 7),  # Sunday, 23:00
        ("week", "Europe/Berlin", OPENED_AT - 10 * 3_600_000_000, "2026-W10", 7),  # Monday there
        ("week", "UTC", 1_767_225_600_000_000, "2026-W01", 7),
        ("week", "UTC", 1_704_067_199_000_000, "2023-W52", 7),
    ],
)
def test_a_moment_is_in_the_period_of_the_organisations_time_zone(
    rhythm: str, time_zone: str, at: int, key: str, days: int
) -> None:
    period = period_of(at, rhythm, time_zone)
    assert (period.key, period.days) == (key, days)


@pytest.mark.parametrize(
    ("joined_on", "share"),
    [("", 100), ("2020-01-01", 100), ("2026-03-01", 100), ("2026-03-17", 49), ("2026-03-31", 4), ("2026-04-01", 0)],
)
def test_joiners_get_the_days_that_are_left(joined_on: str, share: int) -> None:
    assert RULES.period_of(OPENED_AT).part(100, day_of(joined_on)) == share


def test_a_role_gives_more_and_never_less() -> None:
    assert [RULES.allowance(roles, manages=m) for roles, m in (([], False), ([], True), (["hr"], False))] == [
        100,
        150,
        120,
    ]
    assert RULES.allowance(["hr"], manages=True) == 150
    assert RULES.month_limit([], manages=False) == 50
    weekly = PointRules(**{field: getattr(RULES, field) for field in RULES.__struct_fields__} | {"rhythm": "week"})
    assert weekly.month_limit([], manages=False) == 217


async def test_everybody_gets_a_period_once_whoever_looks_how_often(house: House) -> None:
    await switch_on(amount_manager=150, amount_hr=120)
    assert [await pot(person) for person in (AYLIN, KATHARINA, HELENE)] == [(100, 0), (150, 0), (120, 0)]
    assert await asyncio.gather(*(grant_due() for _ in range(5))) == [0] * 5
    house.clock.forward(5 * WEEK)
    granted = await asyncio.gather(*(grant_due() for _ in range(5)))
    assert sum(granted) == sum(person.active for person in PEOPLE)
    assert await pot(AYLIN) == (200, 0)
    # The clock goes back, and forth again.
    house.clock.forward(-5 * WEEK)
    assert await grant_due() == 0
    house.clock.forward(5 * WEEK)
    assert await grant_due() == 0
    assert await pot(AYLIN) == (200, 0)


async def test_what_is_left_is_kept_up_to_the_carry_over(house: House) -> None:
    await switch_on(carry_percent=150, ring_percent=20)
    for _month in range(3):
        house.clock.forward(31 * DAY)
        await grant_due()
    # At most one and a half allowances stay, and the new one comes on top.
    assert await pot(AYLIN) == (120 + 80, 0)
    assert await on(AccountKind.RINGFENCED, AYLIN) == (30 + 20, 0)
    rows = await database.fetch("SELECT COUNT(*) AS n FROM transfer WHERE kind = 'expiry'")
    assert rows[0]["n"] == 2  # after two months and after three


async def test_another_rhythm_gives_nothing_twice_and_takes_nothing_away(house: House) -> None:
    await switch_on(amount=100)  # on Monday, 2 March
    assert await pot(AYLIN) == (100, 0)
    await change_settings(actor=None, changes={"rhythm": "week", "amount": 21})
    has = await purse(AYLIN.id)
    soon = await coming(await house.actor(AYLIN), await rules(), has)
    assert (soon.day.isoformat(), soon.amount, soon.lost) == ("2026-03-09", 0, 0)
    for _week in range(4):
        await grant_due()
        assert await pot(AYLIN) == (100, 0)
        house.clock.forward(WEEK)
    # March ends on Tuesday of the week from 30 March: five days of it are new, and the carry-over is a week's now.
    await grant_due()
    assert await pot(AYLIN) == (2 * 21 + 15, 0)
    # Back again: the weeks have paid for April up to the 5th.
    await change_settings(actor=None, changes={"rhythm": "month", "amount": 100})
    house.clock.forward(WEEK)
    await asyncio.gather(*(grant_due() for _ in range(3)))
    assert await pot(AYLIN) == (2 * 21 + 15 + 84, 0)
    assert [outcome.says async for outcome in verify() if outcome.broken] == []


async def test_of_two_rhythms_at_once_one_grants(house: House) -> None:
    await switch_on(amount=100)
    april = period_on(date(2026, 4, 1), "month")
    people = await entitled(april)
    await change_settings(actor=None, changes={"rhythm": "week"})
    assert (len(people) > 0, await grant_allowances(period=april, people=people)) == (True, 0)


def test_periods_follow_each_other_without_gaps() -> None:
    for rhythm in ("week", "month", "quarter", "half", "year"):
        period = period_on(date(2023, 12, 31), rhythm)
        names: set[str] = set()
        while period.first < date(2027, 1, 1):
            assert period_on(period.first, rhythm) == period_on(period.next - timedelta(days=1), rhythm) == period
            names.add(period.key)
            period = period_on(period.next, rhythm)
        assert len(names) == {"week": 158, "month": 37, "quarter": 13, "half": 7, "year": 4}[rhythm]
    keys = [period_on(date(2026, 11, 22), rhythm).key for rhythm in ("week", "month", "quarter", "half", "year")]
    assert keys == ["2026-W47", "2026-11", "2026-Q4", "2026-H2", "2026"]


async def test_switched_off_nobody_gets_anything(house: House) -> None:
    assert await grant_due() == 0
    assert await database.fetch("SELECT 1 FROM allowance") == []


async def test_a_boost_is_given_once(house: House) -> None:
    actor = await house.actor(HELENE)
    people = [AYLIN.id, JONAS.id]
    results = await asyncio.gather(*(boost(actor=actor, people=people, points=30, key="b") for _ in range(5)))
    assert sorted(results) == [False] * 4 + [True]
    assert [await pot(person) for person in (AYLIN, JONAS, MIRIAM)] == [(30, 0), (30, 0), (0, 0)]


async def test_an_award_budget_is_filled_and_taken_back_only_as_far_as_it_is_free(house: House) -> None:
    actor = await house.actor(HELENE)
    key = uuid7()
    for _again in range(2):
        await fund_budget(actor=actor, department_id=BILLING.id, points=500, client_id=key)
    with pytest.raises(Conflict):
        await fund_budget(actor=actor, department_id=BILLING.id, points=700, client_id=key)
    for nowhere in (NOBODY, "x"):
        with pytest.raises(NotFound):
            await fund_budget(actor=actor, department_id=nowhere, points=500)
    await fund_budget(actor=actor, department_id=BILLING.id, points=-200)
    with pytest.raises(NotEnough) as refused:
        await fund_budget(actor=actor, department_id=BILLING.id, points=-301)
    assert refused.value.message.text("en") == "The award budget has 300 points left; this needs 301."
