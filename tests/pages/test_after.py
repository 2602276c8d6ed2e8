"""After a visit on the pages, without script: feedback, thanks, an idea, a team and its end; the edge afterwards."""

from __future__ import annotations

import re

import httpx

from api.core.clock import WEEK
from tests.support.house import House, post
from tests.support.organisation import AYLIN, BRITTA, DEPENDENCY, HELENE, JONAS, KATHARINA, MIRIAM, OPENED_AT
from tests.support.visits_done import visits_done


async def _read(client: httpx.AsyncClient, path: str) -> str:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def _line(what: str, minutes: str = "", cost: str = "", reverse: str = "") -> dict[str, str]:
    return {"what": what, "times": "3", "per": "week", "minutes": minutes, "cost": cost, "reverse": reverse}


def _lines(*lines: dict[str, str]) -> dict[str, list[str]]:
    return {f"error_{name}": [line[name] for line in lines] for name in lines[0]}


async def test_feedback_is_kept_sent_and_answered_with_thanks(house: House) -> None:
    (visit,) = await visits_done((JONAS, AYLIN, KATHARINA))
    jonas, path = house.browser(JONAS, **{"accept-language": "en"}), f"/feedback/{visit}"
    assert "to write" in await _read(jonas, "/feedback")
    kept = await post(jonas, f"{path}/draft", 200, surprised="How lo", **_lines(_line("")))
    assert kept.text == "Kept. Only you see it until you send it."
    assert "How lo" in await _read(jonas, path)
    more = await post(
        jonas, path, 200, do="more", surprised="How long <b>", will_change="Ask.", **_lines(_line("No number", "25"))
    )
    assert more.text.count('name="error_what"') == 2
    wrong = await post(jonas, path, 422, do="send", **_lines(_line("No number", "many"), _line("Late", cost="x")))
    assert wrong.text.count("Use a whole number, or leave it empty.") == 2
    assert 'value="many"' in wrong.text
    sent = await post(
        jonas,
        path,
        do="send",
        surprised="How long <b>",
        will_change="Ask for the card again.",
        idea="yes",
        **_lines(_line("No number", "25"), _line("Late", cost="12,50", reverse="yes"), _line("")),
    )
    give = await _read(jonas, sent.headers["location"])
    assert "Thank you for letting me look over your shoulder in Billing." in give
    assert 'value="' + KATHARINA.id in give
    page = await _read(jonas, path)
    assert "How long &lt;b&gt;" in page
    assert "3 × per week · 25 minutes each" in page
    assert "€12.50 each" in page
    assert "Another error" not in page
    assert (await post(jonas, path, do="keep", surprised="Late", **_lines(_line("")))).headers["location"] == path
    host = await _read(house.browser(KATHARINA, **{"accept-language": "en"}), path)
    assert "How long &lt;b&gt;" in host
    assert "What will you change?" in host
    everything = await _read(house.browser(HELENE, **{"accept-language": "en"}), "/feedback?show=all")
    assert "Jonas Weber in Billing" in everything
    assert (await house.browser(BRITTA).get(path)).status_code == 404


async def test_an_idea_becomes_a_team_that_ends_with_thanks(house: House) -> None:
    jonas, katharina, aylin = (house.browser(one, **{"accept-language": "en"}) for one in (JONAS, KATHARINA, AYLIN))
    await post(jonas, "/improvements/ideas/new", 422, title="")
    await post(jonas, "/improvements/ideas/new", title="Ask for the card again", words="Twice.", edge=DEPENDENCY)
    ideas = await _read(katharina, "/improvements/ideas")
    idea = re.findall(r'id="i-([0-9a-f-]{36})"', ideas)[0]
    assert "Patient registration → Billing" in ideas
    await post(katharina, f"/improvements/ideas/{idea}/support", on="yes")
    refused = await post(katharina, f"/improvements/ideas/{idea}/answer", 422, answer=" ")
    assert "Write a few words here." in refused.text
    begun = await _read(katharina, f"/improvements/new?idea={idea}")
    assert all(one in begun for one in ("Ask for the card again", "Twice.", f'value="{JONAS.id}" checked'))
    team = {"name": "Cards", "goal": "No bill comes back.", "measure": "Bills sent back", "better": "less"}
    team |= {"edge": DEPENDENCY, "before": "12,5", "idea": idea}
    members = [KATHARINA.id, JONAS.id]
    assert (
        "Write a number"
        in (await post(katharina, "/improvements/new", 422, **{**team, "before": "x"}, member=members)).text
    )
    found = await post(katharina, "/improvements/new", 200, **team, member=members, do="find", find="Aylin")
    assert f'value="{AYLIN.id}"' in found.text
    founded = await post(katharina, "/improvements/new", **team, member=[*members, AYLIN.id])
    at = founded.headers["location"]
    await post(aylin, f"{at}/steps", 422, what="")
    await post(aylin, f"{at}/steps", what="Sign at the desk", person=JONAS.id, by_day="2026-02-01")
    page = await _read(jonas, at)
    assert all(one in page for one in ("Sign at the desk", "overdue", "12.5", "leads it", "Ask for the card again"))
    step = re.findall(r"/steps/([0-9a-f-]{36})/doing", page)[0]
    await post(jonas, f"{at}/steps/{step}/doing", done="yes")
    await post(jonas, f"{at}/values", 422, value="many", day="2026-03-02")
    await post(jonas, f"{at}/values", value="7", day="2026-03-09")
    assert "done by Jonas Weber" in await _read(aylin, at)
    assert (await jonas.get(f"{at}/ending")).status_code == 303, "whoever leads it ends it"
    edit = await _read(katharina, f"{at}/edit")
    version = re.findall(r'name="version" value="(\d+)"', edit)[0]
    await post(katharina, f"{at}/edit", **{**team, "member": [KATHARINA.id, MIRIAM.id], "version": version})
    stale = await post(katharina, f"{at}/edit", 409, **{**team, "member": members, "version": version})
    assert "Somebody has changed this while you were writing." in stale.text
    ending = await _read(katharina, f"{at}/ending")
    assert "Thank you for “Cards”. What we set out for: No bill comes back." in ending
    end = {"result": "Two a week are left.", "after": "", "message": "You made desk and bills one thing. Thank you!"}
    assert "Say what the measure is now" in (await post(katharina, f"{at}/ending", 422, **end)).text
    done = await post(katharina, f"{at}/ending", **{**end, "after": "2"})
    assert done.headers["location"] == at
    page = await _read(katharina, at)
    assert all(one in page for one in ("Two a week are left.", "The thank-you to the team", "better"))
    assert "You made desk and bills one thing." in await _read(jonas, "/")
    assert "Cards" in await _read(jonas, "/improvements?show=ended")
    await post(katharina, f"{at}/reopening")
    assert "Cards" in await _read(jonas, "/improvements")


async def test_the_edge_page_says_honestly_what_can_be_told(house: House) -> None:
    aylin, path = house.browser(AYLIN, **{"accept-language": "en"}), f"/dependencies/{DEPENDENCY}"
    assert "Nobody has changed places on this edge yet." in await _read(aylin, path)
    await visits_done((JONAS, AYLIN, KATHARINA), at=OPENED_AT - 6 * WEEK)
    page = await _read(aylin, path)
    assert page.count("None before and none after.") == 3
    assert "5 whole weeks before the first visit and after the last" in page
    assert page.count("nobody is counted") == 2
    assert "Write a few words here." in (await post(aylin, path, 422, what="", times="1")).text
    await post(aylin, path, what="Wrong insurer", times="2", minutes="20")
    assert "Wrong insurer" in await _read(aylin, path)
    assert "Wrong insurer" not in await _read(house.browser(BRITTA, **{"accept-language": "en"}), path)
    await visits_done((MIRIAM, AYLIN, KATHARINA), name="Summer")
    assert "Too early to compare" in await _read(aylin, path)
