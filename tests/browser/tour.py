"""Every page of the product, for tests that hold for all of them."""

from __future__ import annotations

import re

from api.core.ids import uuid7
from tests.browser.visitor import Visitor

PAGES = (
    "feed",
    "filtered feed",
    "nothing found",
    "give",
    "letter",
    "edit",
    "comment edit",
    "person",
    "own page",
    "departments",
    "department",
    "settings",
    "notifications",
    "notification settings",
    "more",
    "reports",
    "people of the organisation",
    "person of the organisation",
    "department of the organisation",
    "picture of the organisation",
    "matrix of the organisation",
    "values of the organisation",
    "history of the organisation",
    "invitations",
    "invite",
    "erase",
    "approvals",
    "own requests",
    "deputies",
    "awards",
    "propose",
    "budgets",
    "rules of approvals",
    "awards of the organisation",
    "award of the organisation",
    "imports",
    "import columns",
    "import difference",
    "import errors",
    "taking an import back",
    "rewards",
    "reward",
    "orders",
    "order",
    "catalogue of rewards",
    "reward of the catalogue",
    "new reward",
    "country and tax",
    "to hand over",
    "payroll",
    "my points",
    "points that look odd",
    "points of the organisation",
    "programmes",
    "new programme",
    "dependencies of a programme",
    "rules of a programme",
    "plans of a programme",
    "board",
    "publication",
    "posters",
    "hosting department",
    "person for rotations",
    "calendars with absences",
    "my rotations",
    "my wishes",
    "a visit",
    "guests of a department",
    "repair",
    "past visits",
    "all feedback",
    "feedback of a visit",
    "edge before and after",
    "improvement teams",
    "improvement ideas",
    "new idea",
    "new improvement team",
    "improvement team",
    "end of an improvement team",
)
"""As HR sees them: they see most."""


async def paths(visitor: Visitor) -> dict[str, str]:
    """The address of each of the PAGES for this visitor, who is HR. Writes a comment if there is none of theirs."""
    found = await visitor.ask("/api/v1/kudos?limit=50")
    letter = next(item["id"] for item in found["items"] if item["comments"])
    mine = await visitor.thank("Für die ruhige Hand bei den Dienstplänen in dieser Woche.", "Anke Thiele")
    origin = {"Origin": visitor.url, "Sec-Fetch-Site": "same-origin"}
    answer = await visitor.page.context.request.post(
        f"{visitor.url}/api/v1/kudos/{letter}/comments", data={"message": "Das freut uns sehr."}, headers=origin
    )
    comment = (await answer.json())["id"]
    me = await visitor.ask("/api/v1/me")
    award = (await visitor.ask("/api/v1/awards"))["items"][0]["id"]
    person, billing = await visitor.id_of("Vanessa Bergmann"), await visitor.department("AB", "BI")
    addresses = (
        "/",
        "/?show=to_me",
        "/?q=xylophon",
        "/give",
        f"/kudos/{letter}",
        f"/kudos/{mine}/edit",
        f"/comments/{comment}/edit",
        f"/people/{person}",
        f"/people/{me['id']}",
        "/departments",
        f"/departments/{billing}",
        "/settings",
        "/notifications",
        "/settings/notifications",
        "/more",
        "/reports",
        "/organisation/people",
        f"/organisation/people/{person}",
        f"/organisation/departments/{billing}",
        f"/organisation/dependencies?focus={billing}",
        f"/organisation/dependencies?view=matrix&focus={billing}",
        "/organisation/values",
        "/organisation/history",
        "/invitations",
        f"/people/{await visitor.id_of('Vanessa Bergmann')}/invite",
        f"/people/{await visitor.id_of('Vanessa Bergmann')}/erase",
        "/approvals",
        "/approvals?which=mine",
        "/approvals/deputies",
        "/awards",
        f"/awards/{award}/propose",
        "/budgets",
        "/organisation/approvals",
        "/organisation/awards",
        f"/organisation/awards/{award}",
        "/imports",
        *[await _import(visitor, *rows) for rows in _LISTS],
        f"{await _carried_out(visitor)}/undo",
        *await _rewards(visitor),
        "/points",
        "/reports/points",
        "/organisation/points",
        *await _rotations(visitor, billing, person),
        *await _after(visitor),
    )
    return dict(zip(PAGES, addresses, strict=True))


async def _rotations(visitor: Visitor, department: str, person: str) -> list[str]:
    """The addresses of the published programme's pages, of its board, and of facts."""
    programme = await _first(visitor, "/programmes", "/programmes/", "Aufnahme und Abrechnung")
    plan = await _first(visitor, f"{programme}/plans", "/plans/", "")
    steps = [f"{programme}/{step}" for step in ("scope", "rules", "plans")]
    facts = [f"/programmes/hosting/{department}", f"/programmes/people/{person}"]
    mine = [
        "/rotations",
        "/rotations/wishes",
        await _first(visitor, f"/hosting/{department}", "/visits/", ""),
        f"/hosting/{department}",
    ]
    plans = [*steps, plan, f"{plan}/publication", f"{plan}/poster"]
    return ["/programmes", "/programmes/new", *plans, *facts, "/programmes/calendars", *mine, f"{programme}/repair"]


async def _after(visitor: Visitor) -> list[str]:
    """What comes after visits: feedback, the edge from registration to billing, ideas and a team at work."""
    said = (await visitor.ask("/api/v1/feedback"))["items"][0]["visit"]["id"]
    edges = (await visitor.ask("/api/v1/dependencies"))["items"]
    edge = next(
        e["id"] for e in edges if e["provider"]["code"] in ("PA", "PR") and e["customer"]["code"] in ("AB", "BI")
    )
    team = f"/improvements/{(await visitor.ask('/api/v1/improvements'))['items'][0]['id']}"
    return [
        *("/feedback", "/feedback?show=all", f"/feedback/{said}", f"/dependencies/{edge}", "/improvements"),
        *("/improvements/ideas", "/improvements/ideas/new", "/improvements/new", team, f"{team}/ending"),
    ]


async def _first(visitor: Visitor, page: str, prefix: str, words: str) -> str:
    """The address of the first link on a page that begins so and holds these words."""
    answer = await visitor.page.context.request.get(visitor.url + page)
    pattern = rf'href="({re.escape(prefix)}[0-9a-f-]{{36}})"[^>]*>\s*(?:<b>)?\s*{re.escape(words)}'
    found = re.search(pattern, await answer.text())
    assert found is not None, page
    return found[1]


async def _rewards(visitor: Visitor) -> list[str]:
    """The pages of rewards, with somebody's order and a reward that has codes."""
    offered = (await visitor.ask("/api/v1/rewards"))["items"]
    coffee = next(item["reward"]["id"] for item in offered if item["fulfilment"] == "codes")
    ordered = (await visitor.ask("/api/v1/fulfilment?show=requested"))["items"][0]["redemption"]["id"]
    return [
        *("/rewards", f"/rewards/{coffee}", "/redemptions", f"/redemptions/{ordered}", "/organisation/rewards"),
        *(f"/organisation/rewards/{coffee}", "/organisation/rewards/new", "/organisation/rewards/settings"),
        *("/fulfilment", "/payroll"),
    ]


# A list that waits for its columns, one with a difference, one with errors.
_LISTS = (
    (False, "neu@x.example,Nele Neumann,Abrechnung"),
    (True, "neu@x.example,Nele Neumann,Abrechnung"),
    (True, "neu,Nele Neumann,Nirgendwo"),
)


async def _import(visitor: Visitor, compare: bool, row: str) -> str:
    """The address of an import of one person that has come this far."""
    origin = {"Origin": visitor.url, "Sec-Fetch-Site": "same-origin"}
    request = visitor.page.context.request
    list_ = f"email,name,department\n{row}\n"
    answer = await request.post(f"{visitor.url}/api/v1/imports", data=list_, headers=origin)
    run = (await answer.json())["run"]["id"]
    if compare:
        await _do(visitor, f"/imports/{run}", "check", "checking")
    return f"/imports/{run}"


async def _carried_out(visitor: Visitor) -> str:
    """The same of an import that has changed something."""
    path = await _import(visitor, True, f"{uuid7()}@x.example,Tilda Tour,Abrechnung")
    await _do(visitor, path, "application", "applying")
    return path


async def _do(visitor: Visitor, path: str, what: str, busy: str) -> None:
    origin = {"Origin": visitor.url, "Sec-Fetch-Site": "same-origin"}
    await visitor.page.context.request.post(f"{visitor.url}/api/v1{path}/{what}", data={}, headers=origin)
    while (await visitor.ask(f"/api/v1{path}"))["run"]["state"] == busy:
        await visitor.page.wait_for_timeout(100)
