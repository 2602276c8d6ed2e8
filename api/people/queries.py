"""Who works here: what every colleague may see."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from api.core import database
from api.core.errors import NotFound
from api.core.i18n import Language
from api.core.ids import is_uuid
from api.core.text import words
from api.people.schemas import DepartmentOut, DepartmentRef, PersonOut, PersonRef, initials, name_column

SUGGESTIONS = 8


def department_columns(alias: str, language: Language) -> str:
    """The SQL for a DepartmentRef of the table alias, in the column order of `department_ref`."""
    return f"{alias}.id, {alias}.code_{language}, {alias}.name_{language}, {alias}.hue"


def person_columns(person: str, department: str, language: Language) -> str:
    """The SQL for a PersonRef of two table aliases, in the column order of `person_ref`."""
    return f"{person}.id, {name_column(person, language)} AS name, {department_columns(department, language)}"


def person_ref(row: database.Row, at: int = 0) -> PersonRef:
    """A PersonRef from the six columns of `row` that begin at `at`."""
    department = DepartmentRef(row[at + 2], row[at + 3], row[at + 4], row[at + 5])
    return PersonRef(row[at], row[at + 1], initials(row[at + 1]), department)


def like(word: str) -> str:
    """`word` for a LIKE pattern with ESCAPE '\\': its own wildcards mean themselves."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def has_name(person: PersonRef, text: str) -> bool:
    """Whether each of the words typed begins a word of the person's name, so that no department was needed."""
    parts = words(person.name)
    return all(any(part.startswith(word) for part in parts) for word in words(text)[:5])


async def suggest_people(
    text: str, language: Language, *, limit: int = SUGGESTIONS, without: str = ""
) -> list[PersonRef]:
    """People whose name or department has a word beginning with each of the words typed; names first.

    `without`: the id of somebody who is not meant.
    """
    typed = words(text)[:5]
    if not typed:
        return []
    departments = await database.fetch("SELECT id, name_de, name_en, code_de, code_en FROM department")
    conditions: list[str] = []
    arguments: list[object] = []
    for word in typed:
        names = [
            row["id"]
            for row in departments
            if any(part.startswith(word) for part in words(" ".join(str(value) for value in tuple(row)[1:])))
        ]
        arguments += [f"{like(word)}%", f"% {like(word)}%"]
        either = ["p.search LIKE {} ESCAPE '\\'", "p.search LIKE {} ESCAPE '\\'"]
        if names:
            either.append(f"p.department_id IN ({', '.join(['{}'] * len(names))})")
            arguments += names
        conditions.append(f"({' OR '.join(either)})")
    rows = await database.fetch(
        f"""SELECT {person_columns("p", "d", language)}
        FROM person p JOIN department d ON d.id = p.department_id
        WHERE p.deactivated_at IS NULL AND {" AND ".join(conditions)}
        ORDER BY CASE WHEN p.search LIKE {{}} ESCAPE '\\' THEN 0 WHEN p.search LIKE {{}} ESCAPE '\\' THEN 1 ELSE 2 END,
            p.search, p.id LIMIT {{}}""",
        *arguments,
        *(f"{like(typed[0])}%", f"% {like(typed[0])}%", limit + 1),
    )
    return [person for person in map(person_ref, rows) if person.id != without][:limit]


async def leads(person_id: str) -> bool:
    """Whether anybody reports to this person."""
    return bool(await database.fetch("SELECT 1 FROM person WHERE manager_id = {} LIMIT 1", person_id))


async def people_refs(ids: list[str], language: Language) -> list[PersonRef]:
    """The people with these ids, in this order; unknown ones and those who left are missing."""
    ids = [i for i in dict.fromkeys(ids) if is_uuid(i)]
    if not ids:
        return []
    rows = await database.fetch(
        f"""SELECT {person_columns("p", "d", language)} FROM person p JOIN department d ON d.id = p.department_id
        WHERE p.deactivated_at IS NULL AND p.id IN ({", ".join(["{}"] * len(ids))})""",
        *ids,
    )
    found = {row[0]: person_ref(row) for row in rows}
    return [found[i] for i in ids if i in found]


async def department_people(department_id: str, language: Language, *, limit: int) -> list[PersonRef]:
    """Who works in a department, by name."""
    rows = await database.fetch(
        f"""SELECT {person_columns("p", "d", language)} FROM person p JOIN department d ON d.id = p.department_id
        WHERE p.department_id = {{}} AND p.deactivated_at IS NULL ORDER BY p.search, p.id LIMIT {{}}""",
        *(department_id, limit),
    )
    return [person_ref(row) for row in rows]


async def person(person_id: str, language: Language) -> PersonOut:
    """One person. Raises NotFound."""
    if not is_uuid(person_id):
        raise NotFound
    row = await database.fetch_one(
        f"""SELECT {person_columns("p", "d", language)}, p.job_{language} AS job, p.joined_on, p.deactivated_at,
            p.given_name,
            m.id AS manager_id, m.name AS manager_name, {department_columns("md", language)}, p.erased_at
        FROM person p JOIN department d ON d.id = p.department_id
        LEFT JOIN person m ON m.id = p.manager_id AND m.deactivated_at IS NULL
        LEFT JOIN department md ON md.id = m.department_id
        WHERE p.id = {{}}""",
        person_id,
    )
    if row is None:
        raise NotFound
    ref = person_ref(row)
    return PersonOut(
        id=ref.id,
        name=ref.name,
        given_name=row["given_name"] or ref.name,
        initials=ref.initials,
        job=row["job"],
        department=ref.department,
        manager=person_ref(row, 10) if row["manager_id"] else None,
        joined_on=row["joined_on"],
        active=row["deactivated_at"] is None,
        erased=row["erased_at"] is not None,
    )


def _departments_sql(language: Language, where: str) -> str:
    return f"""SELECT {department_columns("d", language)}, d.purpose_{language} AS purpose,
            (SELECT COUNT(*) FROM person p WHERE p.department_id = d.id AND p.deactivated_at IS NULL) AS people,
            m.id AS manager_id, m.name AS manager_name, {department_columns("md", language)},
            d.archived_at IS NOT NULL AS archived
        FROM department d LEFT JOIN person m ON m.id = d.manager_id AND m.deactivated_at IS NULL
        LEFT JOIN department md ON md.id = m.department_id {where}"""


def _department(row: database.Row) -> DepartmentOut:
    return DepartmentOut(
        id=row[0],
        code=row[1],
        name=row[2],
        hue=row[3],
        purpose=row["purpose"],
        people=row["people"],
        manager=person_ref(row, 6) if row["manager_id"] else None,
        archived=bool(row["archived"]),
    )


async def departments(language: Language) -> list[DepartmentOut]:
    """All departments, along the patient's way."""
    rows = await database.fetch(_departments_sql(language, "WHERE d.archived_at IS NULL ORDER BY d.position, d.id"))
    return [_department(row) for row in rows]


async def department(department_id: str, language: Language) -> DepartmentOut:
    """One department. Raises NotFound."""
    if not is_uuid(department_id):
        raise NotFound
    row = await database.fetch_one(_departments_sql(language, "WHERE d.id = {}"), department_id)
    if row is None:
        raise NotFound
    return _department(row)


async def department_refs(ids: list[str], language: Language) -> list[DepartmentRef]:
    """The departments with these ids, along the patient's way."""
    ids = [i for i in ids if is_uuid(i)]
    if not ids:
        return []
    rows = await database.fetch(
        f"""SELECT {department_columns("d", language)} FROM department d
        WHERE d.id IN ({database.placeholders(len(ids))}) ORDER BY d.position, d.id""",
        *ids,
    )
    return [DepartmentRef(row[0], row[1], row[2], row[3]) for row in rows]


class Mentionable(msgspec.Struct, frozen=True):
    """A name that a text may mention."""

    id: str
    name: str
    search: str


async def people_named(names: list[str], also: Collection[str]) -> list[Mentionable]:
    """Everyone whose folded full name is one of `names`: those who work here, and who of `also` has left."""
    if not names:
        return []
    rows = await database.fetch(
        f"""SELECT id, name, search, deactivated_at FROM person
        WHERE search IN ({database.placeholders(len(names))})""",
        *names,
    )
    return [Mentionable(row[0], row[1], row[2]) for row in rows if row[3] is None or row[0] in also]
