"""Visits among the approvals: managers agree or object until the programme's day; silence agrees.

A case is about a visit's `uid`, which stays the same through all versions of a programme.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from api.approvals.kinds import ApprovalKind, Request
from api.approvals.schemas import Case, Fact
from api.approvals.service import ask, withdraw
from api.core import database
from api.core.clock import now, utc
from api.core.i18n import Language
from api.core.i18n import gettext_later as _
from api.core.jobs import enqueue
from api.people.schemas import PersonRef, name_column
from api.rotations.noting import end_offers, note_answer, touch_plan
from api.rotations.queries import partners_of
from api.rotations.rules import VISIT_MOVES
from api.rotations.service import change_visit_state, hold
from api.rotations.teams import Roster, days_between, roster, utc_midnight
from api.rotations.words import when

KIND = "rotation"
SILENCE = "rotations.silence"
REASONS = (
    _("We are short of people that week."),
    _("There is a deadline that week; another week would do."),
    _("Let us talk about another person first."),
)
_NOW = "n.state = 'published' AND v.state <> 'cancelled'"


def closes_at(answer_by: str, time_zone: str) -> int | None:
    """When managers can no longer object: the end of that day, in microseconds; None if nobody is asked."""
    if not answer_by:
        return None
    return utc_midnight(date.fromisoformat(answer_by) + timedelta(days=1), ZoneInfo(time_zone))


async def ask_about(programme_id: str, visits: Sequence[tuple[str, str]], *, requester_id: str | None) -> int:
    """Ask the managers of these visits (uid, person), each once; returns of how many. Part of a transaction.

    `requester_id`: who hears of objections, or else whoever set the programme up. Asks nobody once the day is over.
    """
    programme = await database.fetch_one(
        "SELECT answer_by, time_zone, created_by FROM programme WHERE id = {}", programme_id
    )
    if programme is None:
        return 0
    end = closes_at(programme["answer_by"], programme["time_zone"])
    requester = requester_id or programme["created_by"]
    if end is None or end <= now() or requester is None or not visits:
        return 0
    known = await database.fetch(
        f"""SELECT subject_id FROM approval WHERE kind = {{}} AND state = 'open'
            AND subject_id IN ({database.placeholders(len(visits))})""",
        *(KIND, *(uid for uid, _person in visits)),
    )
    waiting = {row["subject_id"] for row in known}
    asked = [(uid, person_id) for uid, person_id in visits if uid not in waiting]
    for uid, person_id in asked:
        await ask(kind=KIND, subject_id=uid, requester_id=requester, concerned_id=person_id)
    await enqueue(SILENCE, programme_id, detail=programme["answer_by"], run_at=end,
                  unique=f"{programme_id}:{programme['answer_by']}")  # fmt: skip
    return len(asked)


async def end_of_silence(programme_id: str, answer_by: str) -> list[str]:
    """The visits (uids) whose cases wait still when the day `answer_by` is over; none if HR has set another day."""
    rows = await database.fetch(
        """SELECT a.subject_id FROM approval a WHERE a.kind = {} AND a.state = 'open' AND a.subject_id IN (
            SELECT v.uid FROM visit v JOIN programme m ON m.id = v.programme_id
            WHERE m.id = {} AND m.answer_by = {}) ORDER BY a.subject_id""",
        *(KIND, programme_id, answer_by),
    )
    return [row["subject_id"] for row in rows]


async def _objected(request: Request) -> None:
    """A manager objects: the visit waits for a repaired plan."""
    row = await _ahead(request.subject_id) or await _ahead(request.subject_id)  # another version came meanwhile
    if row is None or "objected" not in VISIT_MOVES[row["state"]] or request.decided_by is None:
        return
    await change_visit_state(actor_id=request.decided_by, visit_id=row["id"], before=row["state"], state="objected")
    await note_answer(
        uid=request.subject_id,
        person_id=request.decided_by,
        answer="objected",
        reason=request.reason,
        other_time=True,
    )
    await touch_plan(row["plan_id"])
    await end_offers(row["id"])


async def _ahead(uid: str) -> database.Row | None:
    """The visit to come in the version that holds, held until the transaction ends."""
    return await database.fetch_one(
        f"""SELECT v.id, v.state, v.plan_id FROM visit v JOIN plan n ON n.id = v.plan_id
        WHERE v.uid = {{}} AND {_NOW} AND v.starts_at > {{}} {hold()}""",
        *(uid, now()),
    )


async def _nothing(_request: Request) -> None:
    """The visit stands as it is."""


async def describe(language: Language, uids: Sequence[str]) -> Mapping[str, Case]:
    """Visits as cases, with the staffing of their home that week: five statements."""
    if not uids:
        return {}
    rows = await database.fetch(
        f"""SELECT v.uid, v.starts_at, v.ends_at, v.state, v.kind, v.person_id, v.home_id, v.group_number,
            v.plan_id, m.time_zone, m.name AS programme, m.answer_by, {name_column("p", language)} AS person,
            o.name_{language} AS host, h.name_{language} AS home
        FROM visit v JOIN plan n ON n.id = v.plan_id JOIN programme m ON m.id = v.programme_id
        JOIN person p ON p.id = v.person_id JOIN department o ON o.id = v.host_id
        JOIN department h ON h.id = v.home_id
        WHERE v.uid IN ({database.placeholders(len(uids))}) AND v.state <> 'planned' ORDER BY n.published_at, v.id""",
        *uids,
    )
    latest = {row["uid"]: row for row in rows}
    partners = await partners_of(language, {(row["plan_id"], row["group_number"]) for row in latest.values()})
    days = [
        day
        for row in latest.values()
        for day in days_between(row["starts_at"], row["ends_at"], ZoneInfo(row["time_zone"]))
    ]
    homes = sorted({row["home_id"] for row in latest.values()})
    people = Roster({}, {}, {})
    if days:
        zone = ZoneInfo(next(iter(latest.values()))["time_zone"])
        people = await roster(homes, min(days), max(days), zone)
    return {uid: _case(row, partners, people, language) for uid, row in latest.items()}


def _case(
    row: database.Row, partners: dict[tuple[str, int], list[PersonRef]], people: Roster, language: Language
) -> Case:
    zone = ZoneInfo(row["time_zone"])
    group = partners.get((row["plan_id"], row["group_number"]), [])
    others = [one.name for one in group if one.id != row["person_id"]]
    facts = [
        Fact(
            label=_("When").text(language),
            text=when(row["starts_at"], row["ends_at"], row["time_zone"], language),
        ),
        Fact(
            label=_("In exchange").text(language),
            text=", ".join(others) if others else _("nobody").text(language),
        ),
    ]
    count = people.tightest(row["home_id"], days_between(row["starts_at"], row["ends_at"], zone))
    if count is not None:
        words = _("%(there)s there of %(needed)s needed, on the tightest day", there=count.there, needed=count.needed)
        facts.append(
            Fact(
                label=_("Staffing").text(language),
                text=words.text(language),
                tone="ok" if count.spare >= 0 else "bad",
            )
        )
    if row["answer_by"]:
        day = format_date(date.fromisoformat(row["answer_by"]), "long", locale=language)
        facts.append(Fact(label=_("Object until").text(language), text=day))
    return Case(
        about=_("Visit of %(name)s", name=row["person"]).text(language),
        title=_("%(home)s → %(host)s", home=row["home"], host=row["host"]).text(language),
        facts=facts,
        reasons=[reason.text(language) for reason in REASONS],
        url="/team/rotations" if utc(row["ends_at"]) > utc(now()) else "",
    )


@database.transaction
async def let_stand(uid: str) -> None:
    """Nobody objected in time: the case ends, the visit stands."""
    await withdraw(kind=KIND, subject_id=uid)


ROTATION = ApprovalKind(
    name=KIND,
    title=_("Job rotations"),
    unit="",
    describe=describe,
    on_approved=_nothing,
    on_declined=_objected,
    on_cancelled=_nothing,
)
