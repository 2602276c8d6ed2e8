"""Addresses that nobody was given: whatever stands where an id belongs, there is nothing, and nothing breaks."""

from __future__ import annotations

import re

from tests.api.test_policies import Route, routes
from tests.support.house import House
from tests.support.organisation import HELENE, NOBODY, TOMASZ, Person

FOR_ADMINISTRATORS = ("jobs.", "endpoints.")
LEAD_BACK = {
    *("/kudos/{kudos_id:str}/edit/preview", "/kudos/{kudos_id:str}/withdrawal"),
    "/feedback/{visit_id:str}/draft",
}
"""Pages that answer forms only: whoever asks for them is led to one."""


def _who(route: Route) -> Person:
    return TOMASZ if (route.policy or "").startswith(FOR_ADMINISTRATORS) else HELENE


async def test_where_an_id_is_none_there_is_nothing_and_nothing_breaks(house: House) -> None:
    wrong = []
    for route in routes(house.app):
        if "{" not in route.path or route.method == "HEAD":
            continue
        url = re.sub(r"{[^}]+}", "not-an-id", route.path)
        browser = house.browser(_who(route))
        if route.method == "GET":
            answer = await browser.get(f"{url}?person=none&host=none")  # some ask for these
        elif route.is_page:
            answer = await browser.post(url, data={"reason": "Why not."})
        else:
            answer = await browser.request(route.method, url, json={})
        expected = 303 if route.path in LEAD_BACK else 404
        if answer.status_code >= 500 or (route.method == "GET" and answer.status_code != expected):
            wrong.append((route.method, route.path, answer.status_code))
    assert wrong == []


async def test_odd_page_markers_and_filters_break_no_list(house: House) -> None:
    wrong = []
    for route in routes(house.app):
        if route.method != "GET" or "{" in route.path or route.policy in ("public", "visitor", "events.read"):
            continue
        for odd in ("%00", f"{NOBODY}~%00", "9" * 40, "%ed%a0%80"):
            for names in (("after", "before", "q", "kind", "show", "person", "month"), ("after",)):
                asked = "&".join(f"{name}={odd}" for name in names)
                answer = await house.browser(_who(route)).get(f"{route.path}?{asked}")
                if answer.status_code >= 500:
                    wrong.append((route.path, asked))
    assert wrong == []
