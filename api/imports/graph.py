"""Who leads whom, as a graph: circles, and who must be there before whom. No database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def circles(leads: Mapping[str, str]) -> list[list[str]]:
    """Every circle in `leads` (person to manager), each as its members in order."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in leads:
        path: list[str] = []
        place: dict[str, int] = {}
        at: str | None = start
        while at is not None and at not in done and at not in place:
            place[at] = len(path)
            path.append(at)
            at = leads.get(at)
        if at is not None and at in place:
            found.append(path[place[at] :])
        done.update(path)
    return found


def depths(people: Iterable[str], leads: Mapping[str, str]) -> dict[str, int]:
    """For each of `people` how many of `people` stand above them; there is no circle in `leads`."""
    found: dict[str, int] = {}
    inside = set(people)
    for start in inside:
        path: list[str] = []
        at: str | None = start
        while at is not None and at in inside and at not in found:
            path.append(at)
            at = leads.get(at)
        depth = found[at] + 1 if at is not None and at in found else 0
        for person in reversed(path):
            found[person] = depth
            depth += 1
    return found
