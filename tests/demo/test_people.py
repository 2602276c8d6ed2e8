"""Who works at the demo hospital."""

from collections import Counter
from datetime import date

import pytest

from api.demo.generate import Demo, generate
from api.demo.hospital import UNITS
from api.demo.known import BOARD, DEMO_PEOPLE, KNOWN
from api.demo.people import SMALLEST, head_counts
from tests.demo.conftest import UNTIL


def test_there_are_as_many_people_as_wanted_in_fourteen_departments(demo: Demo) -> None:
    assert len(demo.people) == 300
    assert Counter(p.department for p in demo.people) == {unit.key: unit.size for unit in UNITS}


@pytest.mark.parametrize("people", [SMALLEST, 100, 301, 5_000, 20_001])
def test_departments_grow_in_proportion(people: int) -> None:
    counts = head_counts(people)
    assert sum(counts.values()) == people
    assert all(count >= 1 for count in counts.values())
    if people >= 300:
        assert all(abs(counts[unit.key] - people * unit.size / 300) <= 1 for unit in UNITS)


def test_a_hospital_too_small_for_its_known_people_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 60 people"):
        generate(people=SMALLEST - 1, until=UNTIL)


@pytest.mark.parametrize("people", [SMALLEST, 300, 5_000])
def test_everybody_has_an_address_of_their_own_and_a_chain_of_managers(people: int) -> None:
    everyone = generate(people=people, until=UNTIL).people
    assert len({p.id for p in everyone}) == len({p.email for p in everyone}) == people
    assert all(p.email.isascii() and p.email == p.email.lower() for p in everyone)
    assert all(p.email.endswith("@lindenhof.example") for p in everyone)
    assert [p.name for p in everyone if p.manager is None] == [BOARD[0].name]
    assert Counter(p.department for p in everyone if p.heads) == {unit.key: 1 for unit in UNITS}
    for number, person in enumerate(everyone):
        assert person.manager is None or person.manager in everyone[:number]
    reports = Counter(p.manager for p in everyone if p.manager and p.manager.department == p.department)
    assert max(reports.values()) <= 50 + people // 300


def test_the_known_people_are_there_with_their_jobs(demo: Demo) -> None:
    people = {p.name: p for p in demo.people}
    for known in (*BOARD, *KNOWN):
        person = people[known.name]
        assert (person.department, person.job_de, person.job_en) == (known.department, known.job_de, known.job_en)
    assert people["Aylin Demir"].manager is people["Katharina Brandt"]
    assert people["Katharina Brandt"].manager is people["Anke Thiele"]
    assert people["Serkan Yıldız"].email == "serkan.yildiz@lindenhof.example"


def test_the_five_who_can_be_signed_in_have_their_roles(demo: Demo) -> None:
    people = {p.email: p for p in demo.people}
    roles = {key: people[one.email].roles for key, one in DEMO_PEOPLE.items()}
    assert roles == {
        "colleague": "",
        "manager": "",
        "hr": "hr",
        "works_council": "works_council",
        "admin": "admin",
    }
    assert people[DEMO_PEOPLE["manager"].email].heads
    assert all(one.name == people[one.email].name for one in DEMO_PEOPLE.values())
    everyone = Counter(p.roles for p in demo.people)
    assert everyone["admin"] == everyone["works_council"] == 1
    assert 2 <= everyone["hr"] <= 8


def test_names_are_mixed_and_mostly_german_is_spoken(demo: Demo) -> None:
    assert len({p.name for p in demo.people}) == 300
    assert len({p.tongue for p in demo.people}) >= 12
    assert 0.74 <= sum(p.language == "de" for p in demo.people) / 300 <= 0.86


def test_everybody_had_joined_before_the_first_letter(demo: Demo) -> None:
    assert max(p.joined_on for p in demo.people) < date.fromtimestamp(demo.founded / 1e6).isoformat()
