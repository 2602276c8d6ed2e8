"""A small hospital with the same few people, with known roles, in every test."""

from __future__ import annotations

from dataclasses import dataclass

from api.core import database
from api.core.access.actor import Scope
from api.core.access.secrets import token_hash
from api.core.clock import DAY
from api.core.text import search_name

OPENED_AT = 1_772_442_000_000_000  # Monday, 2 March 2026, 09:00 UTC


def _id(kind: int, number: int) -> str:
    return f"01900000-0000-7000-8{kind:03x}-{number:012x}"


@dataclass(frozen=True)
class Department:
    """A unit; its number is also its colour and place."""

    number: int
    name_en: str
    name_de: str

    @property
    def id(self) -> str:
        return _id(1, self.number)


BILLING = Department(1, "Billing", "Abrechnung")
REGISTRATION = Department(2, "Patient registration", "Patientenaufnahme")
RADIOLOGY = Department(3, "Radiology", "Röntgen")
PERSONNEL = Department(4, "Human resources", "Personalabteilung")
IT = Department(5, "Information technology", "Informationstechnik")
DEPARTMENTS = (BILLING, REGISTRATION, RADIOLOGY, PERSONNEL, IT)


@dataclass(frozen=True)
class Person:
    """Somebody with a session (`cookie`) and an API token with all scopes (`token`)."""

    number: int
    name: str
    department: Department
    roles: str = ""
    led_by: int | None = None
    active: bool = True

    @property
    def id(self) -> str:
        return _id(2, self.number)

    @property
    def given_name(self) -> str:
        return self.name.split()[0]

    @property
    def handle(self) -> str:
        """The given name; with the number for people whom a test adds, who may be namesakes."""
        return self.given_name.lower() + (str(self.number) if self.number > len(PEOPLE) else "")

    @property
    def email(self) -> str:
        return f"{self.handle}@hospital.example"

    @property
    def cookie(self) -> str:
        return f"session-of-{self.handle}"

    @property
    def session_id(self) -> str:
        return _id(3, self.number)

    @property
    def token_id(self) -> str:
        return _id(6, self.number)

    @property
    def token(self) -> str:
        return f"gm_token-of-{self.handle}"


KATHARINA = Person(1, "Katharina Vogt", BILLING)  # leads Aylin
AYLIN = Person(2, "Aylin Demir", BILLING, led_by=1)
MIRIAM = Person(3, "Miriam Okafor", REGISTRATION)
JONAS = Person(4, "Jonas Weber", REGISTRATION)
HELENE = Person(5, "Helene Groß", PERSONNEL, roles="hr")
TOMASZ = Person(6, "Tomasz Łuczak", IT, roles="admin")
BRITTA = Person(7, "Britta Nørgaard", RADIOLOGY, roles="works_council")
OSKAR = Person(8, "Oskar Lindner", BILLING, active=False)
PEOPLE = (KATHARINA, AYLIN, MIRIAM, JONAS, HELENE, TOMASZ, BRITTA, OSKAR)

TOGETHER = _id(4, 1)
CARE = _id(4, 2)
SPEED = _id(4, 3)  # archived
DEPENDENCY = _id(5, 1)  # registration delivers to billing
NOBODY = _id(2, 999)  # an id that no row has

ALL_SCOPES = " ".join(sorted(scope.value for scope in Scope))


async def fill() -> None:
    """Insert the organisation into the current, migrated and empty database."""
    await database.transact(_fill)


async def _fill() -> None:
    await database.execute("UPDATE organisation SET name = 'Test Hospital'")
    await database.execute_many(
        """INSERT INTO department (id, code_de, code_en, name_de, name_en, purpose_de, purpose_en, hue, position,
            created_at) VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {})""",
        [
            (d.id, d.name_de[:2], d.name_en[:2], d.name_de, d.name_en, "Wofür", "What for", d.number, d.number, 0)
            for d in DEPARTMENTS
        ],
    )
    for person in PEOPLE:
        await add_person(person)
    for place, (value, key, name_de, name_en) in enumerate(
        [
            (TOGETHER, "together", "Gemeinsam", "Together"),
            (CARE, "care", "Sorgfalt", "Care"),
            (SPEED, "speed", "Tempo", "Speed"),
        ]
    ):
        await database.execute(
            """INSERT INTO value (id, key, name_de, name_en, position, archived_at) VALUES ({}, {}, {}, {}, {}, {})""",
            *(value, key, name_de, name_en, place, 1 if value == SPEED else None),
        )
    await database.execute(
        """INSERT INTO dependency (id, provider_id, customer_id, handover_de, handover_en, weight, error_cost_cents,
            created_at) VALUES ({}, {}, {}, 'Aufnahmedaten', 'Admission data', 5, 4200, 0)""",
        *(DEPENDENCY, REGISTRATION.id, BILLING.id),
    )


async def add_person(person: Person) -> None:
    """Insert a person with session and token."""
    leader = None if person.led_by is None else _id(2, person.led_by)
    await database.execute(
        """INSERT INTO person (id, email, name, given_name, search, job_de, job_en, department_id, manager_id, roles,
            joined_on, deactivated_at, created_at)
        VALUES ({}, {}, {}, {}, {}, 'Fachkraft', 'Specialist', {}, {}, {}, '2020-04-01', {}, 0)""",
        *(person.id, person.email, person.name, person.given_name, search_name(person.name)),
        *(person.department.id, leader, person.roles, None if person.active else 1),
    )
    await database.execute(
        """INSERT INTO session (token_hash, id, person_id, created_at, last_seen_at, expires_at, agent)
        VALUES ({}, {}, {}, {}, {}, {}, 'Firefox')""",
        *(token_hash(person.cookie), person.session_id, person.id, OPENED_AT, OPENED_AT, OPENED_AT + 30 * DAY),
    )
    await database.execute(
        """INSERT INTO api_token (id, person_id, name, token_hash, scopes, created_at, last_used_at)
        VALUES ({}, {}, 'everything', {}, {}, {}, {})""",
        *(person.token_id, person.id, token_hash(person.token), ALL_SCOPES, OPENED_AT, OPENED_AT),
    )
