"""What stands around points: settings with their history, notifications, what is stored about a person."""

from __future__ import annotations

import pytest

from api.administration.queries import history
from api.administration.service import undo
from api.core.clock import MINUTE
from api.core.errors import Conflict, Forbidden, Invalid, NotFound
from api.kudos.moderation import hide_kudos, resolve_alert
from api.notifications.queries import page as notices
from api.points import queries
from api.points.privacy import about, erase
from api.points.records import change_settings, rules, version_of_rules
from api.points.service import object_to
from tests.support import told
from tests.support.house import House
from tests.support.organisation import AYLIN, HELENE, JONAS, MIRIAM
from tests.support.points import deliver, earned, pot, switch_on


async def test_settings_are_checked_kept_in_the_history_and_taken_back(house: House) -> None:
    hr = await house.actor(HELENE)
    seen = version_of_rules(await rules())
    with pytest.raises(Invalid) as refused:
        await change_settings(
            actor=hr, changes={"amount": -1, "carry_percent": 50, "rhythm": "day", "levels": "x", "ring_percent": "7"}
        )
    assert set(refused.value.fields) == {"amount", "carry_percent", "rhythm", "levels", "ring_percent"}
    changed = await change_settings(
        actor=hr, changes={"enabled": 1, "levels": "25 Groß/Big\n\n 10  Danke / Thanks "}, version=seen
    )
    assert (await rules()).levels == "10 Danke / Thanks\n25 Groß / Big"
    with pytest.raises(Conflict):
        await change_settings(actor=hr, changes={"amount": 7}, version=seen)
    (item,) = (await history("en")).items
    assert (item.kind, item.after["enabled"]) == ("points.changed", 1)
    await undo(actor=hr, change_id=str(changed.change_id))
    assert ((await rules()).enabled, (await rules()).levels) == (0, "")


async def test_the_notification_says_how_many_points_came_along(house: House) -> None:
    await switch_on()
    kudos = await house.give(AYLIN, points=20)
    body = {"message": "So true!", "points": 5}
    await house.browser(MIRIAM).post(f"/api/v1/kudos/{kudos}/comments", json=body)
    house.clock.forward(MINUTE)
    await told.deliver(house)
    found = [item.text for item in (await notices(await house.actor(JONAS), "en")).items]
    assert sorted(found) == [
        "Aylin Demir thanked you, with 20 points",
        "Miriam Okafor wrote a comment and added 5 points",
    ]


async def test_hr_reverses_with_a_reason_and_the_giver_objects_once(house: House) -> None:
    await switch_on(mutual_times=1)
    hr, aylin = await house.actor(HELENE), await house.actor(AYLIN)
    await house.give(JONAS, AYLIN, points=10)
    kudos = await house.give(AYLIN, JONAS, points=10)
    house.clock.forward(MINUTE)
    await deliver()
    (alert,) = await queries.alerts("en")
    assert (alert.kind, alert.giver.id, alert.other and alert.other.id, alert.amount) == (
        "mutual",
        AYLIN.id,
        JONAS.id,
        1,
    )
    with pytest.raises(NotFound):
        await object_to(actor=aylin, alert_id=alert.id, text="Not yet.")
    with pytest.raises(Invalid):
        await resolve_alert(actor=hr, alert_id=alert.id, outcome="reversed", reason=" ")
    await resolve_alert(actor=hr, alert_id=alert.id, outcome="reversed", reason="The same shift twice.")
    with pytest.raises(Conflict):
        await resolve_alert(actor=hr, alert_id=alert.id, outcome="kept", reason="")
    assert (await pot(AYLIN), await earned(JONAS), (await house.seen(JONAS, kudos))["points"]) == ((100, 0), 0, 0)
    await object_to(actor=aylin, alert_id=alert.id, text="Two shifts.")
    with pytest.raises(Conflict):
        await object_to(actor=aylin, alert_id=alert.id, text="Really.")
    assert [one.objection for one in await queries.alerts("en")] == ["Two shifts."]
    with pytest.raises(Invalid):
        await resolve_alert(actor=hr, alert_id=alert.id, outcome="reversed", reason="")
    await resolve_alert(actor=hr, alert_id=alert.id, outcome="reversed", reason="It was one shift.")
    with pytest.raises(Conflict):
        await object_to(actor=aylin, alert_id=alert.id, text="Really.")
    with pytest.raises(Conflict):
        await resolve_alert(actor=hr, alert_id=alert.id, outcome="kept", reason="")
    assert await queries.alerts("en") == []
    assert [one.reason for one in await queries.alerts("en", giver_id=AYLIN.id)] == ["It was one shift."]
    assert (await pot(AYLIN), await earned(JONAS)) == ((100, 0), 0)
    stored = await about(AYLIN.id)
    assert stored["balances"]["giving"] == 100
    assert [line["kind"] for line in stored["history"]] == ["reversal", "kudos", "kudos", "allowance"]
    assert stored["reversals"][0]["objection"] == "Two shifts."
    await erase(AYLIN.id)
    assert (await about(AYLIN.id))["reversals"][0]["objection"] != "Two shifts."


async def test_hr_hears_of_what_looks_odd_and_the_giver_of_a_reversal(house: House) -> None:
    await switch_on(burst_times=1)
    await house.give(AYLIN, JONAS, points=10)
    await told.deliver(house)
    assert (await told.told())["Helene"] == ["odd_points"]
    (alert,) = await queries.alerts("en")
    await resolve_alert(actor=await house.actor(HELENE), alert_id=alert.id, outcome="reversed", reason="Too quick.")
    await told.deliver(house)
    assert (await told.told())["Aylin"] == ["reversed"]
    shown = (await notices(await house.actor(AYLIN), "en")).items[0]
    assert (shown.text, shown.url) == ("Human resources have taken points back that you gave", "/points")


async def test_nobody_decides_about_themselves(house: House) -> None:
    await switch_on(mutual_times=1, burst_times=2)
    await house.give(HELENE, JONAS, points=10)
    await house.give(JONAS, HELENE, points=10)
    await house.give(HELENE, AYLIN, points=10)
    found = await queries.alerts("en")
    assert sorted((alert.kind, alert.giver.id) for alert in found) == [("burst", HELENE.id), ("mutual", JONAS.id)]
    for alert in found:
        with pytest.raises(Forbidden):
            await resolve_alert(actor=await house.actor(HELENE), alert_id=alert.id, outcome="kept", reason="")


async def test_hiding_can_take_all_points_of_a_thank_you_back(house: House) -> None:
    await switch_on()
    kudos = await house.give(AYLIN, points=20)
    body = {"message": "So true!", "points": 5}
    await house.browser(MIRIAM).post(f"/api/v1/kudos/{kudos}/comments", json=body)
    house.clock.forward(MINUTE)
    await deliver()
    await hide_kudos(actor=await house.actor(HELENE), kudos_id=kudos, reason="A patient's name.", reverse_points=True)
    assert (await pot(AYLIN), await pot(MIRIAM), await earned(JONAS)) == ((100, 0), (100, 0), 0)


async def test_history_comes_in_pages_and_keeps_what_waits_a_secret(house: House) -> None:
    await switch_on()
    for _ in range(5):
        await house.give(AYLIN, points=1)
    first = await queries.history(AYLIN.id, limit=4)
    assert [(line.kind, line.pot, line.waiting) for line in first.items] == [("kudos", -1, True)] * 4
    assert first.next is not None
    rest = await queries.history(AYLIN.id, before=first.next, limit=4)
    assert [(line.kind, line.pot) for line in rest.items] == [("kudos", -1), ("allowance", 100)]
    assert [line.kind for line in (await queries.history(JONAS.id)).items] == ["allowance"]
    house.clock.forward(MINUTE)
    await deliver()
    assert [line.earned for line in (await queries.history(JONAS.id)).items] == [1] * 5 + [0]
