"""Calendars with absences: read, kept while they are down or spoilt, told of, ended; and what counts as an absence."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from api.core import database
from api.core.errors import Invalid
from api.core.jobs.kinds import PermanentFailure
from api.core.jobs.worker import run_due
from api.core.outgoing import Allowed, Outside, use_outside
from api.notifications.fanout import tell_all
from api.rotations import feeds
from api.rotations.absence_calendars import Wanted, read
from api.rotations.jobs import KINDS
from tests.support.canary import Received, Receiver, receiver
from tests.support.house import House
from tests.support.organisation import AYLIN, HELENE, JONAS, MIRIAM
from tests.support.told import shown

FIRST, LAST = "2026-01-01", "2027-12-31"


def _calendar(*events: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN"]
    for number, event in enumerate(events):
        uid = "" if "UID:" in event else f"UID:{number}\n"
        lines += ["BEGIN:VEVENT", f"{uid}DTSTAMP:20260101T000000Z", event, "END:VEVENT"]
    return "\r\n".join("\n".join([*lines, "END:VCALENDAR", ""]).split("\n")).encode()


def _days(*events: str) -> list[tuple[str, str]]:
    found = read(Wanted(_calendar(*events), "Europe/Berlin", FIRST, LAST), print)
    return [(away.first_day, away.last_day) for away in found.away]


def test_what_counts_as_an_absence() -> None:
    berlin = "TZID=Europe/Berlin"
    cases = {
        "DTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260307": [("2026-03-02", "2026-03-06")],
        "DTSTART;VALUE=DATE:20260302": [("2026-03-02", "2026-03-02")],
        # Half a day counts, an hour does not; of two days that which it takes half of
        f"DTSTART;{berlin}:20260302T080000\nDTEND;{berlin}:20260302T120000": [("2026-03-02", "2026-03-02")],
        f"DTSTART;{berlin}:20260302T080000\nDURATION:PT1H": [],
        "DTSTART:20260302T220000Z\nDTEND:20260303T120000Z": [("2026-03-03", "2026-03-03")],
        "DTSTART;VALUE=DATE:20260302\nSTATUS:CANCELLED": [],
        "DTSTART;VALUE=DATE:20260302\nTRANSP:TRANSPARENT": [],
        "DTSTART;VALUE=DATE:20190302": [],
        # Every Thursday at eight, over the change to summer time, but for one that is left out
        f"DTSTART;{berlin}:20260319T080000\nDTEND;{berlin}:20260319T130000\nRRULE:FREQ=WEEKLY;UNTIL=20260416T060000Z\n"
        f"EXDATE;{berlin}:20260402T080000": [
            (day, day) for day in ("2026-03-19", "2026-03-26", "2026-04-09", "2026-04-16")
        ],
        # A night in New York is a Sunday in Berlin, the one that clocks go forward
        "DTSTART;TZID=America/New_York:20260328T200000\nDTEND;TZID=America/New_York:20260329T120000": [
            ("2026-03-29", "2026-03-29")
        ],
        "DTSTART;VALUE=DATE:20260504\nRRULE:FREQ=MONTHLY;COUNT=3\nRDATE;VALUE=DATE:20260511": [
            (day, day) for day in ("2026-05-04", "2026-05-11", "2026-06-04", "2026-07-04")
        ],
    }
    for event, expected in cases.items():
        assert _days(event) == expected, event


def test_a_time_that_was_moved_by_itself_counts_where_it_is_now() -> None:
    every = "UID:x\nDTSTART;VALUE=DATE:20260302\nRRULE:FREQ=WEEKLY;COUNT=2"
    moved = "UID:x\nRECURRENCE-ID;VALUE=DATE:20260309\nDTSTART;VALUE=DATE:20260311"
    assert _days(every, moved) == [("2026-03-02", "2026-03-02"), ("2026-03-11", "2026-03-11")]


def test_what_means_nothing_is_left_out_and_what_is_no_calendar_is_refused() -> None:
    spoilt = ("SUMMARY:no start", "DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=SECONDLY", "DTSTART:tomorrow")
    found = read(Wanted(_calendar(*spoilt, "DTSTART;VALUE=DATE:20260302"), "Europe/Berlin", FIRST, LAST), print)
    assert (len(found.away), found.skipped) == (1, 3)
    whole = _calendar("DTSTART;VALUE=DATE:20260302")
    for content in (b"", b"<html></html>", b"\xff\xfe\x00", whole[: len(whole) // 2]):
        with pytest.raises(PermanentFailure, match="no_calendar"):
            read(Wanted(content, "Europe/Berlin", FIRST, LAST), print)


@pytest.fixture
async def calendar() -> AsyncIterator[Receiver]:
    use_outside(Outside(allowed=Allowed.read("127.0.0.1")))
    async with receiver() as server:
        yield server
    use_outside(Outside())


def _answering(status: str, body: bytes = b"", more: str = "") -> object:
    async def answer(_request: Received) -> bytes:
        head = f"HTTP/1.1 {status}\r\n{more}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        return head.encode() + body

    return answer


async def _read(feed_id: str) -> None:
    await feeds.read_now(feed_id=feed_id)
    await run_due(KINDS)


async def _away() -> set[tuple[str, str, str]]:
    rows = await database.fetch("SELECT person_id, first_day, last_day FROM absence")
    return {(row[0], row[1], row[2]) for row in rows}


async def test_a_calendar_that_is_down_or_spoilt_keeps_what_it_said(house: House, calendar: Receiver) -> None:
    actor = await house.actor(HELENE)
    whole = _calendar(
        f"DTSTART;VALUE=DATE:20260302\nSUMMARY:{JONAS.email} away",
        f"DTSTART;VALUE=DATE:20260303\nATTENDEE:mailto:{AYLIN.email.upper()}\nATTENDEE:mailto:who@else.example",
    )
    calendar.answer = _answering("302 Found", more="Location: /there\r\n")  # type: ignore[assignment]
    feed_id = await feeds.add_feed(actor=actor, url=f"http://127.0.0.1:{calendar.port}/secret")
    await run_due(KINDS)
    (found,) = await feeds.feeds("en")
    assert (found.host, found.error, found.read_at) == ("127.0.0.1", "too_many_redirects", None)

    calendar.answer = _answering("200 OK", whole)  # type: ignore[assignment]
    await _read(feed_id)
    expected = {(JONAS.id, "2026-03-02", "2026-03-02"), (AYLIN.id, "2026-03-03", "2026-03-03")}
    assert await _away() == expected

    async def told() -> list[str]:
        await tell_all()
        return [item["text"] for item in await shown(house, HELENE) if item["kind"] == "feed"]

    calendar.answer = _answering("503 Busy")  # type: ignore[assignment]
    for times in range(1, 5):
        await _read(feed_id)
        assert len(await told()) == (1 if times >= feeds.PATIENCE else 0)
    calendar.answer = _answering("200 OK", whole)  # type: ignore[assignment]
    await _read(feed_id)
    calendar.answer = _answering("200 OK", whole[:-30])  # type: ignore[assignment]
    await _read(feed_id)
    assert await told() == ["A calendar with absences cannot be read any more"] * 2
    (found,) = await feeds.feeds("en")
    assert (found.error, found.found, found.read_at is not None) == ("no_calendar", 2, True)
    assert await _away() == expected
    page = await house.browser(HELENE, **{"accept-language": "en"}).get("/programmes/calendars")
    assert "there is no calendar at this address, or only a part of one" in page.text
    assert ("What it said last still counts." in page.text, "/secret" in page.text) == (True, False)

    await feeds.remove_feed(actor=actor, feed_id=feed_id)
    assert await _away() == set()


async def test_a_personal_calendar_is_all_of_one_person_and_addresses_inside_are_refused(
    house: House, calendar: Receiver
) -> None:
    hr = house.browser(HELENE, **{"accept-language": "en"})
    calendar.answer = _answering("200 OK", _calendar("DTSTART;VALUE=DATE:20260302"))  # type: ignore[assignment]
    wrong = await hr.post("/programmes/calendars", data={"url": "ftp://x", "find_person": ""})
    assert (wrong.status_code, "Write the calendar’s address" in wrong.text) == (422, True)
    with pytest.raises(Invalid):
        await feeds.add_feed(actor=await house.actor(HELENE), url="https://x.example/", person_id="nobody")
    kept = {"url": f"http://127.0.0.1:{calendar.port}/miriam", "find_person": "miriam"}
    assert (await hr.post("/programmes/calendars", data=kept)).status_code == 303
    await run_due(KINDS)
    assert await _away() == {(MIRIAM.id, "2026-03-02", "2026-03-02")}
    use_outside(Outside())
    reached = calendar.connections
    (found,) = await feeds.feeds("en")
    await _read(found.id)
    (found,) = await feeds.feeds("en")
    assert (found.error, calendar.connections) == ("address_refused", reached)
