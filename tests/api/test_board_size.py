"""A board of 60 departments, 26 blocks and 1,500 visits stays light."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator

import brotli  # type: ignore[import-untyped]
import msgspec
import pytest

from api.core import database
from api.core.ids import uuid7
from api.rotations import programmes
from api.rotations.rules import Pattern, RuleSet
from frontend.app import create_app
from tests.databases import Kind
from tests.support.house import House, open_house
from tests.support.organisation import HELENE, Department, Person

UNITS, PEOPLE, VISITS = 60, 1_500, 1_500
MOST_BYTES = 300_000
MOST_SECONDS = 1.0
"""Of this process's CPU, the database's on SQLite included."""


@pytest.fixture
async def house(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async with open_house(kind, monkeypatch, create=create_app) as opened:
        yield opened


async def fill(house: House) -> str:
    """Make that board; returns the path of its page."""
    actor = await house.actor(HELENE)
    units = [Department(100 + number, f"Unit {number}", f"Abteilung {number}") for number in range(UNITS)]
    people = [Person(1_000 + number, f"Nadja Nummer{number}", units[number % UNITS]) for number in range(PEOPLE)]
    edges = [
        (f"01900000-0000-7000-8009-{index:012}", unit, units[(index + 1) % UNITS]) for index, unit in enumerate(units)
    ]
    programme_id = await programmes.create_programme(
        actor=actor, name="All", starts_on="2026-03-02", ends_on="2026-08-28", pattern=Pattern(country="")
    )
    plan_id = uuid7()

    async def store() -> None:
        await database.execute_many(
            """INSERT INTO department (id, code_de, code_en, name_de, name_en, purpose_de, purpose_en, hue, position,
                created_at) VALUES ({}, 'XX', 'XX', {}, {}, '', '', {}, {}, 0)""",
            [(one.id, one.name_de, one.name_en, 1 + one.number % 14, one.number) for one in units],
        )
        await database.execute_many(
            """INSERT INTO person (id, email, name, given_name, search, job_de, job_en, department_id, roles, joined_on,
                created_at) VALUES ({}, {}, {}, 'Nadja', {}, '', '', {}, '', '2020-04-01', 0)""",
            [(one.id, one.email, one.name, one.name.lower(), one.department.id) for one in people],
        )
        await database.execute_many(
            """INSERT INTO dependency (id, provider_id, customer_id, handover_de, handover_en, weight, created_at)
            VALUES ({}, {}, {}, 'Akten', 'Files', 3, 0)""",
            [(edge, one.id, other.id) for edge, one, other in edges],
        )
        scope = msgspec.json.encode([edge for edge, _one, _other in edges]).decode()
        await database.execute("UPDATE programme SET scope = {} WHERE id = {}", scope, programme_id)
        rules = msgspec.json.encode(RuleSet(shadow_visits=True)).decode()
        await database.execute("UPDATE programme SET rules = {} WHERE id = {}", rules, programme_id)
        await database.execute(
            """INSERT INTO plan (id, programme_id, number, state, status, created_at, solved_at)
            VALUES ({}, {}, 1, 'ready', 'feasible', 0, 1)""",
            *(plan_id, programme_id),
        )
        blocks = await database.fetch("SELECT number, starts_at, ends_at FROM programme_block ORDER BY number")
        rows = []
        for number in range(VISITS):
            person, block = people[number], blocks[(number // UNITS) % len(blocks)]
            visit_id, host = uuid7(), units[(number + 1) % UNITS]
            rows.append(
                (visit_id, plan_id, programme_id, person.id, person.department.id, host.id, *block, number, visit_id)
            )
        await database.execute_many(
            """INSERT INTO visit (id, plan_id, programme_id, person_id, home_id, host_id, block, starts_at, ends_at,
                group_number, uid, kind) VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, 'shadow')""",
            rows,
        )

    await database.transact(store)
    return f"/plans/{plan_id}"


async def test_the_largest_board_is_light(house: House) -> None:
    plan = await fill(house)
    hr = house.browser(HELENE, **{"accept-encoding": "br"})
    await hr.get(plan)  # the scheduler and the templates are loaded once for a server
    begun = time.process_time()
    async with hr.stream("GET", plan) as answer:
        content = b"".join([part async for part in answer.aiter_raw()])
    spent = time.process_time() - begun
    assert answer.headers["content-encoding"] == "br"
    assert brotli.decompress(content).decode().count("data-id=") == VISITS
    assert len(content) < MOST_BYTES
    assert spent < MOST_SECONDS
    with database.count_statements() as counted:
        await hr.get(plan)
    assert counted.n <= 8 + 1  # the session's own
