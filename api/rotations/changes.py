"""What changes for whom when one version of a plan takes the place of another; shown before it is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

import msgspec

from api.core import database
from api.rotations.rules import VisitState


class Placed(msgspec.Struct, frozen=True):
    """A visit of a version, as far as its people see it. Times in microseconds."""

    id: str
    person_id: str
    host_id: str
    block: int
    group_number: int
    starts_at: int
    ends_at: int
    state: VisitState
    uid: str
    revision: int


class Step(msgspec.Struct, frozen=True):
    """A visit as it was (None: there was none) and as it will be (None: it is off). "kept" is told to nobody."""

    change: Literal["kept", "new", "moved", "partner", "cancelled"]
    old: Placed | None
    new: Placed | None


COLUMNS = ", ".join(f"v.{name}" for name in Placed.__struct_fields__)
"""Of `v` (visit), in the order of Placed's fields."""


async def placed(plan_id: str) -> list[Placed]:
    """The visits of a plan, but for those that are off."""
    rows = await database.fetch(
        f"SELECT {COLUMNS} FROM visit v WHERE v.plan_id = {{}} AND v.state <> 'cancelled' ORDER BY v.id", plan_id
    )
    return [Placed(*tuple(row)) for row in rows]


def steps(before: Sequence[Placed], after: Sequence[Placed]) -> list[Step]:
    """One step for each visit of either version. A visit that has taken place stays as it is, wherever it stands."""
    done = {(one.person_id, one.host_id, one.starts_at): one for one in before if one.state == "done"}
    known = {(one.person_id, one.host_id): one for one in before if one.state != "done"}
    were, are = _partners(before), _partners(after)
    found = []
    for new in after:
        over = done.get((new.person_id, new.host_id, new.starts_at))
        old = over or known.pop((new.person_id, new.host_id), None)
        if old is None:
            found.append(Step("new", None, new))
        elif over:
            found.append(Step("kept", over, new))
        elif (new.starts_at, new.ends_at) != (old.starts_at, old.ends_at) or old.state == "declined":
            found.append(Step("moved", old, new))
        else:
            found.append(Step("kept" if were[old.id] == are[new.id] else "partner", old, new))
    return [*found, *(Step("cancelled", old, None) for old in known.values() if old.state != "declined")]


def _partners(visits: Sequence[Placed]) -> dict[str, frozenset[str]]:
    groups: dict[int, set[str]] = defaultdict(set)
    for one in visits:
        groups[one.group_number].add(one.person_id)
    return {one.id: frozenset(groups[one.group_number] - {one.person_id}) for one in visits}
