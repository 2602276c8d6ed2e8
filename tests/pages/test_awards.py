"""The pages of awards and budgets without a script."""

from __future__ import annotations

import re
from urllib.parse import unquote

from api.core import database
from frontend.toasts import read_toast
from frontend.web import TOAST_COOKIE
from tests.support.cases import settle
from tests.support.house import House
from tests.support.organisation import AYLIN, BILLING, HELENE, JONAS, KATHARINA
from tests.support.points import switch_on

WORDS = "She stayed until the last bill was through."


async def award(house: House) -> str:
    """HR makes an award and gives billing 150 points, over the pages; the award's id."""
    await switch_on()
    await database.execute("UPDATE department SET manager_id = {} WHERE id = {}", KATHARINA.id, BILLING.id)
    hr = house.browser(HELENE)
    wrong = await hr.post("/organisation/awards/new", data={"points": "many", "nominators": "everyone"})
    assert wrong.status_code == 422
    assert "Say what the award is called." in wrong.text
    assert "Use a number from 1" in wrong.text
    fields = {"name_en": "Night shift", "points": "100", "approvals": "1", "nominators": "everyone"}
    assert (await hr.post("/organisation/awards/new", data=fields)).status_code == 303
    refused = await hr.post(f"/budgets/{BILLING.id}/funding", data={"points": "-5"})
    assert refused.status_code == 409
    assert (await hr.post(f"/budgets/{BILLING.id}/funding", data={"points": "150"})).status_code == 303
    row = await database.fetch_one("SELECT id FROM award_programme")
    assert row is not None
    return str(row["id"])


async def test_hr_sets_it_up_a_colleague_proposes_and_it_is_granted(house: House) -> None:
    award_id = await award(house)
    thanks = await house.give(JONAS, AYLIN)
    jonas = house.browser(JONAS)
    assert f"/awards?kudos_id={thanks}" in (await jonas.get(f"/kudos/{thanks}")).text
    form = (await jonas.get(f"/awards/{award_id}/propose", params={"kudos_id": thanks})).text
    assert f'value="{AYLIN.id}" checked' in form
    sent = {"person": AYLIN.id, "message": WORDS, "kudos": thanks}
    short = await jonas.post(f"/awards/{award_id}/propose", data={**sent, "message": "Good"})
    assert short.status_code == 422
    done = await jonas.post(f"/awards/{award_id}/propose", data=sent)
    toast = read_toast(unquote(done.cookies.get(TOAST_COOKIE) or ""), "en")
    assert toast is not None
    assert "Proposed." in toast.text
    katharina = house.browser(KATHARINA)
    page = (await katharina.get("/approvals")).text
    assert "0 spent, 100 for this, 0 held for others, 50 free" in page
    assert 'class="meter"' in page
    case = await database.fetch_one("SELECT id FROM approval")
    assert case is not None
    await katharina.post("/approvals/decisions", data={"approval": case["id"], "decision": "approve"})
    await settle(house)
    feed = (await house.browser(HELENE).get("/")).text
    assert "Night shift, 100 points" in feed
    budgets = (await katharina.get("/budgets")).text
    assert re.findall(r'data-label="(\w+)">(\d+)<', budgets) == [("Spent", "100"), ("Held", "0"), ("Free", "50")]
    assert "granted" in (await jonas.get("/awards")).text


async def test_an_exhausted_budget_keeps_what_was_typed(house: House) -> None:
    award_id = await award(house)
    sent = {"person": AYLIN.id, "message": WORDS}
    assert (await house.browser(JONAS).post(f"/awards/{award_id}/propose", data=sent)).status_code == 303
    full = await house.browser(HELENE).post(f"/awards/{award_id}/propose", data=sent)
    assert full.status_code == 409
    assert "Budget exhausted" in full.text
    assert WORDS in full.text
