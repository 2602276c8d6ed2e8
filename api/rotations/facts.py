"""What departments and people bring along for rotations, kept by HR, by hosts and by people themselves."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import msgspec

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now
from api.core.errors import Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.core.text import clean, one_line
from api.people.rules import Findings, check_day
from api.rotations.rules import LONGEST_TEXT

MOST_ROWS = 50_000


class Welcome(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a department's facts that its own people write."""

    instruction: str = ""
    access: str = ""
    place: str = ""
    briefing: str = ""
    buddies: tuple[str, ...] = ()


class HostingFacts(Welcome, frozen=True, kw_only=True):
    """All facts of a department, as HR saves them."""

    capacity: int = 1
    minimum: tuple[int, ...] = (0,) * 7
    requires: tuple[str, ...] = ()


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """What people state for themselves. `working_days`: 0 is Monday; `wishes`: department to 1, 2 or -1."""

    working_days: tuple[int, ...] = (0, 1, 2, 3, 4)
    volunteer: bool = False
    wishes: dict[str, int] = {}


class OwnFacts(Stated, frozen=True, kw_only=True):
    """All facts of a person, as HR saves them."""

    qualifications: tuple[str, ...] = ()
    seniority: int = 0
    max_visits: int | None = None


def _names(texts: Sequence[str]) -> str:
    """Qualifications as they are stored: one line each, each once, in order."""
    kept = dict.fromkeys(one_line(text)[:80] for text in texts)
    return msgspec.json.encode(sorted(name for name in kept if name)).decode()


@database.transaction
async def save_hosting(*, actor: Actor, department_id: str, facts: HostingFacts) -> None:
    """What a department can do for visitors and what it needs. Raises NotFound, Invalid beside the fields."""
    found = Findings()
    if not 0 <= facts.capacity <= 99:
        found.add("capacity", _("From %(low)s to %(high)s.", low=0, high=99))
    if len(facts.minimum) != 7 or not all(0 <= number <= 999 for number in facts.minimum):
        found.add("minimum", _("From %(low)s to %(high)s.", low=0, high=999))
    entered = {
        "capacity": facts.capacity,
        "minimum": msgspec.json.encode(facts.minimum).decode(),
        "requires": _names(facts.requires),
    }
    await _save_department(actor, department_id, facts, found, entered)


@database.transaction
async def save_welcome(*, actor: Actor, department_id: str, texts: Welcome) -> None:
    """What a department says to its visitors; what HR has entered stays. Raises NotFound, Invalid beside the fields.

    Who may write it is for the caller to decide.
    """
    await _save_department(actor, department_id, texts, Findings(), {})


async def _save_department(
    actor: Actor, department_id: str, facts: Welcome, found: Findings, entered: Mapping[str, object]
) -> None:
    """Check and keep what its people write, and the columns that HR `entered` beside it; others stay as they are."""
    if not is_uuid(department_id) or not await database.fetch(
        "SELECT 1 FROM department WHERE id = {} AND archived_at IS NULL", department_id
    ):
        raise NotFound
    texts = {name: clean(getattr(facts, name)) for name in ("instruction", "access", "briefing")}
    for name, text in texts.items():
        if len(text) > LONGEST_TEXT:
            found.add(name, _("At most %(n)s characters.", n=LONGEST_TEXT))
    found.settle()
    columns = {
        **entered,
        "place": one_line(facts.place)[:200],
        **texts,
        "changed_by": actor.id,
        "changed_at": now(),
    }
    await database.execute(
        f"""INSERT INTO hosting (department_id, {", ".join(columns)}) VALUES ({database.placeholders(len(columns) + 1)})
        ON CONFLICT (department_id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in columns)}""",
        *(department_id, *columns.values()),
    )
    await database.execute("DELETE FROM buddy WHERE department_id = {}", department_id)
    buddies = [one for one in dict.fromkeys(facts.buddies) if is_uuid(one)]
    await database.execute(
        f"""INSERT INTO buddy (department_id, person_id) SELECT {{}}, id FROM person
        WHERE deactivated_at IS NULL AND id IN ({database.placeholders(len(buddies)) or "NULL"})""",
        *(department_id, *buddies),
    )
    await record_event("hosting.changed", actor_id=actor.id, subject_id=department_id)


@database.transaction
async def save_own_facts(*, actor: Actor, person_id: str, facts: OwnFacts) -> None:
    """All that a person brings along. Who may change whose is for the caller to decide. Raises NotFound, Invalid."""
    found = Findings()
    if not 0 <= facts.seniority <= 3:
        found.add("seniority", _("From %(low)s to %(high)s.", low=0, high=3))
    if facts.max_visits is not None and not 0 <= facts.max_visits <= 20:
        found.add("max_visits", _("From %(low)s to %(high)s.", low=0, high=20))
    entered = {
        "qualifications": _names(facts.qualifications),
        "seniority": facts.seniority,
        "max_visits": facts.max_visits,
    }
    await _save_person(actor, person_id, facts, found, entered)


@database.transaction
async def state_own_facts(*, actor: Actor, facts: Stated) -> None:
    """What somebody says of themselves; what HR has entered stays. Raises Invalid beside the fields."""
    await _save_person(actor, actor.id, facts, Findings(), {})


async def _save_person(
    actor: Actor, person_id: str, facts: Stated, found: Findings, entered: Mapping[str, object]
) -> None:
    """Check and keep what is stated, and the columns that HR `entered` beside it; others stay as they are."""
    row = is_uuid(person_id) and await database.fetch_one(
        "SELECT department_id FROM person WHERE id = {} AND deactivated_at IS NULL", person_id
    )
    if not row:
        raise NotFound
    if not facts.working_days or not set(facts.working_days) <= set(range(7)):
        found.add("working_days", _("Choose at least one day of the week."))
    others = await database.fetch(
        "SELECT id FROM department WHERE archived_at IS NULL AND id <> {}", row["department_id"]
    )
    if facts.wishes.keys() - {one["id"] for one in others} or not set(facts.wishes.values()) <= {-1, 1, 2}:
        found.add("wishes", _("Choose from the departments that there are."))
    found.settle()
    columns = {
        **entered,
        "working_days": "".join(str(day) for day in sorted(set(facts.working_days))),
        "volunteer": facts.volunteer,
    }
    await database.execute(
        f"""INSERT INTO rotation_facts (person_id, {", ".join(columns)})
        VALUES ({database.placeholders(len(columns) + 1)}) ON CONFLICT (person_id)
        DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in columns)}""",
        *(person_id, *columns.values()),
    )
    await database.execute("DELETE FROM wish WHERE person_id = {}", person_id)
    await database.execute_many(
        "INSERT INTO wish (person_id, department_id, liking) VALUES ({}, {}, {})",
        [(person_id, department, liking) for department, liking in facts.wishes.items()],
    )
    await record_event("rotation_facts.changed", actor_id=actor.id, subject_id=person_id)


@database.transaction
async def add_absence(*, actor: Actor, person_id: str, first_day: str, last_day: str) -> str:
    """A person is away from the first to the last day (empty: one day); returns its id. Raises NotFound, Invalid."""
    if not is_uuid(person_id) or not await database.fetch("SELECT 1 FROM person WHERE id = {}", person_id):
        raise NotFound
    state: dict[str, object] = {"first_day": first_day, "last_day": last_day or first_day}
    found = Findings()
    if not first_day:
        found.add("first_day", _("Write a day as in 2026-03-31."))
    for field in state:
        check_day(found, state, field)
    if not found.errors and str(state["last_day"]) < str(state["first_day"]):
        found.add("last_day", _("The last day is before the first."))
    found.settle()
    absence_id = uuid7()
    await database.execute(
        "INSERT INTO absence (id, person_id, first_day, last_day, source) VALUES ({}, {}, {}, {}, 'hand')",
        *(absence_id, person_id, state["first_day"], state["last_day"]),
    )
    await record_event("absence.added", actor_id=actor.id, subject_id=person_id)
    return absence_id


@database.transaction
async def remove_absence(*, actor: Actor, person_id: str, absence_id: str) -> None:
    """Not away after all; calm if it is gone already."""
    if is_uuid(absence_id) and is_uuid(person_id):
        await database.execute("DELETE FROM absence WHERE id = {} AND person_id = {}", absence_id, person_id)
        await record_event("absence.removed", actor_id=actor.id, subject_id=person_id)


async def read_absences(*, actor: Actor, content: bytes) -> tuple[int, list[int]]:
    """Take a list of absences in: e-mail, first day, last day (a heading is left out). It replaces the list before.

    Returns how many absences it held, and the numbers of the rows that nobody could read; if there are such rows,
    nothing is changed. Raises Invalid beside "file" if it is no list at all.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("windows-1252", "replace")
    first_line = text.partition("\n")[0]
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in first_line else ","))
    if len(rows) > MOST_ROWS:
        raise Invalid.field("file", _("At most %(n)s rows.", n=f"{MOST_ROWS:,}"))
    people = {row["email"]: row["id"] for row in await database.fetch("SELECT id, email FROM person")}
    kept: list[tuple[str, str, str, str]] = []
    wrong = []
    for number, row in enumerate(rows, 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and "@" not in cells[0]):
            continue
        state: dict[str, object] = dict(zip(("first_day", "last_day"), [*cells[1:3], "", ""], strict=False))
        state["last_day"] = state["last_day"] or state["first_day"]
        found = Findings()
        for field in ("first_day", "last_day"):
            check_day(found, state, field)
        first, last = str(state["first_day"]), str(state["last_day"])
        if cells[0].lower() not in people or found.errors or not first or last < first:
            wrong.append(number)
        else:
            kept.append((uuid7(), people[cells[0].lower()], first, last))
    if not kept and not wrong:
        raise Invalid.field("file", _("This file holds no absences."))
    if not wrong:
        await _replace_list(actor, kept)
    return len(kept), wrong


@database.transaction
async def _replace_list(actor: Actor, rows: Sequence[tuple[str, str, str, str]]) -> None:
    await database.execute("DELETE FROM absence WHERE source = 'list'")
    await database.execute_many(
        "INSERT INTO absence (id, person_id, first_day, last_day, source) VALUES ({}, {}, {}, {}, 'list')", rows
    )
    await record_event("absence.listed", actor_id=actor.id)
