"""What people answer to thanks: reactions and comments."""

from __future__ import annotations

from collections.abc import Sequence

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import SECOND, now
from api.core.errors import Conflict, Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.idempotency import claim, request_hash
from api.core.ids import is_uuid
from api.core.text import clean, mentioned
from api.kudos.rules import ReactionKind, check_comment
from api.kudos.service import store_mentioned
from api.kudos.visibility import visible
from api.people.mentions import store_mentions, typed_mentions
from api.points.giving import hold_gift, take_back


async def open_kudos(actor: Actor, kudos_id: str) -> database.Row:
    """A kudos that this person may see and answer, locked. Raises NotFound; Conflict while HR hides it."""
    allowed, arguments = visible(actor)
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    row = is_uuid(kudos_id) and await database.fetch_one(
        f"SELECT k.* FROM kudos k WHERE k.id = {{}} AND {allowed} {lock}",
        *(kudos_id, *arguments),
    )
    if not row:
        raise NotFound
    if row["hidden_at"] is not None:
        raise Conflict(_("This thank-you is hidden and cannot be answered."))
    return row


@database.transaction
async def add_reaction(*, actor: Actor, kudos_id: str, kind: ReactionKind) -> None:
    """React; doing so twice is once. Raises NotFound, and Conflict for one's own kudos."""
    kudos = await open_kudos(actor, kudos_id)
    if kudos["giver_id"] == actor.id:
        raise Conflict(_("This is your own thank-you."))
    added = await database.fetch(
        """INSERT INTO reaction (kudos_id, person_id, kind, created_at) VALUES ({}, {}, {}, {})
        ON CONFLICT (kudos_id, person_id, kind) DO NOTHING RETURNING kind""",
        *(kudos_id, actor.id, kind.value, now()),
    )
    if added:
        await _count_reaction(kudos_id, kind, 1)
        await record_event("reaction.added", actor_id=actor.id, kudos_id=kudos_id, detail=kind.value)


@database.transaction
async def remove_reaction(*, actor: Actor, kudos_id: str, kind: ReactionKind) -> None:
    """Take a reaction back; if there was none, nothing happens. Raises NotFound."""
    await open_kudos(actor, kudos_id)
    removed = await database.fetch(
        "DELETE FROM reaction WHERE kudos_id = {} AND person_id = {} AND kind = {} RETURNING kind",
        *(kudos_id, actor.id, kind.value),
    )
    if removed:
        await _count_reaction(kudos_id, kind, -1)
        await record_event("reaction.removed", actor_id=actor.id, kudos_id=kudos_id, detail=kind.value)


async def _count_reaction(kudos_id: str, kind: ReactionKind, step: int) -> None:
    # The column is one of three names of ours, never the request's text.
    await database.execute(
        f"UPDATE kudos SET {kind.value} = {kind.value} + {{}} WHERE id = {{}}",
        *(step, kudos_id),
    )


@database.transaction
async def add_comment(
    *,
    actor: Actor,
    kudos_id: str,
    message: str,
    points: int = 0,
    undo_seconds: int = 0,
    key: str | None = None,
    client_id: str | None = None,
    mentions: Sequence[str] = (),
) -> tuple[str, bool]:
    """Comment on a kudos: (the comment's id, whether it is new or a repeat).

    `mentions` are the people chosen from the suggestions, for telling namesakes apart. Each of the kudos's
    recipients gets `points` out of the author's pot, after `undo_seconds`.

    Raises NotFound, Invalid, NotEnough points, Conflict.
    """
    message = clean(message)
    asked: dict[str, object] = {"kudos": kudos_id, "comment": message}
    fingerprint = request_hash({**asked, "points": points} if points else asked)
    comment_id, fresh = await claim(person_id=actor.id, key=key, client_id=client_id, fingerprint=fingerprint)
    if not fresh:
        return comment_id, False
    check_comment(message)
    kudos = await open_kudos(actor, kudos_id)
    message = await store_mentions(message, prefer=mentions)
    inserted = await database.fetch_one(
        """INSERT INTO comment (id, kudos_id, author_id, message, created_at, points) VALUES ({}, {}, {}, {}, {}, {})
        ON CONFLICT DO NOTHING RETURNING id""",
        *(comment_id, kudos_id, actor.id, message, now(), points),
    )
    if inserted is None:
        raise Conflict(_("This id is taken. Make a new one."))
    if points != 0:
        await _add_points(actor, kudos, comment_id, points, now() + undo_seconds * SECOND)
    await store_mentioned(kudos_id, message)
    await count_comments(kudos_id, 1)
    await record_event("comment.added", actor_id=actor.id, kudos_id=kudos_id, subject_id=comment_id)
    return comment_id, True


async def _add_points(actor: Actor, kudos: database.Row, comment_id: str, points: int, due_at: int) -> None:
    """Set aside points for each recipient of somebody else's thanks who still works here."""
    if kudos["giver_id"] == actor.id:
        raise Invalid.field("points", _("This is your own thank-you; others can add points to it."))
    rows = await database.fetch(
        """SELECT p.id, p.department_id FROM kudos_recipient r JOIN person p ON p.id = r.person_id
        WHERE r.kudos_id = {} AND p.deactivated_at IS NULL AND p.id <> {}""",
        *(kudos["id"], actor.id),
    )
    if not rows:
        raise Invalid.field("points", _("There is nobody else here whom you could give points."))
    recipients = {row["id"]: row["department_id"] for row in rows}
    await hold_gift(kind="addon", about_id=comment_id, giver=actor, recipients=recipients, points=points, due_at=due_at)
    await database.execute("UPDATE kudos SET points_added = points_added + {} WHERE id = {}", points, kudos["id"])


async def take_back_added(comment: database.Row, *, actor_id: str) -> None:
    """A comment's points go back where they came from, as far as they are still there."""
    if comment["points"]:
        # The kudos first, as in adding: two transactions that take both in one order do not deadlock.
        await database.execute(
            "UPDATE kudos SET points_added = points_added - {}, version = version + 1 WHERE id = {}",
            *(comment["points"], comment["kudos_id"]),
        )
        await database.execute("UPDATE comment SET points = 0 WHERE id = {}", comment["id"])
        await take_back([comment["id"]], actor_id=actor_id)


async def count_comments(kudos_id: str, step: int) -> None:
    """Change the number of visible comments; cards show the latest, so the version rises."""
    await database.execute(
        "UPDATE kudos SET comments = comments + {}, version = version + 1 WHERE id = {}", step, kudos_id
    )


async def _own_comment(actor: Actor, comment_id: str) -> database.Row:
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    row = is_uuid(comment_id) and await database.fetch_one(
        f"SELECT * FROM comment WHERE id = {{}} AND author_id = {{}} AND withdrawn_at IS NULL {lock}",
        *(comment_id, actor.id),
    )
    if not row:
        raise NotFound
    return row


async def own_comment_text(*, actor: Actor, comment_id: str) -> tuple[str, str]:
    """One's own comment for editing: (the kudos's id, the words with mentions as "@Full Name"). Raises NotFound."""
    row = is_uuid(comment_id) and await database.fetch_one(
        "SELECT kudos_id, message FROM comment WHERE id = {} AND author_id = {} AND withdrawn_at IS NULL",
        *(comment_id, actor.id),
    )
    if not row:
        raise NotFound
    names = await database.fetch(
        "SELECT p.id, p.name FROM kudos_mention m JOIN person p ON p.id = m.person_id WHERE m.kudos_id = {}",
        row["kudos_id"],
    )
    return str(row["kudos_id"]), typed_mentions(row["message"], {name["id"]: name["name"] for name in names})


async def was_withdrawn(*, actor: Actor, comment_id: str) -> bool:
    """Whether this was the actor's own comment and is deleted, in another tab perhaps."""
    return is_uuid(comment_id) and bool(
        await database.fetch(
            "SELECT 1 FROM comment WHERE id = {} AND author_id = {} AND withdrawn_at IS NOT NULL", comment_id, actor.id
        )
    )


async def kudos_of_comment(comment_id: str) -> str:
    """The id of the kudos that a comment stands under. Raises NotFound."""
    row = is_uuid(comment_id) and await database.fetch_one("SELECT kudos_id FROM comment WHERE id = {}", comment_id)
    if not row:
        raise NotFound
    return str(row["kudos_id"])


async def kudos_of_comments(ids: Sequence[str]) -> dict[str, str]:
    """The kudos's ids by the ids of comments; ids of anything else are left out."""
    rows = await database.fetch(
        f"SELECT id, kudos_id FROM comment WHERE id IN ({database.placeholders(len(ids)) or 'NULL'})", *ids
    )
    return {row["id"]: row["kudos_id"] for row in rows}


@database.transaction
async def revise_comment(*, actor: Actor, comment_id: str, message: str, mentions: Sequence[str] = ()) -> str:
    """New words for one's own comment, marked as edited; returns the kudos's id.

    Raises NotFound, Invalid, Conflict while HR hides it.
    """
    row = await _own_comment(actor, comment_id)
    if row["hidden_at"] is not None:
        raise Conflict(_("This comment is hidden and cannot be changed."))
    await open_kudos(actor, row["kudos_id"])
    message = clean(message)
    check_comment(message)
    message = await store_mentions(message, prefer={*mentions, *mentioned(row["message"])})
    if message != row["message"]:
        await database.execute(
            "UPDATE comment SET message = {}, edited_at = {} WHERE id = {}", message, now(), comment_id
        )
        await store_mentioned(row["kudos_id"], message)
        await count_comments(row["kudos_id"], 0)
        await record_event("comment.edited", actor_id=actor.id, kudos_id=row["kudos_id"], subject_id=comment_id)
    return str(row["kudos_id"])


@database.transaction
async def withdraw_comment(*, actor: Actor, comment_id: str) -> str:
    """Delete one's own comment, its words and points included; returns the kudos's id. Raises NotFound."""
    row = await _own_comment(actor, comment_id)
    await take_back_added(row, actor_id=actor.id)
    await database.execute("UPDATE comment SET message = '', withdrawn_at = {} WHERE id = {}", now(), comment_id)
    await database.execute(
        "UPDATE report SET resolved_at = {}, outcome = 'withdrawn' WHERE comment_id = {} AND resolved_at IS NULL",
        *(now(), comment_id),
    )
    await count_comments(row["kudos_id"], 0 if row["hidden_at"] is not None else -1)
    await record_event("comment.withdrawn", actor_id=actor.id, kudos_id=row["kudos_id"], subject_id=comment_id)
    return str(row["kudos_id"])
