"""E-mails about news: when they go, what they say, how they end. Sent to a real SMTP server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import arrow
import pytest

from api.core import database
from api.core.clock import HOUR, MINUTE, SECOND, now, utc
from api.core.jobs.worker import run_due
from api.core.mail import use_mail
from api.notifications.fanout import tell_all
from api.notifications.rules import Choice, after_quiet, anniversary, mail_at, next_digest
from api.work import KINDS
from tests.databases import Kind
from tests.support.house import House, open_house
from tests.support.mail import Inbox, open_inbox, text_of
from tests.support.organisation import AYLIN, JONAS, MIRIAM, TOMASZ, Person
from tests.support.told import choose, deliver, shown

BERLIN = "Europe/Berlin"


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with open_inbox() as opened:
        yield opened


@pytest.fixture
async def house(kind: Kind, monkeypatch: pytest.MonkeyPatch, inbox: Inbox) -> AsyncIterator[House]:
    async with open_house(kind, monkeypatch) as opened:
        use_mail(inbox.settings)
        await database.execute("UPDATE organisation SET time_zone = {}", BERLIN)
        yield opened
    use_mail(None)


def at(text: str, zone: str = BERLIN) -> int:
    return int(arrow.get(text, tzinfo=zone).timestamp()) * SECOND


def local(moment: int, zone: str = BERLIN) -> str:
    return arrow.get(utc(moment)).to(zone).format("ddd YYYY-MM-DDTHH:mmZZ")


def test_when_e_mails_go() -> None:
    """2026: clocks in Berlin go forward on 29 March at 2:00, and back on 25 October at 3:00."""
    for rhythm, moment, expected in (
        ("day", "2026-03-02T07:59", "Mon 2026-03-02T08:00+01:00"),
        ("day", "2026-03-02T08:00", "Tue 2026-03-03T08:00+01:00"),
        ("day", "2026-03-28T09:00", "Sun 2026-03-29T08:00+02:00"),
        ("day", "2026-10-24T09:00", "Sun 2026-10-25T08:00+01:00"),
        ("day", "2026-10-25T01:00", "Sun 2026-10-25T08:00+01:00"),
        ("week", "2026-03-02T07:59", "Mon 2026-03-02T08:00+01:00"),
        ("week", "2026-03-02T08:00", "Mon 2026-03-09T08:00+01:00"),
        ("week", "2026-03-25T12:00", "Mon 2026-03-30T08:00+02:00"),
        ("week", "2026-10-22T12:00", "Mon 2026-10-26T08:00+01:00"),
        ("week", "2026-12-31T12:00", "Mon 2027-01-04T08:00+01:00"),
    ):
        assert local(next_digest(rhythm, BERLIN, at(moment))) == expected, (rhythm, moment)
    assert local(next_digest("day", "Pacific/Kiritimati", at("2026-03-02T20:00", "UTC")), "UTC") == (
        "Tue 2026-03-03T18:00+00:00"
    )

    night, noon, late = (22 * 60, 7 * 60), (12 * 60, 13 * 60), (22 * 60, 2 * 60 + 30)
    for (start, end), moment, expected in (
        (night, "2026-03-02T21:59", "Mon 2026-03-02T21:59+01:00"),
        (night, "2026-03-02T22:00", "Tue 2026-03-03T07:00+01:00"),
        (night, "2026-03-03T06:59", "Tue 2026-03-03T07:00+01:00"),
        (night, "2026-03-03T07:00", "Tue 2026-03-03T07:00+01:00"),
        (noon, "2026-03-02T12:30", "Mon 2026-03-02T13:00+01:00"),
        (noon, "2026-03-02T13:00", "Mon 2026-03-02T13:00+01:00"),
        (night, "2026-03-28T23:00", "Sun 2026-03-29T07:00+02:00"),
        (night, "2026-10-24T23:00", "Sun 2026-10-25T07:00+01:00"),
        (late, "2026-03-28T23:00", "Sun 2026-03-29T03:30+02:00"),  # there is no half past two
        (late, "2026-10-24T23:00", "Sun 2026-10-25T02:30+02:00"),  # and here there are two: the first ends it
    ):
        assert local(after_quiet(start, end, BERLIN, at(moment))) == expected, (start, end, moment)
    # In the second hour from two to three, the second half past two ends it: never an end that lies behind.
    second = at("2026-10-25T01:10", "UTC")
    assert local(after_quiet(*late, BERLIN, second)) == "Sun 2026-10-25T02:30+01:00"
    assert after_quiet(None, None, BERLIN, second) == second
    quiet_at_eight = Choice(rhythm="day", quiet_from=6 * 60, quiet_until=10 * 60)
    assert local(mail_at(quiet_at_eight, BERLIN, at("2026-03-02T12:00"))) == "Tue 2026-03-03T10:00+01:00"


def test_anniversaries() -> None:
    for joined, year, expected in (
        ("2020-04-01", 2026, "2026-04-01"),
        ("2020-02-29", 2026, "2026-02-28"),
        ("2020-02-29", 2028, "2028-02-29"),
        ("2026-04-01", 2026, "None"),
        ("", 2026, "None"),
        ("soon", 2026, "None"),
    ):
        assert str(anniversary(joined, year)) == expected, (joined, year)


async def work() -> None:
    await tell_all()
    await run_due(KINDS)


async def thanks(house: House, *givers: Person, words: str = "Thank you for the **quiet** and careful night.") -> None:
    for giver in givers:
        await house.give(giver, AYLIN, message=words)
    await deliver(house)
    await work()


async def test_an_e_mail_at_once(house: House, inbox: Inbox) -> None:
    await database.execute("UPDATE person SET language = 'de' WHERE id = {}", AYLIN.id)
    await thanks(house, JONAS)
    (mail,) = inbox.mails
    assert inbox.recipients == [AYLIN.email]
    assert mail["Subject"] == "Jonas Weber hat Dir gedankt"
    text, page = text_of(mail), text_of(mail, "html")
    assert "Thank you for the quiet and careful night." in text
    assert "<strong>quiet</strong>" in page
    assert '<html lang="de">' in page
    assert "Weniger oder keine" in text
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    row = await database.fetch_one("SELECT mail, mail_job_id FROM notification")
    assert row is not None
    assert row["mail"] == "sent"
    assert mail["X-Gearmesh-Id"] == row["mail_job_id"]
    await work()
    assert len(inbox.mails) == 1

    inbox.mails.clear()
    await house.give(MIRIAM, AYLIN, message="Between us: thank you for covering.", private=True)
    await deliver(house)
    await work()
    (mail,) = inbox.mails
    assert "covering" not in mail.as_string()


async def test_what_was_read_or_taken_back_meanwhile_is_not_sent(house: House, inbox: Inbox) -> None:
    await choose(house, AYLIN, rhythm="day")
    await thanks(house, JONAS, MIRIAM, TOMASZ)
    found = {item["person"]["id"]: item for item in await shown(house, AYLIN)}
    read, hidden = found[TOMASZ.id], found[MIRIAM.id]
    await house.browser(AYLIN).post(f"/api/v1/notifications/{read['id']}/read")
    await house.browser(MIRIAM).delete(f"/api/v1/kudos/{hidden['kudos_id']}")
    house.clock.forward(24 * HOUR)
    await work()
    (mail,) = inbox.mails
    assert mail["Subject"] == "Jonas Weber thanked you"


async def test_digests_come_once_at_eight_local_time(house: House, inbox: Inbox) -> None:
    await choose(house, AYLIN, rhythm="day")
    await thanks(house, JONAS)
    house.clock.forward(HOUR)
    await thanks(house, MIRIAM, TOMASZ)
    assert inbox.mails == []
    rows = await database.fetch("SELECT run_at FROM job WHERE kind = 'notifications.mail'")
    assert [local(row["run_at"]) for row in rows] == ["Tue 2026-03-03T08:00+01:00"]
    house.clock.forward(at("2026-03-03T07:59") - now())
    await work()
    assert inbox.mails == []
    house.clock.forward(MINUTE + SECOND)
    await work()
    (mail,) = inbox.mails
    assert mail["Subject"] == "3 pieces of news in Gearmesh"
    text = text_of(mail)
    assert all(f"{name} thanked you" in text for name in ("Jonas Weber", "Miriam Okafor", "Tomasz Łuczak"))

    await thanks(house, JONAS)
    await choose(house, AYLIN, rhythm="week")
    house.clock.forward(24 * HOUR)
    await work()
    assert len(inbox.mails) == 1, "it is weekly now"
    house.clock.forward(6 * 24 * HOUR)
    await work()
    assert len(inbox.mails) == 2


async def test_quiet_hours_gather_what_comes_in_one_e_mail(house: House, inbox: Inbox) -> None:
    await choose(house, AYLIN, quiet_from="09:00", quiet_until="12:00")  # it is ten in Berlin
    await thanks(house, JONAS)
    await thanks(house, MIRIAM)
    assert inbox.mails == []
    house.clock.forward(2 * HOUR)
    await work()
    (mail,) = inbox.mails
    assert mail["Subject"] == "2 pieces of news in Gearmesh"


async def test_a_mail_server_that_is_down_costs_nothing_but_time(house: House, inbox: Inbox) -> None:
    inbox.refuse_recipient = "451 try later"
    await thanks(house, JONAS)
    await thanks(house, MIRIAM)
    for _minute in range(60):
        house.clock.forward(MINUTE)
        await work()
    assert inbox.mails == []
    inbox.refuse_recipient = ""
    house.clock.forward(HOUR)
    await work()
    assert sorted(str(mail["Subject"]) for mail in inbox.mails) == [
        "Jonas Weber thanked you",
        "Miriam Okafor thanked you",
    ]
    assert len({mail["Message-ID"] for mail in inbox.mails}) == 2


async def test_many_thanks_at_once_are_one_job_and_one_e_mail(house: House, inbox: Inbox) -> None:
    for giver in (JONAS, MIRIAM):
        await house.give(giver, AYLIN)
        await deliver(house)  # told of one after the other, before the mail is sent
    assert len(await database.fetch("SELECT 1 FROM job WHERE kind = 'notifications.mail'")) == 1
    await work()
    (mail,) = inbox.mails
    assert mail["Subject"] == "2 pieces of news in Gearmesh"
    await thanks(house, TOMASZ)
    assert len(inbox.mails) == 2
