"""The pages of rewards: what they show, what they keep when something is wrong."""

from __future__ import annotations

import io
import re

from PIL import Image

from api.core import database
from api.core.clock import DAY
from api.core.database import count_statements
from api.core.ids import uuid7
from api.points.records import change_settings
from api.rewards.pictures import clear_unused
from tests.support.house import House
from tests.support.organisation import AYLIN, BILLING, HELENE, JONAS, KATHARINA
from tests.support.rewards import API, fund, make, order, points, settled, sound, state, with_codes, work


def picture(width: int = 900, height: int = 600, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 120, 40)).save(out, kind)
    return out.getvalue()


async def test_every_page_opens_with_a_constant_number_of_statements(house: House) -> None:
    await fund(AYLIN, 5_000)
    await fund(HELENE, 5_000)
    reward = await make(house, points=10, stock=90)
    coded = await with_codes(house, points=10, cents=0)
    mine = await settled(house, reward)
    counts: dict[str, set[int]] = {}
    for _more in range(3):
        for person in (AYLIN, HELENE):
            await order(house, person, reward, when="now_taxed")
            await order(house, person, reward, when="next_month")
            await make(house, points=11)
        for person, path in (
            (AYLIN, "/rewards"),
            (AYLIN, "/rewards?q=book&kind=voucher&affordable=yes"),
            (AYLIN, f"/rewards/{reward}"),
            (AYLIN, "/redemptions"),
            (AYLIN, f"/redemptions/{mine}"),
            (HELENE, "/organisation/rewards"),
            (HELENE, "/organisation/rewards?archived=yes"),
            (HELENE, "/organisation/rewards/new"),
            (HELENE, f"/organisation/rewards/{reward}"),
            (HELENE, f"/organisation/rewards/{coded}"),
            (HELENE, "/organisation/rewards/settings"),
            (HELENE, "/fulfilment"),
            (HELENE, "/fulfilment?show=waiting"),
            (HELENE, "/fulfilment?show=requested"),
            (HELENE, "/fulfilment?show=done"),
            (HELENE, "/payroll"),
            (HELENE, "/payroll?month=2026-03"),
        ):
            with count_statements() as counter:
                answer = await house.browser(person).get(path)
            assert answer.status_code == 200, (path, answer.text)
            counts.setdefault(path, set()).add(counter.n - 1)
    assert {path: seen for path, seen in counts.items() if len(seen) > 1 or max(seen) > 8} == {}


async def test_an_order_from_the_form_is_one_order_however_often_it_is_pressed(house: House) -> None:
    await fund(AYLIN, 300)
    reward = await make(house, points=100, cents=6_000)
    mine = house.browser(AYLIN)
    page = (await mine.get(f"/rewards/{reward}")).text
    sent = {"id": _field(page, "id"), "points": "100", "note": "For the <train>."}
    refused = await mine.post(f"/rewards/{reward}/order", data=sent)
    assert refused.status_code == 422
    assert "For the &lt;train&gt;." in refused.text
    assert 'value="next_month" checked' in refused.text
    for _press in range(2):
        answer = await mine.post(f"/rewards/{reward}/order", data={**sent, "when": "next_month"})
        assert answer.status_code == 303
    assert await points(AYLIN) == (200, 100)
    shown = (await mine.get(answer.headers["location"])).text
    assert "April 2026" in shown
    stale = await mine.post(f"/rewards/{reward}/order", data={**sent, "id": uuid7(), "points": "90"})
    assert (stale.status_code, "The price has changed to 100 points." in stale.text) == (409, True)


def _field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


async def test_hr_makes_a_reward_with_a_picture_and_what_is_wrong_stays_typed(house: House) -> None:
    hr = house.browser(HELENE)
    page = (await hr.get("/organisation/rewards/new")).text
    sent = {"id": _field(page, "id"), "title_de": "Kuchen", "kind": "goods", "tax_class": "benefit", "hue": "3"}
    sent |= {"fulfilment": "hr", "motif": "cup", "points": "fifty", "cents": "4,50", "stock": "7"}
    wrong = await hr.post("/organisation/rewards/new", data=sent, files={"picture": ("c.jpg", picture())})
    assert wrong.status_code == 422
    assert "Points are a whole number" in wrong.text
    assert "people who cannot see it" in wrong.text
    stored = _field(wrong.text, "picture_id")
    sent |= {"points": "50", "picture_id": stored, "alt_en": "A cake"}
    answer = await hr.post("/organisation/rewards/new", data=sent, files={"picture": ("", b"")})
    assert answer.status_code == 303, answer.text
    row = await database.fetch_one("SELECT title_en, points, cents, stock, picture_id, alt_de FROM reward")
    assert row is not None
    assert tuple(row) == ("Kuchen", 50, 450, 7, stored, "A cake")
    served = await house.browser(AYLIN).get(f"{API}/reward-pictures/{stored}")
    assert served.headers["content-type"] == "image/webp"
    assert "nosniff" in served.headers["x-content-type-options"]
    with Image.open(io.BytesIO(served.content)) as image:
        assert image.size == (900, 600)
    assert (await house.stranger().get(f"{API}/reward-pictures/{stored}")).status_code == 401
    bad = await hr.post("/organisation/rewards/new", data=sent, files={"picture": ("x.png", b"<svg onload=1>")})
    assert "no picture that we can read" in bad.text


async def test_a_picture_loses_what_it_tells_about_its_place(house: House) -> None:
    image = Image.new("RGB", (4_000, 3_000))
    exif = Image.Exif()
    exif[0x010F] = "secretcam"
    exif[0x0112] = 6  # lies on its side
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    answer = await house.browser(HELENE).post(f"{API}/reward-pictures", content=out.getvalue())
    assert answer.status_code == 201, answer.text
    served = await house.browser(HELENE).get(f"{API}/reward-pictures/{answer.json()['id']}")
    assert b"secretcam" not in served.content
    with Image.open(io.BytesIO(served.content)) as stored:
        assert stored.size == (600, 800)


async def test_two_who_edit_at_once_and_an_edit_that_is_taken_back(house: House) -> None:
    reward = await make(house, points=100, stock=3)
    hr = house.browser(HELENE)
    record = (await hr.get(f"{API}/rewards/{reward}/record")).json()
    changed = await hr.patch(f"{API}/rewards/{reward}", json={"version": record["version"], "points": 120})
    assert changed.json()["points"] == 120
    again = await hr.patch(f"{API}/rewards/{reward}", json={"version": record["version"], "points": 130})
    assert again.status_code == 409
    assert (await hr.put(f"{API}/rewards/{reward}/stock", json={"stock": 5, "seen": 2})).status_code == 409
    assert (await hr.put(f"{API}/rewards/{reward}/stock", json={"stock": 5, "seen": 3})).json()["stock"] == 5
    assert (await hr.put(f"{API}/rewards/{reward}/archiving")).status_code == 204
    kinds = ["reward.archived", "stock.changed", "reward.changed"]
    for kind in kinds:
        history = (await hr.get(f"{API}/changes")).json()["items"]
        newest = next(change for change in history if change["kind"] == kind)
        assert newest["subject"] == "Book voucher"
        assert (await hr.post(f"{API}/changes/{newest['id']}/undo")).status_code == 201
    record = (await hr.get(f"{API}/rewards/{reward}/record")).json()
    assert (record["points"], record["stock"], record["archived"]) == (100, 3, False)
    page = (await hr.get(f"/organisation/history?subject={reward}")).text
    assert "Stock of a reward changed" in page


async def test_hr_hands_over_declines_and_refunds_from_the_list(house: House) -> None:
    await fund(AYLIN, 900)
    reward = await make(house, points=100, cents=3_000)
    first, second = await order(house, AYLIN, reward), await order(house, AYLIN, reward, when="next_month")
    await database.execute("UPDATE redemption SET not_before = ''")
    hr = house.browser(HELENE)
    assert (await hr.post(f"/fulfilment/{first}", data={"do": "hand_over"})).status_code == 303
    page = (await hr.get("/fulfilment")).text
    assert "Let it wait for April 2026" in page
    refused = await hr.post(f"/fulfilment/{second}", data={"do": "hand_over", "show": "ready"})
    assert (refused.status_code, "all of them are taxed" in refused.text) == (409, True)
    assert (await hr.post(f"/fulfilment/{second}", data={"do": "wait"})).status_code == 303
    refused = await hr.post(f"/fulfilment/{second}", data={"do": "decline", "show": "waiting", "reason": ""})
    assert (refused.status_code, "Say why" in refused.text) == (422, True)
    assert (await hr.post(f"/fulfilment/{second}", data={"do": "decline", "reason": "Gone."})).status_code == 303
    assert (await hr.post(f"/fulfilment/{first}", data={"do": "refund", "reason": "Broken."})).status_code == 303
    assert ([await state(one) for one in (first, second)], await points(AYLIN)) == (["refunded", "declined"], (900, 0))
    assert "Broken." in (await house.browser(AYLIN).get(f"/redemptions/{first}")).text
    assert (await house.browser(JONAS).get(f"/redemptions/{first}")).status_code == 404
    assert (await house.browser(KATHARINA).get("/fulfilment")).status_code == 403
    await sound()


async def test_a_code_is_on_the_page_only_when_it_is_asked_for(house: House) -> None:
    await fund(AYLIN, 900)
    redemption = await order(house, AYLIN, await with_codes(house, "ZAUBER-1", points=100, cents=0))
    await work()
    mine = house.browser(AYLIN)
    assert "ZAUBER-1" not in (await mine.get(f"/redemptions/{redemption}")).text
    shown = await mine.post(f"/redemptions/{redemption}/code")
    assert ("ZAUBER-1" in shown.text, shown.headers["cache-control"]) == (True, "no-store")
    assert "ZAUBER-1" not in (await mine.get(f"/redemptions/{redemption}")).text
    assert (await house.browser(HELENE).post(f"/redemptions/{redemption}/code")).status_code == 404


async def test_a_department_elsewhere_has_its_own_country_and_offers(house: House) -> None:
    await make(house, "Sachertorte", points=10, countries="at", places="Wien")
    assert (await house.browser(AYLIN).get(f"{API}/rewards")).json()["items"] == []
    hr = house.browser(HELENE)
    record = (await hr.get(f"{API}/departments/{BILLING.id}/record")).json()
    body = {"version": record["version"], "country": "at", "place": "Wien"}
    assert (await hr.patch(f"{API}/departments/{BILLING.id}", json=body)).json()["country"] == "AT"
    found = (await house.browser(AYLIN).get(f"{API}/rewards")).json()
    assert ([item["reward"]["title"] for item in found["items"]], found["guard"]["limit"]) == (["Sachertorte"], None)


async def test_a_picture_that_no_reward_shows_goes_after_a_day(house: House) -> None:
    hr = house.browser(HELENE)
    first, second, unused = [
        (await hr.post(f"{API}/reward-pictures", content=picture(), headers={"content-type": "image/jpeg"})).json()[
            "id"
        ]
        for _upload in range(3)
    ]
    reward = await make(house, picture_id=first, alt_en="A book")
    record = (await hr.get(f"{API}/rewards/{reward}/record")).json()
    changed = await hr.patch(f"{API}/rewards/{reward}", json={"version": record["version"], "picture_id": second})
    assert changed.status_code == 200, changed.text
    assert await clear_unused() == 0
    house.clock.forward(2 * DAY)
    assert await clear_unused() == 1
    assert (await hr.get(f"{API}/reward-pictures/{unused}")).status_code == 404
    assert (await hr.get(f"{API}/reward-pictures/{first}")).status_code == 200  # for taking the change back
    house.clock.forward(90 * DAY)
    assert await clear_unused() == 1
    assert [row["id"] for row in await database.fetch("SELECT id FROM reward_picture")] == [second]


async def test_without_points_no_page_leads_to_rewards(house: House) -> None:
    browser = house.browser(AYLIN)
    quick = {"hx-request": "true", "hx-target": "div#quick-points"}
    assert 'href="/rewards"' in (await browser.get("/more")).text
    assert 'name="points" value="10"' in (await browser.get("/give/points", headers=quick)).text
    assert (await browser.get("/give/points")).headers["location"] == "/give"
    await change_settings(actor=None, changes={"enabled": 0})
    for path in ("/", "/more", "/points"):
        page = (await browser.get(path)).text
        assert [link for link in ("/rewards", "/awards", "/points") if f'href="{link}"' in page] == []
    assert "Points are switched off here." in (await browser.get("/rewards")).text
    assert 'name="points"' not in (await browser.get("/give/points", headers=quick)).text
