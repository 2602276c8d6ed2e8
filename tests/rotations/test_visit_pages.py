"""The pages of people, hosts and managers, and the calendar, as a browser without script and a calendar get them."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from api.core import database
from api.notifications.fanout import tell_all
from api.rotations import calendars, facts, meetings, offering, teams, visiting
from api.rotations.rules import Pattern
from tests.support.house import House, post
from tests.support.organisation import (
    AYLIN,
    BILLING,
    BRITTA,
    DEPENDENCY,
    HELENE,
    JONAS,
    KATHARINA,
    MIRIAM,
    REGISTRATION,
)
from tests.support.rotations import publish
from tests.support.told import shown, told
from tests.support.visits import planned, published, states, visit_of

EN = {"accept-language": "en"}


async def _read(house: House, person: Any, path: str, status: int = 200) -> str:
    answer = await house.browser(person, **EN).get(path)
    assert answer.status_code == status, answer.text
    return html.unescape(answer.text)


async def test_my_rotations_from_empty_to_answered(house: House) -> None:
    assert "Nothing is planned for you at present." in await _read(house, AYLIN, "/rotations")
    hr = await house.actor(HELENE)
    await facts.save_hosting(
        actor=hr,
        department_id=REGISTRATION.id,
        facts=facts.HostingFacts(place="Main entrance", briefing="Sit beside me.", buddies=(JONAS.id,)),
    )
    await published(house)
    visit = await visit_of(AYLIN)
    page = await _read(house, AYLIN, "/rotations")
    for words in ("Job swap with Miriam Okafor", "16–20 Mar", "Main entrance", "Sit beside me.", "looks after you"):
        assert words in page
    assert '<span class="tag live">new</span>' in page
    unseen = "SELECT 1 FROM publication_notice WHERE seen_at IS NULL AND person_id = {}"
    assert await database.fetch(unseen, AYLIN.id) == []
    assert "Who comes to you" in await _read(house, JONAS, "/rotations")
    client = house.browser(AYLIN, **EN)
    answer = await post(client, f"/visits/{visit}/decline", 422, reason="")
    assert "Say why, in a sentence" in answer.text
    await post(client, f"/visits/{visit}/acceptance")
    assert (await states())["Aylin"] == "accepted"
    await post(client, f"/visits/{visit}/decline", reason="My exam is that week.", other_time="yes")
    assert "You declined: “My exam is that week.”" in await _read(house, AYLIN, "/rotations")
    await post(client, f"/visits/{visit}/answer/undo")
    assert (await states())["Aylin"] == "proposed"
    await _read(house, MIRIAM, f"/visits/{visit}")  # the partner
    await _read(house, HELENE, f"/visits/{visit}")
    await _read(house, KATHARINA, f"/visits/{visit}")  # who leads her


async def test_whom_a_visit_does_not_concern_finds_nothing(house: House) -> None:
    await published(house)
    visit = await visit_of(AYLIN)
    await _read(house, JONAS, f"/visits/{visit}", 404)
    await post(house.browser(MIRIAM, **EN), f"/visits/{visit}/acceptance", 404)
    await _read(house, MIRIAM, f"/visits/{visit}/offer", 404)
    for path in ("/hosting", f"/hosting/{BILLING.id}", "/team/rotations"):
        await _read(house, AYLIN, path, 404)


async def test_answers_are_told_to_whom_they_concern(house: House) -> None:
    await database.execute("UPDATE department SET manager_id = {} WHERE id = {}", JONAS.id, REGISTRATION.id)
    await published(house)
    await tell_all()
    visit = await visit_of(AYLIN)
    aylin = await house.actor(AYLIN)
    await visiting.decline(actor=aylin, visit_id=visit, reason="My exam is that week.")
    await tell_all()
    assert (await told())["Jonas"] == ["visit"]
    (item,) = [one for one in await shown(house, JONAS) if one["kind"] == "visit"]
    assert item["text"] == "Aylin Demir cannot come to Patient registration, 16–20 Mar"
    assert "My exam is that week." in item["words_html"]
    await visiting.take_back(actor=aylin, visit_id=visit)
    await tell_all()
    assert "Jonas" not in await told()  # nobody had read it
    offer = await offering.offer(actor=aylin, visit_id=visit, person_id=KATHARINA.id)
    await tell_all()
    (item,) = await shown(house, KATHARINA)
    assert item["text"] == "Aylin Demir asks whether you would visit Patient registration instead, 16–20 Mar"
    page = await _read(house, KATHARINA, "/rotations")
    assert "asks whether you would go instead" in page
    await post(house.browser(KATHARINA, **EN), f"/offers/{offer}/acceptance")
    await tell_all()
    assert {"Jonas", "Miriam", "Aylin"} <= set(await told())
    assert "Katharina" in await states()


async def test_hosts_write_their_briefing_and_nothing_of_hr_is_lost(house: House) -> None:
    await database.execute("UPDATE department SET manager_id = {} WHERE id = {}", MIRIAM.id, REGISTRATION.id)
    await facts.save_hosting(
        actor=await house.actor(HELENE), department_id=REGISTRATION.id, facts=facts.HostingFacts(capacity=3)
    )
    client = house.browser(MIRIAM, **EN)
    assert (await client.get("/hosting")).headers["location"] == f"/hosting/{REGISTRATION.id}"
    assert "What arrives here from you:" in await _read(house, MIRIAM, f"/hosting/{REGISTRATION.id}?template=1")
    await database.execute("UPDATE person SET deactivated_at = 1 WHERE id = {}", BRITTA.id)
    buddies = [JONAS.id, BRITTA.id]
    await post(client, f"/hosting/{REGISTRATION.id}", briefing="Come at eight.", place="Desk 2", buddies=buddies)
    assert [row[0] for row in await database.fetch("SELECT person_id FROM buddy")] == [JONAS.id]  # who is there
    row = await database.fetch_one("SELECT capacity, briefing FROM hosting WHERE department_id = {}", REGISTRATION.id)
    assert row is not None
    assert tuple(row) == (3, "Come at eight.")
    answer = await post(client, f"/hosting/{REGISTRATION.id}", 422, briefing="x" * 4_001)
    assert "At most 4000 characters." in answer.text
    await _read(house, JONAS, f"/hosting/{REGISTRATION.id}")  # a buddy


async def test_a_manager_sees_who_is_away_and_agrees_in_one_tap(house: House) -> None:
    await facts.save_hosting(
        actor=await house.actor(HELENE),
        department_id=BILLING.id,
        facts=facts.HostingFacts(minimum=(1, 1, 1, 1, 1, 0, 0)),
    )
    await published(house, answer_by="2026-03-06")
    await facts.add_absence(
        actor=await house.actor(HELENE), person_id=KATHARINA.id, first_day="2026-03-18", last_day=""
    )
    page = await _read(house, KATHARINA, "/team/rotations")
    for words in ("16–20 Mar", "in Patient registration", "guest from Patient registration",
                  "Billing: 0 there of 1 needed, tightest on Wednesday"):  # fmt: skip
        assert words in page
    case = re.search(r'name="approval" value="([^"]+)"', page)
    assert case is not None
    about = await _read(house, KATHARINA, f"/approvals/{case[1]}")
    assert "Billing → Patient registration" in about
    assert "0 there of 1 needed, on the tightest day" in about
    client = house.browser(KATHARINA, **EN)
    await post(client, "/approvals/decisions", approval=case[1], decision="approve")
    assert 'name="approval"' not in await _read(house, KATHARINA, "/team/rotations")


async def test_hr_repairs_what_was_declined(house: House) -> None:
    programme_id, _plan = await published(house)
    await visiting.decline(actor=await house.actor(AYLIN), visit_id=await visit_of(AYLIN), reason="My exam.")
    page = await _read(house, HELENE, f"/programmes/{programme_id}/repair")
    assert "1 visit cannot take place as planned" in page
    assert "My exam." in page
    client = house.browser(HELENE, **EN)
    answer = await post(client, f"/programmes/{programme_id}/repair")
    page = await _read(house, HELENE, answer.headers["location"])
    assert "Katharina Vogt" in page
    assert "Publish this repair" in page
    plan = answer.headers["location"].removesuffix("/repair")
    await post(client, f"{plan}/publication")
    assert await states() == {"Katharina": "proposed", "Miriam": "proposed"}
    assert "Nobody has declined" in await _read(house, HELENE, f"/programmes/{programme_id}/repair")


async def _feed(house: House, address: str) -> Any:
    answer = await house.stranger().get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    found: Any = icalendar.Calendar.from_ical(answer.content)
    return found


def _events(calendar: Any) -> list[tuple[str, str, int]]:
    return [(str(e["summary"]), str(e["status"]), int(e["sequence"])) for e in calendar.walk("VEVENT")]


async def test_a_calendar_is_subscribed_by_a_secret_address(house: House) -> None:
    await database.execute("UPDATE organisation SET time_zone = 'Europe/Berlin'")
    await database.execute("UPDATE person SET language = 'de' WHERE id = {}", AYLIN.id)
    programme_id, _plan = await published(house)
    await meetings.plan_meetings(
        actor=await house.actor(HELENE), programme_id=programme_id, dependency_id=DEPENDENCY, pairs=2, at="10:00"
    )
    made = await house.browser(AYLIN, **EN).post("/rotations/calendar")
    address = re.search(r"http://gearmesh\.test(/calendar/[\w-]+\.ics)", made.text)
    assert address is not None
    calendar = await _feed(house, address[1])
    summaries = _events(calendar)
    assert ("Besuch: Patientenaufnahme", "TENTATIVE", 0) in summaries
    assert any(text.startswith("Austauschtreffen") for text, _status, _n in summaries)
    (event,) = [e for e in calendar.walk("VEVENT") if str(e["summary"]).startswith("Besuch")]
    uid = str(event["uid"])
    berlin = ZoneInfo("Europe/Berlin")
    assert event["dtstart"].dt == datetime(2026, 3, 16, 8, tzinfo=berlin)
    assert event["dtend"].dt == datetime(2026, 3, 16, 16, tzinfo=berlin)
    assert event["rrule"]["until"] == [datetime(2026, 3, 20, 7, tzinfo=UTC)]
    aylin, visit = await house.actor(AYLIN), await visit_of(AYLIN)
    await visiting.accept(actor=aylin, visit_id=visit)
    assert ("Besuch: Patientenaufnahme", "CONFIRMED", 1) in _events(await _feed(house, address[1]))
    offer = await offering.offer(actor=aylin, visit_id=visit, person_id=KATHARINA.id)
    await offering.take(actor=await house.actor(KATHARINA), offer_id=offer)
    calendar = await _feed(house, address[1])
    (event,) = [e for e in calendar.walk("VEVENT") if str(e["uid"]) == uid]
    assert (str(event["status"]), int(event["sequence"])) == ("CANCELLED", 2)
    etag = (await house.stranger().get(address[1])).headers["etag"]
    assert (await house.stranger(**{"if-none-match": etag}).get(address[1])).status_code == 304
    await post(house.browser(AYLIN, **EN), "/rotations/calendar/removal")
    assert (await house.stranger().get(address[1])).status_code == 404
    assert await database.fetch("SELECT 1 FROM calendar_feed") == []


async def test_eight_o_clock_stays_eight_over_a_change_to_summer_time(house: House) -> None:
    await database.execute("UPDATE organisation SET time_zone = 'Europe/Berlin'")
    days = Pattern(length="weeks", weekdays=(4, 5, 6), country="")  # from Friday to Sunday 29 March
    await published(house, (AYLIN, REGISTRATION, 2, 0), (MIRIAM, BILLING, 2, 0), pattern=days)
    for person in (AYLIN, MIRIAM):
        visit = await visit_of(person)
        answer = await house.browser(person, **EN).get(f"/visits/{visit}/event")
        calendar: Any = icalendar.Calendar.from_ical(answer.content)
        (event,) = calendar.walk("VEVENT")
        assert event["dtstart"].to_ical() == b"20260327T080000"
        assert event["dtstart"].params["TZID"] == "Europe/Berlin"
        assert event["rrule"]["until"] == [datetime(2026, 3, 29, 6, tzinfo=UTC)]
        (zone,) = calendar.walk("VTIMEZONE")
        assert str(zone["tzid"]) == "Europe/Berlin"


async def test_the_file_of_a_visit_opens_though_another_version_was_published(house: House) -> None:
    programme_id, _plan = await published(house)
    old = await visit_of(AYLIN)
    second = await planned(programme_id, (AYLIN, REGISTRATION, 3, 0), (MIRIAM, BILLING, 3, 0))
    await publish(house, second)
    answer = await house.browser(AYLIN, **EN).get(f"/visits/{old}/event")
    calendar: Any = icalendar.Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    assert (str(event["uid"]), event["dtstart"].dt.date()) == (f"{old}@gearmesh", date(2026, 3, 30))
    assert (await house.browser(MIRIAM, **EN).get(f"/visits/{old}/event")).status_code == 404


async def test_addresses_that_are_guessed_or_asked_all_the_time_rest(house: House) -> None:
    token = await calendars.make_address(actor=await house.actor(AYLIN))
    client = house.stranger()
    answers = [(await client.get(f"/calendar/{token}.ics")).status_code for _again in range(calendars.ASKS + 1)]
    assert answers == [200] * calendars.ASKS + [429]
    guesses = [(await client.get(f"/calendar/guess-{n}.ics")).status_code for n in range(52)]
    assert guesses[:50] == [404] * 50
    assert guesses[51] == 429


async def test_the_weeks_of_a_team_say_who_is_away_and_who_comes(house: House) -> None:
    await published(house)
    actor = await house.actor(KATHARINA)
    found = await teams.team(actor.id, "en", today=date(2026, 3, 2), zone=ZoneInfo("Europe/Berlin"))
    assert [unit.id for unit in found.units] == [BILLING.id]
    assert [len(week.away) for week in found.weeks] == [0, 0, 1, 0, 0, 0, 0, 0]
    assert [len(week.guests) for week in found.weeks] == [0, 0, 1, 0, 0, 0, 0, 0]
