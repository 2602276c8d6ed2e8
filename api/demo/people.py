"""Who works at Klinikum Lindenhof: a few people one meets again and again, and as many others as wanted."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from api.core.clock import SECOND
from api.demo.draws import Draws, Weighted
from api.demo.hospital import UNITS
from api.demo.jobs import HEADS, JOBS, Job
from api.demo.known import BOARD, DOMAIN, KNOWN, Known
from api.demo.names import ORIGINS, SPARE_TONGUES_DE, SPARE_TONGUES_EN

SMALLEST = 60  # the known, the heads, and someone to lead
TEAM = 18  # people to a lead, where a department is large

_ASCII = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "ae"}
)


@dataclass(slots=True, eq=False)
class Person:
    """Someone who works there.

    `department` is the key of a unit, which this person `heads` or not; `tongue` names a language they
    speak, in German and in English.
    """

    id: str
    email: str
    name: str
    given_name: str
    woman: bool
    department: str
    job_de: str
    job_en: str
    language: str
    roles: str
    joined_on: str
    tongue: tuple[str, str]
    heads: bool = False
    manager: Person | None = None


def head_counts(people: int) -> dict[str, int]:
    """How many of `people` work in each department: in proportion to its size, by largest remainder.

    Raises ValueError for fewer than SMALLEST.
    """
    if people < SMALLEST:
        raise ValueError(f"the demo hospital needs at least {SMALLEST} people, not {people}")
    exact = {unit.key: people * unit.size / 300 for unit in UNITS}
    least = {key: 1 + sum(k.department == key for k in (*KNOWN, *BOARD)) for key in exact}
    counts = {key: max(int(exact[key]), least[key]) for key in exact}
    while (missing := people - sum(counts.values())) != 0:
        step = 1 if missing > 0 else -1
        movable = [key for key in counts if step > 0 or counts[key] > least[key]]
        counts[max(movable, key=lambda key: step * (exact[key] - counts[key]))] += step
    return counts


def make_people(count: int, *, seed: int, founded: int) -> list[Person]:
    """`count` colleagues, all of whom had joined before `founded` (microseconds)."""
    maker = _Maker(Draws(f"people {seed}"), founded)
    board = {known: maker.known(known) for known in BOARD}
    top, *directors = board.values()
    for director in directors:
        director.manager = top
    everyone = [top, *directors]
    for unit in UNITS:
        size = head_counts(count)[unit.key] - sum(known.department == unit.key for known in BOARD)
        head, *staff = maker.department(unit.key, size)
        head.heads = True
        head.manager = next(board[known] for known in BOARD if unit.key in known.oversees)
        _arrange(head, staff)
        everyone += [head, *staff]
    return everyone


def _arrange(head: Person, staff: list[Person]) -> None:
    """All report to the head; where they are many, to leads who report to the head."""
    team = TEAM if len(staff) > 2 * TEAM else len(staff) + 1
    for start in range(0, len(staff), team):
        lead = head if team > len(staff) else staff[start]
        for person in staff[start : start + team]:
            person.manager = head if person is lead else lead


class _Maker:
    """Makes people one after another; e-mail addresses are unique, names as long as there are new ones."""

    def __init__(self, draws: Draws, founded: int) -> None:
        self.draws = draws
        self.founded = founded
        self.made = 0
        self.names = {known.name for known in (*KNOWN, *BOARD)}
        self.emails = {_address(name) for name in self.names}
        self.origins = Weighted(ORIGINS, [float(origin.share) for origin in ORIGINS])

    def department(self, key: str, size: int) -> list[Person]:
        """`size` people of a department, its head first."""
        here = sorted((k for k in KNOWN if k.department == key), key=lambda k: not k.heads)
        people = [self.known(k) for k in here]
        if not here or not here[0].heads:
            people.insert(0, self.stranger(key, HEADS[key]))
        jobs = Weighted(JOBS[key], [float(job.share) for job in JOBS[key]])
        people += [self.stranger(key, jobs.draw(self.draws)) for _ in range(size - len(people))]
        return people

    def known(self, known: Known) -> Person:
        """The person described by `known`."""
        return Person(
            id=self._id(),
            email=f"{_address(known.name)}@{DOMAIN}",
            name=known.name,
            given_name=known.name.split()[0],
            woman=known.woman,
            department=known.department,
            job_de=known.job_de,
            job_en=known.job_en,
            language=known.language,
            roles=known.roles,
            joined_on=self._joined(),
            tongue=known.tongue,
        )

    def stranger(self, department: str, job: Job) -> Person:
        """Somebody new with this job."""
        draws = self.draws
        for _ in range(20):
            origin = self.origins.draw(draws)
            woman = draws.chance() < 0.66
            given = draws.one(origin.women if woman else origin.men)
            family = draws.one(origin.families).split("/")
            name = f"{given} {family[-1 if woman else 0]}"
            if name not in self.names:
                break
        self.names.add(name)
        spare = draws.below(len(SPARE_TONGUES_DE))
        speaks_english = draws.chance() < (0.34 if origin.tongue_de else 0.07)
        return Person(
            id=self._id(),
            email=self._email(name),
            name=name,
            given_name=given,
            woman=woman,
            department=department,
            job_de=job.woman_de if woman else job.man_de,
            job_en=job.en,
            language="en" if speaks_english else "de",
            roles="hr" if department == "hr" and draws.chance() < 0.4 else "",
            joined_on=self._joined(),
            tongue=(
                origin.tongue_de or SPARE_TONGUES_DE[spare],
                origin.tongue_en or SPARE_TONGUES_EN[spare],
            ),
        )

    def _id(self) -> str:
        self.made += 1
        return self.draws.uuid7(self.founded + self.made * SECOND)

    def _joined(self) -> str:
        days = 1 + min(self.draws.waiting(2_400), 14_000)
        return (datetime.fromtimestamp(self.founded / SECOND, UTC) - timedelta(days=days)).date().isoformat()

    def _email(self, name: str) -> str:
        plain = local = _address(name)
        number = 1
        while local in self.emails:
            number += 1
            local = f"{plain}{number}"
        self.emails.add(local)
        return f"{local}@{DOMAIN}"


def _address(name: str) -> str:
    """The part of an e-mail address before the @: "Jürgen Groß" is "juergen.gross"."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_ASCII))
    return "".join(c for c in plain.replace(" ", ".") if c.isascii() and (c.isalnum() or c in ".-"))
