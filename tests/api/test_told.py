"""Who hears of what: a table of what happens, and who is told of it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from api.core import database
from api.core.clock import DAY, SECOND
from api.kudos.delivery import deliver_due
from api.notifications import fanout, privacy, telling
from api.notifications.addressing import address_deliveries
from api.notifications.fanout import PATIENCE, look, tell_all, tell_next
from tests.support.house import House
from tests.support.organisation import AYLIN, BRITTA, HELENE, JONAS, KATHARINA, MIRIAM, TOMASZ, Person
from tests.support.told import choose, deliver, shown, told, unread


async def send(house: House, person: Person, method: str, path: str, **more: Any) -> dict[str, Any]:
    answer = await house.browser(person).request(method, f"/api/v1{path}", **more)
    assert answer.status_code < 300, answer.text
    found: dict[str, Any] = answer.json() if answer.content else {}
    return found


async def comment(house: House, person: Person, kudos: str, words: str = "So true.") -> str:
    return str((await send(house, person, "POST", f"/kudos/{kudos}/comments", json={"message": words}))["id"])


async def react(house: House, person: Person, kudos: str, kind: str = "strong") -> None:
    await send(house, person, "PUT", f"/kudos/{kudos}/reactions/{kind}")


async def start_anew() -> None:
    await tell_all()
    await database.execute("DELETE FROM notification")


async def test_thanks_are_told_once_they_are_delivered(house: House) -> None:
    kudos = await house.give(JONAS, AYLIN, MIRIAM, message="@Katharina Vogt saw it too: a careful handover, thank you.")
    await tell_all()
    assert await told() == {}, "it can still be taken back"
    await deliver(house)
    expected = {"Aylin": ["thanked"], "Miriam": ["thanked"], "Katharina": ["mentioned"]}
    assert await told() == expected
    await tell_all()
    assert await told() == expected

    (item,) = await shown(house, AYLIN)
    assert item["text"] == "Jonas Weber thanked you"
    assert "careful handover" in item["words_html"]
    assert item["url"] == f"/kudos/{kudos}"
    assert item["person"]["id"] == JONAS.id


async def test_whom_thanks_are_told(house: House) -> None:
    await choose(house, KATHARINA, page=["team", "thanked", "mentioned"])
    words = "Thank you for the quiet and careful night."
    cases: tuple[tuple[str, Person, tuple[Person, ...], dict[str, Any], dict[str, list[str]]], ...] = (
        ("recipient, and who leads them", JONAS, (AYLIN,), {}, {"Aylin": ["thanked"], "Katharina": ["team"]}),
        ("private: the manager may not see it", JONAS, (AYLIN,), {"private": True}, {"Aylin": ["thanked"]}),
        ("the manager gave it", KATHARINA, (AYLIN,), {}, {"Aylin": ["thanked"]}),
        ("the manager is thanked too", JONAS, (AYLIN, KATHARINA), {}, {"Aylin": ["thanked"], "Katharina": ["thanked"]}),
        ("oneself among the recipients", JONAS, (JONAS, MIRIAM), {}, {"Miriam": ["thanked"]}),
        (
            "mentioned in private: may not see it",
            *(JONAS, (MIRIAM,), {"private": True, "message": f"{words} @Tomasz Łuczak"}),
            {"Miriam": ["thanked"]},
        ),
        ("mentioned oneself", JONAS, (MIRIAM,), {"message": f"{words} @Jonas Weber"}, {"Miriam": ["thanked"]}),
        ("thanked and mentioned", JONAS, (MIRIAM,), {"message": f"{words} @Miriam Okafor"}, {"Miriam": ["thanked"]}),
        ("who has left", JONAS, (MIRIAM,), {"message": f"{words} @Oskar Lindner"}, {"Miriam": ["thanked"]}),
    )
    for what, giver, recipients, more, expected in cases:
        await house.give(giver, *recipients, **more)
        await deliver(house)
        assert await told() == expected, what
        await start_anew()

    withdrawn = await house.give(JONAS, MIRIAM)
    await send(house, JONAS, "DELETE", f"/kudos/{withdrawn}")
    hidden = await house.give(JONAS, MIRIAM)
    await send(house, HELENE, "PUT", f"/kudos/{hidden}/hiding", json={"reason": "Names a patient."})
    await deliver(house)
    assert await told() == {"Jonas": ["hidden"]}, "taken back, or hidden before it was delivered"
    await send(house, HELENE, "DELETE", f"/kudos/{hidden}/hiding")
    await deliver(house)
    assert await told() == {"Miriam": ["thanked"]}, "shown again: delivered only now, and nothing is hidden"


async def test_whom_answers_are_told(house: House) -> None:
    kudos = await house.give(JONAS, AYLIN)
    await comment(house, MIRIAM, kudos)
    await react(house, MIRIAM, kudos)
    await tell_all()
    assert await told() == {"Jonas": ["commented", "reacted"]}, "the recipient does not know of the thanks yet"
    await deliver(house)
    await start_anew()

    await comment(house, AYLIN, kudos, "Gladly, @Tomasz Łuczak did the rest.")
    await tell_all()
    assert await told() == {"Jonas": ["commented"], "Miriam": ["commented"], "Tomasz": ["mentioned"]}
    await start_anew()

    for kind in ("strong", "learned", "me_too"):
        await react(house, TOMASZ, kudos, kind)
    await react(house, AYLIN, kudos)
    await tell_all()
    assert await told() == {"Aylin": ["reacted"], "Jonas": ["reacted"]}, "bundled"
    assert [item["text"] for item in await shown(house, JONAS)] == ["Aylin Demir and 2 others reacted to a thank-you"]
    await send(house, JONAS, "POST", "/notifications/read", json={})
    assert await unread(house, JONAS) == 0
    await react(house, BRITTA, kudos)
    await tell_all()
    assert await unread(house, JONAS) == 1, "what comes after reading counts again"
    await start_anew()

    private = await house.give(JONAS, AYLIN, private=True)
    await deliver(house)
    await start_anew()
    await comment(house, AYLIN, private, "That does me good, @Katharina Vogt should know.")
    await tell_all()
    assert await told() == {"Jonas": ["commented"]}
    await start_anew()

    await comment(house, HELENE, kudos)
    await send(house, MIRIAM, "POST", f"/kudos/{kudos}/reports", json={"reason": "Too much praise?"})
    await tell_all()
    found = await told()
    assert found.pop("Helene") == ["reported"]
    assert all("reported" not in kinds for kinds in found.values())


async def test_what_is_gone_is_no_news_any_more(house: House) -> None:
    kudos = await house.give(JONAS, AYLIN)
    await deliver(house)
    said = await comment(house, MIRIAM, kudos)
    await react(house, MIRIAM, kudos)
    await tell_all()
    assert await told() == {"Aylin": ["thanked", "commented", "reacted"], "Jonas": ["commented", "reacted"]}

    await send(house, MIRIAM, "DELETE", f"/kudos/{kudos}/reactions/strong")
    await send(house, HELENE, "PUT", f"/comments/{said}/hiding", json={"reason": "Not here."})
    assert [item["kind"] for item in await shown(house, AYLIN)] == ["thanked"], "at once, before it is told"
    await tell_all()
    assert await told() == {"Aylin": ["thanked"], "Miriam": ["hidden"]}
    await send(house, HELENE, "DELETE", f"/comments/{said}/hiding")
    await tell_all()
    assert await told() == {"Aylin": ["thanked", "commented"], "Jonas": ["commented"]}
    await send(house, MIRIAM, "DELETE", f"/comments/{said}")
    await tell_all()
    assert await told() == {"Aylin": ["thanked"]}

    await send(house, HELENE, "PUT", f"/kudos/{kudos}/hiding", json={"reason": "Names a patient."})
    await tell_all()
    assert await told() == {"Jonas": ["hidden"]}
    assert await shown(house, AYLIN) == []
    assert await unread(house, AYLIN) == 0
    await send(house, HELENE, "DELETE", f"/kudos/{kudos}/hiding")
    await tell_all()
    assert await unread(house, AYLIN) == 1
    await send(house, JONAS, "DELETE", f"/kudos/{kudos}")
    assert await shown(house, AYLIN) == []
    await tell_all()
    assert await told() == {}


async def test_each_event_is_told_once_whoever_crashes_and_however_many_tell(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(45):
        await house.give((JONAS, MIRIAM, TOMASZ)[number % 3], AYLIN)
    house.clock.forward(61_000_000)
    real = address_deliveries
    crashes = iter([True, False, True, *[False] * 100])

    async def crash(*arguments: Any) -> None:
        if next(crashes):
            raise RuntimeError("killed")
        await real(*arguments)

    await deliver_due()
    monkeypatch.setattr(fanout, "address_deliveries", crash)
    for _time in range(2):
        with pytest.raises(RuntimeError):
            await tell_all()
    await asyncio.gather(*(tell_all() for _replica in range(4)))
    row = await database.fetch_one("SELECT COUNT(*) AS n, COUNT(DISTINCT kudos_id) AS kudos FROM notification")
    assert row is not None
    assert (row["n"], row["kudos"]) == (45, 45)
    assert await tell_next() <= 45, "only its own events are left"


async def test_nobody_hears_of_what_is_long_past(house: House) -> None:
    await house.give(JONAS, AYLIN)
    house.clock.forward(61_000_000)
    await deliver_due()
    house.clock.forward(fanout.STALE + DAY)
    await tell_all()
    assert await told() == {}


async def test_reading_is_ones_own(house: House) -> None:
    for giver in (JONAS, MIRIAM, TOMASZ):
        await house.give(giver, AYLIN)
        await deliver(house)
    newest, middle, oldest = await shown(house, AYLIN)
    browser = house.browser(AYLIN)
    page = (await browser.get("/api/v1/notifications?limit=2")).json()
    assert [item["id"] for item in page["items"]] == [newest["id"], middle["id"]]
    rest = (await browser.get("/api/v1/notifications", params={"before": page["next"]})).json()
    assert ([item["id"] for item in rest["items"]], rest["next"]) == ([oldest["id"]], None)

    other = house.browser(JONAS)
    assert (await other.post(f"/api/v1/notifications/{newest['id']}/read")).status_code == 404
    assert (await other.post("/api/v1/notifications/read", json={"until": oldest["id"]})).status_code == 404
    for _time in range(2):
        assert (await browser.post(f"/api/v1/notifications/{oldest['id']}/read")).status_code == 204
    assert await unread(house, AYLIN) == 2
    await browser.post("/api/v1/notifications/read", json={"until": middle["id"]})
    assert [item["unread"] for item in await shown(house, AYLIN)] == [True, False, False]
    await browser.post("/api/v1/notifications/read", json={})
    assert await unread(house, AYLIN) == 0


async def test_a_choice_is_checked(house: House) -> None:
    browser = house.browser(AYLIN)
    bodies: list[tuple[int, dict[str, object]]] = [
        (422, {"page": ["salary"]}),
        (422, {"mail": ["reacted"]}),
        (422, {"quiet_from": "22:00"}),
        (422, {"quiet_from": "22:00", "quiet_until": "22:00"}),
        (400, {"quiet_from": "25:00", "quiet_until": "07:00"}),
        (400, {"rhythm": "hourly"}),
        (400, {"surprise": True}),
    ]
    for status, body in bodies:
        answer = await browser.patch("/api/v1/notification-settings", json=body)
        assert answer.status_code == status, body
    await choose(house, AYLIN, rhythm="week", quiet_from="22:00", quiet_until="06:30", page=["thanked"], mail=[])
    await choose(house, AYLIN, celebrated=False)
    assert (await browser.get("/api/v1/notification-settings")).json() == {
        "page": ["thanked"],
        "mail": [],
        "rhythm": "week",
        "quiet_from": "22:00",
        "quiet_until": "06:30",
        "celebrated": False,
    }
    await house.give(JONAS, AYLIN)
    await deliver(house)
    kudos = await house.give(AYLIN, JONAS)
    await react(house, JONAS, kudos)
    await deliver(house)
    assert (await told())["Aylin"] == ["thanked"]


async def test_an_event_that_cannot_be_told_of_does_not_keep_the_others(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for recipient in (AYLIN, MIRIAM, KATHARINA):
        await house.give(JONAS, recipient)
        house.clock.forward(61 * SECOND)
        assert await deliver_due() == 1

    async def stumbles(entries: Any, *others: Any) -> Any:
        if any(entry.person_id == MIRIAM.id for entry in entries):
            raise ValueError("a fault in what is told")
        return await telling.tell(entries, *others)

    monkeypatch.setattr(fanout, "tell", stumbles)
    assert await look(0) == 1
    assert await told() == {}, "all went together"
    assert await look(1) == 2
    assert await told() == {"Aylin": ["thanked"]}, "one by one, up to the one that fails"
    assert await look(PATIENCE - 1) == PATIENCE
    assert await told() == {"Aylin": ["thanked"]}
    assert await look(PATIENCE) == 0
    assert await told() == {"Aylin": ["thanked"], "Katharina": ["thanked"]}


async def test_open_pages_hear_only_of_their_own(house: House) -> None:
    await house.give(JONAS, AYLIN, private=True)
    await deliver(house)
    heard = {}
    for person in (AYLIN, JONAS, MIRIAM, HELENE):
        query = {"follow": "false", "after": "0.0", "kinds": "notification.added"}
        heard[person.given_name] = (await house.browser(person).get("/api/v1/events", params=query)).text.count(
            "event:"
        )
    assert heard == {"Aylin": 1, "Jonas": 0, "Miriam": 0, "Helene": 0}


async def test_what_is_stored_is_handed_out_and_forgotten(house: House) -> None:
    await choose(house, AYLIN, rhythm="week")
    await choose(house, KATHARINA, page=["team"])
    kudos = await house.give(JONAS, AYLIN)
    await deliver(house)
    stored = await privacy.about(AYLIN.id)
    assert stored["choice"]["rhythm"] == "week"
    assert [(entry["kind"], entry["kudos"], entry["read_at"]) for entry in stored["told"]] == [("thanked", kudos, None)]
    assert await told() == {"Aylin": ["thanked"], "Katharina": ["team"]}

    @database.transaction
    async def forget() -> None:
        await privacy.erase(AYLIN.id)

    await forget()
    assert await told() == {}, "nor that others were told of her"
    assert (await privacy.about(AYLIN.id))["told"] == []
