"""Reports, hiding and showing over HTTP."""

from __future__ import annotations

from typing import Any

from litestar import Request, delete, get, post, put
from litestar.params import FromPath, JSONBody

from api.core.access.middleware import current_actor
from api.core.openapi import problems
from api.kudos import details, moderation
from api.kudos.schemas import GiveReason, OpenReport, ReportList, ReportReceipt, ResolveReport


@post(
    "/kudos/{kudos_id:str}/reports",
    opt={"policy": "kudos.report"},
    tags=["Moderation"],
    responses=problems(404, 413, 422),
    operation_id="openReport",
)
async def open_report(
    request: Request[Any, Any, Any], kudos_id: FromPath[str], data: JSONBody[OpenReport]
) -> ReportReceipt:
    """Ask HR to look at a kudos or a comment. Asking again while it is open is the same report."""
    actor = current_actor(request)
    return ReportReceipt(
        await moderation.open_report(actor=actor, kudos_id=kudos_id, comment_id=data.comment, reason=data.reason)
    )


@get(
    "/reports",
    opt={"policy": "kudos.moderate"},
    tags=["Moderation"],
    responses=problems(),
    operation_id="listReports",
)
async def list_reports(request: Request[Any, Any, Any]) -> ReportList:
    """Reports that wait for a decision, the oldest first."""
    return ReportList(await details.open_reports(current_actor(request)))


@put(
    "/reports/{report_id:str}/resolution",
    opt={"policy": "kudos.moderate"},
    status_code=204,
    tags=["Moderation"],
    responses=problems(404, 409, 413, 422),
    operation_id="resolveReport",
)
async def resolve_report(
    request: Request[Any, Any, Any], report_id: FromPath[str], data: JSONBody[ResolveReport]
) -> None:
    """Decide a report: hide what was reported, or keep it."""
    actor = current_actor(request)
    await moderation.resolve_report(actor=actor, report_id=report_id, outcome=data.outcome, reason=data.reason)


@put(
    "/kudos/{kudos_id:str}/hiding",
    opt={"policy": "kudos.moderate"},
    status_code=204,
    tags=["Moderation"],
    responses=problems(404, 413, 422),
    operation_id="hideKudos",
)
async def hide_kudos(request: Request[Any, Any, Any], kudos_id: FromPath[str], data: JSONBody[GiveReason]) -> None:
    """Hide a kudos; its giver reads the reason."""
    await moderation.hide_kudos(actor=current_actor(request), kudos_id=kudos_id, reason=data.reason)


@delete(
    "/kudos/{kudos_id:str}/hiding",
    opt={"policy": "kudos.moderate"},
    tags=["Moderation"],
    responses=problems(404),
    operation_id="showKudos",
)
async def show_kudos(request: Request[Any, Any, Any], kudos_id: FromPath[str]) -> None:
    """Show a hidden kudos again."""
    await moderation.show_kudos(actor=current_actor(request), kudos_id=kudos_id)


@put(
    "/comments/{comment_id:str}/hiding",
    opt={"policy": "kudos.moderate"},
    status_code=204,
    tags=["Moderation"],
    responses=problems(404, 413, 422),
    operation_id="hideComment",
)
async def hide_comment(request: Request[Any, Any, Any], comment_id: FromPath[str], data: JSONBody[GiveReason]) -> None:
    """Hide a comment; its author reads the reason."""
    await moderation.hide_comment(actor=current_actor(request), comment_id=comment_id, reason=data.reason)


@delete(
    "/comments/{comment_id:str}/hiding",
    opt={"policy": "kudos.moderate"},
    tags=["Moderation"],
    responses=problems(404),
    operation_id="showComment",
)
async def show_comment(request: Request[Any, Any, Any], comment_id: FromPath[str]) -> None:
    """Show a hidden comment again."""
    await moderation.show_comment(actor=current_actor(request), comment_id=comment_id)


ROUTES = [
    open_report,
    list_reports,
    resolve_report,
    hide_kudos,
    show_kudos,
    hide_comment,
    show_comment,
]
