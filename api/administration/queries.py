"""What was changed, newest first, with names as they are now: an erased person's are gone from here too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from api.administration.schemas import ChangeOut, History
from api.core import database
from api.core.clock import utc
from api.core.errors import Invalid, NotFound
from api.core.i18n import Language
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid
from api.imports.recording import IMPORTED, TAKEN_BACK
from api.people.queries import department_columns
from api.people.records import people_by_id
from api.people.schemas import DepartmentRef

PAGE = 30
MOST_PARTS = 300

_COLUMNS = """c.id, c.at, c.actor_id, c.kind, c.subject_id, c.before, c.after, c.part_of, c.undoes_id,
    EXISTS (SELECT 1 FROM change u WHERE u.undoes_id = c.id) AS undone,
    NOT EXISTS (SELECT 1 FROM change n WHERE n.subject_id = c.subject_id AND n.id > c.id) AS latest"""


class _Row(msgspec.Struct, frozen=True):
    id: str
    at: int
    actor_id: str | None
    kind: str
    subject_id: str | None
    before: dict[str, str | int | None]
    after: dict[str, str | int | None]
    part_of: str | None
    undoes_id: str | None
    undone: bool
    latest: bool

    @property
    def thing(self) -> str:
        return self.kind.partition(".")[0]

    def named(self, *fields: str) -> Iterable[str]:
        """The ids that these fields hold, before and after."""
        for state in (self.before, self.after):
            yield from (str(state[field]) for field in fields if state.get(field))


def _row(row: database.Row) -> _Row:
    return _Row(
        id=row["id"],
        at=row["at"],
        actor_id=row["actor_id"],
        kind=row["kind"],
        subject_id=row["subject_id"],
        before=msgspec.json.decode(row["before"]),
        after=msgspec.json.decode(row["after"]),
        part_of=row["part_of"],
        undoes_id=row["undoes_id"],
        undone=bool(row["undone"]),
        latest=bool(row["latest"]),
    )


async def history(
    language: Language,
    *,
    subject: str = "",
    actor: str = "",
    part_of: str = "",
    before: str | None = None,
    limit: int = PAGE,
) -> History:
    """Changes, newest first: all, those of one thing, those that one person made, or the parts of one (an import).

    Raises Invalid for a page marker that is none of ours.
    """
    for name, text in (("before", before), ("subject", subject), ("actor", actor), ("part_of", part_of)):
        if text and not is_uuid(text):
            raise Invalid.field(name, _("This page marker is not one of ours. Start again at the first page."))
    conditions = [] if subject or part_of else ["c.part_of IS NULL"]
    asked = {"subject_id = {}": subject, "part_of = {}": part_of, "actor_id = {}": actor, "id < {}": before}
    conditions += [f"c.{condition}" for condition, text in asked.items() if text]
    arguments = [text for text in asked.values() if text]
    rows = await database.fetch(
        f"SELECT {_COLUMNS} FROM change c WHERE {' AND '.join(conditions)} ORDER BY c.id DESC LIMIT {{}}",
        *(*arguments, limit + 1),
    )
    found = await _with_names([_row(row) for row in rows[:limit]], language)
    return msgspec.structs.replace(found, next=rows[limit - 1]["id"] if len(rows) > limit else None)


async def change(change_id: str, language: Language) -> History:
    """One change as a history of its own. Raises NotFound."""
    row = is_uuid(change_id) and await database.fetch_one(
        f"SELECT {_COLUMNS} FROM change c WHERE c.id = {{}}", change_id
    )
    if not row:
        raise NotFound
    return await _with_names([_row(row)], language)


async def several(change_ids: Sequence[str], language: Language) -> History:
    """These changes, newest first."""
    if not change_ids:
        return History(items=[], people={}, departments={}, next=None)
    rows = await database.fetch(
        f"SELECT {_COLUMNS} FROM change c WHERE c.id IN ({database.placeholders(len(change_ids))}) ORDER BY c.id DESC",
        *change_ids,
    )
    return await _with_names([_row(row) for row in rows], language)


async def _with_names(rows: list[_Row], language: Language) -> History:
    # Of an import there may be many thousand, which have pages of their own.
    roots = [row.id for row in rows if row.kind not in (IMPORTED, TAKEN_BACK)]
    parts: dict[str, list[_Row]] = {}
    if roots:
        found = await database.fetch(
            f"""SELECT {_COLUMNS} FROM change c WHERE c.part_of IN ({database.placeholders(len(roots))})
            ORDER BY c.id LIMIT {MOST_PARTS}""",
            *roots,
        )
        for part in map(_row, found):
            parts.setdefault(str(part.part_of), []).append(part)
    everything = [*rows, *(part for several in parts.values() for part in several)]
    subjects = {thing: {row.subject_id for row in everything if row.thing == thing} - {None} for thing in _THINGS}
    ends = await _edges(subjects["dependency"])
    ends |= {
        row.subject_id: (str(state["provider_id"]), str(state["customer_id"]))
        for row in everything
        for state in (row.after, row.before)
        if row.subject_id and row.subject_id not in ends and "provider_id" in state and "customer_id" in state
    }
    people = await people_by_id(
        {
            *(row.actor_id for row in everything if row.actor_id),
            *(i for row in everything for i in row.named("manager_id", "deputy_id")),
            *(str(i) for i in subjects["person"]),
        },
        language,
    )
    departments = await _departments(
        {
            *(i for row in everything for i in row.named("department_id", "provider_id", "customer_id")),
            *(i for pair in ends.values() for i in pair),
            *(str(i) for i in subjects["department"] | subjects["budget"]),
        },
        language,
    )
    names = {
        **{person.id: person.name for person in people.values()},
        **{department.id: department.name for department in departments.values()},
        **await _named("value", "name", subjects["value"], language),
        **await _named("reward", "title", subjects["reward"] | subjects["stock"], language),
        **await _named("award_programme", "name", subjects["award_programme"], language),
    }
    names |= {edge: " → ".join(names.get(end, "…") for end in pair) for edge, pair in ends.items()}

    def out(row: _Row) -> ChangeOut:
        return ChangeOut(
            id=row.id,
            at=utc(row.at),
            actor=names.get(row.actor_id or "", ""),
            kind=row.kind,
            subject_id=row.subject_id,
            subject=names.get(row.subject_id or "", ""),
            before=row.before,
            after=row.after,
            undone=row.undone,
            undoes=row.undoes_id,
            latest=row.latest,
            parts=[out(part) for part in parts.get(row.id, ())],
        )

    return History(items=[out(row) for row in rows], people=people, departments=departments, next=None)


_THINGS = ("person", "department", "dependency", "value", "reward", "stock", "award_programme", "budget")


async def _edges(ids: Iterable[str | None]) -> dict[str, tuple[str, str]]:
    wanted = sorted(str(i) for i in ids)
    if not wanted:
        return {}
    rows = await database.fetch(
        f"SELECT id, provider_id, customer_id FROM dependency WHERE id IN ({database.placeholders(len(wanted))})",
        *wanted,
    )
    return {row[0]: (row[1], row[2]) for row in rows}


async def _departments(ids: set[str], language: Language) -> dict[str, DepartmentRef]:
    if not ids:
        return {}
    rows = await database.fetch(
        f"""SELECT {department_columns("d", language)} FROM department d
        WHERE d.id IN ({database.placeholders(len(ids))})""",
        *sorted(ids),
    )
    return {row[0]: DepartmentRef(row[0], row[1], row[2], row[3]) for row in rows}


async def _named(table: str, name: str, ids: Iterable[str | None], language: Language) -> dict[str, str]:
    """What these rows are called, by their ids."""
    wanted = sorted(str(i) for i in ids)
    if not wanted:
        return {}
    rows = await database.fetch(
        f"SELECT id, {name}_{language} FROM {table} WHERE id IN ({database.placeholders(len(wanted))})", *wanted
    )
    return {row[0]: row[1] for row in rows}
