"""The live stream over a real server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from api.app import create_app
from api.core import database, live
from api.core.settings import Settings
from frontend.server import Server
from tests import databases
from tests.support.clock import Clock
from tests.support.house import KUDOS, House, organisation_url, stand_still
from tests.support.organisation import AYLIN, HELENE, JONAS, KATHARINA, MIRIAM, OPENED_AT, Person
from tests.support.serving import Listener, serving


class Station:
    """A served house, with listeners."""

    def __init__(self, house: House, address: str, server: Server) -> None:
        self.house = house
        self.server = server
        self._address = address

    @asynccontextmanager
    async def listening(
        self, person: Person, *, cursor: str = "", token: bool = False, **params: str
    ) -> AsyncIterator[Listener]:
        """This person's open stream."""
        headers = {"Last-Event-ID": cursor} if cursor else {}
        headers |= (
            {"Authorization": f"Bearer {person.token}"} if token else {"Cookie": f"gearmesh_session={person.cookie}"}
        )
        async with (
            httpx.AsyncClient(base_url=self._address, timeout=20) as client,
            client.stream("GET", "/api/v1/events", headers=headers, params=params) as response,
        ):
            assert response.status_code == 200
            assert response.headers["content-type"].startswith("text/event-stream")
            assert response.headers["cache-control"] == "no-store"
            listener = Listener(response)
            if params.get("follow") != "false":
                assert await listener.line() == "retry: 2000"
                assert await listener.line() == ": open"
            yield listener


@pytest.fixture
async def station(kind: databases.Kind, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Station]:
    stand_still(monkeypatch)
    clock = Clock(OPENED_AT)
    monkeypatch.setattr("api.core.clock._now", clock)
    url = organisation_url(kind)
    app = create_app(Settings(database_url=url))
    async with serving(app) as (address, server):
        yield Station(House(app, clock, kind, url), address, server)
    databases.drop(url)


async def test_event_arrives_with_ids_only(station: Station) -> None:
    async with station.listening(MIRIAM) as miriam, station.listening(AYLIN) as aylin:
        kudos = await station.house.give(AYLIN)
        heard = await miriam.next()
        assert heard[1:] == ("kudos.given", kudos, False)
        assert await aylin.next() == heard._replace(mine=True)


async def test_all_that_a_feed_shows_is_told_and_nothing_else(station: Station) -> None:
    house, url = station.house, ""
    async with station.listening(MIRIAM) as miriam:
        url = f"{KUDOS}/{await house.give(AYLIN)}"
        jonas, helene = house.browser(JONAS), house.browser(HELENE)
        await jonas.post(f"{url}/reports", json={"reason": "See."})
        await house.browser(AYLIN).patch("/api/v1/me", json={"language": "de"})
        await jonas.put(f"{url}/reactions/strong")
        await jonas.post(f"{url}/comments", json={"message": "Gladly."})
        await helene.put(f"{url}/hiding", json={"reason": "See."})
        await helene.delete(f"{url}/hiding")
        await house.browser(AYLIN).delete(url)
        kinds = [(await miriam.next()).kind for _event in range(6)]
    assert kinds == [
        "kudos.given",
        "reaction.added",
        "comment.added",
        "kudos.hidden",
        "kudos.shown",
        "kudos.withdrawn",
    ]


async def test_who_comes_back_misses_nothing_and_meets_nothing_twice(station: Station) -> None:
    async with station.listening(MIRIAM) as listener:
        await station.house.give(AYLIN)
        last = await listener.next()
    missed = [await station.house.give(AYLIN) for _number in range(3)]
    async with station.listening(MIRIAM, cursor=last.cursor) as listener:
        live_one = await station.house.give(AYLIN)
        assert [(await listener.next()).kudos for _event in range(4)] == [*missed, live_one]
    async with station.listening(MIRIAM, cursor=last.cursor, follow="false") as listener:
        assert [(await listener.next()).kudos for _event in range(4)] == [*missed, live_one]
        assert await listener.ended()
    async with station.listening(MIRIAM, after=last.cursor, follow="false") as listener:
        assert (await listener.next()).kudos == missed[0]


async def test_replay_is_without_gap_while_many_give_at_once(station: Station) -> None:
    house = station.house
    async with station.listening(MIRIAM) as listener:
        await house.give(AYLIN)
        start = (await listener.next()).cursor
    giving = [asyncio.create_task(house.give(giver, JONAS)) for giver in (AYLIN, KATHARINA, MIRIAM) * 12]
    heard: list[str] = []
    while len(heard) < len(giving):
        async with station.listening(JONAS, cursor=start) as listener:
            for _event in range(7):  # leaves and comes back again and again
                event = await listener.next()
                heard.append(event.kudos)
                start = event.cursor
                if len(heard) == len(giving):
                    break
    assert sorted(heard) == sorted(await asyncio.gather(*giving))


async def test_cursors_that_are_none_of_ours_start_with_what_comes(station: Station) -> None:
    await station.house.give(AYLIN)
    for cursor in ("nonsense", "1", "-1.5", "99999999999999999999.1", "1.2.3", "٣.١"):
        async with station.listening(MIRIAM, after=cursor) as listener:
            await asyncio.sleep(0.1)
            fresh = await station.house.give(AYLIN)
            while (heard := await listener.next()).kudos != fresh:
                pass
            assert heard.kind == "kudos.given", cursor


async def test_private_thanks_are_told_to_their_parties_only(station: Station) -> None:
    async with (
        station.listening(JONAS) as jonas,
        station.listening(MIRIAM) as miriam,
        station.listening(HELENE) as helene,
    ):
        private = await station.house.give(AYLIN, JONAS, private=True)
        public = await station.house.give(AYLIN, JONAS)
        assert [(await jonas.next()).kudos, (await jonas.next()).kudos] == [private, public]
        assert (await miriam.next()).kudos == (await helene.next()).kudos == public


async def test_quiet_stream_beats(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.streams.HEARTBEAT_SECONDS", 0.05)
    async with station.listening(MIRIAM) as listener:
        assert [await listener.line(), await listener.line()] == ["", ": still here"]


@pytest.mark.parametrize("token", [False, True])
@pytest.mark.parametrize("end", ["leaves", "signs out"])
async def test_open_stream_ends_with_the_right_to_it(
    station: Station, monkeypatch: pytest.MonkeyPatch, token: bool, end: str
) -> None:
    monkeypatch.setattr("api.streams.HEARTBEAT_SECONDS", 0.1)
    async with station.listening(MIRIAM, token=token) as listener:
        if end == "leaves":
            await database.execute("UPDATE person SET deactivated_at = 1 WHERE id = {}", MIRIAM.id)
        elif token:
            await station.house.browser(MIRIAM).delete(f"/api/v1/tokens/{MIRIAM.token_id}")
        else:
            await station.house.browser(MIRIAM).delete("/api/v1/sessions")
        assert await listener.ended()


async def test_event_is_not_told_to_who_just_left(station: Station) -> None:
    async with station.listening(MIRIAM) as listener:
        await database.execute("UPDATE person SET deactivated_at = 1 WHERE id = {}", MIRIAM.id)
        await station.house.give(AYLIN)
        with pytest.raises(EOFError):
            await listener.next()


async def test_streams_end_when_the_server_is_told_to_stop(station: Station) -> None:
    async with station.listening(MIRIAM) as listener, station.listening(JONAS) as other:
        station.server.should_exit = True
        async with asyncio.timeout(4):
            assert await listener.ended()
            assert await other.ended()


async def test_listener_that_cannot_keep_up_is_sent_away_to_come_back(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "QUEUE_LIMIT", 3)
    stream = live.hub().follow(None, heartbeat=5)
    waiting = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0.1)
    given = [await station.house.give(AYLIN) for _number in range(8)]
    first = await waiting
    assert first is not None
    met = [first.kudos_id, *[event.kudos_id async for event in stream if event is not None]]
    assert met == given[: len(met)]
    assert len(met) < 8
    after = await live.events_after(first.cursor)
    assert [event.kudos_id for event in after] == given[1:]
