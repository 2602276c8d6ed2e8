"""The reader of events and the deliverer survive what goes wrong once, and new listeners miss nothing."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from api.core import live
from api.core.live import Cursor
from api.kudos import delivery
from tests.databases import Kind
from tests.drills.stored import deliveries
from tests.drills.waiting import until, until_found
from tests.support.house import House, open_house
from tests.support.organisation import AYLIN


@pytest.fixture
async def house(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async with open_house(kind, monkeypatch, undo_seconds=1) as opened_house:
        yield opened_house


async def heard(count: int, *, after: asyncio.Event) -> list[str | None]:
    """The next `count` kudos that a new listener hears of; `after` is set once it listens."""
    found: list[str | None] = []
    events = live.hub().follow(None, heartbeat=0.01)
    async for event in events:
        after.set()  # the first sign of life, at the latest a heartbeat
        if event is not None:
            found.append(event.kudos_id)
        if len(found) == count:
            await events.aclose()  # type: ignore[attr-defined]
    return found


async def test_a_reader_that_fails_once_goes_on_without_a_gap(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    listening = asyncio.Event()
    hearing = asyncio.create_task(heard(1, after=listening))
    await listening.wait()
    reading, failures = live.events_after, 0

    async def fail_once(cursor: Cursor, *, limit: int = live.REPLAY_LIMIT) -> list[live.LiveEvent]:
        nonlocal failures
        failures += 1
        if failures == 1:
            raise RuntimeError("out of the blue")
        return await reading(cursor, limit=limit)

    monkeypatch.setattr(live, "events_after", fail_once)
    given = await house.give(AYLIN)
    assert await asyncio.wait_for(hearing, 10) == [given]
    assert failures > 1


async def test_who_begins_to_listen_while_the_reader_looks_for_the_newest_misses_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    looking, answer, newest = asyncio.Event(), asyncio.Event(), live.newest_cursor

    async def slowly() -> Cursor:
        looking.set()
        await answer.wait()
        return await newest()

    monkeypatch.setattr(live, "newest_cursor", slowly)
    live.wake()
    await looking.wait()
    listening = asyncio.Event()
    hearing = asyncio.create_task(heard(1, after=listening))
    await listening.wait()
    given = await house.give(AYLIN)
    answer.set()
    assert await asyncio.wait_for(hearing, 10) == [given]


async def test_a_delivery_that_fails_once_happens_with_the_next_look(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = await house.give(AYLIN)
    house.clock.forward(2_000_000)
    delivering, failures = delivery.deliver_due, 0

    async def fail_once() -> int:
        nonlocal failures
        failures += 1
        if failures == 1:
            raise RuntimeError("out of the blue")
        return await delivering()

    monkeypatch.setattr(delivery, "deliver_due", fail_once)
    monkeypatch.setattr(delivery, "EVERY_SECONDS", 0.01)
    working = asyncio.create_task(delivery.keep_delivering())
    try:
        await until(lambda: failures > 1 or working.done(), 5)

        async def delivered() -> bool:
            return await deliveries() == {given: 1}

        await until_found(delivered, 5)
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
