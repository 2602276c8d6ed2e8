"""What a department says to its visitors: written by its manager, its buddies or HR; and who comes."""

from __future__ import annotations

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import DAY, now
from api.core.errors import NotFound
from api.core.i18n import Language, Message
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid
from api.people.queries import department_columns
from api.people.schemas import DepartmentRef
from api.rotations import facts
from api.rotations.facts import Welcome
from api.rotations.queries import department_at, hosting, visits
from api.rotations.schemas import HostingOut, VisitOut

TEMPLATE: tuple[Message, ...] = (
    _("What arrives here from you:"),
    _("What we do with it:"),
    _("What happens when something is wrong or missing:"),
    _("What you will do with us that week:"),
    _("What we would like to ask you:"),
)
"""The beginnings of a good briefing."""


_WRITES = """d.archived_at IS NULL AND (d.manager_id = {} OR EXISTS (
    SELECT 1 FROM buddy b WHERE b.department_id = d.id AND b.person_id = {}))"""
"""Of `d` (department): this person manages it or looks after its guests."""


async def hosted_by(actor: Actor) -> list[DepartmentRef]:
    """The departments whose welcome this person writes: those they manage or look after guests of."""
    rows = await database.fetch(
        f"SELECT {department_columns('d', actor.language)} FROM department d WHERE {_WRITES} ORDER BY d.position, d.id",
        *(actor.id, actor.id),
    )
    return [department_at(row, 0) for row in rows]


async def check_host(actor: Actor, department_id: str) -> None:
    """Raises NotFound for somebody who is neither its manager nor a buddy nor of HR."""
    row = is_uuid(department_id) and await database.fetch_one(
        f"SELECT 1 FROM department d WHERE d.id = {{}} AND ({_WRITES} OR d.archived_at IS NULL AND {{}})",
        *(department_id, actor.id, actor.id, actor.is_hr),
    )
    if not row:
        raise NotFound


async def guests(department_id: str, language: Language) -> list[VisitOut]:
    """Who comes in the next hundred days."""
    return await visits(
        language,
        """v.host_id = {} AND v.ends_at > {} AND v.starts_at < {}
            AND v.state NOT IN ('cancelled', 'declined', 'objected')""",
        *(department_id, now(), now() + 100 * DAY),
    )


async def welcome(actor: Actor, department_id: str) -> HostingOut:
    """What the department says now. Raises NotFound."""
    await check_host(actor, department_id)
    (found,) = await hosting(actor.language, [department_id])
    return found


@database.transaction
async def save_welcome(*, actor: Actor, department_id: str, texts: Welcome) -> None:
    """Keep it; what HR has set beside it stays. Raises NotFound, Invalid beside the fields."""
    await check_host(actor, department_id)
    await facts.save_welcome(actor=actor, department_id=department_id, texts=texts)
