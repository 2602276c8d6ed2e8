"""Forms as browsers without script send them: what is wrong stands beside its field, what was typed stays."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from api.core import database
from api.core.access.middleware import SESSION_COOKIE
from api.core.access.secrets import hash_password
from api.core.ids import uuid7
from frontend.pages import access
from frontend.toasts import read_toast
from frontend.web import TOAST_COOKIE
from tests.support.house import BASE, KUDOS, WORDS, House
from tests.support.organisation import AYLIN, CARE, HELENE, JONAS, MIRIAM, Person

OTHER_WORDS = "Thank you for the bed that was ready in time."
FORM = {"origin": BASE, "accept-language": "en"}


def field(html: str, name: str) -> str:
    """What stands in a text area."""
    found = re.search(rf'<textarea[^>]*name="{name}"[^>]*>(.*?)</textarea>', html, re.DOTALL)
    assert found, html
    return unescape(found[1])


def hidden(page: httpx.Response, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, page.text
    return unescape(found[1])


async def send(house: House, person: Person, path: str, **form: str) -> httpx.Response:
    return await house.browser(person, **FORM).post(path, data=form)


def told(answer: httpx.Response) -> str:
    """The word that the next page will show."""
    toast = read_toast(answer.cookies[TOAST_COOKIE], "en")
    assert toast
    return toast.text


async def test_a_reason_that_is_missing_is_asked_for_beside_its_field(house: House) -> None:
    kudos = await house.give(AYLIN, JONAS)
    answer = await house.browser(JONAS).post(f"{KUDOS}/{kudos}/comments", json={"message": "Gladly."})
    comment = answer.json()["id"]
    for person, path in (
        (MIRIAM, f"/kudos/{kudos}/reports"),
        (MIRIAM, f"/comments/{comment}/reports"),
        (HELENE, f"/kudos/{kudos}/hiding"),
        (HELENE, f"/comments/{comment}/hiding"),
    ):
        for reason, sentence in (("  ", "Say why, in a sentence."), ("x" * 501, "Use at most 500 characters.")):
            page = await send(house, person, path, reason=reason)
            assert page.status_code == 422, path
            form = page.text[page.text.index(f'action="{path}"') :].partition("</form>")[0]
            assert sentence in form
            assert 'aria-invalid="true"' in form
            assert field(form, "reason") == reason
            assert page.text.count("<details open>") == 1
        assert (await send(house, person, path, reason="Names a patient.")).status_code == 303


async def test_a_form_that_was_sent_before_is_sent_again_only_as_something_new(house: House) -> None:
    sent = {"id": uuid7(), "to": JONAS.id, "message": WORDS}
    first = await send(house, AYLIN, "/give", **sent)
    assert (first.status_code, first.headers["location"]) == (303, "/")
    [kudos] = await house.feed(AYLIN)

    again = await send(house, AYLIN, "/give", **sent)
    assert (again.status_code, again.headers["location"]) == (303, f"/kudos/{kudos}")
    assert await house.feed(AYLIN) == [kudos]

    changed = await send(house, AYLIN, "/give", **{**sent, "message": OTHER_WORDS})
    assert changed.status_code == 422
    assert field(changed.text, "message") == OTHER_WORDS
    fresh = hidden(changed, "id")
    assert fresh != sent["id"]
    assert (await send(house, AYLIN, "/give", **{**sent, "message": OTHER_WORDS, "id": fresh})).status_code == 303
    assert len(await house.feed(AYLIN)) == 2


async def test_words_that_were_taken_back_stand_in_the_form_again_and_can_be_sent(house: House) -> None:
    sent = {"id": uuid7(), "to": JONAS.id, "message": WORDS}
    await send(house, AYLIN, "/give", **sent)
    [kudos] = await house.feed(AYLIN)
    back = await send(house, AYLIN, f"/kudos/{kudos}/withdrawal")
    assert (back.status_code, field(back.text, "message")) == (200, WORDS)
    assert await house.feed(AYLIN) == []

    from_the_page_before = await send(house, AYLIN, "/give", **sent)
    assert from_the_page_before.status_code == 422
    assert (await send(house, AYLIN, "/give", **{**sent, "id": hidden(from_the_page_before, "id")})).status_code == 303
    assert len(await house.feed(AYLIN)) == 1


async def test_what_another_tab_has_taken_back_already_leads_back_to_the_list(house: House) -> None:
    kudos = await house.give(AYLIN, JONAS)
    path = f"/kudos/{kudos}/withdrawal"
    assert (await send(house, AYLIN, path)).status_code == 200
    for seen_at, back in (("/?show=from_me", "/?show=from_me"), (f"/kudos/{kudos}", "/"), ("", "/")):
        browser = house.browser(AYLIN, **FORM, referer=BASE + seen_at if seen_at else "")
        again = await browser.post(path)
        assert (again.status_code, again.headers["location"]) == (303, back)
        assert told(again) == "Already taken back."
    assert (await send(house, JONAS, path)).status_code == 404, "it was not his"

    kudos = await house.give(AYLIN, JONAS)
    comments = []
    for message in ("Gladly.", "Any time."):
        answer = await house.browser(JONAS).post(f"{KUDOS}/{kudos}/comments", json={"message": message})
        comments.append(f"/comments/{answer.json()['id']}/withdrawal")
    browser = house.browser(JONAS, **FORM, referer=BASE + "/")
    assert (await browser.post(comments[0])).status_code == 303
    again = await browser.post(comments[0])
    assert (again.status_code, again.headers["location"]) == (303, f"/kudos/{kudos}#comments")
    assert told(again) == "Already deleted."
    fragment = await browser.post(comments[0], headers={"HX-Request": "true", "HX-Target": "div#comments"})
    assert (fragment.status_code, "Any time." in fragment.text) == (200, True)
    assert (await send(house, MIRIAM, comments[0])).status_code == 404, "it was not hers"
    await send(house, AYLIN, f"/kudos/{kudos}/withdrawal")
    again = await browser.post(comments[1])
    assert (again.status_code, again.headers["location"]) == (303, "/")


async def test_a_comment_sent_twice_stands_once(house: House) -> None:
    kudos = await house.give(AYLIN, JONAS)
    page = await house.browser(JONAS).get(f"/kudos/{kudos}")
    form = {"id": hidden(page, "id"), "message": "Gladly, any time."}
    for _time in range(2):
        assert (await send(house, JONAS, f"/kudos/{kudos}/comments", **form)).status_code == 303
    found = await house.browser(JONAS).get(f"{KUDOS}/{kudos}/comments")
    assert [comment["message_html"] for comment in found.json()["items"]] == ["<p>Gladly, any time.</p>"]


async def test_filters_hold_together(house: House) -> None:
    wanted = await house.give(AYLIN, JONAS, message="You found the splint at once.", value=CARE)
    await house.give(AYLIN, JONAS, message="You found the bandage at once.", value=CARE)
    await house.give(AYLIN, JONAS, message="You found the splint after an hour.")
    await house.give(AYLIN, MIRIAM, message="You found the splint on Monday.", value=CARE)
    page = await house.browser(AYLIN).get(f"/?q=splint&value={CARE}&person={JONAS.id}&show=from_me")
    assert re.findall(r'id="k-([0-9a-f-]{36})"', page.text) == [wanted]
    assert 'name="q" value="splint"' in page.text
    for name, kept in (("value", CARE), ("person", JONAS.id), ("show", "from_me")):
        assert f"{name}={kept}" in unescape(page.text) or f'name="{name}" value="{kept}"' in page.text


async def test_odd_origins_and_referers_are_refused_or_ignored(house: House) -> None:
    kudos = await house.give(AYLIN, JONAS)
    for origin in ("http://[", "nonsense", "http://gearmesh.test:99999999", "null"):
        answer = await house.browser(MIRIAM, origin=origin).post(f"/kudos/{kudos}/reactions", data={"add": "strong"})
        assert answer.status_code == 403, origin
    for referer in ("http://[", "https://evil.example/x", f"{BASE}//evil.example", f"{BASE}/\\evil.example"):
        answer = await house.browser(MIRIAM, origin=BASE, referer=referer).post(
            f"/kudos/{kudos}/reactions", data={"add": "strong"}
        )
        assert answer.status_code == 303
        assert answer.headers["location"].startswith(f"/kudos/{kudos}"), referer


async def test_the_session_s_cookie_is_for_the_server_alone_and_outlives_the_browser(house: House) -> None:
    await database.execute("UPDATE person SET password_hash = {} WHERE id = {}", await hash_password(WORDS), JONAS.id)
    form = {"email": JONAS.email, "password": WORDS, "next": "https://evil.example"}
    answer = await house.stranger(**FORM).post("/sign-in", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = next(text for text in answer.headers.get_list("set-cookie") if text.startswith(SESSION_COOKIE))
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=34560000"} <= set(cookie.split("; "))


async def test_whoever_looks_around_reads_on_in_the_language_of_the_first_page(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "ONE_TAP", {AYLIN.email})
    await database.execute("UPDATE organisation SET demo = {}, language = 'de'", True)
    for asked, language in (("fr", "en"), ("de-AT", "de"), ("en", "en")):
        visitor = house.stranger(**{"accept-language": asked})
        assert f'<html lang="{language}"' in (await visitor.get("/sign-in")).text
        answer = await visitor.post("/sign-in/demo", data={"email": AYLIN.email})
        cookies = "; ".join(f"{name}={text}" for name, text in answer.cookies.items())
        page = await house.stranger(cookie=cookies, **{"accept-language": asked}).get("/")
        assert (page.status_code, f'<html lang="{language}"' in page.text) == (200, True), asked


async def test_an_address_that_leads_nowhere_leads_back_to_everything_else(house: House) -> None:
    for path in ("/nothing", "/people/nobody/at/all", f"/people/{uuid7()}"):
        found = await house.browser(AYLIN, **FORM).get(path)
        assert found.status_code == 404, path
        for place in ('href="/give"', 'href="/notifications"', f'data-reader="{AYLIN.id}"', "<h1>Nothing here</h1>"):
            assert place in found.text, (path, place)
    outside = await house.stranger(**FORM).get("/nothing")
    assert (outside.status_code, "data-reader" in outside.text) == (404, False)


async def test_words_that_are_too_long_stay_and_it_is_said_by_how_much(house: House) -> None:
    kudos = await house.give(AYLIN, JONAS)
    long = "x" * 1_234
    answer = await send(house, JONAS, f"/kudos/{kudos}/comments", message=long)
    assert answer.status_code == 422
    assert field(answer.text, "message") == long
    assert "This is 234 characters too long." in answer.text
    assert "up to 1,000 characters" in answer.text
    assert "maxlength" not in answer.text.partition('id="comment"')[2].partition(">")[0]

    preview = await send(house, AYLIN, "/give/preview", message="y" * 2_500)
    assert "y" * 2_500 in preview.text
    assert "This is 500 characters too long." in preview.text
