"""Ideas, and teams that make them come true: founded, worked on, measured, ended with thanks to everybody."""

from __future__ import annotations

from typing import Any

from api.core import database
from api.core.clock import SECOND
from api.core.ids import uuid7
from api.kudos.delivery import deliver_due
from api.notifications.fanout import tell_all
from api.verify import verify
from tests.support.house import House
from tests.support.organisation import (
    AYLIN,
    BILLING,
    BRITTA,
    HELENE,
    JONAS,
    KATHARINA,
    MIRIAM,
    NOBODY,
    OSKAR,
    REGISTRATION,
    TOMASZ,
    Person,
)
from tests.support.told import told

EDGE = {"provider": REGISTRATION.id, "customer": BILLING.id}
TEAM = {
    "name": "Insurance numbers at the desk",
    "goal": "No bill comes back because the number is missing.",
    "measure": "Bills sent back",
    "unit": "a week",
    **EDGE,
    "members": [KATHARINA.id, JONAS.id, AYLIN.id],
}


async def propose(house: House, person: Person, **more: Any) -> str:
    body = {"title": "Ask for the card again", "words": "At discharge, too.", **EDGE, **more}
    return str((await house.ask(person, "POST", "/ideas", 201, **body))["id"])


async def test_an_idea_is_supported_answered_and_taken_back(house: House) -> None:
    made = uuid7()
    idea = await propose(house, JONAS, id=made)
    assert idea == made
    again = {"title": "Ask for the card again", "words": "At discharge, too.", **EDGE, "id": made}
    await house.ask(JONAS, "POST", "/ideas", 200, **again)
    await house.ask(JONAS, "POST", "/ideas", 409, **{**again, "title": "Another"})
    for body, field in (
        ({"title": " "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"title": "x", "provider": BILLING.id}, "edge"),
        ({"title": "x", "provider": BILLING.id, "customer": NOBODY}, "edge"),
        ({"title": "x", "provider": BILLING.id, "customer": BILLING.id}, "edge"),
    ):
        assert set((await house.ask(JONAS, "POST", "/ideas", 422, **body))["errors"]) == {field}
    await house.ask(JONAS, "PUT", f"/ideas/{idea}/support", 422)
    for _twice in range(2):
        await house.ask(BRITTA, "PUT", f"/ideas/{idea}/support", 204)
    seen = await house.ask(BRITTA, "GET", f"/ideas/{idea}")
    assert (seen["supports"], seen["supported"], seen["mine"]) == (1, True, False)
    await house.ask(BRITTA, "DELETE", f"/ideas/{idea}/support", 204)
    assert (await house.ask(JONAS, "GET", f"/ideas/{idea}"))["supports"] == 0

    await house.ask(BRITTA, "PUT", f"/ideas/{idea}/declining", 403, answer="No.")
    await house.ask(HELENE, "PUT", f"/ideas/{idea}/declining", 422, answer=" ")
    await house.ask(KATHARINA, "PUT", f"/ideas/{idea}/declining", 204, answer="The new form asks for it anyway.")
    await house.ask(KATHARINA, "PUT", f"/ideas/{idea}/declining", 409, answer="Again.")
    assert (await house.ask(JONAS, "GET", "/ideas"))["items"] == []
    (mine,) = (await house.ask(JONAS, "GET", "/ideas?show=mine"))["items"]
    assert (mine["state"], mine["answer"]) == ("declined", "The new form asks for it anyway.")
    await tell_all()
    assert await told() == {"Jonas": ["improvement"]}
    await house.ask(KATHARINA, "DELETE", f"/ideas/{idea}/declining", 204)
    await house.ask(BRITTA, "DELETE", f"/ideas/{idea}", 404)
    await house.ask(JONAS, "DELETE", f"/ideas/{idea}", 204)
    await house.ask(HELENE, "GET", f"/ideas/{idea}", 404)
    ids = [await propose(house, JONAS, title=f"Idea {number}") for number in range(3)]
    page = await house.ask(BRITTA, "GET", "/ideas?limit=2")
    rest = await house.ask(BRITTA, "GET", f"/ideas?limit=2&before={page['next']}")
    assert [one["id"] for one in (*page["items"], *rest["items"])] == ids[::-1]


async def test_who_founds_a_team_of_whom(house: House) -> None:
    await house.ask(JONAS, "POST", "/improvements", 403, **TEAM)
    for change, field in (
        ({"members": [KATHARINA.id, AYLIN.id]}, "members"),
        ({"members": [JONAS.id, MIRIAM.id], "lead": MIRIAM.id}, "members"),
        ({"members": [KATHARINA.id, JONAS.id, OSKAR.id]}, "members"),
        ({"members": [AYLIN.id], "provider": None, "customer": None}, "members"),
        ({"goal": ""}, "goal"),
        ({"measure": " "}, "measure"),
        ({"before": 1e300}, "value"),
    ):
        assert set((await house.ask(KATHARINA, "POST", "/improvements", 422, **{**TEAM, **change}))["errors"]) == {
            field
        }
    team = await house.ask(KATHARINA, "POST", "/improvements", 201, **TEAM, before=12)
    assert (team["lead"]["id"], team["values"]) == (KATHARINA.id, [{"day": "2026-03-02", "value": 12.0}])
    free = {**TEAM, "provider": None, "customer": None, "members": [BRITTA.id, TOMASZ.id], "lead": BRITTA.id}
    assert (await house.ask(HELENE, "POST", "/improvements", 201, **free))["edge"] is None


async def test_a_team_from_its_idea_to_the_thanks_at_its_end(house: House) -> None:
    idea = await propose(house, JONAS)
    await house.ask(BRITTA, "PUT", f"/ideas/{idea}/support", 204)
    team = await house.ask(KATHARINA, "POST", "/improvements", 201, **TEAM, ideas=[idea], before=12)
    path = f"/improvements/{team['id']}"
    await tell_all()
    assert await told() == {"Aylin": ["improvement"], "Jonas": ["improvement"], "Britta": ["improvement"]}
    await database.execute("DELETE FROM notification")
    assert (await house.ask(JONAS, "GET", f"/ideas/{idea}"))["team"] == team["id"]
    await house.ask(JONAS, "DELETE", f"/ideas/{idea}", 409)

    # Members work, its lead and HR lead, others look
    await house.ask(BRITTA, "POST", f"{path}/steps", 403, what="Look")
    await house.ask(JONAS, "POST", f"{path}/steps", 422, what="Look", person=BRITTA.id)
    await house.ask(JONAS, "POST", f"{path}/steps", 422, what="Look", by_day="soon")
    await house.ask(JONAS, "POST", f"{path}/steps", 201, what="Sign at the desk", person=AYLIN.id, by_day="2026-03-20")
    steps = (await house.ask(AYLIN, "POST", f"{path}/steps", 201, what="Count for a week"))["steps"]
    assert [(one["what"], one["person"] and one["person"]["id"]) for one in steps] == [
        ("Sign at the desk", AYLIN.id),
        ("Count for a week", None),
    ]
    await house.ask(AYLIN, "PUT", f"{path}/steps/{steps[0]['id']}/doing", 204)
    await house.ask(AYLIN, "PUT", f"{path}/steps/{NOBODY}/doing", 404)
    await house.ask(JONAS, "DELETE", f"{path}/steps/{steps[1]['id']}", 204)
    (step,) = (await house.ask(BRITTA, "GET", path))["steps"]
    assert step["done_by"]["id"] == AYLIN.id
    await house.ask(BRITTA, "PUT", f"{path}/values/2026-03-09", 403, value=7)
    await house.ask(JONAS, "PUT", f"{path}/values/monday", 422, value=7)
    await house.ask(JONAS, "PUT", f"{path}/values/2026-03-09", value=8)
    await house.ask(JONAS, "PUT", f"{path}/values/2026-03-09", value=7.5)
    edit: dict[str, object] = {name: TEAM[name] for name in ("name", "goal", "measure", "unit")}
    edit |= {"better": "less", "lead": KATHARINA.id, "members": [MIRIAM.id, JONAS.id, AYLIN.id], "version": 1}
    await house.ask(JONAS, "PUT", path, 403, **edit)
    changed = await house.ask(KATHARINA, "PUT", path, **edit)
    assert len(changed["members"]) == 4
    await house.ask(HELENE, "PUT", path, 409, **edit)
    await tell_all()
    heard = await told()
    assert heard == {
        "Aylin": ["improvement", "improvement"],
        "Jonas": ["improvement"],
        "Miriam": ["improvement", "improvement"],
    }
    (item,) = (await house.ask(BRITTA, "GET", "/improvements"))["items"]
    assert (item["members"], item["steps"], item["steps_done"], item["before"], item["latest"]) == (4, 1, 1, 12.0, 7.5)

    # Its end: what came of it, the measure, one thank-you to all the others
    end = {"result": "Two a week are left.", "message": "You made the desk and the bills one thing. Thank you!"}
    await house.ask(JONAS, "PUT", f"{path}/end", 403, **end, after=2)
    assert set((await house.ask(KATHARINA, "PUT", f"{path}/end", 422, **end))["errors"]) == {"after"}
    assert set((await house.ask(KATHARINA, "PUT", f"{path}/end", 422, **{**end, "message": ""}, after=2))["errors"])
    assert (await house.ask(BRITTA, "GET", path))["state"] == "running", "refused as a whole"
    house.clock.forward(8 * 24 * 3600 * SECOND)
    ended = await house.ask(KATHARINA, "PUT", f"{path}/end", **end, after=2)
    assert [one["value"] for one in ended["values"]] == [12.0, 7.5, 2.0]
    thanks = await house.seen(BRITTA, ended["kudos"])
    assert sorted(person["name"] for person in thanks["recipients"]) == ["Aylin Demir", "Jonas Weber", "Miriam Okafor"]
    await house.ask(AYLIN, "POST", f"{path}/steps", 409, what="More")
    await house.ask(KATHARINA, "PUT", f"{path}/end", 409, **end, after=2)
    assert (await house.ask(BRITTA, "GET", "/improvements"))["items"] == []
    assert [one["id"] for one in (await house.ask(BRITTA, "GET", "/improvements?show=ended"))["items"]] == [team["id"]]
    await database.execute("DELETE FROM notification")
    house.clock.forward(61 * SECOND)
    await deliver_due()
    await tell_all()
    heard = await told()
    assert heard["Britta"] == ["improvement"]
    assert heard["Aylin"] == heard["Miriam"] == heard["Jonas"] == ["thanked"]
    await house.ask(KATHARINA, "DELETE", f"{path}/end", 204)
    assert (await house.ask(AYLIN, "GET", path))["may_work"] is True
    assert [outcome async for outcome in verify() if outcome.broken] == []
