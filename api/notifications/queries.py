"""What somebody is told of, with the texts as they are now, and only what they may see now."""

from __future__ import annotations

from collections.abc import Sequence

from api.core import database
from api.core.clock import utc
from api.core.i18n import Language
from api.core.pages import NEWEST, PAGE
from api.core.text import mentioned, render
from api.kudos.visibility import Reader, visible
from api.notifications.after_items import after_item, told_after
from api.notifications.case_items import case_item, told_cases
from api.notifications.order_items import order_item, told_orders
from api.notifications.people import choice_of
from api.notifications.rotation_items import change_item, told_changes
from api.notifications.rules import DEFAULT, Choice, Kind, clock_text
from api.notifications.schemas import ChoiceOut, NotificationOut, NotificationPage
from api.notifications.visit_items import told_visits, visit_item
from api.notifications.words import sentence
from api.people.queries import department_columns, person_ref
from api.people.schemas import PersonRef

MOST_UNREAD = 100
_LONGEST_EXCERPT = 400

# Who did it; of reactions the latest that still stands. Whom it is about: a person led, a jubilarian, an endpoint.
_ACTOR = """CASE WHEN n.kind = 'reacted' THEN (SELECT r.person_id FROM reaction r WHERE r.kudos_id = n.kudos_id
    AND r.person_id <> n.person_id ORDER BY r.created_at DESC, r.person_id LIMIT 1) ELSE n.actor_id END"""


async def items(
    reader: Reader, language: Language, which: str, arguments: Sequence[object], limit: int
) -> list[tuple[int, NotificationOut]]:
    """Notifications of this person that meet the condition `which` on `n`, newest first, with their positions.

    Two statements, the second only where texts mention people; and two more with cases, one for each kind of them,
    one each with publications and with answers about visits.
    """
    allowed, allowed_arguments = visible(reader)
    rows = await database.fetch(
        f"""SELECT n.id AS notice_id, n.position, n.kind, n.kudos_id, n.subject_id, n.detail, n.created_at, n.read_at,
            k.private, k.language AS kudos_language, k.message AS thanks, c.id AS comment_id, c.message AS said,
            a.id AS actor_id, a.name AS actor_name, {department_columns("ad", language)},
            o.id AS other_id, o.name AS other_name, {department_columns("od", language)}, e.name AS endpoint_name,
            CASE WHEN n.kind = 'reacted' THEN (SELECT COUNT(DISTINCT r.person_id) FROM reaction r
                WHERE r.kudos_id = n.kudos_id AND r.person_id <> n.person_id) ELSE 0 END AS people,
            CASE WHEN n.kind = 'thanked' THEN k.points WHEN (SELECT s.hidden FROM points_settings s) = 1 THEN 0
                WHEN n.kind = 'commented' THEN c.points ELSE 0 END AS points
        FROM notification n
        LEFT JOIN kudos k ON k.id = n.kudos_id
        LEFT JOIN comment c ON c.id = n.subject_id AND c.kudos_id = n.kudos_id
        LEFT JOIN person a ON a.id = {_ACTOR}
        LEFT JOIN department ad ON ad.id = a.department_id
        LEFT JOIN person o ON o.id = n.subject_id AND n.kind IN ('team', 'milestone')
        LEFT JOIN department od ON od.id = o.department_id
        LEFT JOIN endpoint e ON e.id = n.subject_id AND n.kind = 'endpoint'
        WHERE n.person_id = {{}} AND NOT n.hidden AND {which} AND (n.kudos_id IS NULL OR ({allowed}))
            AND (c.id IS NULL OR c.withdrawn_at IS NULL AND (c.hidden_at IS NULL OR c.author_id = n.person_id))
        ORDER BY n.position DESC LIMIT {{}}""",
        *(reader.id, *arguments, *allowed_arguments, limit),
    )
    names = await _names(rows)
    cases, orders = await told_cases(rows, language), await told_orders(rows, language)
    after = await told_after(rows, language)
    changes = await told_changes(rows, reader.id, language)
    answers = await told_visits(rows, language)
    return [
        (
            row["position"],
            case_item(row, cases, language)
            or order_item(row, orders, language)
            or after_item(row, after, language)
            or change_item(row, changes, language)
            or visit_item(row, answers, language)
            or _item(row, names, language),
        )
        for row in rows
        if row["kind"] != "reacted" or row["people"]
    ]


async def _names(rows: Sequence[database.Row]) -> dict[str, str]:
    ids = sorted({person_id for row in rows for person_id in mentioned(_words(row))})
    if not ids:
        return {}
    found = await database.fetch(f"SELECT id, name FROM person WHERE id IN ({database.placeholders(len(ids))})", *ids)
    return {row["id"]: row["name"] for row in found}


def _words(row: database.Row) -> str:
    """What was written: the comment, or the thank-you that this is about."""
    if row["kind"] in (Kind.THANKED, Kind.MENTIONED, Kind.TEAM, Kind.COMMENTED, Kind.REACTED):
        return row["said"] or row["thanks"] or ""
    return ""


def _person(row: database.Row, at: int) -> PersonRef | None:
    return person_ref(row, at) if row[at] is not None else None


_ACTOR_AT, _OTHER_AT = 13, 19
_URLS = {
    Kind.REPORTED: "/reports",
    Kind.ODD_POINTS: "/reports/points",
    Kind.REVERSED: "/points",
    Kind.ENDPOINT: "/integrations",
    Kind.DEPUTY: "/approvals/deputies",
}


def _item(row: database.Row, names: dict[str, str], language: Language) -> NotificationOut:
    kind, comment = row["kind"], row["comment_id"] is not None
    years = int(row["detail"]) if kind == Kind.MILESTONE and row["detail"].isdigit() else 0
    actor, other = _person(row, _ACTOR_AT), _person(row, _OTHER_AT)
    text = sentence(
        kind,
        name=row["actor_name"] or "…",
        other=row["other_name"] or row["endpoint_name"] or "…",
        people=row["people"],
        comment=comment,
        years=years,
        points=row["points"] or 0,
        award=row["detail"] == "award",
    )
    url = _URLS.get(kind, "")
    if kind == Kind.MILESTONE:
        url = f"/give?to={row['other_id']}"
    elif not url:
        url = f"/kudos/{row['kudos_id']}" + (f"#c-{row['comment_id']}" if comment else "")
    words = _words(row)
    return NotificationOut(
        id=row["notice_id"],
        kind=kind,
        text=text.text(language),
        words_html=render(_shortened(words), names) if words else "",
        words_language=row["kudos_language"] if words and not comment else "",
        url=url,
        person=other if kind == Kind.MILESTONE else actor,
        kudos_id=row["kudos_id"],
        private=bool(row["private"]),
        sent_at=utc(row["created_at"]),
        unread=row["read_at"] is None,
        years=years,
    )


def _shortened(text: str) -> str:
    """The beginning of a long text, cut between words and never inside a mention."""
    if len(text) <= _LONGEST_EXCERPT:
        return text
    cut = text[:_LONGEST_EXCERPT].rpartition(" ")[0] or text[:_LONGEST_EXCERPT]
    return cut.rpartition("@{")[0] + "…" if "@{" in cut[-40:] and "}" not in cut[cut.rfind("@{") :] else cut + "…"


async def page(reader: Reader, language: Language, *, before: int = NEWEST, limit: int = PAGE) -> NotificationPage:
    """A page of them, newest first, below the position `before`."""
    found = await items(reader, language, "n.on_page AND n.position < {}", [before], limit + 1)
    more = len(found) > limit
    found = found[:limit]
    return NotificationPage([item for _position, item in found], str(found[-1][0]) if more else None)


async def unread(person_id: str) -> int:
    """How many the bell shows, up to MOST_UNREAD."""
    row = await database.fetch_one(
        f"""SELECT COUNT(*) AS n FROM (SELECT 1 FROM notification WHERE person_id = {{}} AND on_page
            AND read_at IS NULL AND NOT hidden LIMIT {MOST_UNREAD}) counted""",
        person_id,
    )
    return int(row["n"]) if row else 0


async def choice(person_id: str) -> Choice:
    """What this person wants."""
    row = await database.fetch_one("SELECT * FROM notification_choice WHERE person_id = {}", person_id)
    return choice_of(row) if row else DEFAULT


def choice_out(chosen: Choice) -> ChoiceOut:
    """The same as JSON and the form show it."""
    return ChoiceOut(
        page=sorted(chosen.page),
        mail=sorted(chosen.mail),
        rhythm=chosen.rhythm,
        quiet_from=clock_text(chosen.quiet_from),
        quiet_until=clock_text(chosen.quiet_until),
        celebrated=chosen.celebrated,
    )
