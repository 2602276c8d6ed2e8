"""The demo hospital, made anew from a seed: same seed and time, same hospital, down to the ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from api.core.clock import DAY, WEEK
from api.demo.draws import Draws
from api.demo.hospital import BONDS, IDEALS, UNITS
from api.demo.people import Person, make_people
from api.demo.post import Post
from api.demo.records import Letter
from api.demo.rhythm import PERIOD

PER_PERSON = 10  # letters in six months, unless a number is asked for


@dataclass(frozen=True, slots=True)
class Demo:
    """The hospital. Ids of departments, values and dependencies by their keys; letters are made as they are read."""

    people: list[Person]
    kudos: int
    seed: int
    until: int
    department_ids: dict[str, str]
    value_ids: dict[str, str]
    dependency_ids: dict[tuple[str, str], str]

    @property
    def founded(self) -> int:
        """When the hospital began to use Gearmesh, some days before the first letter."""
        return founded(self.until)

    @property
    def hr(self) -> Person:
        """Who handles reports."""
        return self.person("Nadine Vogt")

    def person(self, name: str) -> Person:
        """The person of this name. Raises StopIteration if there is none."""
        return next(p for p in self.people if p.name == name)

    def letters(self) -> Iterator[Letter]:
        """All letters, oldest first; the same every time."""
        return Post(people=self.people, kudos=self.kudos, seed=self.seed, until=self.until).letters()


def founded(until: int) -> int:
    """The time of the first rows: a week before the period of the letters."""
    return until - PERIOD - WEEK


def generate(*, people: int = 300, kudos: int | None = None, seed: int = 1, until: int) -> Demo:
    """The demo hospital as it stands at `until` (microseconds), with about ten letters a person or `kudos`.

    Raises ValueError for fewer than `people.SMALLEST` people.
    """
    draws = Draws(f"house {seed}")
    start = founded(until)
    return Demo(
        people=make_people(people, seed=seed, founded=start),
        kudos=people * PER_PERSON if kudos is None else kudos,
        seed=seed,
        until=until,
        department_ids={unit.key: draws.uuid7(start) for unit in UNITS},
        value_ids={ideal.key: draws.uuid7(start) for ideal in IDEALS},
        dependency_ids={(bond.provider, bond.customer): draws.uuid7(start + DAY) for bond in BONDS},
    )


__all__ = ["Demo", "Letter", "founded", "generate"]
