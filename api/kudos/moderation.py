"""Report to HR, hide with a reason, show again. Each step is recorded; the giver reads the reason."""

from __future__ import annotations

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now
from api.core.errors import Conflict, Forbidden, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.core.text import clean
from api.kudos.answers import count_comments, take_back_added
from api.kudos.rollups import count_kudos
from api.kudos.rules import check_reason
from api.kudos.service import with_comments
from api.kudos.visibility import visible
from api.points.giving import take_back


@database.transaction
async def open_report(*, actor: Actor, kudos_id: str, comment_id: str | None, reason: str) -> str:
    """Ask HR to look at a kudos or a comment; returns the report's id.

    Asking again while it is open returns the first report. Raises NotFound, Invalid.
    """
    reason = clean(reason)
    check_reason(reason)
    allowed, arguments = visible(actor)
    lock = database.sql(sqlite="", postgres="FOR UPDATE")  # of two at once, one opens the report
    seen = is_uuid(kudos_id) and await database.fetch_one(
        f"SELECT 1 FROM kudos k WHERE k.id = {{}} AND {allowed} {lock}",
        *(kudos_id, *arguments),
    )
    if not seen:
        raise NotFound
    if comment_id is not None:
        comment = is_uuid(comment_id) and await database.fetch_one(
            """SELECT 1 FROM comment WHERE id = {} AND kudos_id = {} AND withdrawn_at IS NULL
            AND (hidden_at IS NULL OR author_id = {} OR {})""",
            *(comment_id, kudos_id, actor.id, actor.is_hr),
        )
        if not comment:
            raise NotFound
    mine = await database.fetch(
        "SELECT id, comment_id FROM report WHERE kudos_id = {} AND reporter_id = {} AND resolved_at IS NULL",
        *(kudos_id, actor.id),
    )
    for row in mine:
        if row["comment_id"] == comment_id:
            return str(row["id"])
    report_id = uuid7()
    await database.execute(
        """INSERT INTO report (id, kudos_id, comment_id, reporter_id, reason, created_at)
        VALUES ({}, {}, {}, {}, {}, {})""",
        *(report_id, kudos_id, comment_id, actor.id, reason, now()),
    )
    await record_event("report.opened", actor_id=actor.id, kudos_id=kudos_id, subject_id=report_id)
    return report_id


async def _locked_kudos(actor: Actor, kudos_id: str) -> database.Row:
    allowed, arguments = visible(actor)
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    row = is_uuid(kudos_id) and await database.fetch_one(
        f"SELECT k.id, k.hidden_at FROM kudos k WHERE k.id = {{}} AND {allowed} {lock}",
        *(kudos_id, *arguments),
    )
    if not row:
        raise NotFound
    return row


@database.transaction
async def hide_kudos(*, actor: Actor, kudos_id: str, reason: str, reverse_points: bool = False) -> None:
    """Take a kudos out of everyone's sight but its giver's and HR's, with a reason that the giver reads.

    With `reverse_points` all points that were given with it go back as well, for good. Hiding it again
    replaces the reason. Open reports about it are settled. Raises NotFound, Invalid.
    """
    reason = clean(reason)
    check_reason(reason)
    row = await _locked_kudos(actor, kudos_id)
    if reverse_points:
        await reverse_kudos_points(actor, kudos_id)
    if row["hidden_at"] is None:
        await count_kudos(kudos_id, step=-1)
    await database.execute(
        """UPDATE kudos SET hidden_at = {}, hidden_by = {}, hidden_reason = {}, version = version + 1
        WHERE id = {}""",
        *(now(), actor.id, reason, kudos_id),
    )
    await database.execute(
        """UPDATE report SET resolved_at = {}, resolved_by = {}, outcome = 'hidden'
        WHERE kudos_id = {} AND comment_id IS NULL AND resolved_at IS NULL""",
        *(now(), actor.id, kudos_id),
    )
    await record_event("kudos.hidden", actor_id=actor.id, kudos_id=kudos_id)


async def reverse_kudos_points(actor: Actor, kudos_id: str) -> None:
    """All points given with a kudos, which is locked, go back as far as they are still there."""
    await take_back(await with_comments(kudos_id), actor_id=actor.id)
    await database.execute("UPDATE comment SET points = 0 WHERE kudos_id = {}", kudos_id)
    await database.execute(
        "UPDATE kudos SET points = 0, points_added = 0, version = version + 1 WHERE id = {}", kudos_id
    )


@database.transaction
async def resolve_alert(*, actor: Actor, alert_id: str, outcome: str, reason: str) -> None:
    """HR decides about points that look odd: "kept", or "reversed" with a reason that the giver reads.

    An objection is answered alike, once: "kept" if the giver was right (who then gets extra points), "reversed" with
    the answer as reason if not. Nobody decides about what they gave or got themselves. Raises NotFound, Invalid,
    Forbidden, Conflict.
    """
    reason = clean(reason)
    if outcome == "reversed":
        check_reason(reason)
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    row = is_uuid(alert_id) and await database.fetch_one(
        f"SELECT about_id, outcome, giver_id, other_id, objected_at FROM points_alert WHERE id = {{}} {lock}", alert_id
    )
    if not row:
        raise NotFound
    if actor.id in (row["giver_id"], row["other_id"]):
        raise Forbidden(_("This is about yourself; somebody else decides."))
    if row["outcome"] and row["objected_at"] is None:
        raise Conflict(_("Somebody has already decided this."))
    if outcome == "reversed" and not row["outcome"]:
        comment = await database.fetch_one(
            f"SELECT id, kudos_id, points FROM comment WHERE id = {{}} {lock}", row["about_id"]
        )
        if comment is not None:
            await take_back_added(comment, actor_id=actor.id)
        else:
            await reverse_own_points(actor, row["about_id"])
    await database.execute(
        """UPDATE points_alert SET outcome = {}, reason = {}, resolved_by = {}, resolved_at = {}, objected_at = NULL
        WHERE id = {}""",
        *(outcome, reason, actor.id, now(), alert_id),
    )
    await record_event(f"points.{outcome}", actor_id=actor.id, subject_id=alert_id)


async def reverse_own_points(actor: Actor, kudos_id: str) -> None:
    """What a kudos's giver gave with it goes back; what others added stays."""
    await database.execute("UPDATE kudos SET points = 0, version = version + 1 WHERE id = {}", kudos_id)
    await take_back([kudos_id], actor_id=actor.id)


@database.transaction
async def show_kudos(*, actor: Actor, kudos_id: str) -> None:
    """Undo hiding; if it is not hidden, nothing happens. Raises NotFound."""
    row = await _locked_kudos(actor, kudos_id)
    if row["hidden_at"] is None:
        return
    await database.execute(
        """UPDATE kudos SET hidden_at = NULL, hidden_by = NULL, hidden_reason = '', version = version + 1
        WHERE id = {}""",
        kudos_id,
    )
    await count_kudos(kudos_id, step=1)
    await record_event("kudos.shown", actor_id=actor.id, kudos_id=kudos_id)


@database.transaction
async def hide_comment(*, actor: Actor, comment_id: str, reason: str) -> str:
    """Hide a comment with a reason that its author reads; returns the kudos's id. Raises NotFound, Invalid."""
    reason = clean(reason)
    check_reason(reason)
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    row = is_uuid(comment_id) and await database.fetch_one(
        f"SELECT kudos_id, hidden_at FROM comment WHERE id = {{}} AND withdrawn_at IS NULL {lock}",
        comment_id,
    )
    if not row:
        raise NotFound
    kudos_id = str(row["kudos_id"])
    await _locked_kudos(actor, kudos_id)
    await database.execute(
        "UPDATE comment SET hidden_at = {}, hidden_by = {}, hidden_reason = {} WHERE id = {}",
        *(now(), actor.id, reason, comment_id),
    )
    await database.execute(
        """UPDATE report SET resolved_at = {}, resolved_by = {}, outcome = 'hidden'
        WHERE comment_id = {} AND resolved_at IS NULL""",
        *(now(), actor.id, comment_id),
    )
    await count_comments(kudos_id, 0 if row["hidden_at"] is not None else -1)
    await record_event("comment.hidden", actor_id=actor.id, kudos_id=kudos_id, subject_id=comment_id)
    return kudos_id


@database.transaction
async def show_comment(*, actor: Actor, comment_id: str) -> str:
    """Undo hiding a comment; returns the kudos's id. Raises NotFound."""
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    row = is_uuid(comment_id) and await database.fetch_one(
        f"SELECT kudos_id FROM comment WHERE id = {{}} AND withdrawn_at IS NULL {lock}", comment_id
    )
    if not row:
        raise NotFound
    kudos_id = str(row["kudos_id"])
    await _locked_kudos(actor, kudos_id)
    shown = await database.fetch(
        """UPDATE comment SET hidden_at = NULL, hidden_by = NULL, hidden_reason = ''
        WHERE id = {} AND hidden_at IS NOT NULL RETURNING id""",
        comment_id,
    )
    if shown:
        await count_comments(kudos_id, 1)
        await record_event("comment.shown", actor_id=actor.id, kudos_id=kudos_id, subject_id=comment_id)
    return kudos_id


@database.transaction
async def resolve_report(*, actor: Actor, report_id: str, outcome: str, reason: str) -> None:
    """HR decides: "hidden" hides what was reported, "kept" closes this report.

    Raises NotFound, Invalid, and Conflict if it was decided before.
    """
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    row = is_uuid(report_id) and await database.fetch_one(
        f"SELECT kudos_id, comment_id, resolved_at FROM report WHERE id = {{}} {lock}",
        report_id,
    )
    if not row:
        raise NotFound
    if row["resolved_at"] is not None:
        raise Conflict(_("Somebody has already decided this report."))
    if outcome == "hidden":
        if row["comment_id"] is not None:
            await hide_comment(actor=actor, comment_id=row["comment_id"], reason=reason)
        else:
            await hide_kudos(actor=actor, kudos_id=row["kudos_id"], reason=reason)
    else:
        await database.execute(
            "UPDATE report SET resolved_at = {}, resolved_by = {}, outcome = 'kept' WHERE id = {}",
            *(now(), actor.id, report_id),
        )
    await record_event(
        "report.resolved", actor_id=actor.id, kudos_id=row["kudos_id"], subject_id=report_id, detail=outcome
    )
