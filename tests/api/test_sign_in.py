"""Signing in: throttled, the same for known and unknown, a new session each time."""

from __future__ import annotations

import asyncio

import pytest

from api.core import database
from api.core.access import sessions
from api.core.access.actors import actor_of_session
from api.core.access.secrets import hash_password, password_matches, token_hash
from api.core.clock import HOUR, MINUTE
from api.core.errors import Invalid, NotFound, TooMany
from tests.support.house import House
from tests.support.organisation import AYLIN, JONAS, MIRIAM, OSKAR

PASSWORD = "korrektes Pferd Batterie"
NETWORK = "192.0.2.7"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that does not take 0.2 s; the real one is looked at in `test_real_hashes`."""

    async def matches(password: str, stored: str) -> bool:
        checked.append(password)
        await asyncio.sleep(0.01)
        return bool(stored) and stored == f"hash of {password}"

    checked.clear()
    monkeypatch.setattr(sessions, "password_matches", matches)


checked: list[str] = []


@pytest.fixture(autouse=True)
async def passwords(house: House, quick_hashes: None) -> None:
    await database.execute("UPDATE person SET password_hash = {}", f"hash of {PASSWORD}")


async def sign_in(email: str = AYLIN.email, password: str = PASSWORD, network: str = NETWORK, old: str = "") -> str:
    return await sessions.sign_in(
        email=email, password=password, network=network, agent="Firefox", old_cookie=old, keep_days=30
    )


async def refused(email: str = AYLIN.email, password: str = "wrong", network: str = NETWORK) -> str:
    with pytest.raises(Invalid) as caught:
        await sign_in(email, password, network)
    return caught.value.fields["password"].text("en")


async def signed_in(cookie: str) -> str | None:
    actor = await actor_of_session(cookie, accept_language="", keep_days=30)
    return None if actor is None else actor.id


async def test_right_password_opens_a_session(house: House) -> None:
    cookie = await sign_in("  AYLIN@Hospital.example ")
    assert await signed_in(cookie) == AYLIN.id
    rows = await database.fetch("SELECT token_hash, agent FROM session WHERE person_id = {}", AYLIN.id)
    assert (token_hash(cookie), "Firefox") in [tuple(row) for row in rows]
    assert not any(cookie in str(tuple(row)) for row in rows)


async def test_each_wrong_try_says_how_many_are_left(house: House) -> None:
    sentences = [await refused() for _try in range(5)]
    assert sentences == [
        "Address and password do not match. 4 more tries, then a break of five minutes.",
        "Address and password do not match. 3 more tries, then a break of five minutes.",
        "Address and password do not match. 2 more tries, then a break of five minutes.",
        "Address and password do not match. One more try, then a break of five minutes.",
        "Address and password do not match. Please wait 5 minutes before the next try.",
    ]
    with pytest.raises(TooMany) as caught:
        await sign_in()
    assert caught.value.message.text("en") == "Too many tries. Please wait 5 minutes, then try again."
    assert 290 <= caught.value.retry_after <= 300


@pytest.mark.parametrize("email", ["nobody@hospital.example", OSKAR.email, "", "\x00", "x" * 5000, "ü@ü"])
async def test_unknown_and_deactivated_people_meet_the_same_sentences(house: House, email: str) -> None:
    assert [await refused(email, PASSWORD) for _try in range(5)] == [await refused(JONAS.email) for _try in range(5)]
    with pytest.raises(TooMany):
        await sign_in(email)
    assert len(checked) == 10  # the slow check is made for them as well


async def test_rest_ends_and_doubles(house: House) -> None:
    for _try in range(5):
        await refused()
    house.clock.forward(5 * MINUTE)
    await refused()
    with pytest.raises(TooMany) as caught:
        await sign_in()
    assert 590 <= caught.value.retry_after <= 600
    house.clock.forward(10 * MINUTE)
    assert await signed_in(await sign_in()) == AYLIN.id


async def test_success_resets_the_address(house: House) -> None:
    for _try in range(4):
        await refused()
    await sign_in()
    assert (await refused()).endswith("4 more tries, then a break of five minutes.")


async def test_tries_are_forgotten_after_an_hour(house: House) -> None:
    for _try in range(4):
        await refused()
    house.clock.forward(HOUR + MINUTE)
    assert (await refused()).endswith("4 more tries, then a break of five minutes.")


async def test_network_rests_after_50_wrong_tries_for_all_addresses(house: House) -> None:
    for number in range(50):
        await refused(f"guess{number}@hospital.example")
    with pytest.raises(TooMany):
        await sign_in()
    assert await signed_in(await sign_in(network="198.51.100.1")) == AYLIN.id


async def test_hospital_behind_one_address_may_sign_in_every_morning(house: House) -> None:
    for _person in range(60):
        await sign_in()


async def test_hundred_at_once_cannot_slip_past_the_limit(house: House) -> None:
    outcomes = await asyncio.gather(*(sign_in(password="wrong") for _try in range(40)), return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {Invalid, TooMany}
    assert len(checked) == 5


async def test_every_sign_in_gets_a_new_cookie_and_the_old_session_ends(house: House) -> None:
    first = await sign_in()
    second = await sign_in(old=first)
    assert first != second
    assert (await signed_in(first), await signed_in(second)) == (None, AYLIN.id)


async def test_planted_cookie_is_not_adopted(house: House) -> None:
    cookie = await sign_in(old="planted-by-somebody")
    assert cookie != "planted-by-somebody"
    assert await signed_in("planted-by-somebody") is None
    own = await sign_in(MIRIAM.email, old=cookie)  # Aylin's session does not outlive Miriam's sign-in
    assert (await signed_in(cookie), await signed_in(own)) == (None, MIRIAM.id)


async def test_demo_sign_in_exists_in_the_demo_only(house: House) -> None:
    async def tap() -> str:
        return await sessions.sign_in_demo(email=AYLIN.email, agent="", old_cookie="", keep_days=30)

    with pytest.raises(NotFound):
        await tap()
    await database.execute("UPDATE organisation SET demo = {}", True)
    assert await signed_in(await tap()) == AYLIN.id
    with pytest.raises(NotFound):
        await sessions.sign_in_demo(email=OSKAR.email, agent="", old_cookie="", keep_days=30)


async def test_throttle_holds_no_addresses(house: House) -> None:
    await refused()
    rows = await database.fetch("SELECT key FROM sign_in_throttle")
    assert len(rows) == 2
    assert not any(AYLIN.email in row["key"] or NETWORK in row["key"] for row in rows)


async def test_real_hashes(house: House) -> None:
    stored = await hash_password(PASSWORD)
    assert stored.startswith("$argon2id$")
    assert await password_matches(PASSWORD, stored)
    assert not await password_matches("other", stored)
    assert not await password_matches("", "")
    assert not await password_matches(PASSWORD, "no hash of ours")
