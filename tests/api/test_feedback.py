"""Feedback after a visit: asked for once, a draft that nobody sees, sent to the other side; then an idea."""

from __future__ import annotations

from typing import Any

from api.core import database
from api.core.clock import DAY, HOUR, WEEK
from api.core.ids import uuid7
from api.improvements import privacy as improvements_privacy
from api.notifications.fanout import tell_all
from api.rotations import feedback_privacy
from api.rotations.effect import edge_effect
from api.rotations.effect_rules import LEVEL, compare, span
from api.rotations.feedback_rules import CHANGE_DAYS
from tests.support.house import House, refusal
from tests.support.organisation import (
    AYLIN,
    BILLING,
    BRITTA,
    DEPENDENCY,
    HELENE,
    JONAS,
    KATHARINA,
    MIRIAM,
    OPENED_AT,
    REGISTRATION,
    Person,
    add_person,
)
from tests.support.told import shown, told
from tests.support.visits_done import visits_done

API = "/api/v1"
SAID = {
    "surprised": "How long a case lies when the insurer is missing.",
    "will_change": "We ask for the card again at discharge. It takes a minute.",
    "errors": [
        {"what": "Insurance number missing", "times": 3, "per": "week", "minutes": 25},
        {"what": "  "},
        {"what": "Letters answered late", "times": 1, "per": "month", "cents": 4200, "reverse": True},
    ],
}


async def ask(house: House, person: Person, method: str, path: str, status: int = 200, **more: Any) -> Any:
    answer = await house.browser(person).request(method, API + path, **more)
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content and status < 400 else answer


async def test_both_sides_are_asked_once_and_read_what_the_other_sent(house: House) -> None:
    (visit,) = await visits_done((JONAS, AYLIN, KATHARINA))
    path = f"/past-visits/{visit}/feedback"
    await tell_all()
    await tell_all()
    assert await told() == {"Jonas": ["feedback"], "Katharina": ["feedback"]}
    (item,) = await shown(house, JONAS)
    assert item["text"] == "How was the visit to Billing? Two minutes are enough"
    assert item["url"] == f"/feedback/{visit}"
    (item,) = await shown(house, KATHARINA)
    assert item["text"] == "How was the visit of Jonas Weber? Two minutes are enough"

    # A draft is the author's own, also against HR
    draft = await ask(house, JONAS, "PUT", path, json={"surprised": "How lo"})
    assert (draft["visit"]["side"], draft["visit"]["mine"], draft["mine"]["surprised"]) == (
        "visitor",
        "draft",
        "How lo",
    )
    for person in (KATHARINA, HELENE):
        assert (await ask(house, person, "GET", path))["others"] == []
    for person in (AYLIN, MIRIAM, BRITTA):
        await ask(house, person, "GET", path, 404)
        await ask(house, person, "PUT", path, 404, json={})

    empty = refusal(await house.browser(KATHARINA).post(API + path, json={"errors": [{"what": " "}]}), 422)
    assert set(empty) == {"surprised"}
    wrong = {"errors": [{"what": "x"}, {"what": "y" * 201, "minutes": -1}], "surprised": "a"}
    assert set(refusal(await house.browser(KATHARINA).post(API + path, json=wrong), 422)) == {
        "errors.1.what",
        "errors.1.minutes",
    }
    sent = await ask(house, JONAS, "POST", path, 201, json={**SAID, "idea": True})
    assert [(one["what"], one["provider"]) for one in sent["mine"]["errors"]] == [
        ("Insurance number missing", REGISTRATION.id),
        ("Letters answered late", BILLING.id),
    ]
    await ask(house, JONAS, "PUT", path, 409, json=SAID)
    await tell_all()
    assert await told() == {"Katharina": ["feedback", "feedback"]}, "whoever has answered is not asked any more"
    for person in (KATHARINA, HELENE):
        (theirs,) = (await ask(house, person, "GET", path))["others"]
        assert (theirs["author"]["id"], theirs["surprised"]) == (JONAS.id, SAID["surprised"])
    listed = await ask(house, HELENE, "GET", "/feedback")
    assert [(one["said"]["side"], one["visit"]["id"]) for one in listed["items"]] == [("visitor", visit)]
    await ask(house, KATHARINA, "GET", "/feedback", 404)
    mine = await ask(house, KATHARINA, "GET", "/past-visits")
    assert [(one["side"], one["visitor_sent"], one["host_sent"]) for one in mine["items"]] == [("host", True, False)]

    # What they will change is an idea that everybody reads, once
    (idea,) = (await ask(house, BRITTA, "GET", "/ideas"))["items"]
    assert (idea["title"], idea["from_visit"]) == ("We ask for the card again at discharge", True)
    assert idea["words"] == SAID["will_change"]
    assert (idea["edge"]["provider"]["id"], idea["edge"]["customer"]["id"]) == (REGISTRATION.id, BILLING.id)
    assert sent["mine"]["idea"] == idea["id"]


async def test_what_was_sent_can_be_changed_for_two_weeks_and_says_so(house: House) -> None:
    (visit,) = await visits_done((JONAS, AYLIN, KATHARINA))
    path = f"/past-visits/{visit}/feedback"
    await ask(house, JONAS, "PATCH", path, 409, json=SAID)
    sent = (await ask(house, JONAS, "POST", path, 201, json={**SAID, "idea": True}))["mine"]
    house.clock.forward(CHANGE_DAYS * DAY - HOUR)
    await ask(house, KATHARINA, "PATCH", path, 409, json=SAID)
    await ask(house, MIRIAM, "PATCH", path, 404, json=SAID)
    assert set(refusal(await house.browser(JONAS).patch(API + path, json={}), 422)) == {"surprised"}
    changed = (await ask(house, JONAS, "PATCH", path, json={"surprised": "How few ask."}))["mine"]
    assert (sent["edited"], changed["edited"], changed["sent_at"]) == (False, True, sent["sent_at"])
    assert (changed["surprised"], changed["errors"], changed["idea"]) == ("How few ask.", [], sent["idea"])
    (theirs,) = (await ask(house, KATHARINA, "GET", path))["others"]
    assert (theirs["surprised"], theirs["edited"]) == ("How few ask.", True)
    house.clock.forward(2 * HOUR)
    await ask(house, JONAS, "PATCH", path, 409, json=SAID)


async def test_past_visits_come_in_pages(house: House) -> None:
    ids = await visits_done(*[(JONAS, AYLIN, KATHARINA)][:1], (MIRIAM, AYLIN, KATHARINA), at=OPENED_AT - 9 * DAY)
    first = await ask(house, KATHARINA, "GET", "/past-visits?limit=1")
    second = await ask(house, KATHARINA, "GET", f"/past-visits?limit=1&before={first['next']}")
    assert [one["id"] for page in (first, second) for one in page["items"]] == ids[::-1]
    assert second["next"] is None
    refusal(await house.browser(KATHARINA).get(f"{API}/past-visits?before=17"), 422)
    for visit in ids:
        await ask(house, KATHARINA, "POST", f"/past-visits/{visit}/feedback", 201, json={"surprised": "Much."})
    first = await ask(house, HELENE, "GET", "/feedback?limit=1")
    second = await ask(house, HELENE, "GET", f"/feedback?limit=1&before={first['next']}")
    assert [one["visit"]["id"] for page in (first, second) for one in page["items"]] == ids[::-1]


def test_what_is_called_a_change() -> None:
    # p of 2 x P(X <= few) for Binomial(total, 1/2)
    expected = [
        (0, 0, "few", 1),
        (1, 8, "few", 25),
        (0, 10, "more", 512),
        (2, 8, "chance", 9),
        (5, 5, "chance", 1),
        (20, 6, "less", 106),
        (300, 300, "chance", 1),
        (4_000, 100, "less", 1_000),
    ]
    assert [(b, a, compare(b, a).verdict, compare(b, a).odds) for b, a, *_rest in expected] == expected
    assert LEVEL < 0.02


def test_only_whole_and_equal_stretches_are_compared() -> None:
    start = OPENED_AT - 20 * WEEK  # a Monday
    for weeks_after, weeks in ((3, 0), (4, 4), (7, 7), (30, 12)):
        found = span(start + DAY, start + 2 * WEEK, start + (3 + weeks_after) * WEEK)
        assert (found.weeks, found.visits_until - found.visits_from) == (weeks, 21), weeks_after
        assert found.visits_from - found.first == 7 * max(weeks, 4)


async def test_the_edge_before_and_after(house: House) -> None:
    path = f"/dependencies/{DEPENDENCY}/effect"
    nothing = await ask(house, BRITTA, "GET", path)
    assert (nothing["programme"], nothing["visits"], nothing["weeks"], nothing["thanks_change"]) == ("", 0, 0, None)
    start = OPENED_AT - 8 * WEEK
    (visit, *_others) = await visits_done(
        (JONAS, AYLIN, KATHARINA), (MIRIAM, AYLIN, KATHARINA), (AYLIN, JONAS, MIRIAM), at=start
    )
    for week, thanks in ((-2, 1), (-1, 0), (0, 4), (2, 6), (3, 7)):
        day = (start + week * WEEK) // DAY
        await database.execute(
            """INSERT INTO edge_week (giver_department_id, recipient_department_id, week, thanks)
            VALUES ({}, {}, {}, {})""",
            *(BILLING.id, REGISTRATION.id, day, thanks),
        )
    await ask(house, JONAS, "POST", f"/past-visits/{visit}/feedback", 201, json=SAID)
    await ask(house, MIRIAM, "POST", f"/dependencies/{DEPENDENCY}/errors", 201, json={"what": "Wrong insurer"})
    await ask(house, BRITTA, "POST", f"/dependencies/{DEPENDENCY}/errors", 403, json={"what": "Wrong insurer"})
    house.clock.forward(WEEK)
    found = await ask(house, BRITTA, "GET", path)
    assert (found["visits"], found["weeks"]) == (3, 8)
    change = {"before": 1, "after": 13, "verdict": "more", "odds": 546}
    assert found["thanks_change"] == change, "those in the weeks of the visits count on neither side"
    assert found["reported_change"] == {"before": 0, "after": 1, "verdict": "few", "odds": 1}
    assert (found["found"], found["minutes_a_month"]) == (1, 325)
    assert found["errors"] is None
    assert found["may_report"] is False
    assert [one["people"] for one in found["coverage"]] == [None, None], "so few that numbers would be names"
    own = await ask(house, AYLIN, "GET", path)
    assert [(one["what"], one["after_visit"]) for one in own["errors"]] == [
        ("Wrong insurer", False),
        ("Insurance number missing", True),
    ]
    for number in range(40, 43):
        await add_person(Person(number, f"Extra Person{number}", REGISTRATION))
    provider, customer = (await ask(house, AYLIN, "GET", path))["coverage"]
    assert (provider["people"], provider["before"], provider["now"]) == (5, 0, 2)
    assert customer["now"] is None


async def test_errors_are_counted_however_many_there_are(house: House) -> None:
    (visit, *_others) = await visits_done((JONAS, AYLIN, KATHARINA), at=OPENED_AT - 8 * WEEK)
    await ask(house, JONAS, "POST", f"/past-visits/{visit}/feedback", 201, json=SAID)
    (feedback,) = await database.fetch("SELECT id FROM visit_feedback")
    await database.execute_many(
        """INSERT INTO error_report
            (id, feedback_id, author_id, provider_id, customer_id, what, times, per, minutes, at)
        VALUES ({}, {}, {}, {}, {}, 'Again', 2, {}, {}, {})""",
        [
            (uuid7(), found_in, JONAS.id, REGISTRATION.id, BILLING.id, "week" if number % 2 else "month", 3, at)
            for number in range(600)
            for found_in, at in ((feedback["id"], OPENED_AT - WEEK), (None, OPENED_AT - number % 3 * WEEK))
        ],
    )
    house.clock.forward(WEEK)
    found = await ask(house, AYLIN, "GET", f"/dependencies/{DEPENDENCY}/effect")
    assert [count for count in found["reported"] if count] == [200, 200, 200]
    assert found["found"] == 601
    assert found["minutes_a_month"] == 325 + 300 * 6 + 300 * 6 * 52 // 12
    assert len(found["errors"]) == 12


async def test_an_edge_costs_few_statements(house: House) -> None:
    await visits_done((JONAS, AYLIN, KATHARINA))
    for person in (BRITTA, AYLIN):
        actor = await house.actor(person)
        with database.count_statements() as counted:
            await edge_effect(actor, DEPENDENCY)
        assert counted.n <= 6


async def test_whoever_is_erased_is_found_in_no_words(house: House) -> None:
    """Their own words go; in the words of others their name does; counts stay."""
    visit, other = await visits_done((JONAS, AYLIN, KATHARINA), (MIRIAM, AYLIN, KATHARINA))
    named = {"surprised": "Jonas Weber knows it all.", "will_change": "Ask @Jonas Weber.", "idea": True}
    await ask(house, JONAS, "POST", f"/past-visits/{visit}/feedback", 201, json={**SAID, "surprised": "zitrusplant"})
    await ask(house, JONAS, "POST", f"/dependencies/{DEPENDENCY}/errors", 201, json={"what": "zitrusplant"})
    await ask(house, JONAS, "POST", "/ideas", 201, json={"title": "zitrusplant", "words": "zitrusplant"})
    error = {"what": "Jonas Weber forgets", "minutes": 5}
    await ask(house, MIRIAM, "POST", f"/past-visits/{other}/feedback", 201, json={**named, "errors": [error]})
    (idea, *_own) = (await ask(house, JONAS, "GET", "/ideas"))["items"]
    await ask(house, JONAS, "PUT", f"/ideas/{idea['id']}/support", 204)
    team = {"name": "For Jonas Weber", "goal": "As Jonas Weber says.", "measure": "Bills", "members": [JONAS.id]}
    made = await ask(house, KATHARINA, "POST", "/improvements", 201, json={**team, "members": [JONAS.id, KATHARINA.id]})
    path = f"/improvements/{made['id']}/steps"
    await ask(house, KATHARINA, "POST", path, 201, json={"what": "Jonas Weber draws it", "person": JONAS.id})

    about = {**await feedback_privacy.about(JONAS.id), **await improvements_privacy.about(JONAS.id)}
    assert [(one["surprised"], one["state"]) for one in about["feedback"]] == [("zitrusplant", "sent")]
    assert [len(about[name]) for name in ("errors", "ideas", "supported", "teams", "steps")] == [3, 1, 1, 1, 1]
    await feedback_privacy.erase(JONAS.id)
    await improvements_privacy.erase(JONAS.id)
    tables = ("visit_feedback", "error_report", "idea", "improvement_team", "improvement_step")
    words = [str(tuple(row)) for table in tables for row in await database.fetch(f"SELECT * FROM {table}")]
    assert [row for row in words if "zitrus" in row or "Jonas" in row or "Weber" in row] == []
    assert len(words) == 2 + 4 + 2 + 1 + 1
    assert [one["supports"] for one in (await ask(house, KATHARINA, "GET", "/ideas"))["items"]] == [0, 0]
    seen = await ask(house, KATHARINA, "GET", f"/improvements/{made['id']}")
    assert ([one["person"]["id"] for one in seen["members"]], seen["steps"][0]["person"]) == ([KATHARINA.id], None)
