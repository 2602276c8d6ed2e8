"""Answers to visits in the demo: somebody comes, somebody cannot, one waits for the person one can sign in as."""

from __future__ import annotations

from api.approvals.kinds import use_kinds
from api.cases import CASES
from api.core import database
from api.core.clock import DAY, utc
from api.demo.known import DOMAIN
from api.rotations.cases import ask_about
from api.rotations.noting import note_answer

FIRST = (("BI", "aylin.demir", "PR", "yusuf.kaya"), ("BI", "jonas.weber", "PR", ""), ("BI", "meike.bruening", "PR", ""))
"""Who has the first swaps, of billing and of registration; of the rest it does not matter."""
WELCOMES = {
    "PR": ("Haupteingang, Tresen 2", "Hausausweis. Der Zugang zum Aufnahmesystem ist freigeschaltet.", "Datenschutz"),
    "BI": ("Verwaltung, 2. Stock, Zimmer 214", "Hausausweis, am Empfang abholen.", "Datenschutz"),
}
REASON = "In dieser Woche ist meine Prüfung. An einem anderen Termin komme ich gern."


async def arrange_answers(until: int) -> None:
    """For the programmes that `arrange_rotations` has stored, in the running transaction."""
    for code, (place, access, instruction) in WELCOMES.items():
        await database.execute(
            """UPDATE hosting SET place = {}, access = {}, instruction = {}
            WHERE department_id = (SELECT id FROM department WHERE code_en = {})""",
            *(place, access, instruction, code),
        )
    plans = await database.fetch(
        """SELECT n.id, n.programme_id, m.state, m.created_by FROM plan n JOIN programme m ON m.id = n.programme_id
        WHERE n.state = 'published' ORDER BY m.starts_on"""
    )
    for plan in plans:
        for group, (one, first, other, second) in enumerate(FIRST):
            for code, name in ((one, first), (other, second)):
                if name:
                    await _give(plan["id"], group, code, f"{name}@{DOMAIN}")
    for plan in plans:
        if plan["state"] == "published":
            await _answer(plan, until)


async def _give(plan_id: str, group: int, code: str, email: str) -> None:
    """This person makes that visit; whoever had it gets theirs, if they have one."""
    visit = await database.fetch_one(
        """SELECT v.id, v.person_id FROM visit v JOIN department d ON d.id = v.home_id
        WHERE v.plan_id = {} AND v.group_number = {} AND d.code_en = {}""",
        *(plan_id, group, code),
    )
    person = await database.fetch_one("SELECT id FROM person WHERE email = {}", email)
    if visit is None or person is None or visit["person_id"] == person["id"]:
        return
    theirs = await database.fetch_one(
        "SELECT id FROM visit WHERE plan_id = {} AND person_id = {}", plan_id, person["id"]
    )
    # Nobody sees a department twice: the old visit is out of the way while the two change hands
    moves = [(visit["id"], person["id"])]
    if theirs is not None:
        await database.execute("UPDATE visit SET state = 'cancelled' WHERE id = {}", theirs["id"])
        moves.append((theirs["id"], visit["person_id"]))
    state = await database.fetch_one("SELECT state FROM visit WHERE id = {}", visit["id"])
    for visit_id, person_id in moves:
        await database.execute(
            "UPDATE visit SET person_id = {}, state = {} WHERE id = {}",
            *(person_id, state["state"] if state else "proposed", visit_id),
        )
        await database.execute(
            "UPDATE publication_notice SET person_id = {} WHERE visit_id = {}", person_id, visit_id
        )


async def _answer(plan: database.Row, until: int) -> None:
    rows = await database.fetch(
        """SELECT v.id, v.uid, v.person_id, v.group_number, d.code_en FROM visit v
        JOIN department d ON d.id = v.home_id WHERE v.plan_id = {} ORDER BY v.group_number, v.id""",
        plan["id"],
    )
    for row in rows:
        group, billing = row["group_number"], row["code_en"] == "BI"
        answer = "declined" if (group, billing) == (3, False) else "accepted" if group in (1, 3) or not billing else ""
        if not answer:
            continue
        await database.execute("UPDATE visit SET state = {}, revision = 1 WHERE id = {}", answer, row["id"])
        declined = answer == "declined"
        await note_answer(
            uid=row["uid"],
            person_id=row["person_id"],
            answer="declined" if declined else "accepted",
            reason=REASON if declined else "",
            other_time=declined,
        )
        await database.execute("UPDATE publication_notice SET seen_at = {} WHERE visit_id = {}", until, row["id"])
    answer_by = utc(until + 9 * DAY).date().isoformat()
    await database.execute("UPDATE programme SET answer_by = {} WHERE id = {}", answer_by, plan["programme_id"])
    use_kinds(CASES)
    asked = [(row["uid"], row["person_id"]) for row in rows if row["code_en"] == "BI" and row["group_number"] < 2]
    await ask_about(plan["programme_id"], asked, requester_id=None)
