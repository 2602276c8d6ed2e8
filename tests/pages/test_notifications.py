"""Notifications as a browser without script gets them, and links that end e-mails without signing in."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest

from api.core import database
from api.core.jobs.worker import run_due
from api.core.mail import use_mail
from api.work import KINDS
from frontend.app import create_app
from tests.databases import Kind
from tests.support.house import BASE, House, open_house
from tests.support.mail import Inbox, open_inbox
from tests.support.organisation import AYLIN, JONAS, MIRIAM, TOMASZ, Person
from tests.support.told import choose, deliver, shown, unread

ENGLISH = {"origin": BASE, "accept-language": "en"}


@pytest.fixture
async def inbox() -> AsyncIterator[Inbox]:
    with open_inbox() as opened:
        yield opened


@pytest.fixture
async def house(kind: Kind, monkeypatch: pytest.MonkeyPatch, inbox: Inbox) -> AsyncIterator[House]:
    async with open_house(kind, monkeypatch, create=create_app) as opened:
        use_mail(inbox.settings)
        yield opened
    use_mail(None)


async def get(house: House, person: Person, path: str) -> str:
    answer = await house.browser(person, **ENGLISH).get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


async def send(house: House, person: Person, path: str, **form: str | list[str]) -> httpx.Response:
    return await house.browser(person, **ENGLISH).post(path, data=form)


def bell(page: str) -> str:
    found = re.search(r'<unread-bell.*?<span class="hidden">(.*?)</span>', page, re.DOTALL)
    assert found, page
    return found[1]


async def test_the_bell_and_its_page(house: House) -> None:
    empty = await get(house, AYLIN, "/notifications")
    assert "When somebody thanks you" in empty
    assert bell(empty) == "Notifications"
    await house.give(JONAS, AYLIN)
    await house.give(MIRIAM, AYLIN)
    await deliver(house)
    for path in ("/", "/departments", "/settings", "/notifications"):
        assert bell(await get(house, AYLIN, path)) == "Notifications, 2 unread"
    page = await get(house, AYLIN, "/notifications")
    until = re.search(r'name="until" value="([^"]+)"', page)
    assert until
    await house.give(TOMASZ, AYLIN)
    await deliver(house)
    assert (await send(house, AYLIN, "/notifications/read", until=until[1])).status_code == 303
    assert bell(await get(house, AYLIN, "/")) == "Notifications, 1 unread", "what came meanwhile is still new"
    newest = (await shown(house, AYLIN))[0]
    assert (await send(house, AYLIN, f"/notifications/{newest['id']}/read")).status_code == 303
    assert bell(await get(house, AYLIN, "/")) == "Notifications"


async def test_pages_take_few_statements_however_much_there_is(house: House) -> None:
    for number in range(12):
        await house.give((JONAS, MIRIAM, TOMASZ)[number % 3], AYLIN, message=f"Thank you, @Aylin Demir, for {number}.")
        await deliver(house)
    counts = []
    for _time in range(2):
        with database.count_statements() as counted:
            await get(house, AYLIN, "/notifications")
        counts.append(counted.n)
    assert counts[1] <= 3, counts  # the session, the page, the people mentioned


async def test_settings_keep_what_was_typed_beside_what_is_wrong(house: House) -> None:
    form: dict[str, str | list[str]] = {
        "page": ["thanked", "milestone"],
        "mail": ["thanked"],
        "rhythm": "week",
        "quiet_from": "22:00",
        "quiet_until": "",
    }
    answer = await send(house, AYLIN, "/settings/notifications", **form)
    assert answer.status_code == 422
    assert "Say when it begins and when it ends" in answer.text
    assert 'name="quiet_from" type="time" value="22:00"' in answer.text
    assert re.search(r'value="week" checked', answer.text)
    assert (await send(house, AYLIN, "/settings/notifications", **{**form, "quiet_until": "06:00"})).status_code == 303
    stored = (await house.browser(AYLIN).get("/api/v1/notification-settings")).json()
    assert stored == {
        "page": ["milestone", "thanked"],
        "mail": ["thanked"],
        "rhythm": "week",
        "quiet_from": "22:00",
        "quiet_until": "06:00",
        "celebrated": False,
    }


async def rhythm(house: House, person: Person) -> str:
    return str((await house.browser(person).get("/api/v1/notification-settings")).json()["rhythm"])


async def test_one_click_ends_e_mails_and_a_scanner_does_not(house: House, inbox: Inbox) -> None:
    await house.give(JONAS, AYLIN)
    await deliver(house)
    await run_due(KINDS)
    (mail,) = inbox.mails
    link = str(mail["List-Unsubscribe"]).strip("<>").removeprefix(inbox.settings.base_url)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert len(link) < 70

    stranger = house.stranger(**{"accept-language": "en"})
    one_click = {"List-Unsubscribe": "One-Click"}
    for other in (link[:-2] + ("AA" if link[-2:] != "AA" else "BB"), "/unsubscribe/" + "A" * 43, "/unsubscribe/x"):
        assert (await stranger.post(other, data=one_click)).status_code == 404
        assert (await stranger.get(other)).status_code == 404
    for method, status in (("GET", 200), ("HEAD", 405)):
        looked = await stranger.request(method, link)
        assert looked.status_code == status, "a mail scanner looks at every link"
    assert "nothing has been changed yet" in (await stranger.get(link)).text
    assert await rhythm(house, AYLIN) == "now"

    assert "at most, at 8:00" in (await stranger.post(link, data={"rhythm": "day"}, headers={"origin": BASE})).text
    assert await rhythm(house, AYLIN) == "day"
    assert (await stranger.post(link, data={"rhythm": "now"})).status_code == 404, "a link can only make it less"
    await house.give(MIRIAM, AYLIN)
    await deliver(house)
    done = await stranger.post(link, data=one_click)
    assert (done.status_code, "No more e-mails" in done.text) == (200, True)
    assert await rhythm(house, AYLIN) == "never"
    assert (await stranger.post(link, data=one_click)).status_code == 200, "twice is once"
    house.clock.forward(2 * 24 * 3600 * 1_000_000)
    await run_due(KINDS)
    assert len(inbox.mails) == 1, "what waited for the digest is not sent either"
    assert await unread(house, AYLIN) == 2
    await choose(house, AYLIN, rhythm="now")
    await house.give(TOMASZ, AYLIN)
    await deliver(house)
    await run_due(KINDS)
    assert len(inbox.mails) == 2
