"""What stands around thanks: comments, open reports, values, tallies."""

from __future__ import annotations

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import utc
from api.core.errors import NotFound
from api.core.i18n import Language
from api.core.text import erased_names, mentioned, render
from api.kudos.cards import person_ref
from api.kudos.schemas import CommentView, PersonTally, ReportOut, TallyEntry, ValueRef
from api.people.queries import department_columns
from api.people.schemas import DepartmentRef, name_column

MOST_REPORTS = 100


async def values(language: Language) -> list[ValueRef]:
    """The values that can be chosen, in their order."""
    rows = await database.fetch(
        f"SELECT id, name_{language}, hint_{language} FROM value WHERE archived_at IS NULL ORDER BY position, id"
    )
    return [ValueRef(row[0], row[1], row[2]) for row in rows]


_kept_values: dict[tuple[Language, int], list[ValueRef]] = {}


async def kept_values(language: Language, revision: int) -> list[ValueRef]:
    """The same, kept while the directory's revision stays."""
    found = _kept_values.get((language, revision))
    if found is None:
        found = await values(language)
        if len(_kept_values) > 10:
            _kept_values.clear()
        _kept_values[language, revision] = found
    return found


def forget_values() -> None:
    """Another database is in use."""
    _kept_values.clear()


def _author(alias: str, language: Language) -> str:
    return f"{alias}.id, {name_column(alias, language)} AS name, {department_columns('d', language)}"


async def _names(texts: list[str], language: Language) -> dict[str, str]:
    ids = sorted({person_id for text in texts for person_id in mentioned(text)})
    if not ids:
        return {}
    rows = await database.fetch(
        f"SELECT id, name FROM person WHERE id IN ({database.placeholders(len(ids))})",
        *ids,
    )
    return {**{row["id"]: row["name"] for row in rows}, **erased_names(language)}


def _comments_sql(language: Language, where: str) -> str:
    return f"""SELECT {_author("p", language)}, c.id AS comment_id, c.message, c.created_at, c.edited_at,
            c.hidden_at, c.hidden_reason,
            CASE WHEN (SELECT s.hidden FROM points_settings s) = 1 THEN 0 ELSE c.points END AS points
        FROM comment c JOIN person p ON p.id = c.author_id JOIN department d ON d.id = p.department_id
        WHERE {where} AND c.withdrawn_at IS NULL AND (c.hidden_at IS NULL OR c.author_id = {{}} OR {{}})
        ORDER BY c.created_at, c.id"""


async def comments(actor: Actor, kudos_id: str) -> list[CommentView]:
    """All comments of a kudos (which the caller has found visible), oldest first.

    Hidden ones are there for their author and HR only.
    """
    rows = await database.fetch(_comments_sql(actor.language, "c.kudos_id = {}"), *(kudos_id, actor.id, actor.is_hr))
    names = await _names([row["message"] for row in rows], actor.language)
    return [_comment(row, names) for row in rows]


async def comment(actor: Actor, comment_id: str) -> CommentView:
    """One comment (of a kudos which the caller has found visible). Raises NotFound."""
    row = await database.fetch_one(_comments_sql(actor.language, "c.id = {}"), *(comment_id, actor.id, actor.is_hr))
    if row is None:
        raise NotFound
    return _comment(row, await _names([row["message"]], actor.language))


def _comment(row: database.Row, names: dict[str, str]) -> CommentView:
    return CommentView(
        id=row["comment_id"],
        author=person_ref(tuple(row)[:6]),
        message_html=render(row["message"], names),
        sent_at=utc(row["created_at"]),
        edited=row["edited_at"] is not None,
        points=row["points"],
        hidden_reason=row["hidden_reason"] if row["hidden_at"] is not None else None,
    )


async def open_reports(actor: Actor) -> list[ReportOut]:
    """Reports that wait for HR, the oldest first."""
    language = actor.language
    rows = await database.fetch(
        f"""SELECT {_author("p", language)}, x.id AS report_id, x.kudos_id, x.reason, x.created_at AS reported_at,
            c.id AS comment_id, c.message, c.created_at, c.edited_at, c.hidden_at, c.hidden_reason,
            a.id AS author_id, {name_column("a", language)} AS author_name, {department_columns("ad", language)}
        FROM report x JOIN person p ON p.id = x.reporter_id JOIN department d ON d.id = p.department_id
        JOIN kudos k ON k.id = x.kudos_id
        LEFT JOIN comment c ON c.id = x.comment_id LEFT JOIN person a ON a.id = c.author_id
        LEFT JOIN department ad ON ad.id = a.department_id
        WHERE x.resolved_at IS NULL AND k.withdrawn_at IS NULL AND c.withdrawn_at IS NULL
        ORDER BY x.created_at, x.id LIMIT {MOST_REPORTS}"""
    )
    names = await _names([row["message"] for row in rows if row["comment_id"]], language)
    return [_report(row, names) for row in rows]


def _report(row: database.Row, names: dict[str, str]) -> ReportOut:
    comment: CommentView | None = None
    if row["comment_id"] is not None:
        comment = CommentView(
            id=row["comment_id"],
            author=person_ref(tuple(row)[16:22]),
            message_html=render(row["message"], names),
            sent_at=utc(row["created_at"]),
            edited=row["edited_at"] is not None,
            hidden_reason=row["hidden_reason"] if row["hidden_at"] is not None else None,
        )
    return ReportOut(
        id=row["report_id"],
        kudos_id=row["kudos_id"],
        comment=comment,
        reporter=person_ref(tuple(row)[:6]),
        reason=row["reason"],
        sent_at=utc(row["reported_at"]),
    )


async def person_tally(person_id: str, language: Language) -> PersonTally:
    """What a person was thanked for and by whom, and whom they thanked; from the rollup, most first."""
    rows = await database.fetch(
        f"""SELECT t.facet, t.thanks, v.id, v.name_{language}, {department_columns("d", language)}
        FROM person_tally t LEFT JOIN value v ON t.facet = 'value' AND v.id = t.key_id
        LEFT JOIN department d ON t.facet <> 'value' AND d.id = t.key_id
        WHERE t.person_id = {{}} AND t.thanks > 0
        ORDER BY t.thanks DESC, t.key_id""",
        person_id,
    )
    found: dict[str, list[TallyEntry]] = {"value": [], "from": [], "to": []}
    for row in rows:
        facet, thanks = row[0], row[1]
        if facet == "value":
            found[facet].append(TallyEntry(row[2], row[3], thanks))
        else:
            department = DepartmentRef(*tuple(row)[4:8])
            found[facet].append(TallyEntry(department.id, department.name, thanks, department))
    return PersonTally(found["value"], found["from"], found["to"])
