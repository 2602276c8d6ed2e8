"""People who leave or are erased while an order is under way."""

from __future__ import annotations

import io
import json
import zipfile

from api.approvals import service as approvals
from api.approvals.rules import Decision
from api.core import database
from api.core.clock import MINUTE
from api.people.service import leave
from tests.support.house import House
from tests.support.organisation import AYLIN, HELENE, KATHARINA, TOMASZ
from tests.support.rewards import API, decide, fund, make, order, points, sound, state, work


async def test_an_approver_who_leaves_decides_nothing_and_somebody_else_does(house: House) -> None:
    await fund(AYLIN, 300)
    redemption = await order(house, AYLIN, await make(house))
    row = await database.fetch_one("SELECT approval_id FROM redemption WHERE id = {}", redemption)
    assert row is not None
    await leave(actor=await house.actor(TOMASZ), person_id=KATHARINA.id)
    await work()
    body = {"approvals": [row["approval_id"]], "decision": "approve"}
    assert (await house.browser(KATHARINA).post(f"{API}/approvals/decisions", json=body)).status_code == 401
    deciders = await database.fetch("SELECT person_id FROM approval_decider")
    assert [one["person_id"] for one in deciders] == [HELENE.id]
    decided = await approvals.decide(
        actor=await house.actor(HELENE),
        approval_ids=[row["approval_id"]],
        decision=Decision.APPROVE,
        undo_seconds=60,
    )
    assert decided.decided == [row["approval_id"]]
    house.clock.forward(2 * MINUTE)
    await work()
    assert await state(redemption) == "approved"
    await sound()


async def test_an_erased_persons_words_are_gone_and_payroll_still_adds_up(house: House) -> None:
    await fund(AYLIN, 600)
    reward = await make(house, cents=2_500)
    named = await make(house, "A tree for Aylin Demir", text_en="Aylin\nDemir chose it.")
    mine, other = await order(house, AYLIN, reward, note="Für xyloplant."), await order(house, AYLIN, reward)
    await decide(house, mine)
    await decide(house, other, reason="Weil Aylin Demir meldplant.")
    hr = house.browser(HELENE)
    assert (await hr.post(f"{API}/redemptions/{mine}/hand-over", json={})).status_code == 200
    answer = await house.browser(AYLIN).get(f"{API}/me/data")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        told = json.loads(archive.read("json/rewards.json"))
    assert [one["note"] for one in told["redemptions"]] == ["Für xyloplant.", ""]
    assert told["redemptions"][1]["steps"][-1]["reason"] == "Weil Aylin Demir meldplant."
    assert [one["cents"] for one in told["benefits"]] == [2_500]
    answer = await house.browser(TOMASZ).post(f"{API}/people/{AYLIN.id}/erasure", json={"name": AYLIN.name})
    assert answer.status_code == 204, answer.text
    rows = await database.fetch("SELECT note AS text FROM redemption UNION SELECT reason FROM redemption_step")
    assert {row["text"] for row in rows} == {"", "…"}
    found = await database.fetch_one("SELECT title_en, text_en, search FROM reward WHERE id = {}", named)
    assert found is not None
    assert tuple(found) == ("A tree for …", "… chose it.", "a tree for chose it")
    written = await database.fetch("SELECT before, after FROM change WHERE subject_id = {}", named)
    assert not any("Demir" in text for row in written for text in tuple(row))
    month = (await hr.get(f"{API}/payroll/2026-03")).json()["items"]
    assert [(line["person"]["name"], line["counted"]) for line in month] == [("Former colleague", 2_500)]
    listed = (await hr.get(f"{API}/payroll/2026-03/list")).text
    assert "Aylin" not in listed
    assert await points(AYLIN) == (350, 0)
    await sound()
