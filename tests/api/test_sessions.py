"""Sessions: they end, are prolonged, and can be ended by their owner."""

from __future__ import annotations

import pytest

from api.core import database
from api.core.access.secrets import hash_password, token_hash
from api.core.access.sessions import change_password, sign_out, sign_out_everywhere
from api.core.clock import DAY, MINUTE, SECOND
from api.core.errors import Invalid
from api.core.ids import uuid7
from tests.support.house import House, refusal
from tests.support.organisation import AYLIN, MIRIAM, Person

SESSIONS = "/api/v1/sessions"


async def is_in(house: House, person: Person, cookie: str = "") -> bool:
    client = house.stranger(cookie=f"gearmesh_session={cookie}") if cookie else house.browser(person)
    return (await client.get("/api/v1/me")).status_code == 200


async def second_browser(house: House, person: Person) -> str:
    """Another session of this person; returns its cookie."""
    at = house.clock()
    await database.execute(
        """INSERT INTO session (token_hash, id, person_id, created_at, last_seen_at, expires_at)
        VALUES ({}, {}, {}, {}, {}, {})""",
        *(token_hash("second"), uuid7(), person.id, at, at, at + 30 * DAY),
    )
    return "second"


async def expiry() -> int:
    row = await database.fetch_one("SELECT expires_at FROM session WHERE person_id = {}", AYLIN.id)
    assert row is not None
    return int(row[0])


async def test_unused_session_ends(house: House) -> None:
    house.clock.forward(30 * DAY - MINUTE)
    assert await is_in(house, AYLIN)
    house.clock.forward(30 * DAY + MINUTE)
    assert not await is_in(house, AYLIN)


async def test_use_prolongs_at_most_once_a_minute(house: House) -> None:
    first = await expiry()
    house.clock.forward(30 * SECOND)
    assert await is_in(house, AYLIN)
    assert await expiry() == first
    house.clock.forward(40 * SECOND)
    assert await is_in(house, AYLIN)
    assert await expiry() > first + MINUTE


async def test_sessions_are_listed_with_the_present_one_marked(house: House) -> None:
    await second_browser(house, AYLIN)
    items = (await house.browser(AYLIN).get(SESSIONS)).json()["items"]
    assert [(item["current"], item["agent"]) for item in items] == [(False, ""), (True, "Firefox")]


async def test_one_session_is_ended_by_its_owner_only(house: House) -> None:
    cookie = await second_browser(house, AYLIN)
    other = next(i for i in (await house.browser(AYLIN).get(SESSIONS)).json()["items"] if not i["current"])
    refusal(await house.browser(MIRIAM).delete(f"{SESSIONS}/{other['id']}"), 404)
    assert await is_in(house, AYLIN, cookie)
    assert (await house.browser(AYLIN).delete(f"{SESSIONS}/{other['id']}")).status_code == 204
    assert (await is_in(house, AYLIN, cookie), await is_in(house, AYLIN)) == (False, True)
    refusal(await house.browser(AYLIN).delete(f"{SESSIONS}/{other['id']}"), 404)


async def test_sign_out_everywhere_ends_all_of_ones_own(house: House) -> None:
    cookie = await second_browser(house, AYLIN)
    assert (await house.browser(AYLIN).delete(SESSIONS)).status_code == 204
    assert (await is_in(house, AYLIN), await is_in(house, AYLIN, cookie)) == (False, False)
    assert await is_in(house, MIRIAM)
    assert await sign_out_everywhere(person_id=AYLIN.id) == 0


async def test_sign_out_ends_this_session_and_twice_is_fine(house: House) -> None:
    cookie = await second_browser(house, AYLIN)
    for _time in range(2):
        await sign_out(cookie=cookie)
    assert (await is_in(house, AYLIN, cookie), await is_in(house, AYLIN)) == (False, True)


async def test_new_password_ends_all_other_sessions(house: House) -> None:
    await database.execute("UPDATE person SET password_hash = {}", await hash_password("altes Passwort"))
    cookie = await second_browser(house, AYLIN)
    change = {"person_id": AYLIN.id, "email": AYLIN.email, "keep_session": AYLIN.session_id}
    for current, new, member in (
        ("falsch", "neues Passwort", "current"),
        ("altes Passwort", "kurz", "new"),
        ("altes Passwort", "x" * 1001, "new"),
        ("altes Passwort", AYLIN.email.upper(), "new"),
    ):
        with pytest.raises(Invalid) as caught:
            await change_password(**change, current=current, new=new)
        assert list(caught.value.fields) == [member]
        assert await is_in(house, AYLIN, cookie)
    await change_password(**change, current="altes Passwort", new="neues Passwort")
    assert (await is_in(house, AYLIN), await is_in(house, AYLIN, cookie)) == (True, False)
    assert await is_in(house, MIRIAM)


@pytest.mark.parametrize("cookie", ["", "wrong", '"', '"session-of-aylin', "session-of-aylin x", "a" * 5000, "\xff"])
async def test_cookies_that_are_none_of_ours_are_nobody(house: House, cookie: str) -> None:
    client = house.stranger()
    answer = await client.get("/api/v1/me", headers=[(b"cookie", b"gearmesh_session=" + cookie.encode("latin-1"))])
    refusal(answer, 401)


async def test_quoted_cookie_among_others_is_understood(house: House) -> None:
    header = f'a=b; gearmesh_session="{AYLIN.cookie}"; odd cookie; x='
    assert (await house.stranger(cookie=header).get("/api/v1/me")).status_code == 200
