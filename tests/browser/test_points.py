"""Points in the browser: given with thanks, added by a comment, and none left."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import WAYS, Visit
from tests.browser.visitor import DESK, Device, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def _write(giver: Visitor, words: str, to: list[str]) -> None:
    await giver.open("/give")
    await giver.add_recipients(to)
    await giver.page.get_by_label("What happened?").fill(words)


async def _pot(visitor: Visitor) -> int:
    await visitor.open("/points")
    return int(await visitor.page.locator(".purses .display").first.inner_text())


@WAYS
async def test_points_are_given_with_thanks_and_added_by_a_comment(visit: Visit, device: Device, script: bool) -> None:
    words = f"You found the missing form on {device.name} {script}, so that nobody had to come back."
    giver = await visit("Inês Cordeiro", device=device, script=script)
    friend = await visit("Farid Haddad", device=device, script=script)
    before, before_friend = await _pot(giver), await _pot(friend)

    await _write(giver, words, ["Priya Raman"])
    await giver.page.locator("label.choice", has_text="+10").click()
    if script:
        await expect(giver.page.locator("points-left")).to_contain_text(f"{before - 10} stay after this")
    await giver.send(giver.button("Send thanks"))
    await expect(giver.letter(words)).to_contain_text("+10 points for each")
    assert await _pot(giver) == before - 10
    await expect(giver.page.locator(".lines li").first).to_contain_text("To Priya Raman")
    await expect(giver.page.locator(".lines li").first).to_contain_text("on its way")

    await friend.open("/")
    await friend.send(friend.letter(words).get_by_role("link", name="Comment", exact=True))
    await friend.page.get_by_label("Your comment").fill("That saved our evening too.")
    await friend.page.locator("label.choice", has_text="+5").first.click()
    comment = friend.button("Comment")
    await (friend.press(comment) if script else friend.send(comment))
    await expect(friend.page.locator("#comments li").first).to_contain_text("+5 points for each")
    assert await _pot(friend) == before_friend - 5

    await giver.open("/")
    await expect(giver.letter(words)).to_contain_text("+15 points for each")
    await giver.send(giver.letter(words).get_by_role("button", name="Take back"))
    await expect(giver.page.locator("label.choice", has_text="+10").locator("input")).to_be_checked()
    assert (await _pot(giver), await _pot(friend)) == (before, before_friend)


async def test_the_quick_form_of_the_feed_carries_points_too(visit: Visit) -> None:
    giver = await visit("Inês Cordeiro")
    pot, words = await _pot(giver), "You brought the second pump up before anybody had asked for it."
    await giver.open("/")
    await giver.page.get_by_label("Your words").fill(words)
    await giver.add_recipients(["Gregor Halas"])
    await giver.page.locator(".composer label.choice", has_text="+20").click()
    await expect(giver.page.locator(".composer points-left")).to_contain_text(f"{pot - 20} stay after this")
    await giver.send(giver.button("Thank", within=giver.page.locator(".composer")))
    await expect(giver.letter(words)).to_contain_text("+20 points")
    await giver.send(giver.letter(words).get_by_role("button", name="Take back"))
    assert await _pot(giver) == pot


async def test_who_has_no_points_left_is_told_before_and_loses_no_words(visit: Visit) -> None:
    giver = await visit("Inês Cordeiro", device=DESK)
    giver.watch.expected = {422}
    pot = await _pot(giver)
    words = "You rang instead of sending it back, so that the patient could go home today."
    await _write(giver, words, ["Priya Raman", "Samuel Mbeki", "Gregor Halas"])  # whom no other test gives points
    await giver.page.get_by_label("other", exact=True).fill("50")
    await expect(giver.page.locator("points-left")).to_have_text(f"{pot} points are in your pot; this needs 150.")
    await giver.send(giver.button("Send thanks"))
    await expect(giver.page.locator("#points-error")).to_contain_text(
        f"You have {pot} points left to give; this needs 150."
    )
    await expect(giver.page.get_by_label("What happened?")).to_have_value(words)
    assert await _pot(giver) == pot


async def test_hr_takes_odd_points_back_and_the_giver_objects(visit: Visit) -> None:
    hr = await visit("Nadine Vogt", "/organisation/points")
    async with hr.speaking("en"):
        await hr.page.reload()
        await hr.page.get_by_label("Points go back and forth").fill("1")
        await hr.send(hr.button("Save"))
        await expect(hr.toast()).to_contain_text("Saved.")
        one, other = await visit("Inês Cordeiro"), await visit("Farid Haddad")
        before = await _pot(other)
        for giver, name in ((one, "Farid Haddad"), (other, "Inês Cordeiro")):
            await _write(giver, f"Thank you for looking after my shift, {name}.", [name])
            await giver.page.locator("label.choice", has_text="+5").first.click()
            await giver.send(giver.button("Send thanks"))
        await hr.open("/reports/points")
        case = hr.page.locator("article.case", has_text="Farid Haddad").first
        await expect(case).to_contain_text("have given each other points back and forth")
        await case.get_by_label("Reason for taking them back").fill("It is the same shift.")
        await hr.send(hr.button("Take the points back", within=case))
        await expect(hr.toast()).to_contain_text("Taken back.")
        assert await _pot(other) == before
        await other.page.get_by_label("Was that a mistake?").first.fill("We really did swap shifts.")
        await other.send(other.button("Object").first)
        await expect(other.page.locator("article.case").first).to_contain_text("You objected: We really did swap")
        await hr.open("/reports/points")
        case = hr.page.locator("article.case", has_text="objects: We really did swap shifts.")
        await case.get_by_label("Your answer, told to the giver").fill("It was one shift, and not swapped.")
        await hr.send(hr.button("It stays as it is", within=case))
        await expect(case).to_have_count(0)
        await other.open("/points")
        await expect(other.page.locator("article.case").first).to_contain_text("It was one shift, and not swapped.")
        await hr.open("/organisation/points")
        await hr.page.get_by_label("Points go back and forth").fill("3")
        await hr.send(hr.button("Save"))
