"""Thanks from elsewhere: at their own time, counted and found like all others, once."""

from __future__ import annotations

from api.core import database
from api.core.jobs.worker import run_due
from api.imports import fetching, queries, service
from api.imports.jobs import KINDS
from api.imports.schemas import ImportOut
from api.verify import verify
from tests.imports.bonusly import TOKEN, Server, bonus, serving, user
from tests.imports.lists import bring_in, changes, check
from tests.support.house import House
from tests.support.organisation import AYLIN, CARE, JONAS, KATHARINA, MIRIAM, OSKAR, TOGETHER

CSV = """From,To,Reason,Value,Date,Points
aylin@hospital.example,jonas@hospital.example;miriam@hospital.example,You rang us.,#care,2024-03-31 14:05,20
oskar@hospital.example,Aylin Demir,"Thank you, Aylin",nothing we have,31.12.2023,5
nobody@elsewhere.example,aylin@hospital.example,Lost,,2024-01-01,5
aylin@hospital.example,aylin@hospital.example,To myself,,2024-01-01,5
miriam@hospital.example,aylin@hospital.example,Short,,2024-01-01,5
miriam@hospital.example,aylin@hospital.example,Short,,2024-01-01,5
"""


async def test_thanks_as_csv_come_in_once_at_their_time(house: House) -> None:
    given = await house.give(MIRIAM)
    run = await check(CSV)
    assert (run.kind, run.errors) == ("history", 0)
    assert run.counts == {"new": 3, "left_out": 2, "same": 1}
    lost, myself = await changes(run.id, "kudos", "left_out")
    assert "nobody@elsewhere.example" in lost.reason
    assert myself.reason
    await bring_in(CSV)
    feed = await house.feed(JONAS)
    assert feed[0] == given
    assert len(feed) == 4
    rang = await house.seen(JONAS, feed[1])
    assert (rang["message"], rang["sent_at"][:10]) == ("You rang us.", "2024-03-31")
    assert rang["value"]["id"] == CARE
    assert await house.feed(JONAS, q="rang jonas") == [feed[1]]
    again = await check(CSV)
    assert again.counts == {"left_out": 2, "same": 4}
    events = {row["kind"] for row in await database.fetch("SELECT kind FROM event")}
    assert "import.applied" in events
    assert len(await database.fetch("SELECT 1 FROM event WHERE kind LIKE 'kudos.%'")) == 1
    assert await database.fetch("SELECT 1 FROM kudos WHERE delivered_at IS NULL AND id <> {}", given) == []
    assert [outcome.says async for outcome in verify() if outcome.broken] == []


def _world() -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    aylin, jonas, oskar = user("u1", AYLIN.email), user("u2", JONAS.email), user("u3", OSKAR.email)
    strange = [user(f"x{n}", f"x{n}@elsewhere.example") for n in range(150)]
    child = bonus(1_000, {"id": "u3"}, {"id": "u2"}, reason="+5 me too, @jonas", parent_bonus_id="p")
    bonuses = [
        bonus(0, aylin, jonas, reason="+10 @jonas for the quiet night #Together ![x](http://y)", child_bonuses=[child]),
        child,
        bonus(1, {"id": "u3", "display_name": "Oskar"}, {"id": "u1"}, reason="+20 thank you", hashtag="#care"),
        *[bonus(n, aylin, jonas, user("u9", KATHARINA.email), reason=f"+1 number {n}") for n in range(2, 230)],
        bonus(230, strange[0], aylin, reason="+1 from somebody who never was here"),
    ]
    return [aylin, jonas, oskar, *strange], bonuses


async def _fetch(server: Server, run_id: str = "", token: str = TOKEN) -> ImportOut:
    if run_id:
        holder = await service.continue_fetch(run_id=run_id, token=token)
    else:
        run_id, holder = await service.open_fetch(actor_id=AYLIN.id, token=token)
    await fetching.fetch(run_id, holder, token, base=server.url, faster=1_000)
    return await queries.one_import(run_id, "en")


async def test_bonuslys_history_is_read_through_all_troubles_and_comes_in_once(house: House) -> None:
    users, bonuses = _world()
    troubles = {1: "429 2", 2: "500", 4: "broken", 6: "cut", 8: "429 Fri, 31 Dec 1999 23:59:59 GMT", 10: "500"}
    async with serving(users, bonuses, troubles) as server:
        run = await _fetch(server)
        assert (run.state, run.problem) == ("checked", "")
        assert run.counts == {"new": 230, "left_out": 1}
        await service.start_apply(run_id=run.id)
        await run_due(KINDS)
        assert (await queries.one_import(run.id, "en")).state == "done"
        again = await _fetch(server)
        assert again.counts == {"same": 230, "left_out": 1}
    night = await database.fetch_one("SELECT * FROM kudos WHERE message LIKE '%quiet night%'")
    assert night is not None
    assert (night["message"], night["value_id"], night["comments"]) == (
        "@jonas for the quiet night #Together",
        TOGETHER,
        1,
    )
    (comment,) = await database.fetch("SELECT author_id, message FROM comment")
    assert tuple(comment) == (OSKAR.id, "me too, @jonas")
    cared = await database.fetch_one("SELECT giver_id, value_id FROM kudos WHERE message = 'thank you'")
    assert cared is not None
    assert tuple(cared) == (OSKAR.id, CARE)
    assert [outcome.says async for outcome in verify() if outcome.broken] == []
    # The token is nowhere.
    for table in ("event", "job", "import_run", "import_row"):
        assert TOKEN not in str([tuple(row) for row in await database.fetch(f"SELECT * FROM {table}")])


async def test_reading_goes_on_where_it_stopped(house: House) -> None:
    users, bonuses = _world()
    async with serving(users, bonuses, dict.fromkeys(range(5, 11), "500")) as server:
        run = await _fetch(server)
        assert (run.state, run.progress) == ("paused", 100)
        assert "continues where it stopped" in run.problem
        refused = await _fetch(server, run.id, "another-token-9876")
        assert "does not accept this token" in refused.problem
        server.asked.clear()
        run = await _fetch(server, run.id)
        assert (run.state, run.counts) == ("checked", {"new": 230, "left_out": 1})
        assert not any("/bonuses" in target and "skip=0&" in target for target in server.asked)


async def test_cancelling_while_it_is_read_stops_it(house: House) -> None:
    users, bonuses = _world()
    async with serving(users, bonuses) as server:
        run_id, holder = await service.open_fetch(actor_id=None, token=TOKEN)
        await service.cancel(run_id=run_id)
        await fetching.fetch(run_id, holder, TOKEN, base=server.url, faster=1_000)
        await run_due(KINDS)
    assert (await queries.one_import(run_id, "en")).state == "cancelled"
    assert await database.fetch("SELECT 1 FROM import_row") == []
