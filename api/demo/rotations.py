"""Rotations in the demo: visits that have taken place, a programme people were told of, and a draft."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from api.core import database
from api.core.clock import DAY, utc
from api.core.database import Row
from api.core.ids import uuid7
from api.demo.after import arrange_after
from api.demo.visits import arrange_answers
from api.rotations.blocks import Slot, cut
from api.rotations.rules import Goals, Participants, Pattern, RuleSet

ZONE = "Europe/Berlin"
PATTERN = Pattern(country="DE", region="NW")
BRIEFINGS = {
    "BI": "Bei uns kommt jede Aufnahme als Rechnungsfall an. Fehlt die Versichertennummer oder ist der Kostenträger "
    "falsch, weist die Kasse die Rechnung zurück, und wir rufen Patienten Wochen später zu Hause an. Du siehst einen "
    "solchen Fall von Anfang bis Ende.",
    "PR": "Wir erfassen zu Stoßzeiten alle vier Minuten jemanden, der Schmerzen hat oder Angst. Du siehst, warum ein "
    "Feld manchmal leer bleibt, und was uns hilft, es trotzdem zu füllen.",
}


async def arrange_rotations(until: int) -> None:
    """Store them in the running transaction; nothing without registration and billing."""
    units = {
        row["code_en"]: row
        for row in await database.fetch(
            """SELECT d.id, d.code_en, d.manager_id,
                (SELECT COUNT(*) FROM person p WHERE p.department_id = d.id) AS people
            FROM department d ORDER BY d.position"""
        )
    }
    for unit in units.values():
        await _hosting(unit, until)
    edges = await database.fetch("SELECT id, provider_id, customer_id, weight FROM dependency ORDER BY weight DESC, id")
    pair = {units["PR"]["id"], units["BI"]["id"]}
    between = [row["id"] for row in edges if {row["provider_id"], row["customer_id"]} == pair]
    people = {
        code: [
            row["id"]
            for row in await database.fetch(
                """SELECT id FROM person WHERE department_id = {} AND deactivated_at IS NULL AND id <> {}
                ORDER BY search, id""",
                *(units[code]["id"], units[code]["manager_id"]),
            )
        ]
        for code in ("PR", "BI")
    }
    today = utc(until).date()
    monday = today - timedelta(days=today.weekday())
    by = await database.fetch_one("SELECT id FROM person WHERE roles LIKE '%hr%' ORDER BY search LIMIT 1")
    maker = by["id"] if by else None
    past = await _programme(
        *("Probelauf", monday - timedelta(weeks=16), 8, between, "archived", until - 120 * DAY, maker)
    )
    await _swaps(past, people, units, first=0, state="done", until=until - 118 * DAY)
    coming = await _programme(
        *("Aufnahme und Abrechnung", monday + timedelta(weeks=2), 10, between, "published", until - 5 * DAY, maker)
    )
    await _swaps(coming, people, units, first=3, state="proposed", until=until - 4 * DAY)
    heavy = [row["id"] for row in edges if row["weight"] >= 4]
    await _programme("Wege der Patienten", monday + timedelta(weeks=16), 12, heavy, "draft", until - DAY, maker)
    await arrange_answers(until)
    await arrange_after(until)


async def _hosting(unit: Row, until: int) -> None:
    weekday, weekend = unit["people"] * 3 // 5, unit["people"] // 4
    minimum = msgspec.json.encode([weekday] * 5 + [weekend] * 2).decode()
    await database.execute(
        """INSERT INTO hosting (department_id, capacity, minimum, briefing, place, changed_at)
        VALUES ({}, {}, {}, {}, {}, {})""",
        *(unit["id"], 1 + unit["people"] // 15, minimum, BRIEFINGS.get(unit["code_en"], ""), "", until - 100 * DAY),
    )
    if unit["manager_id"]:
        await database.execute(
            "INSERT INTO buddy (department_id, person_id) VALUES ({}, {})", unit["id"], unit["manager_id"]
        )


async def _programme(
    name: str, first: date, weeks: int, scope: list[str], state: str, at: int, maker: str | None
) -> tuple[str, list[Slot]]:
    programme_id = uuid7(at)
    starts_on, ends_on = first.isoformat(), (first + timedelta(weeks=weeks, days=-3)).isoformat()
    values = (PATTERN, scope, Participants(), RuleSet(gap=1), Goals())
    await database.execute(
        """INSERT INTO programme (id, name, state, starts_on, ends_on, time_zone, pattern, scope, participants, rules,
            goals, created_by, created_at, published_at, archived_at)
        VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})""",
        *(programme_id, name, state, starts_on, ends_on, ZONE),
        *(msgspec.json.encode(value).decode() for value in values),
        *(maker, at, None if state == "draft" else at + DAY, at + 80 * DAY if state == "archived" else None),
    )
    slots = cut(PATTERN, starts_on, ends_on, ZONE)
    await database.execute_many(
        "INSERT INTO programme_block (programme_id, number, starts_at, ends_at, closed) VALUES ({}, {}, {}, {}, {})",
        [(programme_id, number, slot.starts_at, slot.ends_at, slot.closed) for number, slot in enumerate(slots)],
    )
    return programme_id, slots


async def _swaps(
    programme: tuple[str, list[Slot]],
    people: dict[str, list[str]],
    units: dict[str, Row],
    *,
    first: int,
    state: str,
    until: int,
) -> None:
    """A published plan: one of registration and one of billing change places in an open week, everybody once,
    beginning with `first`, spread over the programme."""
    programme_id, slots = programme
    plan_id = uuid7(until)
    await database.execute(
        """INSERT INTO plan (id, programme_id, number, state, status, created_at, solved_at, published_at)
        VALUES ({}, {}, 1, 'published', 'feasible', {}, {}, {})""",
        *(plan_id, programme_id, until - DAY, until - DAY, until),
    )
    publication_id = uuid7(until)
    await database.execute(
        "INSERT INTO publication (id, programme_id, plan_id, number, at) VALUES ({}, {}, {}, 1, {})",
        *(publication_id, programme_id, plan_id, until),
    )
    turn = [number for number, slot in enumerate(slots) if not slot.closed]
    some = min(len(turn), *(len(those) for those in people.values()))
    apart = min(2.0, (len(turn) - 1) / max(1, some - 1))
    visits, notices = [], []
    for group in range(some):
        number = turn[round(apart * group)]
        slot = slots[number]
        for home, host in (("PR", "BI"), ("BI", "PR")):
            visit_id, person = uuid7(until), people[home][(first + group) % len(people[home])]
            visits.append(
                (
                    *(visit_id, plan_id, programme_id, person, units[home]["id"], units[host]["id"], number),
                    *(slot.starts_at, slot.ends_at, "swap", group, units[host]["manager_id"], state, visit_id),
                )
            )
            notices.append((publication_id, person, visit_id, "new"))
    await database.execute_many(
        """INSERT INTO visit (id, plan_id, programme_id, person_id, home_id, host_id, block, starts_at, ends_at, kind,
            group_number, buddy_id, state, uid) VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})""",
        visits,
    )
    await database.execute_many(
        "INSERT INTO publication_notice (publication_id, person_id, visit_id, change) VALUES ({}, {}, {}, {})", notices
    )
