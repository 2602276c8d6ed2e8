"""Visits that people were told of, and what departments and people bring along.

Whoever asks decides who may see: `visits` takes its condition from the caller (my own, my team's, my department's).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from api.core import database
from api.core.clock import utc
from api.core.errors import NotFound
from api.core.i18n import Language
from api.core.ids import is_uuid
from api.people.queries import department_columns, person_columns, person_ref
from api.people.schemas import DepartmentRef, PersonRef
from api.rotations.schemas import AbsenceOut, HostingOut, PersonFactsOut, ProgrammeRef, VisitOut, WishOut


def department_at(row: database.Row, at: int) -> DepartmentRef:
    """A DepartmentRef from the four columns that begin at `at`."""
    return DepartmentRef(row[at], row[at + 1], row[at + 2], row[at + 3])


async def visits(language: Language, where: str, *arguments: object, limit: int = 500) -> list[VisitOut]:
    """Published visits by start, with partners: two statements whatever their number.

    `where` is SQL over `v` (visit), `p` (person) and `m` (programme), with `{}` for each of the arguments, like
    "v.person_id = {} AND v.ends_at >= {}" or "p.manager_id = {}". Of versions that were replaced only those are
    among them that have taken place.
    """
    rows = await database.fetch(
        f"""SELECT v.id, v.uid, v.revision, v.plan_id, v.starts_at, v.ends_at, v.kind, v.state, v.group_number,
            m.id, m.name, m.state, m.time_zone, m.answer_by, COALESCE(g.place, '') AS place, v.buddy_id,
            {person_columns("p", "d", language)}, {department_columns("h", language)},
            {department_columns("o", language)}, {person_columns("b", "bd", language)}
        FROM visit v JOIN programme m ON m.id = v.programme_id JOIN plan n ON n.id = v.plan_id
        JOIN person p ON p.id = v.person_id JOIN department d ON d.id = p.department_id
        JOIN department h ON h.id = v.home_id JOIN department o ON o.id = v.host_id
        LEFT JOIN hosting g ON g.department_id = v.host_id
        LEFT JOIN person b ON b.id = v.buddy_id LEFT JOIN department bd ON bd.id = b.department_id
        WHERE v.state <> 'planned' AND (n.state = 'published' OR v.state = 'done') AND ({where})
        ORDER BY v.starts_at, v.id LIMIT {{}}""",
        *(*arguments, limit),
    )
    partners = await partners_of(language, {(str(row["plan_id"]), int(row["group_number"])) for row in rows})
    return [
        VisitOut(
            id=row[0],
            uid=row[1],
            revision=row[2],
            plan_id=row[3],
            programme=ProgrammeRef(row[9], row[10], row[11], row[12], row[13]),
            starts_at=utc(row[4]),
            ends_at=utc(row[5]),
            kind=row[6],
            state=row[7],
            group_number=row[8],
            place=row["place"],
            person=person_ref(row, 16),
            home=department_at(row, 22),
            host=department_at(row, 26),
            buddy=person_ref(row, 30) if row["buddy_id"] else None,
            partners=[one for one in partners.get((row[3], row[8]), []) if one.id != row[16]],
        )
        for row in rows
    ]


async def partners_of(
    language: Language, groups: Collection[tuple[str, int]]
) -> dict[tuple[str, int], list[PersonRef]]:
    """Who stands in these groups (plan, number), but for those whose visit is off; no statement for none."""
    if not groups:
        return {}
    plans = sorted({plan for plan, _number in groups})
    numbers = sorted({number for _plan, number in groups})
    rows = await database.fetch(
        f"""SELECT v.plan_id, v.group_number, {person_columns("p", "d", language)}
        FROM visit v JOIN person p ON p.id = v.person_id JOIN department d ON d.id = p.department_id
        WHERE v.plan_id IN ({database.placeholders(len(plans))})
          AND v.group_number IN ({database.placeholders(len(numbers))}) AND v.state NOT IN ('cancelled', 'declined')
        ORDER BY v.id""",
        *(*plans, *numbers),
    )
    found: dict[tuple[str, int], list[PersonRef]] = {}
    for row in rows:
        found.setdefault((row[0], row[1]), []).append(person_ref(row, 2))
    return found


async def visit(visit_id: str, language: Language) -> VisitOut:
    """One published visit. Raises NotFound. Who may see it is for the caller to decide."""
    found = await visits(language, "v.id = {}", visit_id) if is_uuid(visit_id) else []
    if not found:
        raise NotFound
    return found[0]


async def hosting(language: Language, ids: Sequence[str] | None = None) -> list[HostingOut]:
    """What departments (None: all that are not archived) can do for visitors, along the patient's way."""
    where = "d.archived_at IS NULL"
    if ids is not None:
        where = f"d.id IN ({database.placeholders(len(ids)) or 'NULL'})"
    rows = await database.fetch(
        f"""SELECT {department_columns("d", language)}, g.capacity, g.minimum, g.requires, g.instruction, g.access,
            g.place, g.briefing,
            (SELECT COUNT(*) FROM person p WHERE p.department_id = d.id AND p.deactivated_at IS NULL) AS people
        FROM department d LEFT JOIN hosting g ON g.department_id = d.id WHERE {where} ORDER BY d.position, d.id""",
        *(ids or ()),
    )
    buddies: dict[str, list[PersonRef]] = {}
    for row in await database.fetch(
        f"""SELECT y.department_id, {person_columns("p", "d", language)} FROM buddy y
        JOIN person p ON p.id = y.person_id JOIN department d ON d.id = p.department_id
        WHERE p.deactivated_at IS NULL ORDER BY p.search, p.id"""
    ):
        buddies.setdefault(row[0], []).append(person_ref(row, 1))
    return [
        HostingOut(
            department=department_at(row, 0),
            people=row["people"],
            capacity=1 if row["capacity"] is None else row["capacity"],
            minimum=[0] * 7 if row["minimum"] is None else msgspec.json.decode(row["minimum"], type=list[int]),
            requires=[] if row["requires"] is None else msgspec.json.decode(row["requires"], type=list[str]),
            instruction=row["instruction"] or "",
            access=row["access"] or "",
            place=row["place"] or "",
            briefing=row["briefing"] or "",
            buddies=buddies.get(row[0], []),
        )
        for row in rows
    ]


async def person_facts(person: PersonRef, language: Language) -> PersonFactsOut:
    """What a person brings along for rotations; the defaults where nothing was said."""
    row = await database.fetch_one("SELECT * FROM rotation_facts WHERE person_id = {}", person.id)
    wishes = await database.fetch(
        f"""SELECT {department_columns("d", language)}, w.liking FROM wish w JOIN department d ON d.id = w.department_id
        WHERE w.person_id = {{}} ORDER BY w.liking DESC, d.position""",
        person.id,
    )
    away = await database.fetch(
        "SELECT id, first_day, last_day, source FROM absence WHERE person_id = {} ORDER BY first_day, id", person.id
    )
    return PersonFactsOut(
        person=person,
        qualifications=msgspec.json.decode(row["qualifications"], type=list[str]) if row else [],
        seniority=row["seniority"] if row else 0,
        working_days=[int(day) for day in row["working_days"]] if row else [0, 1, 2, 3, 4],
        volunteer=bool(row["volunteer"]) if row else False,
        max_visits=row["max_visits"] if row else None,
        wishes=[WishOut(department_at(one, 0), one["liking"]) for one in wishes],
        absences=[AbsenceOut(one[0], one[1], one[2], one[3]) for one in away],
    )
