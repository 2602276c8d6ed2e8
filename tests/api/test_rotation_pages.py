"""HR's story on the pages: set up, find, look, change by hand, publish, change again, take out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import AsyncIterator

import httpx
import icalendar
import pytest

from api.core.jobs.worker import run_due
from api.rotations import facts, queries
from api.rotations.jobs import KINDS
from frontend.app import create_app
from tests.databases import Kind
from tests.support.house import House, open_house, post
from tests.support.organisation import (
    AYLIN,
    BILLING,
    DEPENDENCY,
    HELENE,
    JONAS,
    KATHARINA,
    MIRIAM,
    RADIOLOGY,
    REGISTRATION,
    Person,
)
from tests.support.rotations import visit_in
from tests.support.search import search_here


@pytest.fixture
async def house(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    search_here(monkeypatch)
    async with open_house(kind, monkeypatch, create=create_app) as opened:
        yield opened


PERIOD = {
    "name": "Spring",
    "starts_on": "2026-03-02",
    "ends_on": "2026-04-03",
    "length": "weeks",
    "weekdays": ["0", "1", "2", "3", "4"],
    "weeks": "1",
    "start": "08:00",
    "noon": "12:00",
    "end": "16:00",
    "country": "",
    "closed": "",
}
RULES = {
    "max_visits": "2",
    "gap": "1",
    "repeat_months": "12",
    "visit_blocks": "1",
    "cover_percent": "50",
    "longest_ring": "3",
    "shadow_visits": "",
    "by_order": "",
    **{f"goal_{goal}": "3" for goal in ("dependency", "coverage", "fairness", "wishes", "seniority", "stability")},
}


async def _read(client: httpx.AsyncClient, path: str) -> str:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


async def _plan(client: httpx.AsyncClient) -> tuple[str, str]:
    """A programme and its plan that is found: their addresses."""
    answer = await post(client, "/programmes/new", **PERIOD)
    programme = answer.headers["location"].removesuffix("/scope")
    assert "hardly anybody has seen it" in await _read(client, f"{programme}/scope")
    await post(client, f"{programme}/scope", scope=DEPENDENCY)
    await post(client, f"{programme}/people")
    await post(client, f"{programme}/rules", **RULES)
    assert "4 people take part." in await _read(client, f"{programme}/plans")
    answer = await post(client, f"{programme}/plans", seconds="10")
    plan = answer.headers["location"]
    assert "Waiting for its turn" in await _read(client, plan)
    await run_due(KINDS)
    return programme, plan


async def _visit(plan: str, person: Person) -> tuple[str, int]:
    return await visit_in(plan.rpartition("/")[2], person)


async def test_a_plan_is_found_changed_by_hand_and_published(house: House) -> None:
    hr = house.browser(HELENE, **{"accept-language": "en"})
    await facts.save_hosting(
        actor=await house.actor(HELENE), department_id=BILLING.id, facts=facts.HostingFacts(capacity=1)
    )
    programme, plan = await _plan(hr)
    board = await _read(hr, plan)
    assert board.count("data-id=") == 4
    assert "none is better" in board
    assert "conflict-box" not in board

    # Two in one week are too many for billing: the board says so, and what it costs
    mine, _block = await _visit(plan, MIRIAM)
    _other, taken = await _visit(plan, JONAS)
    await post(hr, f"{plan}/visits/{mine}/move", block=str(taken))
    board = await _read(hr, f"{plan}?visit={mine}")
    assert "Billing has 2 visitors in" in board
    assert "and room for 1" in board
    assert "conflict picked" in board
    refused = await post(hr, f"{plan}/publication", 409)
    assert "breaks a rule by now" in refused.text
    await post(hr, f"{plan}/undo")
    assert "conflict-box" not in await _read(hr, plan)

    # A pinned visit stays; whoever is forbidden goes, a colleague steps in where one is free
    await post(hr, f"{plan}/visits/{mine}/pin", pinned="yes")
    assert "pinned" in await _read(hr, plan)
    theirs, _block = await _visit(plan, JONAS)
    await post(hr, f"{plan}/visits/{theirs}/ban")
    assert (await _read(hr, plan)).count("data-id=") == 2
    why = await _read(hr, f"{plan}?why={JONAS.id}&host={BILLING.id}")
    assert "Why does Jonas Weber not see Billing?" in why
    assert "is forbidden" in why
    outside = await _read(hr, f"{plan}?why={HELENE.id}&host={BILLING.id}")
    assert "They work in a department that this plan does not join" in outside
    assert "Why does Jonas Weber" in await _read(hr, f"{plan}?find_why=jonas&host={BILLING.id}")
    assert "It would be possible with: the visit is no longer forbidden" in why
    await post(hr, f"{plan}/undo")

    await post(hr, f"{plan}/publication", answer_by="2026-03-10")
    told = await _read(hr, f"{plan}/publication")
    assert told.count("a new visit") == 4
    visits = await queries.visits("en", "v.person_id = {}", MIRIAM.id)
    assert [(one.host.id, one.state, one.revision) for one in visits] == [(BILLING.id, "proposed", 0)]
    assert [one.id for one in visits[0].partners] in ([AYLIN.id], [KATHARINA.id])
    refused = await post(hr, f"{plan}/visits/{mine}/move", 409, block="0")
    assert "Only a draft can be changed by hand" in refused.text
    listed = await _read(hr, "/programmes")
    assert "4 visits" in listed

    # Another version: only those hear of it for whom something changes
    answer = await post(hr, f"{programme}/plans", seconds="10", from_plan=plan.rpartition("/")[2])
    second = answer.headers["location"]
    await run_due(KINDS)
    moved, block = await _visit(second, AYLIN)
    _theirs, other = await _visit(second, KATHARINA)
    free = next(number for number in range(5) if number not in (block, other))
    await post(hr, f"{second}/visits/{moved}/move", block=str(free))
    await post(hr, f"{second}/publication")
    told = await _read(hr, f"{second}/publication")
    assert told.count("another time") == 2
    after = await queries.visits("en", "v.person_id = {}", AYLIN.id)
    assert [one.revision for one in after] == [1]
    assert "replaced" in await _read(hr, plan)
    beside = await _read(hr, f"{second}?beside={plan.rpartition('/')[2]}&by=people")
    assert "Fair between people" in beside
    assert "2 of 4 visits are the same as in plan 1." in beside


async def test_data_that_changed_meanwhile_is_named_and_mended(house: House) -> None:
    hr = house.browser(HELENE, **{"accept-language": "en"})
    programme, plan = await _plan(hr)
    _visit_id, block = await _visit(plan, AYLIN)
    day = f"2026-03-{2 + 7 * block:02}" if block < 4 else "2026-03-30"
    await post(hr, f"/programmes/people/{AYLIN.id}/absences", first_day=day)
    page = await _read(hr, f"{plan}/publication")
    assert "Are away at other times: Aylin Demir." in page
    assert "Aylin Demir is away in" in page
    await post(hr, f"{plan}/mending")
    page = await _read(hr, f"{plan}/publication")
    assert "It keeps every rule with the data of now." in page
    # A stale form is not saved over what a colleague has saved
    stale = re.search(r'name="version" value="(\w+)"', await _read(hr, f"{programme}/rules"))
    assert stale is not None
    await post(hr, f"{programme}/rules", **RULES | {"max_visits": "4"})
    refused = await post(hr, f"{programme}/rules", 409, version=stale[1], **RULES | {"max_visits": "3"})
    assert "Somebody has changed this while you were writing." in refused.text
    assert re.search(r"<dt>max visits</dt><dd>4</dd>", refused.text)


async def test_a_plan_is_taken_out_and_a_programme_copied_and_archived(house: House) -> None:
    hr = house.browser(HELENE, **{"accept-language": "en"})
    programme, plan = await _plan(hr)
    rows = (await hr.get(f"{plan}/export.csv")).content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Start,End,Person,E-mail,From,Host department,Kind")
    assert len(rows) == 5
    workbook = zipfile.ZipFile(io.BytesIO((await hr.get(f"{plan}/export.xlsx")).content))
    assert "Miriam Okafor" in workbook.read("xl/sharedStrings.xml").decode()
    calendar = icalendar.Calendar.from_ical((await hr.get(f"{plan}/export.ics")).content)
    summaries = [str(event["summary"]) for event in calendar.walk("VEVENT")]
    assert sorted(summaries)[-1] == "Miriam Okafor → Billing"
    assert len(re.findall(rb"DTSTART:2026\d{4}T080000Z", calendar.to_ical())) == 4
    poster = await _read(hr, f"{plan}/poster")
    assert poster.count('class="card poster stack"') == 2
    await post(hr, f"{plan}/removal")
    assert (await hr.get(plan)).status_code == 404
    copy = (await post(hr, f"{programme}/copy")).headers["location"]
    assert "Spring 2" in await _read(hr, copy)
    await post(hr, f"{programme}/archiving")
    assert "This programme is archived" in (await post(hr, f"{programme}/scope", 409, scope=DEPENDENCY)).text
    assert "Spring" in await _read(hr, "/programmes?archived=true")


async def test_facts_of_departments_and_people_are_kept_and_faults_named(house: House) -> None:
    hr = house.browser(HELENE, **{"accept-language": "en"})
    minimum = {f"minimum_{day}": "1" for day in range(7)}
    wrong = await post(hr, f"/programmes/hosting/{BILLING.id}", 422, capacity="100", **minimum)
    assert "From 0 to 99." in wrong.text
    fields = {"capacity": "2", "requires": "hygiene\nlicence", "briefing": "What we do.", "buddies": KATHARINA.id}
    await post(hr, f"/programmes/hosting/{BILLING.id}", **fields, **minimum)
    (found,) = await queries.hosting("en", [BILLING.id])
    assert (found.capacity, found.minimum, found.requires) == (2, [1] * 7, ["hygiene", "licence"])
    assert [one.id for one in found.buddies] == [KATHARINA.id]
    assert "2 visitors at once" in await _read(hr, "/programmes/hosting")
    own = {"qualifications": "hygiene", "seniority": "2", "working_days": ["0", "1"], "volunteer": "on"}
    await post(hr, f"/programmes/people/{JONAS.id}", **own, **{f"wish_{BILLING.id}": "2"})
    page = await _read(hr, f"/programmes/people/{JONAS.id}")
    assert "hygiene" in page
    assert "very gladly" in page
    none = await post(hr, f"/programmes/people/{JONAS.id}", 422, seniority="1")
    assert "Choose at least one day of the week." in none.text
    listed = b"E-Mail;Von;Bis\njonas@hospital.example;2026-03-02;2026-03-06\n"
    answer = await hr.post("/programmes/hosting", files={"file": ("away.csv", listed)})
    assert "1 absence was read." in answer.text
    programme = (await post(hr, "/programmes/new", **PERIOD)).headers["location"].removesuffix("/scope")
    await post(hr, f"{programme}/training", home_id=REGISTRATION.id, host_id=BILLING.id, by_day="2026-03-31")
    assert "Everybody in Patient registration sees Billing" in await _read(hr, f"{programme}/training")
    await post(hr, f"{programme}/scope", scope=DEPENDENCY)
    await post(hr, f"{programme}/meetings", dependency=DEPENDENCY, pairs="1", at="14:00")
    assert "14:00 – 15:00" in await _read(hr, f"{programme}/meetings")
    wrong = await post(hr, f"{programme}/meetings", 422, dependency=DEPENDENCY, pairs="0", at="14:00")
    assert "From 1 to 50." in wrong.text
    await post(hr, f"{programme}/people", find_excluded="jonas")
    assert "Jonas Weber" in await _read(hr, f"{programme}/people")
    same = await post(hr, f"{programme}/training", 422, home_id=RADIOLOGY.id, host_id=RADIOLOGY.id)
    assert "They work there anyway." in same.text
