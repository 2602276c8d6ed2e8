"""All filters against an oracle in plain Python over random thanks."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from msgspec import convert

from api.core.access.actor import Actor
from api.core.pages import NEWEST, read_cursor
from api.core.text import words
from api.kudos import moderation, queries, service
from api.kudos.filters import FeedFilter
from tests.support.house import KUDOS, House, refusal
from tests.support.organisation import (
    AYLIN,
    BILLING,
    BRITTA,
    CARE,
    DEPARTMENTS,
    HELENE,
    IT,
    JONAS,
    KATHARINA,
    MIRIAM,
    REGISTRATION,
    TOGETHER,
    TOMASZ,
    Person,
)

STAFF = (AYLIN, MIRIAM, JONAS, KATHARINA, HELENE, TOMASZ, BRITTA)
WORDS = [
    "Röntgen",
    "über Nacht",
    "Łódź",
    "insurer",
    "invoice 4711",
    "quick-fix",
    "straße",
    "Befund",
    "@Jonas Weber",
    "ok",
]


@dataclass
class Given:
    """What an oracle knows of a kudos."""

    id: str
    giver: Person
    recipients: list[Person]
    value: str | None
    private: bool
    message: str
    hidden: bool = False

    def visible_to(self, reader: Person) -> bool:
        if self.hidden and reader not in (self.giver, HELENE):
            return False
        return not self.private or reader in (self.giver, *self.recipients)

    def found_by(self, query: str) -> bool:
        names = [self.giver, *self.recipients]
        departments = [name for person in names for name in (person.department.name_de, person.department.name_en)]
        known = words(" ".join([self.message, *(person.name for person in names), *departments]))
        return all(any(word.startswith(typed) for word in known) for typed in words(query)) and bool(words(query))

    def passes(self, reader: Person, chosen: dict[str, str]) -> bool:
        to = {person.department.id for person in self.recipients}
        by = self.giver.department.id
        tests: dict[str, Callable[[str], bool]] = {
            "department": lambda v: v == by or v in to,
            "giver_department": lambda v: v == by,
            "recipient_department": lambda v: v in to,
            "value": lambda v: v == self.value,
            "person": lambda v: v == self.giver.id or v in [p.id for p in self.recipients],
            "giver": lambda v: v == self.giver.id,
            "recipient": lambda v: v in [p.id for p in self.recipients],
            "q": self.found_by,
            "mine": lambda v: {
                "to_me": reader in self.recipients,
                "from_me": reader == self.giver,
                "my_department": reader.department.id in to | {by},
            }[v],
        }
        return self.visible_to(reader) and all(tests[name](value) for name, value in chosen.items())


async def random_thanks(house: House, chance: random.Random, many: int) -> list[Given]:
    actors = {person.id: await house.actor(person) for person in STAFF}
    made = []
    for _number in range(many):
        giver = chance.choice(STAFF)
        recipients = chance.sample(STAFF, chance.randint(1, 3))
        if recipients == [giver]:
            recipients = [MIRIAM, giver] if giver is not MIRIAM else [JONAS, giver]
        message = "Thanks for " + " ".join(chance.sample(WORDS, 3))
        value, private = chance.choice([None, CARE, TOGETHER]), chance.random() < 0.25
        kudos, _fresh = await service.give_kudos(
            actor=actors[giver.id],
            recipients=[person.id for person in recipients],
            message=message,
            value=value,
            private=private,
            undo_seconds=60,
        )
        made.append(Given(kudos, giver, recipients, value, private, message))
    for given in chance.sample([one for one in made if not one.private], many // 10):
        await moderation.hide_kudos(actor=actors[HELENE.id], kudos_id=given.id, reason="No.")
        given.hidden = True
    return made[::-1]


async def read_all(actor: Actor, chosen: dict[str, str]) -> list[str]:
    met: list[str] = []
    before = NEWEST
    while True:
        page = await queries.feed(actor, convert(chosen, FeedFilter).check(), before=before, limit=7)
        met += [item.card.id for item in page.items]
        if page.next is None:
            return met
        before = read_cursor(page.next)


def choices(chance: random.Random) -> dict[str, str]:
    department = [department.id for department in DEPARTMENTS]
    person = [person.id for person in STAFF]
    possible = {
        "department": department,
        "giver_department": department,
        "recipient_department": department,
        "value": [CARE, TOGETHER],
        "person": person,
        "giver": person,
        "recipient": person,
        "mine": ["to_me", "from_me", "my_department"],
        "q": ["rontgen", "LODZ", "strasse", "quick fix", "ins", "4711 rad", "jonas", "uber na", "abrech", "zzz", "!!"],
    }
    names = chance.sample(sorted(possible), chance.choice([1, 1, 2, 2, 3]))
    return {name: chance.choice(possible[name]) for name in names}


async def test_filters_and_visibility_agree_with_the_oracle(house: House) -> None:
    chance = random.Random(7)
    thanks = await random_thanks(house, chance, 90)
    actors = {person.id: await house.actor(person) for person in STAFF}
    found = 0
    single = [{name: value} for name, value in sorted({(n, v) for _ in range(60) for n, v in choices(chance).items()})]
    for number, chosen in enumerate([{}, *single, *(choices(chance) for _ in range(60))]):
        reader = STAFF[number % len(STAFF)]
        expected = [given.id for given in thanks if given.passes(reader, chosen)]
        found += len(expected)
        assert await read_all(actors[reader.id], chosen) == expected, (reader.name, chosen)
    assert found > 500


@pytest.mark.parametrize("name", ["department", "giver_department", "recipient_department", "value", "person"])
async def test_filters_take_ids_only(house: House, name: str) -> None:
    for text in ("x", "' OR 1=1", AYLIN.id.upper().replace("0", "A"), "\x00"):
        errors = refusal(await house.browser(JONAS).get(KUDOS, params={name: text}), 422)
        assert errors == {name: "This is not an id of ours."}


async def test_each_filter_of_the_address_is_applied(house: House) -> None:
    kudos = await house.give(AYLIN, JONAS, value=CARE, message="Thanks for the invoice.")
    fitting = {
        "department": REGISTRATION.id,
        "giver_department": BILLING.id,
        "recipient_department": REGISTRATION.id,
        "value": CARE,
        "person": JONAS.id,
        "mine": "to_me",
        "q": "inv",
    }
    other = {
        "department": IT.id,
        "giver_department": REGISTRATION.id,
        "recipient_department": BILLING.id,
        "value": TOGETHER,
        "person": MIRIAM.id,
        "mine": "from_me",
        "q": "voice",
    }
    assert await house.feed(JONAS, **fitting) == [kudos]
    for name in fitting:
        assert await house.feed(JONAS, **{name: fitting[name]}) == [kudos], name
        assert await house.feed(JONAS, **{name: other[name]}) == [], name
