"""In the page: rows that the bell counts. The other channels of a person start from them too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.core import database
from api.core.clock import now
from api.core.ids import position, uuid7
from api.core.mail import mail_in_use
from api.notifications.people import Hearer
from api.notifications.rules import Kind
from api.notifications.told import Told

_AGAIN = frozenset({Kind.REACTED, Kind.HIDDEN})
"""Of these, what happens again moves the one notification up instead of being silent."""

_AT_ONCE = 500
"""Rows in one statement: a database takes so many values and no more."""

TAKES_BACK = frozenset(
    {
        *("kudos.withdrawn", "kudos.hidden", "kudos.shown", "comment.withdrawn", "comment.hidden", "comment.shown"),
        *("reaction.removed", "report.resolved"),
        *("approval.passed", "approval.approved", "approval.declined", "approval.cancelled"),
        *("redemption.fulfilled", "redemption.cancelled", "redemption.declined"),
        *("visit.proposed", "visit.offer_withdrawn", "feedback.sent"),
    }
)
"""Events after which somebody is no longer told of something."""


async def note(entries: Sequence[Told], people: Mapping[str, Hearer]) -> list[tuple[str, bool]]:
    """Note what these people are told of, if they want it and have not been told.

    Returns to whom it is new, and whether an e-mail about it waits for them.
    """
    rows: dict[bool, dict[tuple[str, str], tuple[object, ...]]] = {False: {}, True: {}}
    for entry in entries:
        row = _row(entry, people[entry.person_id])
        if row[-2] or row[-1]:
            again, who = entry.kind in _AGAIN, (entry.person_id, entry.key)
            rows[again][who] = row if again else rows[again].get(who, row)
    fresh: list[tuple[str, bool]] = []
    for again, chosen in rows.items():
        found = list(chosen.values())
        for first in range(0, len(found), _AT_ONCE):
            fresh += await _insert(found[first : first + _AT_ONCE], again)
    return fresh


def _row(entry: Told, person: Hearer) -> tuple[object, ...]:
    at = now()
    by_mail = mail_in_use() is not None and person.choice.by_mail(entry.kind)
    return (
        *(uuid7(at), position(at), entry.person_id, entry.kind.value, entry.key),
        *(entry.kudos_id, entry.subject_id, entry.actor_id, entry.detail, at),
        *(person.choice.on_page(entry.kind), "waiting" if by_mail else ""),
    )


async def _insert(rows: Sequence[tuple[object, ...]], again: bool) -> list[tuple[str, bool]]:
    conflict = "DO NOTHING"
    if again:
        conflict = """(person_id, key) DO UPDATE SET position = excluded.position, created_at = excluded.created_at,
            actor_id = excluded.actor_id, read_at = NULL, hidden = excluded.hidden, mail = excluded.mail,
            mail_job_id = NULL"""
    values = ", ".join([f"({database.placeholders(12)})"] * len(rows))
    told = await database.fetch(
        f"""INSERT INTO notification (id, position, person_id, kind, key, kudos_id, subject_id, actor_id, detail,
            created_at, on_page, mail) VALUES {values} ON CONFLICT {conflict} RETURNING person_id, mail""",
        *(value for row in rows for value in row),
    )
    return [(row["person_id"], row["mail"] == "waiting") for row in told]


async def take_back(event: database.Row) -> None:
    """What one of TAKES_BACK takes back: nobody goes on being told of what is gone, or of what is decided."""
    kind, kudos_id, subject_id = event["kind"], event["kudos_id"], event["subject_id"]
    if kind == "kudos.withdrawn":
        await database.execute("DELETE FROM notification WHERE kudos_id = {}", kudos_id)
    elif kind == "comment.withdrawn":
        await database.execute("DELETE FROM notification WHERE subject_id = {} AND kudos_id = {}", subject_id, kudos_id)
    elif kind in ("kudos.hidden", "kudos.shown"):
        # HR goes on seeing what is hidden, and the giver that it is.
        await database.execute(
            "UPDATE notification SET hidden = {} WHERE kudos_id = {} AND kind NOT IN ('hidden', 'reported')",
            *(kind == "kudos.hidden", kudos_id),
        )
    elif kind in ("comment.hidden", "comment.shown"):
        await database.execute(
            "UPDATE notification SET hidden = {} WHERE subject_id = {} AND kind IN ('commented', 'mentioned')",
            *(kind == "comment.hidden", subject_id),
        )
    elif kind == "reaction.removed":
        await database.execute(
            """DELETE FROM notification WHERE kudos_id = {} AND kind = 'reacted'
            AND NOT EXISTS (
                SELECT 1 FROM reaction r WHERE r.kudos_id = {} AND r.person_id <> notification.person_id)""",
            *(kudos_id, kudos_id),
        )
    elif kind == "report.resolved":
        await database.execute(
            "DELETE FROM notification WHERE subject_id = {} AND kind = 'reported' AND read_at IS NULL", subject_id
        )
    elif kind in ("approval.passed", "approval.approved", "approval.declined", "approval.cancelled"):
        await database.execute(
            "DELETE FROM notification WHERE subject_id = {} AND kind = 'asked' AND read_at IS NULL", subject_id
        )
    elif kind in ("redemption.fulfilled", "redemption.cancelled", "redemption.declined"):
        await database.execute(
            "DELETE FROM notification WHERE subject_id = {} AND kind = 'fulfil' AND read_at IS NULL", subject_id
        )
    elif kind in ("visit.proposed", "visit.offer_withdrawn"):
        await database.execute(
            f"""DELETE FROM notification WHERE subject_id = {{}} AND kind = 'visit' AND read_at IS NULL
            AND detail {"<>" if kind == "visit.proposed" else "="} 'offered'""",
            subject_id,
        )
    elif kind == "feedback.sent":
        await database.execute(
            """DELETE FROM notification WHERE subject_id = {} AND person_id = {} AND kind = 'feedback'
                AND detail LIKE 'asked%' AND read_at IS NULL""",
            *(subject_id, event["actor_id"]),
        )
    if kind in ("kudos.shown", "comment.shown"):
        await database.execute(
            "DELETE FROM notification WHERE subject_id = {} AND kind = 'hidden'", subject_id or kudos_id
        )
