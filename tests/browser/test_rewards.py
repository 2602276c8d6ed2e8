"""Rewards in the browser: ordered, approved by phone, declined, over the tax limit, and a code that is shown once."""

from collections.abc import Iterator

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visit
from tests.browser.houses import House, open_house
from tests.browser.visitor import PHONE, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

HR, MANAGER = "Nadine Vogt", "Katharina Brandt"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A hospital of their own, where decisions take effect after a second."""
    with open_house(tmp_path_factory.mktemp("hospital"), kudos=0, settings={"UNDO_SECONDS": "1"}) as opened:
        yield opened


async def _until(visitor: Visitor, path: str, words: str) -> None:
    """Looks at the page again until it says so: what follows a decision is done by a job."""
    for _look in range(40):
        await visitor.open(path)
        if await visitor.page.get_by_text(words).count():
            return
        await visitor.page.wait_for_timeout(250)
    raise AssertionError(f"{path} never said {words!r}")


async def _decide(visitor: Visitor, title: str, decision: str, reason: str = "") -> None:
    await visitor.open("/approvals")
    case = visitor.page.locator("article", has_text=title).first
    if reason:
        await visitor.press(case.locator("summary").first)
        await case.locator("textarea[name=reason]").fill(reason)
    await visitor.send(case.locator(f"button[name=decision][value={decision}]").first)


async def test_ordered_approved_by_phone_handed_over(visit: Visit) -> None:
    person = await visit("Aylin Demir", "/rewards", device=PHONE)
    page = person.page
    await person.send(page.get_by_role("link", name="Einlösen: 10 € für die Klinikclowns"))
    await person.send(person.button("Für 100 Punkte einlösen"))
    await expect(person.toast()).to_contain_text("Die Punkte sind zurückgelegt")
    donation = page.url.removeprefix(person.url)
    await expect(page.locator(".journey")).to_contain_text("Dafür muss niemand gefragt werden.")

    await person.open("/redemptions")
    await person.send(page.get_by_role("link", name="Lastenrad fürs Wochenende"))
    bike = page.url.removeprefix(person.url)
    await expect(page.locator(".journey")).to_contain_text("Katharina Brandt entscheidet")

    manager = await visit(MANAGER, device=PHONE)
    await _decide(manager, "Lastenrad fürs Wochenende", "approve")
    await _until(person, bike, "von Katharina Brandt")

    hr = await visit(HR, "/fulfilment")
    for title in ("Klinikclowns", "Lastenrad"):
        card = hr.page.locator("article", has_text=title).filter(has_text="Aylin Demir")
        await hr.send(hr.button("Ist übergeben", within=card))
        await expect(hr.page.locator("article", has_text=title).filter(has_text="Aylin Demir")).to_have_count(0)
    for order in (donation, bike):
        await person.open(order)
        await expect(page.locator(".tag.ok")).to_contain_text("Übergeben")


async def test_declined_with_a_reason_that_the_person_reads(visit: Visit) -> None:
    person = await visit("Jonas Weber", "/redemptions")
    before = (await person.ask("/api/v1/rewards"))["balance"]["available"]
    await person.send(person.page.get_by_role("link", name="Büchergutschein"))
    order = person.page.url.removeprefix(person.url)
    manager = await visit(MANAGER, "/approvals", device=PHONE)
    await expect(manager.page.locator("article", has_text="Büchergutschein")).to_contain_text("63 €")
    await _decide(manager, "Büchergutschein", "decline", "Lass uns erst über die Grenze reden.")
    await _until(person, order, "Lass uns erst über die Grenze reden.")
    await expect(person.page.locator(".tag.bad")).to_contain_text("Abgelehnt")
    assert (await person.ask("/api/v1/rewards"))["balance"]["available"] == before + 250

    # 38 euros were handed over this month: one more voucher breaks the limit and waits for the next one
    await person.open("/rewards")
    await expect(person.page.locator(".balance")).to_contain_text("38 € von 50 €")
    await person.send(person.page.get_by_role("link", name="Einlösen: Kaffee für eine Woche"))
    await expect(person.page.locator("#over")).to_contain_text("kommen Deine Sachbezüge in diesem Monat auf 50,50 €")
    await expect(person.page.get_by_role("radio").first).to_be_checked()
    await person.send(person.button("Für 60 Punkte einlösen"))
    await expect(person.page.locator(".tag.live")).to_contain_text("Wartet auf")
    await person.send(person.button("Einlösung stornieren"))
    await expect(person.page.locator(".page-head .tag")).to_contain_text("Storniert")


async def test_a_code_is_shown_once(visit: Visit) -> None:
    person = await visit("Aylin Demir")
    orders = (await person.ask("/api/v1/redemptions"))["items"]
    order = next(f"/redemptions/{one['id']}" for one in orders if "Kaffee" in one["reward"]["title"])
    await _until(person, order, "Dein Code ist da")
    await expect(person.page.locator("#code")).to_have_count(0)
    await person.press(person.button("Meinen Code zeigen"))
    await expect(person.page.locator("#code")).to_contain_text("KAFFEE-")
    await person.open(order)
    await expect(person.page.locator("#code")).to_have_count(0)
    await expect(person.button("Meinen Code noch einmal zeigen")).to_be_visible()
    stranger = await visit("Jonas Weber")
    stranger.watch.expected = {404}
    await stranger.open(order)
    await expect(stranger.page.locator("h1")).to_have_text("Hier ist nichts")


async def test_hr_makes_a_reward_with_a_picture_and_codes(
    visit: Visit, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from PIL import Image

    picture = tmp_path_factory.mktemp("pictures") / "cake.png"
    Image.new("RGB", (800, 500), (210, 150, 60)).save(picture)
    hr = await visit(HR, "/organisation/rewards")
    page = hr.page
    await hr.send(page.get_by_role("link", name="Neue Prämie"))
    await page.get_by_label("Titel auf Deutsch").fill("Kuchen aus der Küche")
    await page.get_by_label("Preis in Punkten").fill("40")
    await page.get_by_label("Geldwert in Euro").fill("4,50")
    await hr.press(page.locator("label.choice", has_text="Ein Code geht von selbst heraus"))
    await page.get_by_label("Ein Bild statt der Zeichnung").set_input_files(picture)
    hr.watch.expected = {422}
    await hr.send(hr.button("Speichern"))
    await expect(page.get_by_label("Was das Bild zeigt, auf Deutsch")).to_have_attribute("aria-invalid", "true")
    await page.get_by_label("Was das Bild zeigt, auf Deutsch").fill("Ein Stück Kuchen")
    await hr.send(hr.button("Speichern"))
    await expect(page.get_by_role("heading", level=1)).to_have_text("Kuchen aus der Küche")
    await page.get_by_label("Neue Codes einfügen, einen je Zeile").fill("K1\nK2\nK2")
    await hr.send(hr.button("Versiegeln und hinzufügen"))
    await expect(hr.toast()).to_contain_text("2 neue Codes sind versiegelt.")
    await hr.open("/rewards")
    await expect(page.get_by_role("img", name="Ein Stück Kuchen")).to_be_visible()
    assert await page.get_by_role("img", name="Ein Stück Kuchen").evaluate("image => image.naturalWidth") == 800
