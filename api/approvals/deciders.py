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

    requester_id: str
    concerned_id: str
    department_id: str | None
    taken: frozenset[str] = frozenset()

    @property
    def people(self) -> set[str]:
        """Those who never decide it, nor anybody whose cases they decide."""
        return {self.requester_id, self.concerned_id}

    def leave_open(self, person_id: str) -> bool:
        """Whether this person has no part in it yet."""
        return person_id not in self.people and person_id not in self.taken


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
    asked = [person_id for person_id in people if parties.leave_open(person_id)]
    if not asked:
        return []
    over = await who_decides_for(asked)
    return [person_id for person_id in asked if not over[person_id] & parties.people]


async def who_decides_for(people: Sequence[str]) -> dict[str, set[str]]:
    """Who decides the cases of each of these people: as somebody above them, as their department's manager, or in a
    case of theirs that is open."""
    marks = database.placeholders(len(people))
    rows = await database.fetch(
        f"""WITH RECURSIVE above (root, id, step) AS (
            SELECT p.id, p.manager_id, 1 FROM person p WHERE p.id IN ({marks}) AND p.manager_id IS NOT NULL
            UNION ALL SELECT above.root, p.manager_id, above.step + 1
            FROM above JOIN person p ON p.id = above.id WHERE p.manager_id IS NOT NULL AND above.step < 100)
        SELECT root, id FROM above
        UNION SELECT p.id, d.manager_id FROM person p JOIN department d ON d.id = p.department_id
            WHERE p.id IN ({marks}) AND d.manager_id IS NOT NULL
        UNION SELECT a.concerned_id, d.person_id FROM approval a JOIN approval_decider d ON d.approval_id = a.id
            WHERE a.state = 'open' AND a.concerned_id IN ({marks})
        UNION SELECT a.requester_id, d.person_id FROM approval a JOIN approval_decider d ON d.approval_id = a.id
            WHERE a.state = 'open' AND a.requester_id IN ({marks})""",
        *(*people, *people, *people, *people),
    )
    found: dict[str, set[str]] = {person_id: set() for person_id in people}
    for root, over in rows:
        found[root].add(over)
    return found


class Deputy(msgspec.Struct, frozen=True):
    """For whom somebody decides now, and who decides their own cases: in those people's they stand in for nobody."""

    stands_in_for: list[str]
    decided_by: set[str]


async def deputy_of(person_id: str) -> Deputy:
    """What makes this person a deputy; two statements at most."""
    people = await deputised_by(person_id)
    return Deputy(people, (await who_decides_for([person_id]))[person_id] if people else set())


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
