"""By e-mail: at once or as a digest. One job sends one e-mail with all that waits for one person.

The job first takes what waits (its rows name it from then on), sends, and then marks rows and job as done in one
transaction. A try after a crash sends the same e-mail under the same Message-ID, never another with the same news.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from api.core import database
from api.core.clock import now
from api.core.jobs import Job, Wanted, enqueue_all, finish
from api.core.mail import Mail, mail_in_use, render, send
from api.core.text import plain
from api.notifications.links import unsubscribe_token
from api.notifications.people import Hearer, hearer
from api.notifications.queries import items
from api.notifications.rules import Kind, Rhythm, mail_at
from api.notifications.schemas import NotificationOut

JOB = "notifications.mail"
MOST_IN_ONE = 50
"""Items in one e-mail; a digest that has more says so and leads to the page."""


async def plan(people: Sequence[Hearer]) -> None:
    """Have what waits for these people sent when they want it; for a digest or after quiet hours in one e-mail."""
    at = now()
    moments = {person.id: mail_at(person.choice, person.time_zone, at) for person in people}
    soon = await _going_soon([person_id for person_id, moment in moments.items() if moment == at], at)
    wanted = []
    for person in people:
        moment, rhythm = moments[person.id], person.choice.rhythm
        if (person.id, rhythm) not in soon:
            unique = None if moment == at else f"{person.id}:{rhythm}:{moment}"
            wanted.append(Wanted(person.id, rhythm, moment, unique))
    await enqueue_all(JOB, wanted)


async def _going_soon(ids: Sequence[str], at: int) -> set[tuple[str, str]]:
    """Who of them has a job that is due and will take what waits now: (person, rhythm). Until the transaction that
    asks has ended, no worker takes these jobs. While the mail server is down, one of them waits, not one a thank-you.
    """
    if not ids:
        return set()
    lock = database.sql(sqlite="", postgres="FOR UPDATE OF j")
    rows = await database.fetch(
        f"""SELECT j.subject_id, j.detail FROM job j WHERE j.subject_id IN ({database.placeholders(len(ids))})
            AND j.kind = {{}} AND j.state = 'waiting' AND j.attempts = 0 AND j.run_at <= {{}}
            AND NOT EXISTS (SELECT 1 FROM notification n WHERE n.mail_job_id = j.id) {lock}""",
        *(*ids, JOB, at),
    )
    return {(row["subject_id"], row["detail"]) for row in rows}


@database.transaction
async def _take(job: Job) -> Hearer | None:
    """Give what waits for its person to this job; None if there is nothing (any more) that it should send."""
    person = await hearer(job.subject_id or "")
    if person is None or person.choice.rhythm == Rhythm.NEVER:
        await _mark(job, "")
        return None
    taken = "SELECT 1 FROM notification WHERE mail_job_id = {} AND mail = 'waiting' LIMIT 1"
    # A later try sends what the first one took. Whoever has chosen another rhythm since is planned for anew.
    if await database.fetch_one(taken, job.id) is None and person.choice.rhythm == job.detail:
        await database.execute(
            """UPDATE notification SET mail_job_id = {}
            WHERE person_id = {} AND mail = 'waiting' AND mail_job_id IS NULL AND read_at IS NULL""",
            *(job.id, person.id),
        )
    return person if await database.fetch_one(taken, job.id) else None


async def _mark(job: Job, state: str) -> None:
    await database.execute(
        "UPDATE notification SET mail = {} WHERE mail_job_id = {} AND mail = 'waiting'", state, job.id
    )


async def run(job: Job) -> None:
    """Send the e-mail of this job, if there is anything to say. Raises MailUnavailable, PermanentFailure."""
    settings = mail_in_use()
    if settings is None:
        return  # switched off since: nobody waits for old news
    person = await _take(job)
    if person is None:
        return
    found = await items(person, person.language, "n.mail_job_id = {}", [job.id], MOST_IN_ONE + 1)
    if found:
        news = [item for _position, item in found]
        mail = await compose(person, news, base_url=settings.base_url, job_id=job.id)
        await send(mail, settings=settings)
    await _done(job)


@database.transaction
async def _done(job: Job) -> None:
    await _mark(job, "sent")
    await finish(job)


async def compose(person: Hearer, news: Sequence[NotificationOut], *, base_url: str, job_id: str) -> Mail:
    """The e-mail with this news, in the person's language; what was written privately is read only in the page."""
    link = f"{base_url}/unsubscribe/{await unsubscribe_token(person.id)}"
    shown = [
        {
            "text": item.text,
            "url": base_url + item.url,
            "html": "" if item.private else Markup(item.words_html),  # noqa: S704 (rendered by core/text.py)
            "words": "" if item.private else plain(item.words_html),
            "language": item.words_language or person.language,
            "private": item.private,
            "milestone": item.kind == Kind.MILESTONE,
            "order": item.kind == Kind.ORDER,
        }
        for item in news[:MOST_IN_ONE]
    ]
    made = render(
        "notifications/news",
        language=person.language,
        organisation=person.organisation,
        name=person.given_name,
        news=shown,
        more=len(news) > MOST_IN_ONE,
        all_url=f"{base_url}/notifications",
        choose_url=f"{base_url}/settings/notifications",
        unsubscribe_url=link,
    )
    # RFC 8058: the mail program's own button posts to the link; the person need not be signed in.
    headers = {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return made.addressed(person.email, id=job_id, headers=headers)
