"""Background work over HTTP, for admins."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, get, put
from litestar.params import FromPath, QueryParameter

from api.core.access.middleware import current_actor
from api.core.openapi import problems
from api.core.pages import LARGEST_PAGE, PAGE, read_marker
from api.jobs import queries, service
from api.jobs.schemas import JobPage, JobState


@get("/jobs", opt={"policy": "jobs.read"}, tags=["Service"], responses=problems(422), operation_id="listJobs")
async def list_jobs(
    request: Request[Any, Any, Any],
    shown: Annotated[JobState, QueryParameter(name="state")] = "failed",
    before: Annotated[str | None, QueryParameter(description="The `next` of the page before.")] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=LARGEST_PAGE)] = PAGE,
) -> JobPage:
    """Background work in one state, the newest first. What is done goes after a week."""
    language = current_actor(request).language
    return await queries.jobs(language, shown, before=read_marker(before), limit=limit)


@put(
    "/jobs/{job_id:str}/retry",
    opt={"policy": "jobs.change"},
    status_code=204,
    tags=["Service"],
    responses=problems(404, 409),
    operation_id="retryJob",
)
async def retry_job(request: Request[Any, Any, Any], job_id: FromPath[str]) -> None:
    """Let what failed, was cancelled or rests run now."""
    await service.retry(actor=current_actor(request), job_id=job_id)


@put(
    "/jobs/{job_id:str}/cancellation",
    opt={"policy": "jobs.change"},
    status_code=204,
    tags=["Service"],
    responses=problems(404, 409),
    operation_id="cancelJob",
)
async def cancel_job(request: Request[Any, Any, Any], job_id: FromPath[str]) -> None:
    """Stop what waits or runs."""
    await service.cancel(actor=current_actor(request), job_id=job_id)


ROUTES = [list_jobs, retry_job, cancel_job]
