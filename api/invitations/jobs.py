"""E-mails with links. The link is made when its e-mail is sent: a job's row must not hold what opens an account."""

from __future__ import annotations

from api.core.i18n import gettext_later as _
from api.core.i18n import language_or_none
from api.core.jobs import Job, JobKind, PermanentFailure, report
from api.core.mail import mail_in_use, render, send
from api.invitations import queries, service
from api.invitations.rules import INVITATION_DAYS, Purpose

AT_ONCE = 200
"""People invited in one transaction."""

PATHS = {Purpose.INVITATION: "/welcome/", Purpose.PASSWORD: "/new-password/"}


async def _send(job: Job, purpose: Purpose, template: str) -> None:
    settings = mail_in_use()
    if settings is None:
        raise PermanentFailure("no_mail")
    person = await queries.addressee(job.subject_id) if job.subject_id else None
    if person is None or (purpose is Purpose.INVITATION and person.has_password):
        return
    token = await service.make_link(person_id=str(job.subject_id), purpose=purpose)
    try:
        mail = render(
            template,
            language=language_or_none(person.language) or "en",
            name=person.given_name,
            organisation=person.organisation,
            link=f"{settings.base_url}{PATHS[purpose]}{token}",
            days=INVITATION_DAYS,
        )
        await send(mail.addressed(person.email, id=job.id), settings=settings)
    except BaseException:
        await service.drop_link(token=token, purpose=purpose)
        raise


async def _invitation(job: Job) -> None:
    await _send(job, Purpose.INVITATION, "invitations/invitation")


async def _password(job: Job) -> None:
    await _send(job, Purpose.PASSWORD, "invitations/reset")


async def _everybody(job: Job) -> None:
    total = (await queries.invitations()).open
    done, last = 0, ""
    while await report(job, done, max(total, done)):
        found = await service.invite_some(actor_id=job.subject_id, after=last, limit=AT_ONCE)
        if found is None:
            return
        last, done = found, done + AT_ONCE


KINDS = (
    JobKind(queries.SEND, run=_invitation, title=_("Send an invitation")),
    JobKind(service.PASSWORD, run=_password, attempts=5, title=_("Send a link for a new password")),
    JobKind(queries.EVERYBODY, run=_everybody, at_once=1, title=_("Invite everybody who has not been invited")),
)
