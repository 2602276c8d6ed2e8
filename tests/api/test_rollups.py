"""The rollups always equal a recount of the rows."""

from __future__ import annotations

import asyncio
import random

import pytest

from api.core import database
from api.core.clock import DAY
from api.core.errors import DomainError
from api.dependencies.overview import overview
from api.kudos import answers, moderation, service
from api.kudos.rules import ReactionKind
from tests.support.house import KUDOS, House
from tests.support.organisation import (
    AYLIN,
    BILLING,
    BRITTA,
    CARE,
    HELENE,
    JONAS,
    KATHARINA,
    MIRIAM,
    RADIOLOGY,
    TOGETHER,
)
from tests.support.recount import counted, kept, wrong_counters

GIVERS = (AYLIN, MIRIAM, JONAS, KATHARINA)
THANKED = (AYLIN, MIRIAM, JONAS, KATHARINA, BRITTA, HELENE)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_rollups_equal_a_recount_after_any_walk(house: House, seed: int) -> None:
    chance = random.Random(seed)
    given: list[str] = []
    commented: list[str] = []
    people = {person.id: await house.actor(person) for person in THANKED}
    hr = people[HELENE.id]

    async def step() -> None:
        someone = people[chance.choice(GIVERS).id]
        kudos = chance.choice(given) if given else ""
        match chance.choice(
            ["give", "give", "give", "edit", "edit", "hide", "show", "react", "comment", "end", "more"]
        ):
            case "give":
                kudos, _fresh = await service.give_kudos(
                    actor=someone,
                    recipients=[person.id for person in chance.sample(THANKED, chance.randint(1, 4))],
                    message=f"Thank you for number {len(given)}.",
                    value=chance.choice([None, CARE, TOGETHER]),
                    private=chance.random() < 0.2,
                    undo_seconds=60,
                )
                given.append(kudos)
            case "edit":
                value = chance.choice([None, CARE, TOGETHER])
                await service.revise_kudos(actor=someone, kudos_id=kudos, message="Thank you again.", value=value)
            case "hide":
                await moderation.hide_kudos(actor=hr, kudos_id=kudos, reason="No.")
            case "show":
                await moderation.show_kudos(actor=hr, kudos_id=kudos)
            case "react":
                act = chance.choice([answers.add_reaction, answers.remove_reaction])
                await act(actor=someone, kudos_id=kudos, kind=chance.choice(list(ReactionKind)))
            case "comment":
                comment, _fresh = await answers.add_comment(actor=someone, kudos_id=kudos, message="Well.")
                commented.append(comment)
            case "end":
                if chance.random() < 0.3:
                    await service.withdraw_kudos(actor=someone, kudos_id=kudos)
            case "more":
                comment = chance.choice(commented) if commented else ""
                match chance.choice(["hide", "show", "withdraw"]):
                    case "hide":
                        await moderation.hide_comment(actor=hr, comment_id=comment, reason="No.")
                    case "show":
                        await moderation.show_comment(actor=hr, comment_id=comment)
                    case "withdraw":
                        await answers.withdraw_comment(actor=someone, comment_id=comment)

    for number in range(150):
        try:
            await step()
        except DomainError:
            continue
        finally:
            house.clock.forward(chance.randrange(DAY))
        if number % 15 == 0:
            assert await kept() == await counted()
    assert await kept() == await counted()
    assert await wrong_counters() == []
    edges, tallies = await kept()
    assert len(edges) > 5
    assert {facet for _person, facet, _key in tallies} == {"value", "from", "to"}


async def test_rollups_hold_when_many_give_at_once(house: House) -> None:
    pairs = [(AYLIN, JONAS, MIRIAM), (JONAS, AYLIN), (MIRIAM, AYLIN, KATHARINA), (KATHARINA, JONAS, MIRIAM)] * 8
    given = await asyncio.gather(*(house.give(giver, *thanked, value=CARE) for giver, *thanked in pairs))
    every_third = list(zip(given, pairs, strict=True))[::3]
    gone = [house.browser(giver).delete(f"{KUDOS}/{kudos}") for kudos, (giver, *_thanked) in every_third]
    assert [answer.status_code for answer in await asyncio.gather(*gone)] == [204] * len(gone)
    assert await kept() == await counted()


async def test_moving_to_another_department_leaves_the_past_as_it_was(house: House) -> None:
    kudos = await house.give(JONAS, AYLIN, value=CARE)
    await database.execute("UPDATE person SET department_id = {} WHERE id = {}", RADIOLOGY.id, AYLIN.id)
    edges, _tallies = await kept()
    assert [edge[1] for edge in edges] == [BILLING.id]
    await house.browser(JONAS).delete(f"{KUDOS}/{kudos}")
    assert await kept() == ({}, {})


async def test_a_private_thank_you_leaves_the_kept_overview(house: House) -> None:
    revision = (await house.actor(HELENE)).directory_revision
    before = await overview("en", revision)
    await house.give(AYLIN, JONAS, private=True)
    assert await overview("en", revision) is before
    await house.give(AYLIN, JONAS)
    assert await overview("en", revision) is not before
