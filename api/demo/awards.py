"""Awards in the demo hospital: one programme, budgets, proposals that wait for the manager one can be, two granted.

By the verbs that people use, a moment ago; everything else of the demo is older.
"""

from __future__ import annotations

from api.approvals import service as approvals
from api.approvals import steps
from api.approvals.kinds import use_kinds
from api.approvals.rules import Decision
from api.awards.programmes import write_programme
from api.awards.queries import today_of
from api.awards.rules import period_of
from api.awards.service import KIND, nominate
from api.cases import CASES
from api.core import database
from api.core.access.actor import Actor
from api.core.access.actors import roles_of
from api.core.ids import uuid7
from api.demo.known import DOMAIN
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
        "priya.raman", "jonas.weber", "katharina.brandt",
        "Jonas hat mit uns drei Abende lang die alten Fallpauschalen geprüft, obwohl das nie seine Aufgabe war. "
        "Seitdem kommen halb so viele Rückfragen der Kassen.",
    ),
    (
        "aylin.demir", "yusuf.kaya", "miriam.okafor",
        "Yusuf hat für jede Aufnahme eine kurze Liste geschrieben, welche Angaben uns fehlen. Im Oktober ging zum "
        "ersten Mal keine Rechnung zurück.",
    ),
)  # fmt: skip
_WAITING = (
    (
        "tomasz.nowak", "aylin.demir",
        "Sie ist geblieben, bis die letzte der 212 Rechnungen durch war, und hat am Montag aufgeschrieben, woran es "
        "lag. So konnten wir die Schnittstelle richten.",
    ),
    (
        "yusuf.kaya", "meike.bruening",
        "Meike saß zwei Vormittage bei uns am Tresen und hat gezeigt, was eine gute Kostenübernahme ausmacht.",
    ),
    (
        "katharina.brandt", "yusuf.kaya",
        "Yusuf springt ein, wenn bei uns die Nachfragen überhandnehmen, und bleibt dabei freundlich wie am Morgen.",
    ),
)  # fmt: skip


@database.transaction
async def load_awards() -> None:
    """Add them to the hospital that `load_demo` has stored."""
    use_kinds(CASES)
    hr = await actor_known("nadine.vogt")
    award_id = await write_programme(actor=hr, fields=_AWARD, programme_id=uuid7())
    period = period_of(today_of(hr)).name
    for row in await database.fetch("SELECT id FROM department ORDER BY position"):
        await fund_budget(actor=hr, department_id=row["id"], period=period, points=BUDGET)
    for giver, person, head, words in _GRANTED:
        case = await _propose(award_id, giver, person, words)
        made = await approvals.decide(
            actor=await actor_known(head), approval_ids=[case], decision=Decision.APPROVE, undo_seconds=0
        )
        await steps.settle(case, made.id)
    for giver, person, words in _WAITING:
        await _propose(award_id, giver, person, words)


async def _propose(award_id: str, giver: str, person: str, words: str) -> str:
    actor, nominee = await actor_known(giver), await actor_known(person)
    nomination_id, _fresh = await nominate(actor=actor, programme_id=award_id, person_id=nominee.id, message=words)
    case = await approvals.open_case(kind=KIND, subject_id=nomination_id)
    assert case is not None
    return case


async def actor_known(handle: str) -> Actor:
    """Somebody whom one meets in every demo, as services get them."""
    row = await database.fetch_one(
        """SELECT p.*, d.code_de, d.name_de, d.hue, o.name AS house, o.time_zone AS house_zone,
            EXISTS (SELECT 1 FROM person r WHERE r.manager_id = p.id) AS leads
        FROM person p JOIN department d ON d.id = p.department_id CROSS JOIN organisation o WHERE p.email = {}""",
        f"{handle}@{DOMAIN}",
    )
    assert row is not None
    return Actor(
        id=row["id"],
        name=row["name"],
        email=row["email"],
        department_id=row["department_id"],
        department_code=row["code_de"],
        department_name=row["name_de"],
        department_hue=row["hue"],
        roles=roles_of(row["roles"], leads=bool(row["leads"])),
        language="de",
        time_zone=row["house_zone"],
        theme="",
        directory_revision=0,
        demo=True,
        organisation=row["house"],
    )
