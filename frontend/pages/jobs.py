"""Background work, for admins: what waits, runs, has failed or is done; try again and cancel."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from api.core.access.middleware import current_actor
from api.core.clock import now, utc
from api.core.i18n import Language, Message
from api.core.i18n import gettext_later as _
from api.core.i18n import ngettext_later as _n
from api.core.pages import read_marker
from api.jobs import queries, service
from api.jobs.schemas import JobOut, JobState
from frontend.web import AnyRequest, answer, came_from, see_other, view_of

_TABS: dict[JobState, Message] = {
    "failed": _("Failed"),
    "running": _("Running"),
    "waiting": _("Waiting"),
    "done": _("Done"),
    "cancelled": _("Cancelled"),
}
_NOTHING: dict[JobState, Message] = {
    "failed": _("Nothing has failed. What still fails after an hour of trying again arrives here, for you to decide."),
    "running": _("Nothing is running right now. Long work shows here how far it is, and can be stopped."),
    "waiting": _("Nothing is waiting. Imports, e-mails and reminders stand here until it is their turn."),
    "done": _("Nothing was done in the last week. What is done stays here for a week, then it is cleared away."),
    "cancelled": _("Nothing was cancelled in the last week. What you cancel can be tried again from here."),
}


def _wait(job: JobOut, language: Language) -> str:
    minutes = -(-(job.run_at - utc(now())).total_seconds() // 60)
    if minutes < 1:
        return _("Its turn is next.").text(language)
    if minutes < 120:
        return _n("Its turn is in %(n)s minute.", "Its turn is in %(n)s minutes.", int(minutes)).text(language)
    return _n("Its turn is in %(n)s hour.", "Its turn is in %(n)s hours.", int(minutes // 60)).text(language)


@get("/jobs", opt={"policy": "jobs.read"}, include_in_schema=False)
async def jobs_page(
    request: AnyRequest, show: FromQuery[JobState] = "failed", before: FromQuery[str | None] = None
) -> Response[str]:
    """The work in one state, the newest first."""
    language = current_actor(request).language
    page = await queries.jobs(language, show, before=read_marker(before))
    return answer(
        request,
        "jobs/jobs.html",
        view_of(request),
        show=show,
        tabs=[(state, label.text(language)) for state, label in _TABS.items()],
        jobs=page.items,
        waits={job.id: _wait(job, language) for job in page.items},
        before=before,
        nothing=_NOTHING[show].text(language),
        older=f"/jobs?show={show}&before={page.next}" if page.next else "",
    )


@post("/jobs/{job_id:str}/retry", opt={"policy": "jobs.change"}, status_code=200, include_in_schema=False)
async def retry_job(request: AnyRequest, job_id: FromPath[str]) -> Response[str]:
    """Let it run now."""
    await service.retry(actor=current_actor(request), job_id=job_id)
    return see_other(came_from(request, "/jobs"), toast="job_retry")


@post("/jobs/{job_id:str}/cancellation", opt={"policy": "jobs.change"}, status_code=200, include_in_schema=False)
async def cancel_job(request: AnyRequest, job_id: FromPath[str]) -> Response[str]:
    """Stop it."""
    await service.cancel(actor=current_actor(request), job_id=job_id)
    return see_other(came_from(request, "/jobs"), toast="job_cancelled")


ROUTES = [jobs_page, retry_job, cancel_job]
