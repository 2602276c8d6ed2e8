"""Background work as admins see it, and what they do with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest

from api.core import database
from api.core.clock import HOUR, MINUTE, now
from api.core.jobs import Job, JobKind, PermanentFailure, enqueue
from api.core.jobs.worker import run_due
from api.work import KINDS, PERIODICS
from frontend.app import create_app
from tests.databases import Kind
from tests.support.house import House, open_house, refusal
from tests.support.organisation import AYLIN, TOMASZ

JOBS = "/api/v1/jobs"


@pytest.fixture
async def house(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async with open_house(kind, monkeypatch, create=create_app) as opened:
        yield opened


async def put(kind: str = "toy", **more: Any) -> str:
    job_id = await database.transact(partial(enqueue, kind, **more))
    assert job_id is not None
    return job_id


async def listed(house: House, state: str, **more: Any) -> list[dict[str, Any]]:
    answer = await house.browser(TOMASZ).get(JOBS, params={"state": state, **more})
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def _refuse(_job: Job) -> None:
    raise PermanentFailure("address_refused")


async def _nothing(_job: Job) -> None:
    pass


def test_every_kind_is_there_once_and_has_a_name_for_people() -> None:
    names = [kind.name for kind in KINDS]
    assert len(set(names)) == len(names)
    assert {periodic.kind for periodic in PERIODICS} <= set(names)
    assert [kind.name for kind in KINDS if kind.title is None] == []


async def test_what_failed_is_tried_again_and_what_waits_is_cancelled(house: House) -> None:
    admin = house.browser(TOMASZ)
    job = await put()
    await run_due([JobKind("toy", _refuse)])
    (failed,) = await listed(house, "failed")
    assert (failed["id"], failed["name"], failed["attempts"]) == (job, "toy", 1)
    assert failed["error"] == "address_refused"
    assert failed["started_at"] <= failed["ended_at"]

    assert (await admin.put(f"{JOBS}/{job}/retry")).status_code == 204
    assert await listed(house, "failed") == []
    assert [item["attempts"] for item in await listed(house, "waiting")] == [0]
    await run_due([JobKind("toy", _nothing)])
    assert [item["id"] for item in await listed(house, "done")] == [job]
    for verb in ("retry", "cancellation"):
        refusal(await admin.put(f"{JOBS}/{job}/{verb}"), 409)
        refusal(await admin.put(f"{JOBS}/{AYLIN.id}/{verb}"), 404)
        refusal(await admin.put(f"{JOBS}/nonsense/{verb}"), 404)

    later = await put(run_at=now() + HOUR)
    assert (await admin.put(f"{JOBS}/{later}/cancellation")).status_code == 204
    assert [item["id"] for item in await listed(house, "cancelled")] == [later]
    house.clock.forward(2 * HOUR)
    assert await run_due([JobKind("toy", _nothing)]) == 0
    events = await database.fetch("SELECT kind, actor_id, subject_id FROM event WHERE kind LIKE 'job.%' ORDER BY id")
    assert [tuple(row) for row in events] == [
        ("job.retried", TOMASZ.id, job),
        ("job.cancelled", TOMASZ.id, later),
    ]


async def test_pages_of_jobs_follow_each_other(house: House) -> None:
    made = [await put() for _ in range(5)]
    admin = house.browser(TOMASZ)
    found: list[str] = []
    marker: str | None = ""
    while marker is not None:
        params = {"state": "waiting", "limit": "2"} | ({"before": marker} if marker else {})
        with database.count_statements() as counted:
            page = (await admin.get(JOBS, params=params)).json()
        assert counted.n <= 3
        found += [item["id"] for item in page["items"]]
        marker = page["next"]
    assert found == made[::-1]
    assert "before" in refusal(await admin.get(JOBS, params={"before": "20"}), 422)


async def test_the_page_says_what_is_going_on_and_what_can_be_done(house: House) -> None:
    admin = house.browser(TOMASZ, **{"accept-language": "de"})
    for state, teaches in (("failed", "Nichts ist gescheitert."), ("running", "Lange Arbeit zeigt hier")):
        assert teaches in (await admin.get("/jobs", params={"show": state})).text
    resting, failing = await put(), await put("jobs.clean")

    async def fail(_job: Job) -> None:
        raise OSError

    await run_due([JobKind("toy", fail), JobKind("jobs.clean", _refuse)])
    await database.execute("UPDATE job SET run_at = {} WHERE id = {}", now() + 5 * MINUTE, resting)
    waiting = (await admin.get("/jobs", params={"show": "waiting"})).text
    assert "1 Mal gescheitert (<code>OSError</code>). In 5 Minuten ist sie dran." in waiting
    assert f"<code>{resting[-8:]}</code>" in waiting, "jobs of one kind are told apart"
    failed = (await admin.get("/jobs")).text
    assert "Erledigte Hintergrundarbeit wegräumen" in failed
    assert "Nach 1 Versuch aufgegeben: <code>address_refused</code>" in failed

    answer = await admin.post(f"/jobs/{failing}/retry", headers={"referer": f"{admin.base_url}/jobs?show=failed"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/jobs?show=failed")
    assert (await admin.post(f"/jobs/{failing}/cancellation")).status_code == 303
    assert "Abgebrochen" in (await admin.get("/jobs", params={"show": "cancelled"})).text
    assert (await admin.get("/jobs", params={"show": "nonsense"})).status_code == 400
    assert '<a href="/jobs">' in (await admin.get("/more")).text
    assert '<a href="/jobs">' not in (await house.browser(AYLIN).get("/more")).text
