"""The page that takes a whole import back: what it means first, then how far it is, then what stayed."""

from __future__ import annotations

from api.core import database
from api.core.jobs.worker import run_due
from api.work import KINDS
from tests.imports.lists import bring_in
from tests.pages.test_forms import FORM
from tests.support.desk import Desk
from tests.support.house import House
from tests.support.organisation import HELENE


async def test_what_stays_is_said_before_and_after(house: House) -> None:
    run = await bring_in("email,name,department\na@h.example,Anna Amsel,Billing\nb@h.example,Bo Berg,Billing\n")
    bo = await database.fetch_one("SELECT id FROM person WHERE email = 'b@h.example'")
    assert bo is not None
    await Desk(house).edit(f"/people/{bo['id']}", job_en="Baker")
    hr, path = house.browser(HELENE, **FORM), f"/imports/{run.id}/undo"
    for place in ("/organisation/history", f"/imports/{run.id}"):
        assert f'href="{path}"' in (await hr.get(place)).text, place

    before = (await hr.get(path)).text
    for words in ("<dt>New person</dt><dd>2</dd>", "1 change stays", "Bo Berg", "Yes, take this whole import back"):
        assert words in before, words
    assert "Anna Amsel" not in before
    refused = await hr.post(path, data={})
    assert (refused.status_code, "Say first that you are sure." in refused.text) == (409, True)

    assert (await hr.post(path, data={"sure": "1"})).headers["location"] == path
    running = (await hr.get(path)).text
    assert "Taking it back" in running
    assert 'hx-trigger="every 1s"' in running
    assert "is being taken back already" in (await hr.post(path, data={"sure": "1"})).text
    await run_due(KINDS)
    polled = await hr.get(path, headers={"hx-request": "true", "hx-target": "section#progress"})
    assert polled.headers["hx-refresh"] == "true"
    after = (await hr.get(path)).text
    for words in ("1 change is taken back.", "1 change stayed", "Bo Berg", "Try what stayed once more"):
        assert words in after, words
    history = (await hr.get("/organisation/history")).text
    assert history.count("What was taken back, and what stayed") == 2
