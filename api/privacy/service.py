"""Erase a person."""

from __future__ import annotations

import structlog

from api.core import database
from api.core.access.actor import Actor, Role
from api.core.changes import lock_directory
from api.core.errors import Conflict, Forbidden, Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid
from api.core.jobs import enqueue
from api.core.text import search_name
from api.people.service import has_left, leave
from api.privacy.registry import PARTS

SCRUB = "privacy.scrub"

_log = structlog.get_logger(__name__)


async def check_erasable(actor: Actor, person_id: str) -> str:
    """The name of somebody whom this person may erase.

    Raises NotFound for who does not exist (any more), Conflict for oneself, Forbidden for an administrator whom
    somebody else than an administrator wants to erase.
    """
    row = is_uuid(person_id) and await database.fetch_one(
        "SELECT name, roles FROM person WHERE id = {} AND erased_at IS NULL", person_id
    )
    if not row:
        raise NotFound
    if person_id == actor.id:
        raise Conflict(_("You cannot erase yourself. Ask a colleague in HR or administration."))
    if Role.ADMIN in row["roles"].split() and Role.ADMIN not in actor.roles:
        raise Forbidden(_("Only an administrator may erase an administrator."))
    return str(row["name"])


@database.transaction
async def erase_person(*, actor: Actor, person_id: str, name: str) -> None:
    """Take a person's name and texts out of everything that is stored; ids and counts stay. It cannot be undone.

    `name` is their name once more, against a slip. Who works here leaves first: their reports get another manager.
    Raises NotFound, Conflict, Forbidden (`check_erasable`), Invalid beside the name.
    """
    # Whoever is about to thank them waits, and then writes down no name any more.
    await lock_directory()
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    if is_uuid(person_id):
        await database.fetch(f"SELECT 1 FROM person WHERE id = {{}} {lock}", person_id)
    known = await check_erasable(actor, person_id)
    if search_name(name) != search_name(known):
        raise Invalid.field("name", _("This is not the name. Type it as it stands above."))
    if not await has_left(person_id):
        await leave(actor=actor, person_id=person_id)
    for part in PARTS:
        await part.erase(person_id)
    await record_event("person.erased", actor_id=actor.id, subject_id=person_id)
    await enqueue(SCRUB)
    database.after_commit(lambda: _log.info("privacy.erased", id=person_id))
