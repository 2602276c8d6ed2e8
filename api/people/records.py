"""People and departments as HR and admin see them: all fields, both languages, those who left too."""

from __future__ import annotations

from typing import Literal

from api.core import database
from api.core.access.actor import Role
from api.core.changes import State, Thing, state_of, version_of
from api.core.errors import Invalid
from api.core.i18n import Language
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid
from api.core.text import words
from api.people.queries import department_columns, like, person_columns, person_ref
from api.people.record_schemas import (
    DepartmentItem,
    DepartmentRecord,
    OrganisationRecord,
    PersonItem,
    PersonPage,
    PersonRecord,
)
from api.people.schemas import PersonRef

DEPARTMENT = Thing(
    "department",
    (
        *("code_de", "code_en", "name_de", "name_en", "purpose_de", "purpose_en"),
        *("hue", "manager_id", "cost_centre", "archived_at", "country", "place"),
    ),
)
PERSON = Thing(
    "person",
    (
        *("email", "name", "job_de", "job_en", "department_id", "manager_id", "deputy_id", "roles"),
        *("language", "time_zone", "joined_on", "left_on", "deactivated_at"),
    ),
    there="erased_at IS NULL",  # nobody brings them back, nor writes a name into what is left
)
ORGANISATION = Thing("organisation", ("name", "language", "time_zone"))
ORGANISATION_ID = 1

PAGE = 50
Which = Literal["active", "left", "all"]


def department_record(department_id: str, state: State) -> DepartmentRecord:
    """A department from its recorded columns."""
    rest = {name: value for name, value in state.items() if name != "archived_at"}
    archived = state["archived_at"] is not None
    return DepartmentRecord(id=department_id, archived=archived, version=version_of(state), **rest)  # type: ignore[arg-type]


async def department(department_id: str) -> DepartmentRecord:
    """All of one department. Raises NotFound."""
    return department_record(department_id, await state_of(DEPARTMENT, department_id))


async def person(person_id: str) -> PersonRecord:
    """All of one person. Raises NotFound."""
    state = await state_of(PERSON, person_id)
    rest = {name: value for name, value in state.items() if name not in ("roles", "deactivated_at")}
    return PersonRecord(
        id=person_id,
        roles=str(state["roles"]).split(),
        active=state["deactivated_at"] is None,
        version=version_of(state),
        **rest,  # type: ignore[arg-type]
    )


async def organisation() -> OrganisationRecord:
    """What the house is called, speaks, and which clock it goes by."""
    state = await state_of(ORGANISATION, ORGANISATION_ID)
    return OrganisationRecord(version=version_of(state), **state)  # type: ignore[arg-type]


async def departments(language: Language, *, archived: bool = False) -> list[DepartmentItem]:
    """All departments along the patient's way, or the archived ones, with what hinders archiving them."""
    state = "IS NOT NULL" if archived else "IS NULL"
    rows = await database.fetch(
        f"""SELECT {department_columns("d", language)}, d.cost_centre, m.name AS manager_name,
            (SELECT COUNT(*) FROM person p WHERE p.department_id = d.id AND p.deactivated_at IS NULL) AS people,
            (SELECT COUNT(*) FROM dependency e WHERE e.provider_id = d.id OR e.customer_id = d.id) AS dependencies
        FROM department d LEFT JOIN person m ON m.id = d.manager_id
        WHERE d.archived_at {state} ORDER BY d.position, d.id"""
    )
    return [
        DepartmentItem(
            id=row[0],
            code=row[1],
            name=row[2],
            hue=row[3],
            cost_centre=row["cost_centre"],
            manager=row["manager_name"] or "",
            people=row["people"],
            dependencies=row["dependencies"],
        )
        for row in rows
    ]


async def people(
    language: Language,
    *,
    q: str = "",
    department: str = "",
    which: Which = "active",
    role: str = "",
    after: str | None = None,
    limit: int = PAGE,
) -> PersonPage:
    """People by name, a page at a time; `after` is the `next` of the page before.

    `q` are beginnings of names, or of an e-mail address. Raises Invalid for a page marker that is none of ours.
    """
    conditions = {"active": ["p.deactivated_at IS NULL"], "left": ["p.deactivated_at IS NOT NULL"], "all": []}[which]
    conditions.append("p.erased_at IS NULL")
    arguments: list[object] = []
    for word in words(q)[:5] if "@" not in q else ():
        conditions.append("(p.search LIKE {} ESCAPE '\\' OR p.search LIKE {} ESCAPE '\\')")
        arguments += [f"{like(word)}%", f"% {like(word)}%"]
    if "@" in q:
        conditions.append("p.email LIKE {} ESCAPE '\\'")
        arguments.append(f"{like(q.strip().lower())}%")
    if department:
        conditions.append("p.department_id = {}" if is_uuid(department) else "p.id IS NULL")
        arguments += [department] if is_uuid(department) else []
    if role:
        # Few have a role: found by their own index, not by walking through everybody
        conditions.append(
            "p.id IN (SELECT id FROM person WHERE roles <> '' AND (' ' || roles || ' ') LIKE {} ESCAPE '\\')"
        )
        arguments.append(f"% {like(role)} %")
    if after:
        name, sep, person_id = after.rpartition("~")
        if not sep or not is_uuid(person_id):
            raise Invalid.field("after", _("This page marker is not one of ours. Start again at the first page."))
        conditions.append("(p.search, p.id) > ({}, {})")
        arguments += [name, person_id]
    where = f"WHERE {' AND '.join(conditions)}"
    rows = await database.fetch(
        f"""SELECT {person_columns("p", "d", language)}, p.email, p.job_{language} AS job, p.roles, p.joined_on,
            p.left_on, p.deactivated_at, p.search, m.name AS manager_name
        FROM (SELECT * FROM person p {where} ORDER BY p.search, p.id LIMIT {{}}) p
        JOIN department d ON d.id = p.department_id LEFT JOIN person m ON m.id = p.manager_id
        ORDER BY p.search, p.id""",
        *(*arguments, limit + 1),
    )
    more = rows[limit - 1] if len(rows) > limit else None
    return PersonPage([_item(row) for row in rows[:limit]], f"{more['search']}~{more[0]}" if more else None)


def _item(row: database.Row) -> PersonItem:
    return PersonItem(
        person=person_ref(row),
        email=row["email"],
        job=row["job"],
        manager=row["manager_name"] or "",
        roles=[role for role in row["roles"].split() if role in set(Role)],
        joined_on=row["joined_on"],
        left_on=row["left_on"],
        active=row["deactivated_at"] is None,
    )


async def people_by_id(ids: set[str], language: Language) -> dict[str, PersonRef]:
    """People by id, those who left too: whom a record or a form names; what is no id is nobody's."""
    known = sorted(filter(is_uuid, ids))
    if not known:
        return {}
    rows = await database.fetch(
        f"""SELECT {person_columns("p", "d", language)} FROM person p JOIN department d ON d.id = p.department_id
        WHERE p.id IN ({database.placeholders(len(known))})""",
        *known,
    )
    return {row[0]: person_ref(row) for row in rows}
