"""Anniversaries: at eight in the morning of the person's own time zone, to those who asked to hear of them.

Once a day (UTC) a job looks whose anniversaries are near and has each told by a job of its own, at its moment. The
key is person and year: whatever clocks, restarts and moves to another time zone do, it is told once.
"""

from __future__ import annotations

from datetime import timedelta

from api.core import database
from api.core.clock import DAY, now, utc
from api.core.jobs import Job, Wanted, enqueue_all, finish
from api.notifications.channels import mail
from api.notifications.people import hearer, hearers
from api.notifications.rules import DIGEST_HOUR, Kind, anniversary, wall
from api.notifications.telling import tell
from api.notifications.told import Told

FIND, TELL = "notifications.find_milestones", "notifications.tell_milestone"
FIND_EVERY = 6 * 3600
"""Seconds; looked for more often than needed, so that a new time zone or a night without a server changes little."""


async def find(_job: Job) -> None:
    """Have the anniversaries of about a day before and after now told at their moments."""
    at = now()
    today = utc(at).date()
    days = [today + timedelta(days=step) for step in (-1, 0, 1)]
    endings = {day.strftime("-%m-%d") for day in days}
    if "-02-28" in endings:
        endings.add("-02-29")
    rows = await database.fetch(
        f"""SELECT p.id, p.joined_on, p.time_zone, o.time_zone AS house_time_zone
        FROM person p CROSS JOIN organisation o
        WHERE p.deactivated_at IS NULL AND SUBSTR(p.joined_on, 5) IN ({database.placeholders(len(endings))})""",
        *sorted(endings),
    )
    wanted: list[tuple[str, int, int]] = []
    for row in rows:
        for day in days:
            if anniversary(row["joined_on"], day.year) == day:
                moment = wall(day, DIGEST_HOUR * 60, row["time_zone"] or row["house_time_zone"])
                if at - DAY < moment:
                    wanted.append((row["id"], day.year, moment))
    await _enqueue(wanted)


@database.transaction
async def _enqueue(wanted: list[tuple[str, int, int]]) -> None:
    await enqueue_all(
        TELL, [Wanted(person_id, str(year), moment, f"{person_id}:{year}") for person_id, year, moment in wanted]
    )


@database.transaction
async def tell_one(job: Job) -> None:
    """Tell those in the person's department, and who leads them, if they want to hear of it."""
    year = int(job.detail)
    person = await hearer(job.subject_id or "")
    row = person and await database.fetch_one(
        "SELECT joined_on, department_id, manager_id FROM person WHERE id = {}", person.id
    )
    # The date may have been corrected, and some would rather not be celebrated.
    if person and row and person.choice.celebrated and anniversary(row["joined_on"], year) is not None:
        years = year - int(row["joined_on"][:4])
        # Few have asked for it, so start from them.
        rows = await database.fetch(
            """SELECT p.id FROM notification_choice c JOIN person p ON p.id = c.person_id
            WHERE (p.department_id = {} OR p.id = {}) AND p.id <> {} AND p.deactivated_at IS NULL
                AND (' ' || c.page || ' ' || c.mail || ' ') LIKE '% milestone %'""",
            *(row["department_id"], row["manager_id"], person.id),
        )
        people = await hearers([found["id"] for found in rows])
        entries = [
            Told(
                person_id=person_id,
                kind=Kind.MILESTONE,
                key=f"milestone:{person.id}:{year}",
                subject_id=person.id,
                detail=str(years),
            )
            for person_id in people
        ]
        await mail.plan(await tell(entries, people))
    await finish(job)
