"""HR looks after the organisation: from a new department to a dependency in the picture, and back."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import WAYS, Visit
from tests.browser.houses import House, open_house
from tests.browser.visitor import Device, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

HR = "Nadine Vogt"
AREA = "/organisation"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A hospital of their own: these stories change it."""
    with open_house(tmp_path_factory.mktemp("hospital"), kudos=0) as opened:
        yield opened


async def post(visitor: Visitor, path: str, **body: Any) -> Any:
    """What the JSON API answers to a creation."""
    origin = {"Origin": visitor.url, "Sec-Fetch-Site": "same-origin"}
    answer = await visitor.page.context.request.post(f"{visitor.url}/api/v1{path}", data=body, headers=origin)
    assert answer.status == 201, await answer.text()
    return await answer.json()


@WAYS
async def test_from_a_new_department_to_its_dependency_in_the_picture_and_back(
    visit: Visit, device: Device, script: bool
) -> None:
    name = f"Endoskopie {device.name} {script}"
    visitor = await visit(HR, "/more" if device.phone else "/", device=device, script=script)
    page = visitor.page

    await visitor.send(
        page.get_by_role("main" if device.phone else "navigation").get_by_role("link", name="Organisation").first
    )
    await visitor.send(page.get_by_role("link", name="Abteilungen").last)
    await visitor.send(page.get_by_role("link", name="Neue Abteilung"))
    visitor.watch.expected = {422}
    await visitor.send(visitor.button("Speichern"))
    await expect(page.get_by_label("Name auf Deutsch")).to_have_attribute("aria-invalid", "true")
    await page.get_by_label("Name auf Deutsch").fill(name)
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text(name)
    await expect(page.get_by_label("Kürzel auf Deutsch")).to_have_value(f"E{str(script)[0]}")
    department = page.url.rpartition("/")[2]

    await visitor.send(page.get_by_role("link", name="Ihre Leute"))
    await visitor.send(page.get_by_role("link", name="Neue Person"))
    await page.get_by_label("Name", exact=True).fill("Ada Blum")
    await page.get_by_label("E-Mail").fill(f"ada.{device.name}.{script}@lindenhof.example")
    await page.get_by_label("Abteilung").select_option(department)
    await _choose(visitor, "manager_id", "Anke Thiele")
    await visitor.send(visitor.button("Speichern"))
    await expect(page.locator("people-picker").first).to_contain_text("Anke Thiele")
    await expect(page.locator(".changes")).to_contain_text("Neue Person")

    # In the picture: choose the department, say what to add, point at the other end
    await visitor.open(f"{AREA}/dependencies?focus={department}")
    await visitor.send(page.get_by_role("link", name="Wer sie braucht"))
    await visitor.send(page.locator("#picture").get_by_role("link", name="Abrechnung"))
    await expect(page.get_by_label("Lieferant")).to_have_value(department)
    await page.get_by_label("Was übergeben wird, auf Deutsch").fill("Befunde")
    await visitor.press(page.locator("label", has_text="5, ohne geht nichts"))
    await page.get_by_label("Was kostet ein Fehler").fill("1.250,50")
    await visitor.send(visitor.button("Speichern"))
    way = page.locator("#picture").get_by_role("link", name=f"{name} liefert Befunde an Abrechnung, Gewicht 5")
    await expect(way).to_have_count(1)
    await expect(page.get_by_role("row", name="1.250,50 €")).to_contain_text("Befunde")

    # In the table: change it, remove it, take that back by the word at the foot
    await visitor.send(page.get_by_role("row", name="Befunde").get_by_role("link", name="Ändern"))
    await visitor.press(page.locator("label", has_text="3, einiges"))
    await visitor.send(visitor.button("Speichern"))
    await expect(page.locator("#picture").get_by_role("link", name="Befunde")).to_have_accessible_name(
        f"{name} liefert Befunde an Abrechnung, Gewicht 3"
    )
    await visitor.send(page.get_by_role("row", name="Befunde").get_by_role("button", name="Entfernen"))
    await expect(page.get_by_role("row", name="Befunde")).to_have_count(0)
    await visitor.send(visitor.button("Zurücknehmen", within=visitor.toast()))
    await expect(page.get_by_role("row", name="Befunde")).to_have_count(1)

    # In the history: what was before and after, and back to it
    await visitor.open(f"{AREA}/history")
    change = page.locator(".change", has_text="Abhängigkeit geändert").first
    await expect(change).to_contain_text("Nadine Vogt")
    await expect(change.locator("del")).to_have_text("5")
    await expect(change.locator("ins")).to_have_text("3")
    await visitor.send(visitor.button("Zurücknehmen", within=change))
    await expect(page.locator(".change", has_text="nimmt eine frühere zurück").first).to_contain_text(name)


async def _choose(visitor: Visitor, field: str, name: str) -> None:
    typed = visitor.page.locator(f"#{field}")
    if visitor.script:
        await typed.press_sequentially(name.split()[0])
        await visitor.press(visitor.page.get_by_role("option", name=name))
    else:
        await typed.fill(name)
        picker = visitor.page.locator("people-picker", has=typed)
        await visitor.send(picker.locator("button[value=find]"))
        await visitor.press(visitor.page.locator("label.choice", has_text=name))


async def test_somebody_leaves_and_comes_back_by_the_word_at_the_foot(visit: Visit) -> None:
    leaver = await visit("Vanessa Bergmann", "/departments")
    hr = await visit(HR)
    person = await hr.id_of("Vanessa Bergmann")
    await hr.open(f"{AREA}/people/{person}")
    await hr.press(hr.page.locator("summary", has_text="Scheidet aus"))
    await hr.send(hr.button("Zugang jetzt beenden"))
    await expect(hr.page.locator("h1")).to_contain_text("nicht mehr im Haus")
    await leaver.open("/departments")
    await expect(leaver.page).to_have_url(f"{leaver.url}/sign-in?next=/departments")
    await hr.send(hr.button("Zurücknehmen", within=hr.toast()))
    await expect(hr.page.get_by_role("heading", level=1)).to_have_text("Vanessa Bergmann")


async def test_values_change_places_and_a_name_typed_twice_at_once_is_not_lost(visit: Visit) -> None:
    hr, admin = await visit(HR, f"{AREA}/values"), await visit("Serkan Yıldız", f"{AREA}/house")
    rows = hr.page.locator("ol.roster > li")
    first = await rows.first.locator("a").inner_text()
    await hr.send(hr.button(f"{first} nach unten"))
    await expect(rows.nth(1)).to_contain_text(first)

    await hr.open(f"{AREA}/house")
    for visitor, name in ((admin, "Klinikum am Wald"), (hr, "Klinikum am See")):
        await visitor.page.get_by_label("Name der Organisation").fill(name)
    await admin.send(admin.page.locator("form.form button.primary"))
    hr.watch.expected = {409}
    await hr.send(hr.button("Speichern"))
    await expect(hr.page.get_by_role("alert")).to_contain_text("Klinikum am Wald")
    await expect(hr.page.get_by_label("Name der Organisation")).to_have_value("Klinikum am See")


async def test_a_picture_of_sixty_departments_has_no_two_names_in_one_place(visit: Visit) -> None:
    visitor = await visit(HR)
    known = [one["id"] for one in (await visitor.ask("/api/v1/departments"))["items"]]
    while len(known) < 60:
        number = len(known)
        long = " und Qualitätsmanagement des Hauses" if number % 3 else ""
        known.append((await post(visitor, "/departments", name_de=f"Abteilung {number}{long}"))["id"])
    pairs = [(known[-1 - i], known[(i * 7) % 40]) for i in range(19)]
    for provider, customer in pairs:
        await post(visitor, "/dependencies", provider_id=provider, customer_id=customer, handover_de="x", weight=5)

    for focus in ("", known[-1]):
        await visitor.open(f"{AREA}/dependencies?focus={focus}")
        picture = visitor.page.locator("#picture")
        await expect(picture.locator(".name")).to_have_count(60)
        overlaps, crossed = await picture.evaluate(
            """(picture) => {
                const box = (element) => element.getBoundingClientRect();
                const names = [...picture.querySelectorAll(".name, .node use")].map(box);
                const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
                const overlaps = names.flatMap((a, i) => names.slice(i + 1).filter((b) => meet(a, b)));
                const words = [...picture.querySelectorAll(".name")].map(box);
                const crossed = [...picture.querySelectorAll("svg.drawing .bed")].filter((line) => {
                    const length = line.getTotalLength(), to = line.getScreenCTM();
                    const points = Array.from({ length: 60 }, (_, i) => line.getPointAtLength((length * i) / 59));
                    return points.map((point) => point.matrixTransform(to))
                        .some((p) => words.some((b) => p.x > b.left && p.x < b.right && p.y > b.top && p.y < b.bottom));
                });
                return [overlaps.length, crossed.length];
            }"""
        )
        assert (overlaps, crossed) == (0, 0)
        assert await visitor.page.evaluate("document.documentElement.scrollWidth") <= visitor.device.width
