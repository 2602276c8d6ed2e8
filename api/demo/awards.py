"""Awards in the demo hospital: one programme, budgets, proposals that wait for the manager one can be, two granted."""

from __future__ import annotations

from api.approvals import service as approvals
from api.approvals.kinds import use_kinds
from api.awards.programmes import write_programme
from api.awards.service import KIND, nominate
from api.cases import CASES
from api.core import database
from api.core.clock import DAY, HOUR, now
from api.core.ids import uuid7
from api.demo.cast import actor, decide, on_stage
from api.demo.generate import Demo
from api.points.records import rules as present_rules
from api.points.service import fund_budget

BUDGET = 2_000
_AWARD = {
    "name_de": "Über den Tellerrand",
    "name_en": "Beyond one’s own desk",
    "text_de": "Für alle, die einer anderen Abteilung aus der Klemme geholfen haben.",
    "text_en": "For everyone who helped another department out of a tight spot.",
    "criteria_de": "Die Hilfe ging über die eigene Aufgabe hinaus und hat bei anderen etwas verändert.",
    "criteria_en": "The help went beyond one’s own job and changed something for others.",
    "from_day": "",
    "until_day": "",
    "nominators": "everyone",
    "points": 300,
    "approvals": 1,
}
_GRANTED = (
    (
        "Priya Raman", "Jonas Weber",
        "Jonas hat mit uns drei Abende lang die alten Fallpauschalen geprüft, obwohl das nie seine Aufgabe war. "
        "Seitdem kommen halb so viele Rückfragen der Kassen.",
    ),
    (
        "Aylin Demir", "Yusuf Kaya",
        "Yusuf hat für jede Aufnahme eine kurze Liste geschrieben, welche Angaben uns fehlen. Im Oktober ging zum "
        "ersten Mal keine Rechnung zurück.",
    ),
)  # fmt: skip
_WAITING = (
    (
        "Tomasz Nowak", "Aylin Demir",
        "Sie ist geblieben, bis die letzte der 212 Rechnungen durch war, und hat am Montag aufgeschrieben, woran es "
        "lag. So konnten wir die Schnittstelle richten.",
    ),
    (
        "Yusuf Kaya", "Meike Brüning",
        "Meike saß zwei Vormittage bei uns am Tresen und hat gezeigt, was eine gute Kostenübernahme ausmacht.",
    ),
    (
        "Katharina Brandt", "Yusuf Kaya",
        "Yusuf springt ein, wenn bei uns die Nachfragen überhandnehmen, und bleibt dabei freundlich wie am Morgen.",
    ),
)  # fmt: skip


async def put_awards(demo: Demo) -> None:
    """Store them in the running transaction, by the verbs that people use."""
    use_kinds(CASES)

    async def propose(giver: str, person: str, words: str) -> str:
        nomination_id, _fresh = await nominate(
            actor=await actor(demo.person(giver).id),
            programme_id=award_id,
            person_id=demo.person(person).id,
            message=words,
        )
        case = await approvals.open_case(kind=KIND, subject_id=nomination_id)
        assert case is not None
        return case

    with on_stage(demo, "awards") as stage:
        stage.ago(20 * DAY)
        hr = await actor(demo.hr.id)
        award_id = (await write_programme(actor=hr, fields=_AWARD, programme_id=uuid7())).id
        periods = set()
        for moment in (0, DAY):  # a period may have begun in between
            stage.ago(moment)
            periods.add((await present_rules()).budget_period_of(now()).key)
        for row in await database.fetch("SELECT id FROM department ORDER BY position"):
            for period in sorted(periods):
                await fund_budget(actor=hr, department_id=row["id"], period=period, points=BUDGET)
        for giver, person, words in _GRANTED:
            await decide(await propose(giver, person, words))
        for hours, (giver, person, words) in zip((19, 6, 2), _WAITING, strict=True):
            stage.ago(hours * HOUR)
            await propose(giver, person, words)
