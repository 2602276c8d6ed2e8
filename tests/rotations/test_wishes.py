"""People say for themselves where they would like to look: on the page without script, and as JSON."""

from __future__ import annotations

import html
import re
from typing import Any

from api.core import database
from api.rotations import facts
from tests.support.house import House, post, refusal
from tests.support.organisation import AYLIN, BILLING, HELENE, JONAS, NOBODY, RADIOLOGY, REGISTRATION

PAGE = "/rotations/wishes"
API = "/api/v1/wishes"
EN = {"accept-language": "en"}


async def _read(house: House, path: str) -> str:
    answer = await house.browser(JONAS, **EN).get(path)
    assert answer.status_code == 200, answer.text
    return html.unescape(answer.text)


async def _stored() -> tuple[Any, ...]:
    row = await database.fetch_one(
        """SELECT qualifications, seniority, working_days, volunteer, max_visits FROM rotation_facts
        WHERE person_id = {}""",
        JONAS.id,
    )
    assert row is not None
    wishes = await database.fetch("SELECT department_id, liking FROM wish WHERE person_id = {} ORDER BY 1", JONAS.id)
    return (row[0], row[1], row[2], bool(row[3]), row[4], [tuple(one) for one in wishes])


async def test_wishes_are_stated_on_a_page_and_what_hr_entered_stays(house: House) -> None:
    assert f'href="{PAGE}"' in await _read(house, "/rotations")
    assert f'href="{PAGE}"' in await _read(house, "/settings")
    empty = await _read(house, PAGE)
    assert "You have not said yet where you would like to look." in empty
    offered = re.findall(r'name="wish_([^"]+)"', empty)
    assert offered[0] == BILLING.id, "who lives on what registration hands over stands first"
    assert len(offered) == 4
    assert REGISTRATION.id not in offered
    entered = facts.OwnFacts(qualifications=("Triage",), seniority=2, max_visits=3, wishes={RADIOLOGY.id: 1})
    await facts.save_own_facts(actor=await house.actor(HELENE), person_id=JONAS.id, facts=entered)
    jonas = house.browser(JONAS, **EN)
    typed = {f"wish_{BILLING.id}": "2", f"wish_{RADIOLOGY.id}": "-1", "volunteer": "on"}
    refused = await post(jonas, PAGE, 422, **typed)
    assert "Choose at least one day of the week." in refused.text
    assert refused.text.count(" selected>") == 2, "what was typed is kept"
    answer = await post(jonas, PAGE, 303, **typed, working_days="2", qualifications="Anything", seniority="3")
    assert "wishes_kept" in answer.headers["set-cookie"]
    assert await _stored() == ('["Triage"]', 2, "2", True, 3, [(BILLING.id, 2), (RADIOLOGY.id, -1)])
    shown = await _read(house, PAGE)
    for words in ("Triage", "experienced", " open>", "very gladly</option>"):
        assert words in shown
    assert "You have not said yet" not in shown
    await post(jonas, PAGE, 422, working_days="1", **{f"wish_{NOBODY}": "1"})
    await post(jonas, PAGE, 422, working_days="1", wish_nonsense="1")


async def test_wishes_are_read_and_stated_as_json(house: House) -> None:
    jonas = house.script(JONAS, **EN)
    nothing = (await jonas.get(API)).json()
    assert (nothing["wishes"], nothing["volunteer"], nothing["working_days"]) == ([], False, [0, 1, 2, 3, 4])
    said = {"wishes": [{"department": BILLING.id, "liking": 2}], "volunteer": True, "working_days": [4, 0]}
    for _twice in range(2):
        answer = await jonas.put(API, json=said)
        assert answer.status_code == 200, answer.text
    found = (await jonas.get(API)).json()
    assert answer.json() == found
    assert [(one["department"]["id"], one["liking"]) for one in found["wishes"]] == [(BILLING.id, 2)]
    assert (found["volunteer"], found["working_days"]) == (True, [0, 4])
    for department in (REGISTRATION.id, NOBODY, "nonsense"):
        wrong = {**said, "wishes": [{"department": department, "liking": 1}]}
        assert refusal(await jonas.put(API, json=wrong), 422) == {
            "wishes": "Choose from the departments that there are."
        }
    assert (await house.browser(AYLIN).get(API)).json()["wishes"] == []
