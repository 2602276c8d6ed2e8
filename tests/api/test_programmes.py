"""Programmes from the first step to a plan: blocks, data, the search in its child process, what is stored."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from api.core import database
from api.core.clock import SECOND, WEEK
from api.core.errors import Conflict, Invalid
from api.core.jobs import Job
from api.core.jobs.worker import run_due
from api.rotations import facts, jobs, meetings, planning, programmes, solving, storing
from api.rotations.blocks import cut, regions
from api.rotations.data import basis
from api.rotations.jobs import KINDS
from api.rotations.rules import Pattern, RuleSet
from api.rotations.suggesting import suggestions
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
from tests.support.rotations import spring


def _starts(pattern: Pattern, first: str, last: str, zone: str = "Europe/Berlin") -> list[str]:
    return [
        ("closed " if slot.closed else "")
        + datetime.fromtimestamp(slot.starts_at // SECOND, UTC).strftime("%a %d.%m. %H:%M")
        for slot in cut(pattern, first, last, zone)
    ]


def test_blocks_follow_the_pattern_and_the_houses_clock() -> None:
    tuesdays = Pattern(length="days", weekdays=(1,), weeks=2)
    # Summer time begins on 29 March 2026: eight o'clock is an hour earlier in UTC.
    assert _starts(tuesdays, "2026-03-16", "2026-04-30") == [
        *("Tue 17.03. 07:00", "Tue 31.03. 06:00", "Tue 14.04. 06:00", "Tue 28.04. 06:00"),
    ]
    # On the weekend on which it ends, an hour comes twice.
    (week,) = cut(Pattern(country=""), "2026-10-19", "2026-10-25", "Europe/Berlin")
    assert week.ends_at - week.starts_at == (4 * 24 + 8) * 3600 * SECOND
    sunday = cut(Pattern(weekdays=(5, 6), country=""), "2026-10-24", "2026-10-25", "Europe/Berlin")
    assert [slot.ends_at - slot.starts_at for slot in sunday] == [(24 + 8 + 1) * 3600 * SECOND]
    weeks = Pattern(country="DE", region="BY", closed=("2026-04-13/2026-04-17",))
    assert _starts(weeks, "2026-04-01", "2026-04-19") == [
        "Wed 01.04. 06:00",
        "Tue 07.04. 06:00",  # Easter Monday
        "closed Mon 13.04. 06:00",
    ]
    halves = Pattern(length="half_days", weekdays=(4,), country="")
    assert _starts(halves, "2026-03-02", "2026-03-08") == ["Fri 06.03. 07:00", "Fri 06.03. 11:00"]


@pytest.mark.parametrize(
    ("pattern", "field"),
    [
        (Pattern(weekdays=()), "weekdays"),
        (Pattern(start="16:00", end="08:00"), "end"),
        (Pattern(closed=("tomorrow",)), "closed"),
        (Pattern(country="XX"), "country"),
        (Pattern(region="Bavaria"), "region"),
    ],
)
async def test_what_is_wrong_with_a_pattern_stands_beside_its_field(house: House, pattern: Pattern, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        await programmes.create_programme(
            actor=await house.actor(HELENE),
            name="Spring",
            starts_on="2026-03-02",
            ends_on="2026-04-30",
            pattern=pattern,
        )
    assert list(refused.value.fields) == [field]


def test_states_have_names_also_where_their_codes_are_figures() -> None:
    assert (regions("DE")["NW"], regions("AT")["9"], regions("FR")["971"]) == (
        "Nordrhein-Westfalen",
        "Wien",
        "Guadeloupe",
    )
    assert regions("LU") == regions("XX") == {}


async def test_a_search_stores_a_plan_that_keeps_every_rule(house: House) -> None:
    actor = await house.actor(HELENE)
    programme_id = await spring(house)
    await facts.save_hosting(
        actor=actor, department_id=BILLING.id, facts=facts.HostingFacts(minimum=(1,) * 7, buddies=(KATHARINA.id,))
    )
    await facts.add_absence(actor=actor, person_id=AYLIN.id, first_day="2026-03-04", last_day="2026-03-20")
    plan_id = await solving.find_plan(actor=actor, programme_id=programme_id, seconds=5)
    assert await run_due(KINDS) == 1
    plan = await database.fetch_one("SELECT * FROM plan WHERE id = {}", plan_id)
    assert plan is not None
    assert (plan["state"], plan["status"], plan["gap"]) == ("ready", "optimal", 0.0)
    visits = await database.fetch("SELECT * FROM visit WHERE plan_id = {} ORDER BY block, person_id", plan_id)
    people = {(row["person_id"], row["host_id"]) for row in visits}
    assert people == {
        *((KATHARINA.id, REGISTRATION.id), (AYLIN.id, REGISTRATION.id)),
        *((MIRIAM.id, BILLING.id), (JONAS.id, BILLING.id)),
    }
    # Until the fourth week Katharina alone keeps billing going
    assert {row["block"] for row in visits} == {3, 4}
    assert {row["kind"] for row in visits} == {"swap"}
    assert {row["buddy_id"] for row in visits if row["host_id"] == BILLING.id} == {KATHARINA.id}
    assert {row["state"] for row in visits} == {"planned"}
    work = await database.fetch_one("SELECT basis, curve FROM plan_work WHERE plan_id = {}", plan_id)
    assert work is not None
    worth = planning.judge(planning.unpack(bytes(work["basis"])), await storing.legs(plan_id))
    assert worth.faults == []
    assert worth.score == pytest.approx(plan["score"])
    assert msgspec.json.decode(work["curve"])


async def test_programmes_queue_for_one_search_at_a_time(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    actor, seen, running = await house.actor(HELENE), list[tuple[str | None, int]](), 0

    async def counted(job: Job) -> None:
        nonlocal running
        running += 1
        seen.append((job.subject_id, running))
        await solving.solve(job)
        running -= 1

    monkeypatch.setattr(jobs, "solve", counted)
    plans = [await solving.find_plan(actor=actor, programme_id=await spring(house), seconds=5) for _number in range(2)]
    assert await run_due(KINDS) == 2
    assert seen == [(plan, 1) for plan in plans]
    found = await database.fetch("SELECT state FROM plan")
    assert [row["state"] for row in found] == ["ready", "ready"]


async def test_a_search_that_somebody_stopped_before_it_began_keeps_what_there_is(house: House) -> None:
    actor = await house.actor(HELENE)
    programme_id = await spring(house)
    first = await solving.find_plan(actor=actor, programme_id=programme_id, seconds=5)
    await run_due(KINDS)
    second = await solving.find_plan(actor=actor, programme_id=programme_id, seconds=5, from_plan=first)
    await solving.stop_search(actor=actor, plan_id=second)
    await run_due(KINDS)
    assert {leg.person for leg in await storing.legs(second)} == {leg.person for leg in await storing.legs(first)}
    plan = await database.fetch_one("SELECT state, status, number FROM plan WHERE id = {}", second)
    assert plan is not None
    assert tuple(plan) == ("ready", "stopped", 2)


async def test_what_changed_since_a_plan_was_made_is_named(house: House) -> None:
    actor = await house.actor(HELENE)
    programme_id = await spring(house)
    old = planning.build(await basis(programme_id))
    await facts.add_absence(actor=actor, person_id=AYLIN.id, first_day="2026-03-04", last_day="")
    await facts.save_hosting(actor=actor, department_id=BILLING.id, facts=facts.HostingFacts(capacity=2))
    await facts.save_own_facts(actor=actor, person_id=JONAS.id, facts=facts.OwnFacts(wishes={BILLING.id: 2}))
    found = planning.differences(old, planning.build(await basis(programme_id)))
    assert {each.code: (each.people, each.departments) for each in found} == {
        "absences": ([AYLIN.id], []),
        "capacity": ([], [BILLING.id]),
        "wishes": ([JONAS.id], []),
    }


async def test_trainings_name_who_must_see_what_until_when(house: House) -> None:
    actor = await house.actor(HELENE)
    programme_id = await spring(house)
    await programmes.add_training(
        actor=actor,
        programme_id=programme_id,
        home_id=REGISTRATION.id,
        host_id=BILLING.id,
        joined_since="2020-01-01",
        by_day="2026-03-13",
    )
    instance = planning.build(await basis(programme_id))
    assert [(need.host, need.by, need.people) for need in instance.required] == [
        (BILLING.id, "1", (MIRIAM.id, JONAS.id))
    ]
    with pytest.raises(Invalid, match="within the programme"):
        await programmes.add_training(
            actor=actor,
            programme_id=programme_id,
            home_id=None,
            host_id=BILLING.id,
            joined_since="",
            by_day="2027-01-01",
        )


async def test_the_later_of_two_people_is_told(house: House) -> None:
    actor = await house.actor(HELENE)
    programme_id = await spring(house)
    seen = await programmes.programme(programme_id)
    await programmes.change_rules(
        actor=actor, programme_id=programme_id, rules=RuleSet(max_visits=3), goals=seen.goals, version=seen.version
    )
    with pytest.raises(Conflict):
        await programmes.change_rules(
            actor=actor, programme_id=programme_id, rules=RuleSet(max_visits=1), goals=seen.goals, version=seen.version
        )
    assert (await programmes.programme(programme_id)).rules.max_visits == 3


async def test_absences_from_a_list_replace_the_list_before_or_nothing(house: House) -> None:
    actor = await house.actor(HELENE)
    head = "E-Mail;Von;Bis\n"
    content = f"{head}{AYLIN.email};2026-03-02;2026-03-06\n{JONAS.email};2026-03-09;\n".encode()
    assert await facts.read_absences(actor=actor, content=content) == (2, [])
    bad = f"{head}nobody@x.example;2026-03-02;\n{AYLIN.email};2026-03-06;2026-03-02\n".encode()
    assert await facts.read_absences(actor=actor, content=bad) == (0, [2, 3])
    rows = await database.fetch("SELECT person_id, first_day, last_day FROM absence ORDER BY first_day")
    assert [tuple(row) for row in rows] == [
        (AYLIN.id, "2026-03-02", "2026-03-06"),
        (JONAS.id, "2026-03-09", "2026-03-09"),
    ]


async def test_a_copy_begins_the_day_after_with_the_same_scope(house: House) -> None:
    actor = await house.actor(HELENE)
    programme_id = await spring(house, max_visits=5)
    copy = await programmes.programme(await programmes.copy_programme(actor=actor, programme_id=programme_id))
    assert (copy.name, copy.starts_on, copy.ends_on) == ("Spring 2", "2026-04-04", "2026-05-06")
    assert copy.scope == [DEPENDENCY]
    assert copy.rules.max_visits == 5


async def test_what_was_never_visited_nor_thanked_is_suggested_first(house: House) -> None:
    (only,) = await suggestions("en")
    assert (only.edge.id, only.causes, only.seen) == (DEPENDENCY, ["heavy", "unseen", "silent"], (0, 0))


async def test_pairs_meet_on_days_on_which_both_are_there(house: House) -> None:
    actor = await house.actor(HELENE)
    programme_id = await spring(house)
    await facts.add_absence(actor=actor, person_id=AYLIN.id, first_day="2026-03-02", last_day="2026-03-31")
    made = await meetings.plan_meetings(
        actor=actor, programme_id=programme_id, dependency_id=DEPENDENCY, pairs=5, at="14:00", place="Room 3"
    )
    assert made == 2
    record = await programmes.programme(programme_id)
    found = await meetings.meetings(record, "en")
    names = [(one.one.name, one.other.name, one.starts_at.isoformat()) for one in found]
    assert [(one, other) for one, other, _at in names] == [
        ("Jonas Weber", "Katharina Vogt"),
        ("Miriam Okafor", "Aylin Demir"),
    ]
    assert [at[:16] for _one, _other, at in names] == ["2026-03-02T14:00", "2026-04-01T14:00"]
    await meetings.cancel_meeting(actor=actor, programme_id=programme_id, meeting_id=found[0].id)
    assert [one.id for one in await meetings.meetings(record, "en")] == [found[1].id]


async def test_nothing_is_planned_into_blocks_that_have_begun_and_what_was_there_stays(house: House) -> None:
    actor = await house.actor(HELENE)
    programme_id = await spring(house)
    first = await solving.find_plan(actor=actor, programme_id=programme_id, seconds=5)
    await run_due(KINDS)
    before = await storing.legs(first)
    # On the first day at nine the first week has begun
    assert {leg.block for leg in before} <= {1, 2, 3, 4}
    house.clock.forward(WEEK * min(leg.block for leg in before))
    begun = {(leg.person, leg.block) for leg in before if leg.block == min(one.block for one in before)}
    data = await basis(programme_id, from_plan=first)
    assert {(person, block) for person, _host, block in data.pins} == begun
    second = await solving.find_plan(actor=actor, programme_id=programme_id, seconds=5, from_plan=first)
    await run_due(KINDS)
    assert begun <= {(leg.person, leg.block) for leg in await storing.legs(second)}
