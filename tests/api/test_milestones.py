"""Anniversaries: at eight in the person's own time zone, once, to those who asked."""

from __future__ import annotations

import arrow

from api.core import database
from api.core.clock import DAY, HOUR, SECOND, now, utc
from api.core.jobs import enqueue
from api.core.jobs.worker import run_due
from api.notifications.schemas import ChangeChoice
from api.notifications.service import change_choice
from api.work import KINDS
from tests.support.house import House
from tests.support.organisation import AYLIN, JONAS, KATHARINA, MIRIAM, Person
from tests.support.told import choose, shown, told

WANTING = {"page": ["milestone"]}


async def joined(person: Person, day: str, zone: str = "Europe/Berlin") -> None:
    await database.execute("UPDATE person SET joined_on = {}, time_zone = {} WHERE id = {}", day, zone, person.id)


async def pass_time(house: House, until: str) -> None:
    """Hour by hour until then (UTC), with the looks that come by themselves."""
    end = int(arrow.get(until).timestamp()) * SECOND
    while now() < end:
        await look()
        house.clock.forward(HOUR)
    await look()


async def look() -> None:
    await database.transact(_enqueue)
    await run_due(KINDS)


async def _enqueue() -> None:
    await enqueue("notifications.find_milestones", unique=str(now() // (6 * HOUR)))


async def times() -> list[str]:
    rows = await database.fetch("SELECT created_at FROM notification WHERE kind = 'milestone' ORDER BY position")
    return [arrow.get(utc(row["created_at"])).to("Europe/Berlin").format("YYYY-MM-DD HH") for row in rows]


async def test_who_is_told_of_an_anniversary_and_when(house: House) -> None:
    await database.execute("UPDATE person SET joined_on = ''")
    await joined(AYLIN, "2016-03-04")
    await joined(MIRIAM, "2021-03-04", "Pacific/Auckland")
    await joined(JONAS, "2026-03-04")
    for person in (KATHARINA, JONAS, AYLIN):
        await choose(house, person, **WANTING)  # Britta and the others did not ask
    await pass_time(house, "2026-03-04T05:30")
    # It is seven in Berlin, and the evening in Auckland.
    assert await told() == {"Jonas": ["milestone"]}
    assert await times() == ["2026-03-03 20"]
    await pass_time(house, "2026-03-06T12:00")
    assert await told() == {"Jonas": ["milestone"], "Katharina": ["milestone"]}
    assert (await times())[1] in ("2026-03-04 08", "2026-03-04 09")
    (item,) = await shown(house, KATHARINA)
    assert item["text"] == "Aylin Demir has been here for 10 years today"
    assert item["url"] == f"/give?to={AYLIN.id}"
    assert (item["person"]["id"], item["years"]) == (AYLIN.id, 10)


async def test_it_comes_once_whatever_the_clock_does(house: House) -> None:
    await database.execute("UPDATE person SET joined_on = ''")
    await joined(AYLIN, "2020-02-29")
    await choose(house, KATHARINA, **WANTING)
    house.clock.forward(-4 * DAY)  # to 26 February 2026
    await pass_time(house, "2026-02-28T09:00")
    assert await told() == {"Katharina": ["milestone"]}, "on the 28th where there is no 29th"
    house.clock.forward(-DAY)
    await pass_time(house, "2026-03-02T12:00")
    await joined(AYLIN, "2020-02-29", "America/Los_Angeles")
    await pass_time(house, "2026-03-02T20:00")
    assert await told() == {"Katharina": ["milestone"]}
    # A day without a server: told when it is back. In a leap year on the day itself.
    house.clock.forward(int(arrow.get("2028-02-28T20:00").timestamp()) * SECOND - now())
    await look()
    assert await told() == {"Katharina": ["milestone"]}
    house.clock.forward(30 * HOUR)
    await look()
    assert await told() == {"Katharina": ["milestone", "milestone"]}

    house.clock.forward(int(arrow.get("2029-02-27T20:00").timestamp()) * SECOND - now())
    await database.execute("DELETE FROM notification")
    await change_choice(person_id=AYLIN.id, change=ChangeChoice(celebrated=False))  # her session has ended
    await pass_time(house, "2029-03-01T20:00")
    assert await told() == {}, "who would rather not be celebrated is not"
