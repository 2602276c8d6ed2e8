"""Who may decide a case. Nobody in their own, nor in one of somebody who decides theirs.

A step climbs a ladder: the manager of the person concerned (or the owner of the budget), the managers above, the
department's manager and those above, then all of HR, then the administrators. The first who may takes it; HR and
administrators all may, and one of them is enough.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from api.approvals.rules import Who
from api.core import database
from api.core.clock import now
from api.people.service import chain_above


class Parties(msgspec.Struct, frozen=True, kw_only=True):
    """Whose case it is, whose budget pays, and who has had a part in it already (`taken`)."""

    approval_id: str
    requester_id: str
    concerned_id: str
    department_id: str | None
    taken: frozenset[str] = frozenset()

    @property
    def people(self) -> list[str]:
        """Those who never decide it."""
        return sorted({self.requester_id, self.concerned_id})


async def resolve(who: Who, first: Who, parties: Parties) -> list[str]:
    """Who takes a step now; empty if there is nobody. `first` is who takes the case's first step."""
    base = first if who is Who.SECOND else who
    if base is not Who.HR:
        ladder = await _ladder(base, parties)
        found = await may_decide(ladder, parties)
        if found:
            return found[:1]
    return await _house(parties)


async def next_up(who: Who, first: Who, parties: Parties, present: Collection[str]) -> list[str]:
    """Who is asked as well when `present` have let the time pass: the next on the ladder, then all of HR."""
    base = first if who is Who.SECOND else who
    if base is not Who.HR:
        ladder = await _ladder(base, parties)
        # Only what is above those who were asked; whoever is below them was passed over for a reason.
        above = max((place for place, person_id in enumerate(ladder) if person_id in present), default=-1) + 1
        found = await may_decide([person_id for person_id in ladder[above:] if person_id not in present], parties)
        if found:
            return found[:1]
    return [person_id for person_id in await _house(parties) if person_id not in present]


async def _ladder(base: Who, parties: Parties) -> list[str]:
    """The people to ask one after the other, each once."""
    department = await database.fetch_one(
        """SELECT d.manager_id FROM department d WHERE d.id = COALESCE({},
            (SELECT p.department_id FROM person p WHERE p.id = {}))""",
        *(parties.department_id, parties.concerned_id),
    )
    chain = await chain_above(department["manager_id"] if department else None)
    if base is Who.MANAGER:
        chain = [*(await chain_above(parties.concerned_id))[1:], *chain]
    return list(dict.fromkeys(row["id"] for row in chain if row["deactivated_at"] is None))


async def _house(parties: Parties) -> list[str]:
    """All of HR who may, or else all administrators who may."""
    for role in ("hr", "admin"):
        rows = await database.fetch(
            """SELECT id FROM person WHERE roles <> '' AND ' ' || roles || ' ' LIKE {} AND deactivated_at IS NULL
            ORDER BY id""",
            f"% {role} %",
        )
        found = await may_decide([row["id"] for row in rows], parties)
        if found:
            return found
    return []


async def may_decide(people: Sequence[str], parties: Parties) -> list[str]:
    """Those of them, in their order, who may decide this case."""
    asked = [person_id for person_id in people if person_id not in parties.taken and person_id not in parties.people]
    if not asked:
        return []
    barred = await _decided_by(asked, parties)
    return [person_id for person_id in asked if person_id not in barred]


async def _decided_by(people: Sequence[str], parties: Parties) -> set[str]:
    """Those of `people` whose own cases one of the parties decides: as somebody above them, as their department's
    manager, or in a case of theirs that is open."""
    marks, theirs = database.placeholders(len(people)), database.placeholders(len(parties.people))
    rows = await database.fetch(
        f"""WITH RECURSIVE above (root, id, step) AS (
            SELECT p.id, p.manager_id, 1 FROM person p WHERE p.id IN ({marks}) AND p.manager_id IS NOT NULL
            UNION ALL SELECT above.root, p.manager_id, above.step + 1
            FROM above JOIN person p ON p.id = above.id WHERE p.manager_id IS NOT NULL AND above.step < 100)
        SELECT root FROM above WHERE id IN ({theirs})
        UNION SELECT p.id FROM person p JOIN department d ON d.id = p.department_id
            WHERE p.id IN ({marks}) AND d.manager_id IN ({theirs})
        UNION SELECT x.person_id FROM (
            SELECT a.id, a.concerned_id AS person_id FROM approval a WHERE a.state = 'open'
            UNION SELECT a.id, a.requester_id FROM approval a WHERE a.state = 'open') x
            JOIN approval_decider d ON d.approval_id = x.id
            WHERE x.person_id IN ({marks}) AND d.person_id IN ({theirs}) AND x.id <> {{}}""",
        *(*people, *parties.people, *people, *parties.people, *people, *parties.people, parties.approval_id),
    )
    return {row[0] for row in rows}


async def deputised_by(deputy_id: str) -> list[str]:
    """For whom this person decides now."""
    at = now()
    rows = await database.fetch(
        """SELECT DISTINCT s.person_id FROM deputyship s JOIN person p ON p.id = s.person_id
        WHERE s.deputy_id = {} AND s.from_at <= {} AND s.until_at > {} AND p.deactivated_at IS NULL
        ORDER BY s.person_id""",
        *(deputy_id, at, at),
    )
    return [row["person_id"] for row in rows]
