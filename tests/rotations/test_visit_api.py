"""Visits as JSON: read, answered, offered to a colleague, in a calendar; a manager's weeks."""

from __future__ import annotations

from api.core.clock import DAY
from api.rotations import facts
from tests.support.cases import settle
from tests.support.house import API, BASE, House
from tests.support.organisation import AYLIN, HELENE, JONAS, KATHARINA, MIRIAM, REGISTRATION
from tests.support.visits import published, states, visit_of


async def test_a_visit_is_read_and_answered(house: House) -> None:
    await facts.save_hosting(
        actor=await house.actor(HELENE),
        department_id=REGISTRATION.id,
        facts=facts.HostingFacts(briefing="Sit beside me.", buddies=(JONAS.id,)),
    )
    await published(house)
    (visit,) = (await house.ask(AYLIN, "GET", "/visits"))["coming"]
    assert (visit["host"]["id"], visit["state"]) == (REGISTRATION.id, "proposed")
    assert [one["id"] for one in visit["partners"]] == [MIRIAM.id]
    assert [one["id"] for one in (await house.ask(JONAS, "GET", "/visits"))["guests"]] == [visit["id"]]
    path = f"/visits/{visit['id']}"
    seen = await house.ask(AYLIN, "GET", path)
    assert (seen["own"], seen["briefing"]["briefing"]) == (True, "Sit beside me.")
    assert (await house.ask(KATHARINA, "GET", path))["own"] is False
    other = f"/visits/{await visit_of(MIRIAM)}"
    await house.ask(KATHARINA, "PUT", f"{path}/answer", 404, answer="accepted")
    for _twice in range(2):
        assert (await house.ask(AYLIN, "PUT", f"{path}/answer", answer="accepted"))["visit"]["state"] == "accepted"
    refused = await house.ask(AYLIN, "PUT", f"{path}/answer", 422, answer="declined")
    assert refused["errors"] == {"reason": "Say why, in a sentence: it is what they will read."}
    said = {"answer": "declined", "reason": "My exam is that week.", "other_time": True}
    declined = await house.ask(AYLIN, "PUT", f"{path}/answer", **said)
    assert declined["said"] == said
    for _twice in range(2):
        await house.ask(AYLIN, "DELETE", f"{path}/answer", 204)
    assert await states() == {"Aylin": "proposed", "Miriam": "proposed"}
    house.clock.forward(20 * DAY)
    await house.ask(MIRIAM, "PUT", f"{other}/answer", 409, answer="accepted")


async def test_a_visit_changes_hands(house: House) -> None:
    await published(house)
    path = f"/visits/{await visit_of(AYLIN)}"
    found = (await house.ask(AYLIN, "GET", f"{path}/candidates"))["items"]
    assert [(one["person"]["id"], one["visits"], one["same_place"]) for one in found] == [(KATHARINA.id, 0, False)]
    await house.ask(AYLIN, "PUT", f"{path}/offer", 422, person=JONAS.id)
    await house.ask(MIRIAM, "GET", f"{path}/candidates", 404)

    async def offered() -> str:
        made = (await house.ask(AYLIN, "PUT", f"{path}/offer", person=KATHARINA.id))["offer"]
        assert made["taker"]["id"] == KATHARINA.id
        return f"/offers/{made['id']}"

    first = await offered()
    assert await offered() == first
    await house.ask(KATHARINA, "DELETE", first, 404)
    await house.ask(AYLIN, "DELETE", first, 204)
    second = await offered()
    await house.ask(KATHARINA, "POST", f"{second}/refusal", 204)
    await house.ask(KATHARINA, "POST", f"{second}/acceptance", 409)
    third = await offered()
    assert [one["id"] for one in (await house.ask(KATHARINA, "GET", "/visits"))["offers"]] == [third[8:]]
    taken = await house.ask(KATHARINA, "POST", f"{third}/acceptance")
    assert (taken["own"], taken["visit"]["id"]) == (True, await visit_of(KATHARINA))
    assert await states() == {"Katharina": "accepted", "Miriam": "proposed"}


async def test_a_manager_objects_to_what_waits_in_the_weeks(house: House) -> None:
    await published(house, answer_by="2026-03-06")
    await house.ask(AYLIN, "GET", "/team/weeks", 404)
    team = await house.ask(KATHARINA, "GET", "/team/weeks")
    (visit,) = [one for week in team["weeks"] for one in week["away"]]
    assert visit["person"]["id"] == AYLIN.id
    case = team["waiting"][visit["uid"]]
    decision = {"approvals": [case], "decision": "decline", "reason": "Month’s end."}
    assert (await house.ask(KATHARINA, "POST", "/approvals/decisions", **decision))["decided"] == [case]
    await settle(house)
    assert await states() == {"Aylin": "objected", "Miriam": "proposed"}
    assert (await house.ask(AYLIN, "GET", f"/visits/{visit['id']}"))["said"]["reason"] == "Month’s end."


async def test_a_calendar_address_is_made_once_and_revoked(house: House) -> None:
    await published(house)
    first = (await house.ask(AYLIN, "POST", "/calendar-address", 201))["address"]
    second = (await house.ask(AYLIN, "POST", "/calendar-address", 201))["address"]
    assert second.startswith(f"{BASE}/calendar/")
    calendar = house.stranger()
    assert [(await calendar.get(address)).status_code for address in (first, second)] == [404, 200]
    assert (await house.ask(AYLIN, "GET", "/visits"))["calendar"]["read_at"] is not None
    assert (await house.script(AYLIN).post(f"{API}/calendar-address")).status_code == 403
    for _twice in range(2):
        await house.ask(AYLIN, "DELETE", "/calendar-address", 204)
    assert (await calendar.get(second)).status_code == 404
