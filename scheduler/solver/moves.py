"""The small steps: put a person on a visit or take one off, book a cycle, take everything back. Inner loops.

Every step is written into the journal, so that whoever tries something can return to where they were.
"""

from __future__ import annotations

from scheduler.compiled import loop
from scheduler.solver.state import (
    ARC,
    CAPACITY,
    COVER,
    END,
    FIRST,
    GUESTS,
    HOME,
    HOST,
    LEVEL,
    LIMIT,
    OUT,
    PERSON,
    PINNED,
    SPARE,
    State,
)

VISIT, CYCLE, SINGLE = 0, 2, 4  # kinds of journal entries; one more: taken back
EPSILON = 1e-9  # a gain is more than that
FEASIBLE = 1e-6  # people that staffing may be short of, for the sake of rounding


@loop
def worth(m: State, option: int, start: int) -> float:
    """What one more visit adds to the score, cost of a shadow visit aside."""
    arc, person = m.options[option, ARC], m.options[option, PERSON]
    home = m.arcs[arc, HOME]
    value = m.value[option] + m.fairness[min(m.made[person, 0], len(m.fairness) - 1)]
    value += m.coverage[arc, min(m.by_arc[arc, 0], m.coverage.shape[1] - 1)]
    value += m.tiers[home, min(m.by_home[home], m.tiers.shape[1] - 1)]
    if m.by_arc[arc, 1 + m.persons[person, LEVEL]] == 0:
        value += m.seniority[arc]
    if m.extra.shape[0]:
        value += m.extra[option, start]
    return value  # type: ignore[no-any-return]


@loop
def fits(m: State, option: int, start: int) -> bool:
    """Whether the person can make this visit beside those they make."""
    if not m.ok[option, start] or m.at[option] >= 0:
        return False
    person = m.options[option, PERSON]
    if m.made[person, 0] >= m.persons[person, LIMIT]:
        return False
    for index in range(1, m.made[person, 0] + 1):  # noqa: SIM110 (a loop compiles better than a generator)
        if abs(m.at[m.made[person, index]] - start) < m.apart:
            return False
    return True


@loop
def change(m: State, option: int, start: int, step: int) -> None:
    """The person makes the visit (`step` 1), or does not after all (-1); cycles are booked apart from that."""
    arc, person = m.options[option, ARC], m.options[option, PERSON]
    home, level = m.arcs[arc, HOME], 1 + m.persons[person, LEVEL]
    count = m.made[person, 0]
    if step > 0:
        m.made[person, count + 1] = option
        m.at[option] = start
        m.score[0] += worth(m, option, start)
    else:
        for index in range(1, count):
            if m.made[person, index] == option:
                m.made[person, index] = m.made[person, count]
        m.at[option] = -1
    m.made[person, 0] = count + step
    m.by_arc[arc, 0] += step
    m.by_arc[arc, level] += step
    m.by_home[home] += step
    if step < 0:
        m.score[0] -= worth(m, option, start)
    entry = m.done[0]
    m.journal[entry, 0] = VISIT if step > 0 else VISIT + 1
    m.journal[entry, 1] = option
    m.journal[entry, 2] = start
    m.done[0] = entry + 1


@loop
def book(m: State, cycle: int, start: int, step: int) -> None:
    """One more (`step` 1) or one less (-1) swap or ring between departments."""
    m.booked[cycle, start] += step
    for place in range(1, m.cycles[cycle, 0] + 1):
        home = m.arcs[m.cycles[cycle, place], HOME]
        for block in range(start, start + m.length):
            m.house[home, block, GUESTS] += step
            m.house[home, block, OUT] += step
            m.house[home, block, COVER] += step
    entry = m.done[0]
    m.journal[entry, 0] = CYCLE if step > 0 else CYCLE + 1
    m.journal[entry, 1] = cycle
    m.journal[entry, 2] = start
    m.done[0] = entry + 1


@loop
def book_alone(m: State, arc: int, start: int, step: int) -> None:
    """One more or one less shadow visit between departments."""
    m.alone[arc, start] += step
    m.score[0] -= step * m.shadow_cost
    for block in range(start, start + m.length):
        m.house[m.arcs[arc, HOST], block, GUESTS] += step
        m.house[m.arcs[arc, HOME], block, OUT] += step
    entry = m.done[0]
    m.journal[entry, 0] = SINGLE if step > 0 else SINGLE + 1
    m.journal[entry, 1] = arc
    m.journal[entry, 2] = start
    m.done[0] = entry + 1


@loop
def undo(m: State, mark: int) -> None:
    """Back to when the journal had `mark` entries."""
    while m.done[0] > mark:
        entry = m.done[0] - 1
        kind, index, start = m.journal[entry, 0], m.journal[entry, 1], m.journal[entry, 2]
        step = 1 if kind % 2 else -1
        if kind < CYCLE:
            change(m, index, start, step)
        elif kind < SINGLE:
            book(m, index, start, step)
        else:
            book_alone(m, index, start, step)
        m.done[0] = entry


@loop
def has_room(m: State, cycle: int, start: int) -> bool:
    """Whether one more such swap or ring keeps host capacity and staffing."""
    for place in range(1, m.cycles[cycle, 0] + 1):
        home = m.arcs[m.cycles[cycle, place], HOME]
        for block in range(start, start + m.length):
            if m.house[home, block, GUESTS] >= m.house[home, block, CAPACITY]:
                return False
            left = m.house[home, block, SPARE] + m.cover_worth * (m.house[home, block, COVER] + 1)
            if m.house[home, block, OUT] + 1 > left + FEASIBLE:
                return False
    return True


@loop
def has_room_alone(m: State, arc: int, start: int) -> bool:
    """Whether one more shadow visit keeps host capacity and staffing."""
    home, host = m.arcs[arc, HOME], m.arcs[arc, HOST]
    for block in range(start, start + m.length):
        if m.house[host, block, GUESTS] >= m.house[host, block, CAPACITY]:
            return False
        left = m.house[home, block, SPARE] + m.cover_worth * m.house[home, block, COVER]
        if m.house[home, block, OUT] + 1 > left + FEASIBLE:
            return False
    return True


@loop
def best_for(m: State, arc: int, start: int) -> int:
    """The option of the arc that is worth most in this block, -1 if nobody is free."""
    best, most = -1, -1e300
    # Where options are sorted by value, what the rest could be worth at most is known.
    beyond = m.fairness[0] + m.seniority[arc] + m.coverage[arc, min(m.by_arc[arc, 0], m.coverage.shape[1] - 1)]
    beyond += m.tiers[m.arcs[arc, HOME], min(m.by_home[m.arcs[arc, HOME]], m.tiers.shape[1] - 1)]
    for option in range(m.arcs[arc, FIRST], m.arcs[arc, END]):
        if best >= 0 and m.falling and m.value[option] + beyond <= most:
            break
        if fits(m, option, start):
            value = worth(m, option, start)
            if value > most:
                best, most = option, value
    return best


@loop
def move_aside(m: State, arc: int, start: int) -> bool:
    """Somebody gives up one visit for this one, and a colleague takes that over."""
    tries = 0
    for option in range(m.arcs[arc, FIRST], m.arcs[arc, END]):
        if not m.ok[option, start] or m.at[option] >= 0:
            continue
        person = m.options[option, PERSON]
        count = m.made[person, 0]
        for index in range(1, count + 1):
            other = m.made[person, index]
            if m.options[other, PINNED] >= 0:
                continue
            blocked = False
            for again in range(1, count + 1):
                near = m.made[person, again]
                blocked = blocked or (again != index and abs(m.at[near] - start) < m.apart)
            if blocked:
                continue
            tries += 1
            if tries > 60:
                return False
            when, from_arc, mark = m.at[other], m.options[other, ARC], m.done[0]
            change(m, other, when, -1)
            change(m, option, start, 1)
            refill = best_for(m, from_arc, when)
            if refill >= 0:
                change(m, refill, when, 1)
                return True
            undo(m, mark)
    return False


@loop
def place(m: State, arc: int, start: int, depth: int) -> bool:
    """Find somebody for a visit of this arc; with `depth` 1, move people who stand in the way."""
    option = best_for(m, arc, start)
    if option >= 0:
        change(m, option, start, 1)
        return True
    return depth > 0 and move_aside(m, arc, start)
