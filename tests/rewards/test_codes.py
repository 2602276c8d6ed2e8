"""Codes: imported, sealed, one for each order, shown once to their owner."""

from __future__ import annotations

import pytest

from api.core import database
from api.core.clock import MINUTE
from api.core.errors import Invalid
from api.core.sealing import SealBroken, Sealing, new_key, use_sealing
from api.core.settings import SettingsError, read_settings
from api.rewards import keys
from api.rewards.codes import read_codes
from api.rewards.keys import KeyDoesNotFit, check_key
from tests.support.house import House, refusal
from tests.support.organisation import AYLIN, HELENE, JONAS
from tests.support.rewards import API, KEY, fund, make, order, sound, state, stock, try_order, with_codes, work


def test_codes_are_read_from_a_paste_and_from_a_list() -> None:
    for text in (
        "A1\nB2\nA1\n\n",
        "\ufeffCode;Wert\r\nA1;25\r\nB2;25",
        "code\nA1\nB2",
        '"A1","x"\n"B2"',
        "  A1 \n B2",
    ):
        assert read_codes(text) == ["A1", "B2"]
    for text in ("", "Code\n", "x" * 201, "\n".join(map(str, range(10_001)))):
        with pytest.raises(Invalid):
            read_codes(text)


def test_a_sealed_text_opens_only_in_its_place_under_its_key() -> None:
    old, new = Sealing.read(KEY), new_key()
    sealed = old.seal("Zauberwort", "here")
    assert (old.open(sealed, "here"), b"Zauberwort" in sealed) == ("Zauberwort", False)
    assert Sealing.read(f"{new},{KEY}").open(sealed, "here") == "Zauberwort"
    for sealing, place, text in ((old, "there", sealed), (Sealing.read(new), "here", sealed), (old, "here", b"")):
        with pytest.raises(SealBroken):
            sealing.open(text, place)
    assert old.fingerprint("a") != Sealing.read(new).fingerprint("a") != old.fingerprint("b")


def test_a_key_that_is_none_is_refused_without_being_shown() -> None:
    with pytest.raises(SettingsError, match=r"GEARMESH_SECRET_KEY is not usable.*gearmesh secret-key") as refused:
        read_settings({"GEARMESH_SECRET_KEY": "hunter2"})
    assert "hunter2" not in str(refused.value)


async def test_a_code_goes_out_by_itself_and_is_shown_to_its_owner_once(house: House) -> None:
    await fund(AYLIN, 1_000)
    reward = await with_codes(house, "AAA", points=100, cents=0)
    assert await stock(reward) == 1
    redemption = await order(house, AYLIN, reward)
    mine, path = house.browser(AYLIN), f"{API}/redemptions/{redemption}"
    assert (await mine.get(path)).json()["redemption"]["code"] == "waiting"
    refusal(await mine.post(f"{path}/code"), 404)
    await work()
    assert (await mine.get(path)).json()["redemption"]["code"] == "new"
    refusal(await house.browser(HELENE).post(f"{path}/code"), 404)
    for _again in range(2):
        shown = await mine.post(f"{path}/code")
        assert (shown.json()["code"], shown.headers["cache-control"]) == ("AAA", "no-store")
    house.clock.forward(11 * MINUTE)
    assert (await mine.get(path)).json()["redemption"]["code"] == "seen"
    refusal(await mine.post(f"{path}/code"), 409)
    assert (await house.browser(HELENE).post(f"{path}/another-look")).status_code == 204
    assert (await mine.post(f"{path}/code")).json()["code"] == "AAA"
    stored = await database.fetch("SELECT sealed FROM reward_code")
    assert not any(b"AAA" in bytes(row[0]) for row in stored)
    await sound()


async def test_the_same_list_twice_adds_nothing_and_unordered_codes_can_be_taken_out(house: House) -> None:
    await fund(AYLIN, 1_000)
    reward = await with_codes(house, "A\nB\nC", points=300, cents=0)
    hr, path = house.browser(HELENE), f"{API}/rewards/{reward}/codes"
    assert (await hr.post(path, json={"codes": "C\nD"})).json() == {"added": 1, "known": 1}
    waiting = await order(house, AYLIN, reward)
    assert (await hr.delete(path)).status_code == 204
    found = (await hr.get(path)).json()
    assert (found["free"], found["ordered"], found["handed_over"]) == (0, 1, 0)
    refusal(await try_order(house, AYLIN, reward), 409)
    assert await state(waiting) == "requested"
    plain = await make(house)
    refusal(await hr.post(f"{API}/rewards/{plain}/codes", json={"codes": "A"}), 409)
    refusal(await hr.put(f"{API}/rewards/{reward}/stock", json={"stock": 9, "seen": 0}), 409)
    await sound()


async def test_another_key_or_none_is_noticed_at_the_start(house: House) -> None:
    await check_key()
    await with_codes(house, "A")
    await check_key()
    for setting, said in ((new_key(), "is not the key"), ("", "is not set")):
        use_sealing(setting)
        with pytest.raises(KeyDoesNotFit, match=said):
            await check_key()
    refused = await house.browser(HELENE).post(
        f"{API}/rewards/{await make(house, fulfilment='codes')}/codes", json={"codes": "A"}
    )
    assert "GEARMESH_SECRET_KEY" in refused.json()["detail"]
    use_sealing(f"{new_key()},{KEY}")
    await check_key()
    use_sealing(KEY)


async def test_nobody_elses_code_is_shown(house: House) -> None:
    await fund(AYLIN, 1_000)
    redemption = await order(house, AYLIN, await with_codes(house, points=100, cents=0))
    await work()
    refusal(await house.browser(JONAS).post(f"{API}/redemptions/{redemption}/code"), 404)


async def test_a_code_is_known_under_a_former_key_and_one_taken_out_can_come_again(house: House) -> None:
    reward = await with_codes(house, "A\nB")
    hr, path = house.browser(HELENE), f"{API}/rewards/{reward}/codes"
    use_sealing(f"{new_key()},{KEY}")
    assert (await hr.post(path, json={"codes": "B\nC"})).json() == {"added": 1, "known": 1}
    assert (await hr.delete(path)).status_code == 204
    assert (await hr.post(path, json={"codes": "C\nD"})).json() == {"added": 2, "known": 0}
    assert await stock(reward) == 2
    use_sealing(KEY)
    await sound()


async def test_a_former_key_can_go_after_the_next_start(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_AT_ONCE", 2)
    await fund(AYLIN, 1_000)
    reward = await with_codes(house, "A", points=100, cents=0)
    hr, path = house.browser(HELENE), f"{API}/rewards/{reward}/codes"
    redemption = await order(house, AYLIN, reward)
    await work()
    assert (await hr.post(path, json={"codes": "B\nC\nD\nE"})).json() == {"added": 4, "known": 0}
    later = new_key()
    for first, former in ((later, KEY), (KEY, later)):  # and back, where what was taken out has left traces
        assert (await hr.delete(path)).status_code == 204
        use_sealing(f"{first},{former}")
        assert (await hr.post(path, json={"codes": "B\nC\nD\nE"})).json() == {"added": 4, "known": 0}
        await keys.seal_all()
        use_sealing(former)
        with pytest.raises(KeyDoesNotFit):
            await check_key()
        use_sealing(first)
        await check_key()
        shown = await house.browser(AYLIN).post(f"{API}/redemptions/{redemption}/code")
        assert shown.json()["code"] == "A"
        assert (await hr.post(path, json={"codes": "B\nE"})).json() == {"added": 0, "known": 2}
    use_sealing(f"{later},{KEY}")
    await keys.seal_all()
    use_sealing(later)
    assert (await hr.post(path, json={"codes": "B\nE"})).json() == {"added": 0, "known": 2}
    assert await stock(reward) == 4
    use_sealing(KEY)
    await sound()
