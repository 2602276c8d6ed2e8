"""Answers that come while a version is published, and two who save at once: nothing is lost. SQLite has one writer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from api.core import database
from api.core.clock import DAY
from api.core.errors import Conflict, NotFound
from api.rotations import facts, hosts, publishing, visiting
from api.rotations.ending import end_what_is_over
from frontend.app import create_app
from tests.drills.waiting import until_found
from tests.support.cases import decide, settle
from tests.support.house import House, open_house
from tests.support.organisation import AYLIN, HELENE, KATHARINA, MIRIAM, REGISTRATION
from tests.support.rotations import publish
from tests.support.visits import SWAP, planned, published, states, visit_of


@pytest.fixture
async def house(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async with open_house("postgres", monkeypatch, create=create_app) as opened:
        yield opened


class Pause:
    """A function that waits, in the middle of its transaction, before it does what it does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
        self.reached, self._go = asyncio.Event(), asyncio.Event()
        self._does: Callable[..., Awaitable[Any]] = getattr(module, name)
        monkeypatch.setattr(module, name, self)

    async def __call__(self, *arguments: Any, **named: Any) -> Any:
        self.reached.set()
        await self._go.wait()
        return await self._does(*arguments, **named)

    async def end_once_waited_for(self, by: asyncio.Task[Any]) -> None:
        """Go on as soon as `by` waits for what this transaction holds; it must not end before."""
        waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"

        async def waits() -> bool:
            assert not by.done()
            return bool(await database.fetch(waiting))

        await until_found(waits, 5)
        self._go.set()


async def test_an_answer_waits_for_a_publication_and_says_that_its_version_is_gone(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme_id, _plan = await published(house)
    second = await planned(programme_id, *SWAP)
    aylin, visit = await house.actor(AYLIN), await visit_of(AYLIN)
    pause = Pause(monkeypatch, publishing, "_carry_over")
    publication = asyncio.create_task(publish(house, second))
    await pause.reached.wait()
    answer = asyncio.create_task(visiting.accept(actor=aylin, visit_id=visit))
    await pause.end_once_waited_for(answer)
    await publication
    with pytest.raises(NotFound):
        await answer
    assert await states() == {"Aylin": "proposed", "Miriam": "proposed"}


async def test_an_acceptance_that_is_being_written_goes_on_into_the_next_version(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme_id, _plan = await published(house)
    second = await planned(programme_id, *SWAP)
    aylin, visit = await house.actor(AYLIN), await visit_of(AYLIN)
    pause = Pause(monkeypatch, visiting, "note_answer")
    answer = asyncio.create_task(visiting.accept(actor=aylin, visit_id=visit))
    await pause.reached.wait()
    publication = asyncio.create_task(publish(house, second))
    await pause.end_once_waited_for(publication)
    await asyncio.gather(answer, publication)
    assert await visit_of(AYLIN) != visit
    assert await states() == {"Aylin": "accepted", "Miriam": "proposed"}


async def test_a_refusal_that_is_being_written_stops_the_publication(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme_id, _plan = await published(house)
    second = await planned(programme_id, *SWAP)
    aylin, visit = await house.actor(AYLIN), await visit_of(AYLIN)
    pause = Pause(monkeypatch, visiting, "note_answer")
    answer = asyncio.create_task(visiting.decline(actor=aylin, visit_id=visit, reason="My exam."))
    await pause.reached.wait()
    publication = asyncio.create_task(publish(house, second))
    await pause.end_once_waited_for(publication)
    await answer
    with pytest.raises(Conflict, match="changed this meanwhile"):
        await publication
    assert await states() == {"Aylin": "declined", "Miriam": "proposed"}


async def test_an_objection_waits_for_a_publication_and_holds_for_the_next_version(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme_id, _plan = await published(house, answer_by="2026-03-06")
    second = await planned(programme_id, *SWAP)
    case = await database.fetch_one(
        "SELECT a.id FROM approval a JOIN visit v ON v.uid = a.subject_id WHERE v.id = {}", await visit_of(AYLIN)
    )
    assert case is not None
    await decide(house, KATHARINA, str(case["id"]), "decline", "Month’s end.")
    pause = Pause(monkeypatch, publishing, "_carry_over")
    publication = asyncio.create_task(publish(house, second))
    await pause.reached.wait()
    objection = asyncio.create_task(settle(house))
    await pause.end_once_waited_for(objection)
    await asyncio.gather(publication, objection)
    assert await states() == {"Aylin": "objected", "Miriam": "proposed"}


async def test_what_ends_while_a_version_is_published_is_done_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme_id, _plan = await published(house)
    second = await planned(programme_id, *SWAP)
    pause = Pause(monkeypatch, publishing, "_carry_over")
    publication = asyncio.create_task(publish(house, second))
    await pause.reached.wait()
    house.clock.forward(30 * DAY)
    ending = asyncio.create_task(end_what_is_over())
    await pause.end_once_waited_for(ending)
    await asyncio.gather(publication, ending)
    await end_what_is_over()
    assert await states() == {"Aylin": "done", "Miriam": "done"}
    assert len(await database.fetch("SELECT 1 FROM visit WHERE state = 'done'")) == 2


async def test_a_department_that_writes_to_its_guests_keeps_what_hr_saves_meanwhile(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await database.execute("UPDATE department SET manager_id = {} WHERE id = {}", MIRIAM.id, REGISTRATION.id)
    hr, miriam = await house.actor(HELENE), await house.actor(MIRIAM)
    texts = facts.Welcome(briefing="Come at eight.")
    await hosts.save_welcome(actor=miriam, department_id=REGISTRATION.id, texts=texts)
    pause = Pause(monkeypatch, facts, "record_event")  # when all is written and nothing committed
    wanted = facts.HostingFacts(capacity=3)
    entering = asyncio.create_task(facts.save_hosting(actor=hr, department_id=REGISTRATION.id, facts=wanted))
    await pause.reached.wait()
    writing = asyncio.create_task(hosts.save_welcome(actor=miriam, department_id=REGISTRATION.id, texts=texts))
    await pause.end_once_waited_for(writing)
    await asyncio.gather(entering, writing)
    row = await database.fetch_one("SELECT capacity, briefing FROM hosting WHERE department_id = {}", REGISTRATION.id)
    assert row is not None
    assert tuple(row) == (3, "Come at eight.")
