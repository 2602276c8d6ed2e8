"""Read, and choose what to be told of."""

from __future__ import annotations

import msgspec

from api.core import database
from api.core.clock import now
from api.core.errors import NotFound
from api.core.events import record_event
from api.core.ids import is_uuid
from api.notifications.channels import mail
from api.notifications.links import person_of
from api.notifications.people import hearer
from api.notifications.queries import choice
from api.notifications.rules import Choice, Rhythm, check_kinds, check_quiet, read_clock
from api.notifications.schemas import ChangeChoice

# What has been read in the page needs no e-mail any more, unless that is on its way.
_READ = """read_at = COALESCE(read_at, {}),
    mail = CASE WHEN mail = 'waiting' AND mail_job_id IS NULL THEN '' ELSE mail END"""


@database.transaction
async def read_one(*, person_id: str, notification_id: str) -> None:
    """Mark one of one's own notifications as read; doing so twice is once. Raises NotFound."""
    found = is_uuid(notification_id) and await database.fetch(
        f"UPDATE notification SET {_READ} WHERE id = {{}} AND person_id = {{}} RETURNING id",
        *(now(), notification_id, person_id),
    )
    if not found:
        raise NotFound


@database.transaction
async def read_all(*, person_id: str, until: str | None = None) -> None:
    """Mark all as read, or the notification `until` and those before it: not what has come since one looked.

    Raises NotFound if `until` is none of one's own.
    """
    limit = "TRUE"
    arguments: list[object] = []
    if until is not None:
        row = is_uuid(until) and await database.fetch_one(
            "SELECT position FROM notification WHERE id = {} AND person_id = {}", until, person_id
        )
        if not row:
            raise NotFound
        limit, arguments = "position <= {}", [row["position"]]
    await database.execute(
        f"UPDATE notification SET {_READ} WHERE person_id = {{}} AND read_at IS NULL AND {limit}",
        *(now(), person_id, *arguments),
    )


@database.transaction
async def change_choice(*, person_id: str, change: ChangeChoice) -> None:
    """Change what, where and how often; what is left out stays. E-mails that wait go by the new choice.

    Raises Invalid beside the field.
    """
    before = await choice(person_id)
    after = msgspec.structs.replace(
        before,
        page=before.page if change.page is None else check_kinds(change.page, "page"),
        mail=before.mail if change.mail is None else check_kinds(change.mail, "mail"),
        rhythm=change.rhythm or before.rhythm,
        quiet_from=before.quiet_from if change.quiet_from is None else read_clock(change.quiet_from),
        quiet_until=before.quiet_until if change.quiet_until is None else read_clock(change.quiet_until),
        celebrated=before.celebrated if change.celebrated is None else change.celebrated,
    )
    check_quiet(after.quiet_from, after.quiet_until)
    await _store(person_id, after)


async def _store(person_id: str, chosen: Choice) -> None:
    await database.execute(
        """INSERT INTO notification_choice (person_id, page, mail, rhythm, quiet_from, quiet_until, celebrated)
        VALUES ({}, {}, {}, {}, {}, {}, {}) ON CONFLICT (person_id) DO UPDATE SET page = excluded.page,
            mail = excluded.mail, rhythm = excluded.rhythm, quiet_from = excluded.quiet_from,
            quiet_until = excluded.quiet_until, celebrated = excluded.celebrated""",
        *(person_id, " ".join(sorted(chosen.page)), " ".join(sorted(chosen.mail)), chosen.rhythm),
        *(chosen.quiet_from, chosen.quiet_until, chosen.celebrated),
    )
    if chosen.rhythm == Rhythm.NEVER:
        await database.execute("UPDATE notification SET mail = '' WHERE person_id = {} AND mail = 'waiting'", person_id)
    else:
        person = await hearer(person_id)
        waiting = person and await database.fetch_one(
            "SELECT 1 FROM notification WHERE person_id = {} AND mail = 'waiting' AND mail_job_id IS NULL LIMIT 1",
            person_id,
        )
        if person and waiting:
            await mail.plan([person])
    await record_event("notifications.chosen", actor_id=person_id)


async def whose_link(token: str) -> str:
    """Whom an unsubscribe link belongs to. Raises NotFound for one that is not ours."""
    person_id = await person_of(token)
    if person_id is None:
        raise NotFound
    return person_id


async def unsubscribe(*, token: str, rhythm: str = Rhythm.NEVER) -> None:
    """By the link in an e-mail: no more of them, or fewer. Raises NotFound for a link that is not ours."""
    if rhythm not in (Rhythm.NEVER, Rhythm.DAY, Rhythm.WEEK):
        raise NotFound
    await change_choice(person_id=await whose_link(token), change=ChangeChoice(rhythm=rhythm))  # type: ignore[arg-type]
