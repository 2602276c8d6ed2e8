"""Ideas and teams as everybody here may read them; a constant number of statements each."""

from __future__ import annotations

from typing import Literal

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import utc
from api.core.errors import NotFound
from api.core.i18n import Language
from api.core.ids import is_uuid, position_time
from api.core.pages import NEWEST, PAGE
from api.improvements.schemas import (
    EdgeRef,
    IdeaOut,
    IdeaPage,
    MemberOut,
    StepOut,
    TeamItem,
    TeamOut,
    TeamPage,
    ValueOut,
)
from api.people.queries import department_columns, person_columns, person_ref
from api.people.schemas import DepartmentRef

IdeasShown = Literal["open", "mine", "all"]
TeamsShown = Literal["running", "ended"]


def _edge_columns(language: Language) -> str:
    return f"{department_columns('e1', language)}, {department_columns('e2', language)}"


def _edge_join(table: str) -> str:
    return f"""LEFT JOIN department e1 ON e1.id = {table}.provider_id
        LEFT JOIN department e2 ON e2.id = {table}.customer_id"""


def _edge(row: database.Row, at: int) -> EdgeRef | None:
    """The edge in the eight columns that begin at `at`."""
    if row[at] is None:
        return None
    columns = tuple(row)
    return EdgeRef(DepartmentRef(*columns[at : at + 4]), DepartmentRef(*columns[at + 4 : at + 8]))


def _idea(row: database.Row, actor: Actor) -> IdeaOut:
    return IdeaOut(
        id=row["idea_id"],
        title=row["title"],
        words=row["words"],
        author=person_ref(row),
        edge=_edge(row, 6),
        from_visit=row["feedback_id"] is not None,
        state=row["state"],
        supports=row["supports"],
        supported=row["supported"] is not None,
        mine=row[0] == actor.id,
        team=row["team_id"],
        answer=row["answer"],
        created_at=utc(position_time(row["position"])),
    )


async def _ideas(actor: Actor, where: str, *arguments: object, limit: int = 100) -> list[database.Row]:
    return await database.fetch(
        f"""SELECT {person_columns("p", "d", actor.language)}, {_edge_columns(actor.language)}, i.id AS idea_id,
            i.title, i.words, i.feedback_id, i.state, i.supports, s.person_id AS supported, i.team_id, i.answer,
            i.position
        FROM idea i JOIN person p ON p.id = i.author_id JOIN department d ON d.id = p.department_id
        {_edge_join("i")} LEFT JOIN idea_support s ON s.idea_id = i.id AND s.person_id = {{}}
        WHERE i.state <> 'withdrawn' AND {where} ORDER BY i.position DESC LIMIT {{}}""",
        *(actor.id, *arguments, limit),
    )


async def ideas(actor: Actor, *, show: IdeasShown = "open", before: int = NEWEST, limit: int = PAGE) -> IdeaPage:
    """Ideas that wait for a team, one's own, or all that were not taken back: one statement."""
    condition = {"open": "i.state = 'open'", "mine": "i.author_id = {}", "all": "TRUE"}[show]
    own = [actor.id] if show == "mine" else []
    rows = await _ideas(actor, f"{condition} AND i.position < {{}}", *own, before, limit=limit + 1)
    kept = rows[:limit]
    following = str(kept[-1]["position"]) if len(rows) > limit else None
    return IdeaPage([_idea(row, actor) for row in kept], following)


async def idea(actor: Actor, idea_id: str) -> IdeaOut:
    """One of them. Raises NotFound."""
    rows = await _ideas(actor, "i.id = {}", idea_id) if is_uuid(idea_id) else []
    if not rows:
        raise NotFound
    return _idea(rows[0], actor)


async def teams(
    language: Language,
    *,
    show: TeamsShown = "running",
    edge: tuple[str, str] | None = None,
    before: int = NEWEST,
    limit: int = PAGE,
) -> TeamPage:
    """Teams, the newest first: one statement. With an edge (provider, customer) those of it, running and ended."""
    condition, arguments = "t.provider_id = {} AND t.customer_id = {}", list(edge or ())
    if edge is None:
        condition, arguments = "t.state = {}", [show]
    value = "SELECT w.value FROM improvement_value w WHERE w.team_id = t.id ORDER BY w.day"
    rows = await database.fetch(
        f"""SELECT t.id AS team_id, t.name, t.goal, t.state, t.measure, t.unit, t.better, t.founded_at, t.ended_at,
            t.position,
            {_edge_columns(language)},
            (SELECT COUNT(*) FROM improvement_member m WHERE m.team_id = t.id) AS members,
            (SELECT COUNT(*) FROM improvement_step s WHERE s.team_id = t.id) AS steps,
            (SELECT COUNT(s.done_at) FROM improvement_step s WHERE s.team_id = t.id) AS steps_done,
            ({value} LIMIT 1) AS before, ({value} DESC LIMIT 1) AS latest
        FROM improvement_team t {_edge_join("t")}
        WHERE {condition} AND t.position < {{}} ORDER BY t.position DESC LIMIT {{}}""",
        *(*arguments, before, limit + 1),
    )
    kept = rows[:limit]
    items = [
        TeamItem(
            id=row["team_id"],
            name=row["name"],
            goal=row["goal"],
            edge=_edge(row, 10),
            state=row["state"],
            members=row["members"],
            steps=row["steps"],
            steps_done=row["steps_done"],
            measure=row["measure"],
            unit=row["unit"],
            better=row["better"],
            before=row["before"],
            latest=row["latest"],
            founded_at=utc(row["founded_at"]),
            ended_at=utc(row["ended_at"]) if row["ended_at"] else None,
        )
        for row in kept
    ]
    return TeamPage(items, str(kept[-1]["position"]) if len(rows) > limit else None)


async def team(actor: Actor, team_id: str) -> TeamOut:
    """One team: five statements. Raises NotFound."""
    language = actor.language
    row = is_uuid(team_id) and await database.fetch_one(
        f"""SELECT {person_columns("p", "d", language)}, {_edge_columns(language)}, t.name AS team_name,
            t.lead_id, t.goal, t.state, t.measure, t.unit, t.better, t.founded_at, t.ended_at, t.result, t.version,
            k.id AS thanks
        FROM improvement_team t JOIN person p ON p.id = t.lead_id JOIN department d ON d.id = p.department_id
        {_edge_join("t")} LEFT JOIN kudos k ON k.id = t.kudos_id AND k.withdrawn_at IS NULL AND k.hidden_at IS NULL
        WHERE t.id = {{}}""",
        team_id,
    )
    if not row:
        raise NotFound
    members = await database.fetch(
        f"""SELECT {person_columns("p", "d", language)}, m.joined_at FROM improvement_member m
        JOIN person p ON p.id = m.person_id JOIN department d ON d.id = p.department_id
        WHERE m.team_id = {{}} ORDER BY d.position, p.search, p.id""",
        team_id,
    )
    leads = actor.id == row["lead_id"] or actor.is_hr
    return TeamOut(
        id=team_id,
        name=row["team_name"],
        goal=row["goal"],
        edge=_edge(row, 6),
        state=row["state"],
        measure=row["measure"],
        unit=row["unit"],
        better=row["better"],
        lead=person_ref(row),
        founded_at=utc(row["founded_at"]),
        ended_at=utc(row["ended_at"]) if row["ended_at"] else None,
        result=row["result"],
        kudos=row["thanks"],
        version=row["version"],
        members=[MemberOut(person_ref(one), utc(one["joined_at"])) for one in members],
        steps=await _steps(team_id, language),
        values=[
            ValueOut(one["day"], one["value"])
            for one in await database.fetch(
                "SELECT day, value FROM improvement_value WHERE team_id = {} ORDER BY day", team_id
            )
        ],
        ideas=[_idea(one, actor) for one in await _ideas(actor, "i.team_id = {}", team_id)],
        may_work=row["state"] == "running" and (leads or any(one[0] == actor.id for one in members)),
        may_lead=leads,
    )


async def _steps(team_id: str, language: Language) -> list[StepOut]:
    rows = await database.fetch(
        f"""SELECT {person_columns("p", "d", language)}, {person_columns("q", "qd", language)}, s.id AS step_id, s.what,
            s.by_day, s.made_at, s.done_at
        FROM improvement_step s
        LEFT JOIN person p ON p.id = s.person_id LEFT JOIN department d ON d.id = p.department_id
        LEFT JOIN person q ON q.id = s.done_by LEFT JOIN department qd ON qd.id = q.department_id
        WHERE s.team_id = {{}} ORDER BY s.done_at IS NOT NULL, s.done_at, s.by_day = '', s.by_day, s.made_at, s.id""",
        team_id,
    )
    return [
        StepOut(
            id=row["step_id"],
            what=row["what"],
            person=person_ref(row) if row[0] else None,
            by_day=row["by_day"],
            made_at=utc(row["made_at"]),
            done_at=utc(row["done_at"]) if row["done_at"] else None,
            done_by=person_ref(row, 6) if row[6] else None,
        )
        for row in rows
    ]
