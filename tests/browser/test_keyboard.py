"""The whole product without a mouse: everything is reached, the focus is seen, menus close."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visit
from tests.browser.tour import paths
from tests.browser.visitor import PHONE, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

# Everything that a pointer can use and that is neither hidden nor a further choice of a group of radio buttons
REACHABLE = """() => {
  const seen = new Set();
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && e.type !== "hidden")
    .filter((e) => e.tabIndex >= 0 && !e.closest("details:not([open]) > :not(summary)"))
    .filter((e) => {
      if (e.type !== "radio") return true;
      if ([...document.getElementsByName(e.name)].some((o) => o.form === e.form && o.checked)) return e.checked;
      const group = e.name;
      if (seen.has(group)) return false;
      seen.add(group);
      return true;
    })
    .map((e, index) => { e.dataset.reach = index; return index; });
}"""

# What has the focus, and whether one can see that it has
FOCUSED = """() => {
  const element = document.activeElement;
  const marked = element.matches("[type=radio], [type=checkbox]") ? element.closest("label") ?? element : element;
  const outlined = (e) => {
    const style = getComputedStyle(e);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 || style.boxShadow !== "none";
  };
  // A line of a drawing has no box to outline: the bed it lies on takes a colour that no other has.
  const bed = element.querySelector(".bed");
  const colour = (e) => getComputedStyle(e).stroke;
  const others = [...document.querySelectorAll(".way:not(:focus-visible) .bed")];
  const lit = bed && others.every((e) => colour(e) !== colour(bed));
  const field = element.closest(".tokens, .letterbox, .composer") ?? element;
  const around = [element, marked, field, ...marked.children];
  const box = element.getBoundingClientRect();
  return { reach: element.dataset.reach ?? "", what: element.outerHTML.slice(0, 140),
           seen: around.some(outlined) || lit,
           inView: box.bottom > 0 && box.top < innerHeight };
}"""


async def walk(visitor: Visitor, name: str) -> None:
    """Press Tab through the whole page."""
    wanted = {str(index) for index in await visitor.page.evaluate(REACHABLE)}
    reached: set[str] = set()
    for _press in range(2 * len(wanted) + 5):  # a field for a time takes several
        if reached == wanted:
            break
        await visitor.page.keyboard.press("Tab")
        focused = await visitor.page.evaluate(FOCUSED)
        if not focused["reach"]:
            continue  # past the last one, before the first: a field with autofocus is where one began
        assert focused["seen"], f"{name}: the focus cannot be seen on {focused['what']}"
        assert focused["inView"], f"{name}: the focus is out of view on {focused['what']}"
        reached.add(focused["reach"])
    missing = sorted(wanted - reached, key=int)
    left = [await visitor.page.locator(f"[data-reach='{one}']").evaluate("(e) => e.outerHTML") for one in missing[:3]]
    assert left == [], f"{name}: not reached"


@pytest.mark.parametrize("part", [0, pytest.param(1, marks=pytest.mark.long)])
async def test_the_tab_key_reaches_everything_and_the_focus_is_always_seen(visit: Visit, part: int) -> None:
    visitor = await visit("Nadine Vogt")
    for name, path in list((await paths(visitor)).items())[part::2]:
        await visitor.open(path)
        await visitor.page.evaluate("document.activeElement?.blur()")
        await walk(visitor, name)

    await visitor.page.context.clear_cookies()
    await visitor.open("/sign-in")
    await walk(visitor, "sign-in")


async def test_the_first_tab_offers_to_skip_the_navigation(visit: Visit) -> None:
    visitor = await visit("Farid Haddad", "/departments")
    await visitor.page.keyboard.press("Tab")
    skip = visitor.page.get_by_role("link", name="Skip to content")
    await expect(skip).to_be_focused()
    await expect(skip).to_be_in_viewport()
    await visitor.page.keyboard.press("Enter")
    await visitor.page.keyboard.press("Tab")
    await expect(visitor.page.locator(".places a").first).to_be_focused()


async def test_escape_closes_a_menu_and_gives_the_focus_back(visit: Visit) -> None:
    visitor = await visit("Farid Haddad", "/")
    summary = visitor.page.locator("details.me summary")
    await summary.focus()
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.button("Sign out")).to_be_visible()
    await visitor.page.keyboard.press("Tab")
    await visitor.page.keyboard.press("Escape")
    await expect(visitor.button("Sign out")).to_be_hidden()
    await expect(summary).to_be_focused()


async def test_a_click_elsewhere_closes_a_menu(visit: Visit) -> None:
    visitor = await visit("Farid Haddad", "/")
    await visitor.press(visitor.page.locator("details.me summary"))
    await expect(visitor.button("Sign out")).to_be_visible()
    await visitor.press(visitor.page.get_by_role("heading", level=1))
    await expect(visitor.button("Sign out")).to_be_hidden()


async def test_after_a_comment_is_sent_the_keyboard_goes_on_from_there(visit: Visit) -> None:
    writer = await visit("Luca Moretti")
    kudos = await writer.thank("You explained the new pump to all of us, twice.", "Farid Haddad")
    visitor = await visit("Chiara Ricci", f"/kudos/{kudos}")
    await visitor.page.get_by_label("Your comment").focus()
    await visitor.page.keyboard.type("To us as well.")
    await visitor.page.keyboard.press("Control+Enter")
    await expect(visitor.page.locator("#comments li.comment")).to_have_count(1)
    assert await visitor.page.evaluate("document.activeElement !== document.body"), "the focus fell out of the page"
    await expect(visitor.page.get_by_label("Your comment")).to_have_value("")
    await visitor.page.reload()
    await expect(visitor.page.get_by_label("Your comment")).to_have_value("")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
async def test_whoever_wants_to_answer_can_type_at_once(visit: Visit, script: bool) -> None:
    writer = await visit("Luca Moretti")
    words = f"You labelled every drawer of the crash cart, {script}."
    await writer.thank(words, "Farid Haddad")
    visitor = await visit("Chiara Ricci", "/", script=script)
    await visitor.send(visitor.letter(words).get_by_role("link", name="Comment"))
    await expect(visitor.page.get_by_label("Your comment")).to_be_focused()


async def test_targets_are_large_enough_for_fingers(visit: Visit) -> None:
    visitor = await visit("Farid Haddad", "/", device=PHONE)
    small = await visitor.page.evaluate(
        """() => [...document.querySelectorAll("button, .side a, select, input, summary")]
          .filter((e) => e.checkVisibility() && e.type !== "hidden" && !e.closest(".tokens"))
          .map((e) => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
          .filter(([, box]) => box.height > 1 && Math.min(box.height, box.width) < 36)
          .map(([html, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)"""
    )
    assert small == []
