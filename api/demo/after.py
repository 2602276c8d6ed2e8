"""After the visits of the demo: feedback from both sides, errors before and after, ideas, two improvement teams."""

from __future__ import annotations

from datetime import timedelta

from api.core import database
from api.core.clock import DAY, HOUR, WEEK, utc
from api.core.database import Row
from api.core.ids import position, uuid7
from api.demo.cast import actor, on_stage
from api.demo.generate import Demo
from api.demo.known import DOMAIN
from api.improvements.rules import LONGEST
from api.kudos.service import give_kudos

Error = tuple[str, int, str, int | None, int | None, bool]
"""What, how often, per what, minutes, cents, whether from the host to the visitor's department."""

# What registration saw in billing, what billing saw in registration, and what their hosts wrote.
FROM_REGISTRATION: tuple[tuple[str, str, tuple[Error, ...]], ...] = (
    (
        "Ich wusste nicht, dass eine fehlende Versichertennummer drei Anrufe und zwei Wochen bedeutet. Bei uns ist es "
        "ein leeres Feld.",
        "Wir fragen bei der Entlassung noch einmal nach der Karte.",
        (("Versichertennummer fehlt", 6, "week", 25, None, False), ("Kostenträger veraltet", 3, "week", 40, None, False)),
    ),
    (
        "Katharina hat mir eine Rechnung gezeigt, die viermal zurückkam. Der Fehler war mein Kürzel.",
        "",
        (("Kürzel statt Station eingetragen", 2, "week", 10, None, False),),
    ),
    ("Wie ruhig hier alle bleiben, obwohl jede dritte Akte eine Rückfrage braucht.", "Rückfragen sammeln wir künftig.", ()),
    (
        "Dass die Abrechnung unsere Notizen gar nicht sieht. Wir schreiben sie seit Jahren in das falsche Feld.",
        "Notizen kommen ab jetzt in das Feld, das die Abrechnung liest.",
        (("Notiz im falschen Feld", 2, "day", 5, None, False),),
    ),
)  # fmt: skip
FROM_BILLING: tuple[tuple[str, str, tuple[Error, ...]], ...] = (
    (
        "Alle vier Minuten jemand am Tresen, und jeder hat Schmerzen oder Angst. Ich hätte das Feld auch leer gelassen.",
        "Wir schicken Rückfragen gesammelt um elf, nicht mehr einzeln in die Stoßzeit.",
        (("Anrufe mitten in der Stoßzeit", 4, "day", 6, None, True),),
    ),
    ("Wie viel die Aufnahme auffängt, bevor es zu uns kommt.", "", ()),
    (
        "Der Kartenleser fällt jeden Morgen aus, und niemand bei uns wusste das.",
        "Wir melden es gemeinsam bei der IT.",
        (("Kartenleser liest Karte nicht", 5, "day", 3, None, False),),
    ),
)
FROM_HOSTS = (
    "Viele kluge Fragen. Wir erklären zu selten, wofür wir ein Feld brauchen.",
    "Unser Merkblatt war zwei Jahre alt. Das ist erst beim Erklären aufgefallen.",
)
REPORTED = ("Versichertennummer fehlt", "Kostenträger veraltet", "Geburtsdatum vertauscht", "Station nicht eingetragen")
IDEAS = (
    (
        "yusuf.kaya", 9, "Ein Merkblatt am Tresen: welches Feld kostet wen was",
        "Auf einer halben Seite, mit dem Bild einer Rechnung, die zurückkam.",
    ),
    (
        "meike.bruening", 5, "Rückfragen der Abrechnung gesammelt um elf Uhr",
        "In der Stoßzeit von acht bis zehn ruft niemand mehr einzeln an. Was eilig ist, bleibt eilig.",
    ),
    ("tomasz.nowak", 3, "Der Kartenleser meldet sich selbst, wenn er ausfällt", ""),
)  # fmt: skip
THANKS = (
    "Ihr habt in acht Wochen geschafft, was wir seit Jahren vor uns hergeschoben haben: Aufnahme und Abrechnung lesen "
    "jetzt dasselbe Feld. Die Patientinnen und Patienten bekommen eine Rechnung statt dreier Anrufe. Danke Euch allen."
)


async def arrange_after(until: int) -> None:
    """Store them in the running transaction; nothing without visits that took place between the two."""
    visits = await database.fetch(
        """SELECT v.id, v.person_id, v.home_id, v.host_id, COALESCE(v.buddy_id, o.manager_id) AS hosted_by, v.ends_at,
            h.code_en AS home, p.email
        FROM visit v JOIN department h ON h.id = v.home_id JOIN department o ON o.id = v.host_id
        JOIN person p ON p.id = v.person_id WHERE v.state = 'done' ORDER BY v.starts_at, h.code_en"""
    )
    edge = await database.fetch_one(
        """SELECT e.provider_id, e.customer_id FROM dependency e JOIN department p ON p.id = e.provider_id
        JOIN department c ON c.id = e.customer_id WHERE p.code_en = 'PR' AND c.code_en = 'BI'"""
    )
    if not visits or edge is None:
        return
    ends = (edge["provider_id"], edge["customer_id"])
    said = {"PR": iter(FROM_REGISTRATION), "BI": iter(FROM_BILLING)}
    hosts = iter(FROM_HOSTS)
    for visit in visits:
        words = None if visit["email"] == f"aylin.demir@{DOMAIN}" else next(said.get(visit["home"], iter(())), None)
        if words is not None:
            await _feedback(visit, visit["person_id"], "visitor", *words)
        host = next(hosts, None)
        if host is not None and visit["hosted_by"]:
            await _feedback(visit, visit["hosted_by"], "host", host, "", ())
    await _reports(ends, visits, until)
    people = {
        row["email"].partition("@")[0]: row["id"]
        for row in await database.fetch("SELECT id, email FROM person WHERE deactivated_at IS NULL ORDER BY search")
    }
    for number, (author, supports, title, words_) in enumerate(IDEAS):
        supporters = [one for one in people.values() if one != people[author]][7 * number :][:supports]
        await _idea(people[author], title, words_, ends, until - (3 + 4 * number) * DAY, supporters)
    await _teams(people, ends, until)


async def _feedback(
    visit: Row, author: str, side: str, surprised: str, will_change: str, errors: tuple[Error, ...]
) -> None:
    at = visit["ends_at"] + 20 * HOUR
    feedback_id = uuid7(at)
    await database.execute(
        """INSERT INTO visit_feedback (id, visit_id, author_id, side, surprised, will_change, state, changed_at, sent_at)
        VALUES ({}, {}, {}, {}, {}, {}, 'sent', {}, {})""",
        *(feedback_id, visit["id"], author, side, surprised, will_change, at, at),
    )
    for what, times, per, minutes, cents, reverse in errors:
        ends = (visit["host_id"], visit["home_id"]) if reverse else (visit["home_id"], visit["host_id"])
        await _error(feedback_id, author, ends, what, times, per, minutes, cents, at)


async def _error(feedback_id: str | None, author: str, ends: tuple[str, str], what: str, *rest: object) -> None:
    await database.execute(
        """INSERT INTO error_report (id, feedback_id, author_id, provider_id, customer_id, what, times, per, minutes,
            cents, at) VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})""",
        *(uuid7(), feedback_id, author, *ends, what, *rest),
    )


async def _reports(ends: tuple[str, str], visits: list[Row], until: int) -> None:
    """Errors from everyday work: many before the visits, few after."""
    first, last = visits[0]["ends_at"] - WEEK, visits[-1]["ends_at"]
    author = next(visit["person_id"] for visit in visits if visit["home"] == "BI")
    moments = [first - DAY - number * 3 * DAY for number in range(17)]
    moments += [at for number in (2, 4, 5) if (at := first + WEEK * number) < last]
    moments += [last + WEEK * number + 2 * DAY for number in (1, 2, 4, 6)]
    for number, at in enumerate(moments):
        if at < until:
            await _error(None, author, ends, REPORTED[number % 4], 1, "once", 20 + 5 * (number % 3), None, at)


async def _idea(
    author: str, title: str, words: str, ends: tuple[str, str], at: int, supporters: list[str], team: str | None = None
) -> None:
    idea_id = uuid7(at)
    await database.execute(
        """INSERT INTO idea (id, position, author_id, title, words, state, supports, team_id, provider_id, customer_id)
        VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {})""",
        *(idea_id, position(at), author, title[: LONGEST["title"]], words, "team" if team else "open"),
        *(len(supporters), team, *ends),
    )
    await database.execute_many(
        "INSERT INTO idea_support (idea_id, person_id) VALUES ({}, {})", [(idea_id, one) for one in supporters]
    )


async def _teams(people: dict[str, str], ends: tuple[str, str], until: int) -> None:
    """One at work, one that has finished; the thanks to that come later, see `thank_the_team`."""
    lead, registration = people["katharina.brandt"], people["miriam.okafor"]
    running = await _team(
        *("Versichertennummer beim ersten Kontakt", until - 24 * DAY, lead, ends, ""),
        "Keine Rechnung kommt mehr zurück, weil die Versichertennummer fehlt.",
        ("Zurückgewiesene Rechnungen", "pro Woche"),
        [lead, registration, people["yusuf.kaya"], people["aylin.demir"], people["tomasz.nowak"]],
        [(24, 19.0), (17, 17.0), (10, 12.0), (3, 9.0)],
        until,
    )
    await _idea(
        *(people["yusuf.kaya"], "Bei der Entlassung noch einmal nach der Karte fragen", "", ends, until - 30 * DAY),
        [people["aylin.demir"], people["jonas.weber"], registration],
        running,
    )
    steps: tuple[tuple[str, str | None, int, int | None], ...] = (
        ("Eine Woche lang zählen, woran es liegt", people["aylin.demir"], -20, -18),
        ("Schild am Tresen: Haben Sie Ihre Karte dabei?", people["yusuf.kaya"], -12, -11),
        ("Pflichtfeld in der Aufnahmemaske erproben", people["tomasz.nowak"], 6, None),
        ("Notaufnahme fragen, wie es nachts geht", registration, 13, None),
        ("Noch einmal zwei Wochen zählen", None, 0, None),
    )
    for number, (what, person, by, done) in enumerate(steps):
        day = (utc(until).date() + timedelta(days=by)).isoformat() if by else ""
        await database.execute(
            """INSERT INTO improvement_step (id, team_id, what, person_id, by_day, made_at, done_at, done_by)
            VALUES ({}, {}, {}, {}, {}, {}, {}, {})""",
            *(uuid7(), running, what, person, day, until - (23 - number) * DAY),
            *(None if done is None else until + done * DAY, None if done is None else person),
        )
    await _team(
        *("Notizen, die beide lesen", until - 52 * DAY, lead, ends),
        "Die Aufnahme schreibt ihre Notiz jetzt in das Feld, das die Abrechnung liest. Rückfragen dazu gibt es fast "
        "keine mehr.",
        "Was die Aufnahme notiert, kommt in der Abrechnung an.",
        ("Rückfragen zu Notizen", "pro Woche"),
        [lead, registration, people["meike.bruening"], people["yusuf.kaya"]],
        [(52, 14.0), (30, 6.0), (2, 2.0)],
        until,
    )


async def _team(
    name: str,
    at: int,
    lead: str,
    ends: tuple[str, str],
    result: str,
    goal: str,
    measure: tuple[str, str],
    members: list[str],
    values: list[tuple[int, float]],
    until: int,
) -> str:
    team_id = uuid7(at)
    state, ended = ("ended", until - 2 * DAY) if result else ("running", None)
    await database.execute(
        """INSERT INTO improvement_team (id, position, name, goal, measure, unit, better, state, lead_id, founded_by,
            founded_at, result, ended_at, provider_id, customer_id)
        VALUES ({}, {}, {}, {}, {}, {}, 'less', {}, {}, {}, {}, {}, {}, {}, {})""",
        *(team_id, position(at), name, goal, *measure, state, lead, lead, at, result, ended, *ends),
    )
    await database.execute_many(
        "INSERT INTO improvement_member (team_id, person_id, joined_at) VALUES ({}, {}, {})",
        [(team_id, one, at) for one in members],
    )
    await database.execute_many(
        "INSERT INTO improvement_value (team_id, day, value) VALUES ({}, {}, {})",
        [(team_id, utc(until - days * DAY).date().isoformat(), value) for days, value in values],
    )
    return team_id


async def thank_the_team(demo: Demo) -> None:
    """The team that has finished is thanked by whoever leads it, as it ends."""
    team = await database.fetch_one("SELECT id, lead_id FROM improvement_team WHERE state = 'ended'")
    if team is None:
        return
    others = await database.fetch(
        "SELECT person_id FROM improvement_member WHERE team_id = {} AND person_id <> {}", team["id"], team["lead_id"]
    )
    with on_stage(demo, "teams") as stage:
        stage.ago(2 * DAY)
        kudos_id, _fresh = await give_kudos(
            actor=await actor(team["lead_id"]),
            recipients=[row["person_id"] for row in others],
            message=THANKS,
            value=None,
            private=False,
            undo_seconds=0,
        )
    await database.execute("UPDATE improvement_team SET kudos_id = {} WHERE id = {}", kudos_id, team["id"])
