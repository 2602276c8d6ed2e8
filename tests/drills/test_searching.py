"""A server that is killed while it looks for a plan: the search goes on from the best plan so far."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from api.core import database
from api.core.access.actors import actor_of_session
from api.core.clock import DAY, now, utc
from api.rotations import planning, programmes, solving, storing
from api.rotations.rules import Pattern
from tests.drills.command import serving
from tests.drills.stored import opened
from tests.drills.waiting import until_found
from tests.support.house import organisation_url
from tests.support.organisation import DEPARTMENTS, HELENE, Person, add_person

EACH = 40
SECONDS = 60


@database.transaction
async def _crowd() -> list[str]:
    """Departments with people, each depending on the next and the one after: too many to plan in a moment."""
    for number in range(EACH * len(DEPARTMENTS)):
        await add_person(Person(100 + number, f"Nadja Nummer{number}", DEPARTMENTS[number % len(DEPARTMENTS)]))
    ids = []
    for index, one in enumerate(DEPARTMENTS):
        for further in (1, 2):
            other = DEPARTMENTS[(index + further) % len(DEPARTMENTS)]
            ids.append(f"01900000-0000-7000-8009-{index:06}{further:06}")
            await database.execute(
                """INSERT INTO dependency (id, provider_id, customer_id, handover_de, handover_en, weight, created_at)
                VALUES ({}, {}, {}, 'Akten', 'Files', {}, 0)""",
                *(ids[-1], one.id, other.id, 1 + (index + further) % 5),
            )
    return ids


async def test_a_search_whose_server_is_killed_goes_on_from_its_best_plan() -> None:
    url = organisation_url("postgres")
    async with opened(url):
        scope = await _crowd()
        await database.execute("UPDATE session SET last_seen_at = {}, expires_at = {}", now(), now() + DAY)
        actor = await actor_of_session(HELENE.cookie, accept_language="en", keep_days=30)
        assert actor is not None
        first = utc(now()).date() + timedelta(days=7)
        programme_id = await programmes.create_programme(
            actor=actor,
            name="All",
            starts_on=first.isoformat(),
            ends_on=(first + timedelta(weeks=26)).isoformat(),
            pattern=Pattern(country=""),
        )
        await programmes.change_scope(actor=actor, programme_id=programme_id, scope=scope)
        plan_id = await solving.find_plan(actor=actor, programme_id=programme_id, seconds=SECONDS)

        async def found_one() -> bool:
            work = await database.fetch_one("SELECT best FROM plan_work WHERE plan_id = {}", plan_id)
            return work is not None and work["best"] is not None

        async with serving(url) as server:
            await until_found(found_one, 30, "a first plan")
            await server.kill()
        before = await database.fetch_one(
            """SELECT n.state, w.best, w.spent, w.curve FROM plan n JOIN plan_work w ON w.plan_id = n.id
            WHERE n.id = {}""",
            plan_id,
        )
        assert before is not None
        assert before["state"] == "solving"
        kept = planning.unpack_legs(bytes(before["best"]))
        assert kept
        # Time passes, and with it the dead server's lease; how long that takes is for other drills
        await database.execute("UPDATE job SET lease_until = {} WHERE subject_id = {}", now(), plan_id)

        async def went_on() -> bool:
            work = await database.fetch_one("SELECT spent FROM plan_work WHERE plan_id = {}", plan_id)
            return work is not None and work["spent"] > before["spent"]

        async def ended() -> bool:
            row = await database.fetch_one("SELECT state FROM plan WHERE id = {}", plan_id)
            return row is not None and row["state"] == "ready"

        async with serving(url):
            await until_found(went_on, 30, "more of the search")
            await solving.stop_search(actor=actor, plan_id=plan_id)
            await until_found(ended, 15, "the plan")
        work = await database.fetch_one("SELECT basis, curve, spent FROM plan_work WHERE plan_id = {}", plan_id)
        assert work is not None
        curve = msgspec.json.decode(work["curve"], type=list[tuple[float, float | None, float | None]])
        assert curve[0] == msgspec.json.decode(before["curve"], type=list[tuple[float, float | None, float | None]])[0]
        assert before["spent"] < work["spent"] < SECONDS
        instance = planning.unpack(bytes(work["basis"]))
        worth = planning.judge(instance, await storing.legs(plan_id))
        assert worth.faults == []
        assert worth.score >= planning.judge(instance, kept).score
        job = await database.fetch_one("SELECT state, attempts FROM job WHERE subject_id = {}", plan_id)
        assert job is not None
        assert tuple(job) == ("done", 2)
