"""HR's side as JSON: set up, find, read, change, publish."""

from __future__ import annotations

import pytest

from api.core.jobs.worker import run_due
from api.rotations.jobs import KINDS
from tests.support.house import House
from tests.support.organisation import BILLING, DEPENDENCY, HELENE, JONAS, MIRIAM
from tests.support.search import search_here


async def test_a_programme_is_set_up_planned_changed_and_published(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    search_here(monkeypatch)
    wanted = {"name": "Spring", "starts_on": "2026-03-02", "ends_on": "2026-04-03", "pattern": {"country": ""}}
    odd = await house.ask(HELENE, "POST", "/programmes", 422, **wanted | {"starts_on": "0001-01-01"})
    assert odd["errors"]["starts_on"] == "Write a day as in 2026-03-31."
    programme = await house.ask(HELENE, "POST", "/programmes", 201, **wanted)
    at = f"/programmes/{programme['id']}"
    changed = await house.ask(HELENE, "PUT", f"{at}/scope", version=programme["version"], dependencies=[DEPENDENCY])
    await house.ask(HELENE, "PUT", f"{at}/participants", 409, version=programme["version"], participants={})
    rules = programme["rules"] | {"gap": 1}
    await house.ask(HELENE, "PUT", f"{at}/rules", version=changed["version"], rules=rules, goals=programme["goals"])
    plan = await house.ask(HELENE, "POST", f"{at}/plans", 201, seconds=10)
    assert (plan["state"], plan["search"]) == ("waiting", None)
    await run_due(KINDS)
    plan = await house.ask(HELENE, "GET", f"/plans/{plan['id']}")
    assert (plan["state"], plan["gap"], plan["visits"]) == ("ready", 0.0, 4)
    assert [one["id"] for one in (await house.ask(HELENE, "GET", f"{at}/plans"))["items"]] == [plan["id"]]

    board = await house.ask(HELENE, "GET", f"/plans/{plan['id']}/board")
    assert [(one["planned"], one["before"]) for one in board["coverage"]] == [([2, 2], [0, 0])]
    mine = next(cell for cell in board["cells"] if cell["person_id"] == MIRIAM.id)
    visit = f"/plans/{plan['id']}/visits/{mine['id']}"
    await house.ask(HELENE, "PATCH", visit, 204, pinned=True)
    await house.ask(HELENE, "PATCH", visit, 422, pinned=True, block=1)
    await house.ask(HELENE, "PATCH", visit, 422, block=99)
    query = f"/plans/{plan['id']}/reasons?person={JONAS.id}&host={BILLING.id}"
    assert [one["planned"] for one in (await house.ask(HELENE, "GET", query))["items"]].count(True) == 1
    await house.ask(HELENE, "POST", f"/plans/{plan['id']}/stop", 204)
    published = await house.ask(HELENE, "POST", f"/plans/{plan['id']}/publication", 201, answer_by="2026-03-20")
    assert published["id"]
    await house.ask(HELENE, "DELETE", f"/plans/{plan['id']}", 409)
    assert [one["state"] for one in (await house.ask(HELENE, "GET", "/programmes"))["items"]] == ["published"]
