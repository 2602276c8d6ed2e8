"""Begin with visits that are known: those of a search that was interrupted, or of an earlier plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from scheduler.plan import PlannedVisit
from scheduler.solver.arrays import Arrays
from scheduler.solver.moves import book, book_alone, change, fits, has_room, has_room_alone, undo
from scheduler.solver.search import forget
from scheduler.solver.state import State, empty_state


def start_from_visits(arrays: Arrays, visits: Iterable[PlannedVisit]) -> State | None:
    """A plan of those groups that still keep every rule; None if a pinned visit would be missing."""
    instance = arrays.instance
    people = {person.id: index for index, person in enumerate(instance.people)}
    departments = {department.id: index for index, department in enumerate(instance.departments)}
    order = {block.id: index for index, block in enumerate(instance.blocks)}
    hosts = arrays.arc_host[arrays.arc].tolist()
    options = {key: row for row, key in enumerate(zip(arrays.person.tolist(), hosts, strict=True))}
    cycles = {frozenset(row[: arrays.size[index]]): index for index, row in enumerate(arrays.cycles.tolist())}
    groups: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for visit in visits:
        option = options.get((people.get(visit.person, -1), departments.get(visit.host, -1)), -1)
        groups[visit.group].append((option, order.get(visit.block, -1)))
    state = empty_state(arrays)
    for group in groups.values():
        _put(arrays, state, cycles, group)
    kept = all(int(state.at[option]) == start for option, start in arrays.pins.tolist())
    return state if kept else None


def _put(arrays: Arrays, state: State, cycles: dict[frozenset[int], int], group: list[tuple[int, int]]) -> None:
    """The group's visits, all or none of them."""
    mark, start = int(state.done[0]), group[0][1]
    arcs = [int(arrays.arc[option]) for option, _start in group]
    cycle = cycles.get(frozenset(arcs), -1)
    if start < 0 or any(option < 0 or at != start for option, at in group):
        return
    if len(group) == 1:
        if not arrays.shadow or not has_room_alone(state, arcs[0], start):
            return
    elif cycle < 0 or not has_room(state, cycle, start):
        return
    for option, _start in group:
        if not fits(state, option, start):
            undo(state, mark)
            return
        change(state, option, start, 1)
    if len(group) == 1:
        book_alone(state, arcs[0], start, 1)
    else:
        book(state, cycle, start, 1)
    forget(state)
