"""Visits as JSON: read, answered, offered to a colleague, in a calendar; a manager's weeks."""

from __future__ import annotations

from typing import Any

from api.core.clock import DAY
from api.rotations import facts
from tests.support.cases import settle
from tests.support.house import BASE, House
from tests.support.organisation import AYLIN, HELENE, JONAS, KATHARINA, MIRIAM, REGISTRATION, Person
from tests.support.visits import published, states, visit_of

API = "/api/v1"


async def ask(house: House, person: Person, method: str, path: str, status: int = 200, /, **body: Any) -> Any:
    client = house.browser(person, **{"accept-language": "en"})
    answer = await client.request(method, API + path, json=body or None)
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


async def test_a_visit_is_read_and_answered(house: House) -> None:
    await facts.save_hosting(
        actor=await house.actor(HELENE),
        department_id=REGISTRATION.id,
        facts=facts.HostingFacts(briefing="Sit beside me.", buddies=(JONAS.id,)),
    )
    await published(house)
    (visit,) = (await ask(house, AYLIN, "GET", "/visits"))["coming"]
    assert (visit["host"]["id"], visit["state"]) == (REGISTRATION.id, "proposed")
    assert [one["id"] for one in visit["partners"]] == [MIRIAM.id]
    assert [one["id"] for one in (await ask(house, JONAS, "GET", "/visits"))["guests"]] == [visit["id"]]
    path = f"/visits/{visit['id']}"
    seen = await ask(house, AYLIN, "GET", path)
    assert (seen["own"], seen["briefing"]["briefing"]) == (True, "Sit beside me.")
    assert (await ask(house, KATHARINA, "GET", path))["own"] is False
    other = f"/visits/{await visit_of(MIRIAM)}"
    await ask(house, KATHARINA, "PUT", f"{path}/answer", 404, answer="accepted")
    for _twice in range(2):
        assert (await ask(house, AYLIN, "PUT", f"{path}/answer", answer="accepted"))["visit"]["state"] == "accepted"
    refused = await ask(house, AYLIN, "PUT", f"{path}/answer", 422, answer="declined")
    assert refused["errors"] == {"reason": "Say why, in a sentence: it is what they will read."}
    said = {"answer": "declined", "reason": "My exam is that week.", "other_time": True}
    declined = await ask(house, AYLIN, "PUT", f"{path}/answer", **said)
    assert declined["said"] == said
    for _twice in range(2):
        await ask(house, AYLIN, "DELETE", f"{path}/answer", 204)
    assert await states() == {"Aylin": "proposed", "Miriam": "proposed"}
    house.clock.forward(20 * DAY)
    await ask(house, MIRIAM, "PUT", f"{other}/answer", 409, answer="accepted")


async def test_a_visit_changes_hands(house: House) -> None:
    await published(house)
    path = f"/visits/{await visit_of(AYLIN)}"
    found = (await ask(house, AYLIN, "GET", f"{path}/candidates"))["items"]
    assert [(one["person"]["id"], one["visits"], one["same_place"]) for one in found] == [(KATHARINA.id, 0, False)]
    await ask(house, AYLIN, "PUT", f"{path}/offer", 422, person=JONAS.id)
    await ask(house, MIRIAM, "GET", f"{path}/candidates", 404)

    async def offered() -> str:
        made = (await ask(house, AYLIN, "PUT", f"{path}/offer", person=KATHARINA.id))["offer"]
        assert made["taker"]["id"] == KATHARINA.id
        return f"/offers/{made['id']}"

    first = await offered()
    assert await offered() == first
    await ask(house, KATHARINA, "DELETE", first, 404)
    await ask(house, AYLIN, "DELETE", first, 204)
    second = await offered()
    await ask(house, KATHARINA, "POST", f"{second}/refusal", 204)
    await ask(house, KATHARINA, "POST", f"{second}/acceptance", 409)
    third = await offered()
    assert [one["id"] for one in (await ask(house, KATHARINA, "GET", "/visits"))["offers"]] == [third[8:]]
    taken = await ask(house, KATHARINA, "POST", f"{third}/acceptance")
    assert (taken["own"], taken["visit"]["id"]) == (True, await visit_of(KATHARINA))
    assert await states() == {"Katharina": "accepted", "Miriam": "proposed"}


async def test_a_manager_objects_to_what_waits_in_the_weeks(house: House) -> None:
    await published(house, answer_by="2026-03-06")
    await ask(house, AYLIN, "GET", "/team/weeks", 404)
    team = await ask(house, KATHARINA, "GET", "/team/weeks")
    (visit,) = [one for week in team["weeks"] for one in week["away"]]
    assert visit["person"]["id"] == AYLIN.id
    case = team["waiting"][visit["uid"]]
    decision = {"approvals": [case], "decision": "decline", "reason": "Month’s end."}
    assert (await ask(house, KATHARINA, "POST", "/approvals/decisions", **decision))["decided"] == [case]
    await settle(house)
    assert await states() == {"Aylin": "objected", "Miriam": "proposed"}
    assert (await ask(house, AYLIN, "GET", f"/visits/{visit['id']}"))["said"]["reason"] == "Month’s end."


async def test_a_calendar_address_is_made_once_and_revoked(house: House) -> None:
    await published(house)
    first = (await ask(house, AYLIN, "POST", "/calendar-address", 201))["address"]
    second = (await ask(house, AYLIN, "POST", "/calendar-address", 201))["address"]
    assert second.startswith(f"{BASE}/calendar/")
    calendar = house.stranger()
    assert [(await calendar.get(address)).status_code for address in (first, second)] == [404, 200]
    assert (await ask(house, AYLIN, "GET", "/visits"))["calendar"]["read_at"] is not None
    assert (await house.script(AYLIN).post(f"{API}/calendar-address")).status_code == 403
    for _twice in range(2):
        await ask(house, AYLIN, "DELETE", "/calendar-address", 204)
    assert (await calendar.get(second)).status_code == 404
