"""Give thanks, change the words, take them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import SECOND, now
from api.core.errors import Conflict, Invalid, NotFound
from api.core.events import event, record_event
from api.core.i18n import gettext_later as _
from api.core.idempotency import claim, request_hash
from api.core.ids import is_uuid, position
from api.core.text import clean, guess_language, mentioned
from api.kudos.rollups import count_kudos, counts, recount_value
from api.kudos.rules import check_message, check_recipients
from api.kudos.search_index import forget_kudos, index_kudos, indexed_names, indexing, names_beside
from api.people.mentions import store_mentions, typed_mentions
from api.points.giving import hold_gift, take_back


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A thank-you as it stands in the form, mentions as "@Full Name"."""

    recipients: list[str]
    message: str
    value: str | None
    private: bool
    points: int = 0


@database.transaction
async def give_kudos(
    *,
    actor: Actor,
    recipients: Sequence[str],
    message: str,
    value: str | None,
    private: bool,
    undo_seconds: int,
    points: int = 0,
    key: str | None = None,
    client_id: str | None = None,
    mentions: Sequence[str] = (),
) -> tuple[str, bool]:
    """Thank one or more people: (the kudos's id, whether it is new or a repeat).

    It stands in the feed at once; notifications wait `undo_seconds`. `mentions` are the people chosen
    from the suggestions, for telling namesakes apart. Each recipient gets `points` out of the giver's pot; they
    are held until notifications go out. Raises Invalid beside the field that is wrong, NotEnough points, Conflict
    if the key or id was used for something else.
    """
    recipients = sorted(set(recipients))
    message = clean(message)
    asked = {"recipients": recipients, "message": message, "value": value, "private": private}
    fingerprint = request_hash({**asked, "points": points} if points else asked)
    kudos_id, fresh = await claim(person_id=actor.id, key=key, client_id=client_id, fingerprint=fingerprint)
    if not fresh:
        return kudos_id, False
    check_recipients(actor.id, recipients)
    check_message(message)
    departments = await _departments_of(recipients)
    await _check_value(value)
    message = await store_mentions(message, prefer={*mentions, *recipients})
    if points != 0:
        await hold_gift(kind="kudos", about_id=kudos_id, giver=actor, recipients=departments, points=points)
    await publish_kudos(
        kudos_id=kudos_id,
        giver_id=actor.id,
        giver_department_id=actor.department_id,
        departments=departments,
        message=message,
        language=guess_language(message, actor.language),
        value=value,
        private=private,
        points=points,
        deliver_at=now() + undo_seconds * SECOND,
    )
    return kudos_id, True


@database.transaction
async def publish_kudos(
    *,
    kudos_id: str,
    giver_id: str,
    giver_department_id: str,
    departments: Mapping[str, str],
    message: str,
    language: str,
    private: bool,
    deliver_at: int,
    value: str | None = None,
    points: int = 0,
    award_id: str | None = None,
) -> None:
    """Store a thank-you that has been checked, its mentions resolved: it stands in the feed from now on.

    `departments` are the recipients' by their ids, `deliver_at` (microseconds) is when it is told, `award_id` the
    nomination that it makes an award. Raises Conflict if the id is taken.
    """
    where = position(now())
    inserted = await database.fetch_one(
        """INSERT INTO kudos (id, position, giver_id, giver_department_id, message, language, value_id, private,
            deliver_at, points, award_id) VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})
        ON CONFLICT DO NOTHING RETURNING id""",
        *(kudos_id, where, giver_id, giver_department_id, message, language, value, private, deliver_at, points),
        award_id,
    )
    if inserted is None:
        raise Conflict(_("This id is taken. Make a new one."))
    await store_mentioned(kudos_id, message)
    names = await names_beside(message, {**departments, giver_id: giver_department_id})
    counted = (
        []
        if private
        else counts(
            giver_id=giver_id,
            giver_department_id=giver_department_id,
            value_id=value,
            position=where,
            recipients=departments,
            step=1,
        )
    )
    # Last, here and wherever points and counts change together: many wait for the counts of two departments.
    await database.together(
        (
            "INSERT INTO kudos_recipient (kudos_id, person_id, department_id, position) VALUES ({}, {}, {}, {})",
            [(kudos_id, person_id, department, where) for person_id, department in sorted(departments.items())],
        ),
        (
            """INSERT INTO kudos_edge (kudos_id, giver_department_id, recipient_department_id, position)
            VALUES ({}, {}, {}, {})""",
            [(kudos_id, giver_department_id, department, where) for department in sorted(set(departments.values()))],
        ),
        indexing(where, message=message, names=names),
        *counted,
        event("kudos.given", actor_id=giver_id, kudos_id=kudos_id),
    )


async def _departments_of(recipients: Sequence[str]) -> dict[str, str]:
    known = [person_id for person_id in recipients if is_uuid(person_id)]
    rows = await database.fetch(
        f"""SELECT id, department_id FROM person
        WHERE deactivated_at IS NULL AND id IN ({", ".join(["{}"] * len(known)) or "NULL"})""",
        *known,
    )
    departments = {row["id"]: row["department_id"] for row in rows}
    if len(departments) < len(recipients):
        raise Invalid.field("recipients", _("Somebody you chose does not work here, or no longer."))
    return departments


async def _check_value(value: str | None) -> None:
    if value is None:
        return
    row = is_uuid(value) and await database.fetch_one(
        "SELECT 1 FROM value WHERE id = {} AND archived_at IS NULL", value
    )
    if not row:
        raise Invalid.field("value", _("Choose one of our values, or none."))


async def store_mentioned(kudos_id: str, text: str) -> None:
    """Note the people that `text` (of the kudos or of a comment under it) mentions, those that exist."""
    for person_id in mentioned(text)[:50]:
        await database.execute(
            """INSERT INTO kudos_mention (kudos_id, person_id) SELECT {}, p.id FROM person p WHERE p.id = {}
            ON CONFLICT DO NOTHING""",
            *(kudos_id, person_id),
        )


async def own_kudos(actor: Actor, kudos_id: str) -> database.Row:
    """The actor's own kudos as it is stored, locked until the transaction ends. Raises NotFound."""
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    row = is_uuid(kudos_id) and await database.fetch_one(
        f"SELECT * FROM kudos WHERE id = {{}} AND giver_id = {{}} AND withdrawn_at IS NULL {lock}",
        *(kudos_id, actor.id),
    )
    if not row:
        raise NotFound
    return row


@database.transaction
async def revise_kudos(
    *, actor: Actor, kudos_id: str, message: str, value: str | None, mentions: Sequence[str] = ()
) -> None:
    """New words or another value for one's own kudos; it is marked as edited. The same again changes nothing.

    Raises NotFound, Invalid, and Conflict while HR hides it.
    """
    before = await own_kudos(actor, kudos_id)
    if before["hidden_at"] is not None:
        raise Conflict(_("This thank-you is hidden and cannot be changed."))
    message = clean(message)
    check_message(message)
    if value != before["value_id"]:
        await _check_value(value)
    rows = await database.fetch("SELECT person_id FROM kudos_recipient WHERE kudos_id = {}", kudos_id)
    message = await store_mentions(
        message, prefer={*mentions, *mentioned(before["message"]), *(row["person_id"] for row in rows)}
    )
    if message == before["message"] and value == before["value_id"]:
        return
    await database.execute(
        """UPDATE kudos SET message = {}, language = {}, value_id = {}, edited_at = {}, version = version + 1
        WHERE id = {}""",
        *(message, guess_language(message, actor.language), value, now(), kudos_id),
    )
    await store_mentioned(kudos_id, message)
    await index_kudos(before["position"], message=message, names=await indexed_names(kudos_id, message))
    await recount_value(kudos_id, before=before["value_id"], after=value)
    await record_event("kudos.edited", actor_id=actor.id, kudos_id=kudos_id)


@database.transaction
async def withdraw_kudos(*, actor: Actor, kudos_id: str) -> Draft:
    """Take one's own kudos back, within the undo minute or later: it is gone for everyone, its words too.

    Its points come back, and those that others added to them, as far as they are still there. Returns what it said,
    so that undoing loses nothing. Raises NotFound.
    """
    row = await own_kudos(actor, kudos_id)
    if row["award_id"] is not None:
        raise Conflict(_("This is an award that others have agreed to. It stays; you can change its words."))
    draft = await draft_of(kudos_id, row)
    if row["points"] or row["points_added"]:
        await take_back(await with_comments(kudos_id), actor_id=actor.id)
    if row["hidden_at"] is None:
        await count_kudos(kudos_id, step=-1)
    await forget_kudos(row["position"])
    await database.execute("DELETE FROM kudos_mention WHERE kudos_id = {}", kudos_id)
    await database.execute(
        "UPDATE comment SET message = '', withdrawn_at = {} WHERE kudos_id = {} AND withdrawn_at IS NULL",
        *(now(), kudos_id),
    )
    await database.execute(
        """UPDATE report SET resolved_at = {}, outcome = 'withdrawn' WHERE kudos_id = {} AND resolved_at IS NULL""",
        *(now(), kudos_id),
    )
    await database.execute(
        """UPDATE kudos SET message = '', withdrawn_at = {}, comments = 0, version = version + 1
        WHERE id = {}""",
        *(now(), kudos_id),
    )
    await record_event("kudos.withdrawn", actor_id=actor.id, kudos_id=kudos_id)
    return draft


async def was_taken_back(*, actor: Actor, kudos_id: str) -> bool:
    """Whether this was the actor's own kudos and is withdrawn, in another tab perhaps."""
    return is_uuid(kudos_id) and bool(
        await database.fetch(
            "SELECT 1 FROM kudos WHERE id = {} AND giver_id = {} AND withdrawn_at IS NOT NULL", kudos_id, actor.id
        )
    )


async def with_comments(kudos_id: str) -> list[str]:
    """The ids under which points were given with a kudos: its own and those of its comments."""
    rows = await database.fetch("SELECT id FROM comment WHERE kudos_id = {} AND points > 0", kudos_id)
    return [kudos_id, *(row["id"] for row in rows)]


async def own_draft(*, actor: Actor, kudos_id: str) -> Draft:
    """One's own kudos as the form shows it. Raises NotFound."""
    row = is_uuid(kudos_id) and await database.fetch_one(
        "SELECT * FROM kudos WHERE id = {} AND giver_id = {} AND withdrawn_at IS NULL", kudos_id, actor.id
    )
    if not row:
        raise NotFound
    return await draft_of(kudos_id, row)


async def draft_of(kudos_id: str, row: database.Row) -> Draft:
    """The form's content behind a stored kudos."""
    recipients = await database.fetch("SELECT person_id FROM kudos_recipient WHERE kudos_id = {}", kudos_id)
    names = await database.fetch(
        "SELECT p.id, p.name FROM kudos_mention m JOIN person p ON p.id = m.person_id WHERE m.kudos_id = {}",
        kudos_id,
    )
    return Draft(
        recipients=[person["person_id"] for person in recipients],
        message=typed_mentions(row["message"], {person["id"]: person["name"] for person in names}),
        value=row["value_id"],
        private=bool(row["private"]),
        points=row["points"],
    )
