"""A person at a browser: their own cookies, their device, and the few steps that many stories share."""

from __future__ import annotations

import unicodedata
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from playwright.async_api import Locator, Page, expect

from api.demo.known import ONE_TAP
from tests.browser.houses import DOMAIN, PASSWORD
from tests.browser.watch import Watch


class Device(NamedTuple):
    """Size and kind of a screen."""

    name: str
    width: int
    height: int
    phone: bool


DESK = Device("desk", 1440, 900, False)
PHONE = Device("phone", 390, 844, True)
NARROW = Device("narrow", 320, 640, False)
"""Not as a phone: that would widen the page to what sticks out."""


def address_of(name: str) -> str:
    """The e-mail address of somebody in the demo."""
    plain = name.lower()
    for letter, others in (("ü", "ue"), ("ö", "oe"), ("ä", "ae"), ("ı", "i")):
        plain = plain.replace(letter, others)
    plain = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return f"{plain.replace(' ', '.')}@{DOMAIN}"


class Visitor:
    """Somebody with a page open. `script` is False where JavaScript is switched off."""

    def __init__(self, page: Page, watch: Watch, url: str, *, device: Device, script: bool) -> None:
        self.page = page
        self.watch = watch
        self.url = url
        self.device = device
        self.script = script

    async def sign_in(self, name: str) -> None:
        """Signed in without looking at the page for it; other stories do that."""
        email = address_of(name)
        path, form = ("/sign-in/demo", {"email": email})
        if email not in ONE_TAP:
            path, form = "/sign-in", {"email": email, "password": PASSWORD}
        else:  # they read what their browser asks for; let that be German, as most of the demo
            await self.page.context.add_cookies([{"name": "gearmesh_language", "value": "de", "url": self.url}])
        answer = await self.page.context.request.post(self.url + path, form=dict(form), max_redirects=0)
        assert answer.status == 303, await answer.text()

    async def open(self, path: str) -> None:
        """Go to a page of the product by its address."""
        await self.page.goto(self.url + path)

    async def send(self, button: Locator) -> None:
        """Press what leads to another page, and wait until that is there."""
        async with self.page.expect_navigation():
            await self.press(button)

    async def press(self, button: Locator) -> None:
        """Click, or tap on a phone."""
        await (button.tap() if self.device.phone else button.click())

    async def ask(self, path: str) -> Any:
        """What the JSON API says to this person."""
        answer = await self.page.context.request.get(self.url + path)
        assert answer.status == 200, await answer.text()
        return await answer.json()

    async def change(self, **preferences: str) -> None:
        """Set language, theme or time zone behind the page's back."""
        origin = {"Origin": self.url, "Sec-Fetch-Site": "same-origin"}
        answer = await self.page.context.request.patch(self.url + "/api/v1/me", data=preferences, headers=origin)
        assert answer.status == 204, await answer.text()

    @asynccontextmanager
    async def speaking(self, language: str) -> AsyncIterator[None]:
        """In another language for a while."""
        before = (await self.ask("/api/v1/me"))["language"]
        await self.change(language=language)
        try:
            yield
        finally:
            await self.change(language=before)

    async def id_of(self, name: str) -> str:
        """The id of a person."""
        found = await self.ask(f"/api/v1/people?q={name}")
        return str(next(person["id"] for person in found["items"] if person["name"] == name))

    async def department(self, *codes: str) -> str:
        """The id of the department with one of these codes."""
        found = await self.ask("/api/v1/departments")
        return str(next(one["id"] for one in found["items"] if one["code"] in codes))

    async def thank(self, message: str, *names: str, private: bool = False) -> str:
        """Thank without looking at the page for it; returns the id."""
        body = {"recipients": [await self.id_of(name) for name in names], "message": message, "private": private}
        origin = {"Origin": self.url, "Sec-Fetch-Site": "same-origin"}
        answer = await self.page.context.request.post(self.url + "/api/v1/kudos", data=body, headers=origin)
        assert answer.status == 201, await answer.text()
        return str((await answer.json())["id"])

    def letter(self, words: str) -> Locator:
        """The card with these words in it."""
        return self.page.locator("article.card", has_text=words)

    def button(self, name: str, *, within: Locator | None = None) -> Locator:
        """The button with exactly this name."""
        return (within or self.page).get_by_role("button", name=name, exact=True)

    def toast(self) -> Locator:
        """The word at the foot of the page."""
        return self.page.locator("toast-message")

    async def add_recipients(self, names: Sequence[str]) -> None:
        """Find people by name on the form for a thank-you, and choose them."""
        field = self.page.locator("#to")
        for name in names:
            if self.script:
                await field.press_sequentially(name.split()[0])
                await self.press(self.page.get_by_role("option", name=name))
            else:
                await field.fill(name)
                await self.send(self.page.locator("button[value=find]"))
                await self.press(self.page.locator("label.choice", has_text=name))
            await expect(self.page.locator("people-picker")).to_contain_text(name)
