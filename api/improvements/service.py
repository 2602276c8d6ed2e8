"""Ideas: propose, support, decline, take back."""

from __future__ import annotations

from collections.abc import Sequence

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now
from api.core.errors import Conflict, Forbidden, Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.idempotency import claim, request_hash
from api.core.ids import is_uuid, position
from api.improvements.rules import check_texts, may_found


@database.transaction
async def propose_idea(
    *,
    actor: Actor,
    title: str,
    words: str = "",
    edge: tuple[str, str] | None = None,
    feedback_id: str | None = None,
    key: str | None = None,
    client_id: str | None = None,
) -> tuple[str, bool]:
    """A new idea: (its id, whether it is new or a repeat). `edge` are provider and customer.

    Raises Invalid beside the field, Conflict if the key or id was used for something else.
    """
    texts = check_texts({"title": title, "words": words}, ["title"])
    fingerprint = request_hash({"idea": texts, "edge": list(edge or ())})
    idea_id, fresh = await claim(person_id=actor.id, key=key, client_id=client_id, fingerprint=fingerprint)
    if not fresh:
        return idea_id, False
    await check_departments(edge or ())
    provider, customer = edge or (None, None)
    made = await database.fetch(
        """INSERT INTO idea (id, position, author_id, title, words, provider_id, customer_id, feedback_id)
        VALUES ({}, {}, {}, {}, {}, {}, {}, {}) ON CONFLICT DO NOTHING RETURNING id""",
        *(idea_id, position(now()), actor.id, texts["title"], texts["words"], provider, customer, feedback_id),
    )
    if not made:
        raise Conflict(_("This id is taken. Make a new one."))
    await record_event("idea.made", actor_id=actor.id, subject_id=idea_id)
    return idea_id, True


async def check_departments(ids: Sequence[str]) -> None:
    """Raises Invalid beside "edge" unless these are two different departments (or none)."""
    known = [one for one in ids if is_uuid(one)]
    places = database.placeholders(len(known)) or "NULL"
    rows = await database.fetch(f"SELECT id FROM department WHERE archived_at IS NULL AND id IN ({places})", *known)
    if len(rows) != len(ids) or len(ids) not in (0, 2):
        raise Invalid.field("edge", _("Choose which two departments it is about, or none."))


async def open_idea(idea_id: str, *states: str) -> database.Row:
    """The idea, locked. Raises NotFound, Conflict if it is in none of these states."""
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    row = is_uuid(idea_id) and await database.fetch_one(f"SELECT * FROM idea WHERE id = {{}} {lock}", idea_id)
    if not row or row["state"] == "withdrawn":
        raise NotFound
    if row["state"] not in states:
        raise Conflict(_("This idea has moved on meanwhile."))
    return row


@database.transaction
async def support_idea(*, actor: Actor, idea_id: str, on: bool) -> None:
    """Think so too, or no longer. The same again changes nothing. Raises NotFound, Conflict, Invalid for one's own."""
    idea = await open_idea(idea_id, "open", "team")
    if idea["author_id"] == actor.id:
        raise Invalid.field("support", _("This is your own idea; others support it."))
    if on:
        changed = await database.fetch(
            "INSERT INTO idea_support (idea_id, person_id) VALUES ({}, {}) ON CONFLICT DO NOTHING RETURNING idea_id",
            *(idea_id, actor.id),
        )
    else:
        changed = await database.fetch(
            "DELETE FROM idea_support WHERE idea_id = {} AND person_id = {} RETURNING idea_id", idea_id, actor.id
        )
    if changed:
        await database.execute("UPDATE idea SET supports = supports + {} WHERE id = {}", 1 if on else -1, idea_id)
        await record_event("idea.supported" if on else "idea.unsupported", actor_id=actor.id, subject_id=idea_id)


@database.transaction
async def decline_idea(*, actor: Actor, idea_id: str, answer: str) -> None:
    """HR or a manager says why it is not taken up. Raises Forbidden, NotFound, Conflict, Invalid without a reason."""
    if not may_found(actor):
        raise Forbidden
    await open_idea(idea_id, "open")
    texts = check_texts({"answer": answer}, ["answer"])
    await database.execute(
        "UPDATE idea SET state = 'declined', answer = {}, answered_by = {} WHERE id = {}",
        *(texts["answer"], actor.id, idea_id),
    )
    await record_event("idea.declined", actor_id=actor.id, subject_id=idea_id)


@database.transaction
async def reopen_idea(*, actor: Actor, idea_id: str) -> None:
    """It waits for a team again. Raises Forbidden, NotFound, Conflict."""
    if not may_found(actor):
        raise Forbidden
    await open_idea(idea_id, "declined")
    await database.execute("UPDATE idea SET state = 'open', answer = '', answered_by = NULL WHERE id = {}", idea_id)
    await record_event("idea.reopened", actor_id=actor.id, subject_id=idea_id)


@database.transaction
async def withdraw_idea(*, actor: Actor, idea_id: str) -> None:
    """One's own idea and its words go, as long as no team works on it. Raises NotFound, Conflict."""
    idea = await open_idea(idea_id, "open", "declined")
    if idea["author_id"] != actor.id:
        raise NotFound
    await database.execute("DELETE FROM idea_support WHERE idea_id = {}", idea_id)
    await database.execute(
        """UPDATE idea SET state = 'withdrawn', title = '', words = '', answer = '', answered_by = NULL, supports = 0
        WHERE id = {}""",
        idea_id,
    )
    await record_event("idea.withdrawn", actor_id=actor.id, subject_id=idea_id)
