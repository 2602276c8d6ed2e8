"""Mentions: typed as "@Full Name", stored as the person, shown by their present name."""

from __future__ import annotations

import pytest

from api.core import database
from api.kudos import service
from tests.support import organisation
from tests.support.house import KUDOS, House
from tests.support.organisation import AYLIN, HELENE, IT, JONAS, MIRIAM, OSKAR, RADIOLOGY, REGISTRATION, TOMASZ, Person

NAMESAKE = Person(50, "Miriam Okafor", RADIOLOGY)
LONG_NAME = Person(51, "Ana María López-Ruiz", REGISTRATION)
SHORTER = Person(52, "Ana María", IT)
QUOTED = Person(53, "Sinéad O'Brien", IT)


def link(person: Person) -> str:
    return f'<a class="mention" href="/people/{person.id}" rel="noopener nofollow">{person.name}</a>'


async def shown(house: House, message: str) -> str:
    kudos = await house.give(AYLIN, message=message)
    return str((await house.seen(JONAS, kudos))["message_html"]).removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("typed", "person", "around"),
    [
        ("Thanks to @Miriam Okafor", MIRIAM, ("Thanks to ", "")),
        ("@Miriam Okafor helped me", MIRIAM, ("", " helped me")),
        ("Thanks, @Miriam Okafor!", MIRIAM, ("Thanks, ", "!")),
        ("Thanks (@Miriam Okafor).", MIRIAM, ("Thanks (", ").")),
        ("Thanks to @Miriam Okafor's team", MIRIAM, ("", "")),
        ("Thanks to @miriam okafor, really", MIRIAM, ("Thanks to ", ", really")),
        ("Thanks to @Tomasz Łuczak.", TOMASZ, ("Thanks to ", ".")),
        ("Thanks to @Helene Gross, from HR", HELENE, ("Thanks to ", ", from HR")),
    ],
)
async def test_name_is_linked_wherever_it_stands(
    house: House, typed: str, person: Person, around: tuple[str, str]
) -> None:
    html = await shown(house, typed)
    if around == ("", ""):
        assert html == typed  # "Okafor's" is no name of anybody
    else:
        assert html == f"{around[0]}{link(person)}{around[1]}"


async def test_longest_name_that_fits_is_meant(house: House) -> None:
    for person in (LONG_NAME, SHORTER, QUOTED):
        await organisation.add_person(person)
    assert await shown(house, "Thanks @Ana María López-Ruiz!") == f"Thanks {link(LONG_NAME)}!"
    assert await shown(house, "Thanks @Ana María again") == f"Thanks {link(SHORTER)} again"
    assert await shown(house, "Thanks @Sinéad O'Brien.") == f"Thanks {link(QUOTED)}."


@pytest.mark.parametrize(
    "text",
    ["Thanks to @Nobody Known", "a@Miriam Okafor.de", "@@Miriam Okafor", "Thanks to @Oskar Lindner", "@ Miriam Okafor"],
)
async def test_what_names_nobody_stays_as_typed(house: House, text: str) -> None:
    assert await shown(house, text) == text


async def test_of_namesakes_the_recipient_is_meant(house: House) -> None:
    await organisation.add_person(NAMESAKE)
    kudos = await house.give(AYLIN, NAMESAKE, message="Thanks to @Miriam Okafor!")
    assert (await house.seen(JONAS, kudos))["message_html"] == f"<p>Thanks to {link(NAMESAKE)}!</p>"


async def test_of_namesakes_the_chosen_one_is_meant(house: House) -> None:
    await organisation.add_person(NAMESAKE)
    kudos, _fresh = await service.give_kudos(
        actor=await house.actor(AYLIN),
        recipients=[JONAS.id],
        message="Thanks to @Miriam Okafor!",
        value=None,
        private=False,
        undo_seconds=60,
        mentions=[MIRIAM.id],
    )
    assert (await house.seen(JONAS, kudos))["message_html"] == f"<p>Thanks to {link(MIRIAM)}!</p>"


async def test_of_namesakes_without_a_hint_nobody_is_meant(house: House) -> None:
    await organisation.add_person(NAMESAKE)
    assert await shown(house, "Thanks to @Miriam Okafor!") == "Thanks to @Miriam Okafor!"


async def test_mention_survives_the_round_trip_of_an_edit(house: House) -> None:
    await organisation.add_person(NAMESAKE)
    kudos = await house.give(AYLIN, NAMESAKE, message="Thanks to @Miriam Okafor!")
    draft = await service.withdraw_kudos(actor=await house.actor(AYLIN), kudos_id=kudos)
    assert draft.message == "Thanks to @Miriam Okafor!"
    stored = await house.give(AYLIN, NAMESAKE, message="Thanks to @Miriam Okafor!")
    answer = await house.browser(AYLIN).patch(f"{KUDOS}/{stored}", json={"message": f"{draft.message} Again."})
    assert answer.json()["message_html"] == f"<p>Thanks to {link(NAMESAKE)}! Again.</p>"


async def test_new_name_shows_in_old_mentions(house: House) -> None:
    kudos = await house.give(AYLIN, message="Thanks to @Miriam Okafor!")
    await database.execute("UPDATE person SET name = 'Miriam <b>X</b>' WHERE id = {}", MIRIAM.id)
    await database.execute("UPDATE organisation SET directory_revision = directory_revision + 1")
    html = (await house.seen(JONAS, kudos))["message_html"]
    assert ">Miriam &lt;b&gt;X&lt;/b&gt;</a>!" in html


async def test_ids_that_are_typed_name_people_and_nobody_else(house: House) -> None:
    assert await shown(house, f"Thanks to @{{{MIRIAM.id}}}!") == f"Thanks to {link(MIRIAM)}!"
    assert await shown(house, f"Thanks to @{{{organisation.NOBODY}}}!") == "Thanks to …!"
    assert await shown(house, f"Thanks to @{{{OSKAR.id}}}!") == f"Thanks to {link(OSKAR)}!"


async def test_comments_and_previews_mention_too(house: House) -> None:
    kudos = await house.give(AYLIN)
    answer = await house.browser(JONAS).post(f"{KUDOS}/{kudos}/comments", json={"message": "And @Miriam Okafor"})
    assert answer.json()["message_html"] == f"<p>And {link(MIRIAM)}</p>"
    assert (await house.seen(AYLIN, kudos))["comments"][0]["message_html"] == f"<p>And {link(MIRIAM)}</p>"
    answer = await house.browser(JONAS).post(f"{KUDOS}/preview", json={"message": "And @Miriam Okafor"})
    assert answer.json() == {"message_html": f"<p>And {link(MIRIAM)}</p>"}


async def test_search_suggests_people_by_beginnings_of_name_and_department(house: House) -> None:
    async def suggested(q: str) -> list[str]:
        answer = await house.browser(AYLIN).get("/api/v1/people", params={"q": q})
        return [person["name"] for person in answer.json()["items"]]

    assert await suggested("mir") == ["Miriam Okafor"]
    assert await suggested("OKA") == ["Miriam Okafor"]
    assert await suggested("łucz") == await suggested("luc") == ["Tomasz Łuczak"]
    assert await suggested("norgaard") == ["Britta Nørgaard"]
    assert await suggested("groß") == await suggested("gross") == ["Helene Groß"]
    assert await suggested("aufn") == []
    assert await suggested("patient") == await suggested("patienten") == ["Jonas Weber", "Miriam Okafor"]
    assert await suggested("jonas patient") == ["Jonas Weber"]
    assert await suggested("bill") == ["Aylin Demir", "Katharina Vogt"]
    assert await suggested("") == await suggested("%") == await suggested("_") == []
