"""Report to HR; what HR decides: hide with a reason, show again, leave it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from litestar import Response, get, post
from litestar.params import FromPath

from api.core.access.middleware import current_actor
from api.core.errors import DomainError, NotFound
from api.core.ids import is_uuid
from api.kudos import answers, details, moderation, queries
from frontend.pages.kudos import Refused, show_letter
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, view_of


async def _with_reason(
    request: AnyRequest, kudos_id: str, act: Callable[[str], Awaitable[object]], done: Response[str]
) -> Response[str]:
    """Do what the form with a reason asks for; if the reason does not do, say so beside it."""
    reason = text_of(await form_of(request), "reason")
    try:
        await act(reason)
    except DomainError as error:
        sentence = field_errors(error, current_actor(request).language).get("reason")
        if sentence is None:
            raise
        return await show_letter(request, kudos_id, refused=Refused(request.url.path, sentence, reason))
    return done


@post("/kudos/{kudos_id:str}/reports", opt={"policy": "kudos.report"}, status_code=200, include_in_schema=False)
async def report_kudos(request: AnyRequest, kudos_id: FromPath[str]) -> Response[str]:
    """Ask HR to look at it."""
    actor = current_actor(request)

    async def report(reason: str) -> None:
        await moderation.open_report(actor=actor, kudos_id=kudos_id, comment_id=None, reason=reason)

    return await _with_reason(request, kudos_id, report, see_other(f"/kudos/{kudos_id}", toast="reported"))


@post("/comments/{comment_id:str}/reports", opt={"policy": "kudos.report"}, status_code=200, include_in_schema=False)
async def report_comment(request: AnyRequest, comment_id: FromPath[str]) -> Response[str]:
    """Ask HR to look at a comment."""
    actor = current_actor(request)
    kudos_id = await answers.kudos_of_comment(comment_id)

    async def report(reason: str) -> None:
        await moderation.open_report(actor=actor, kudos_id=kudos_id, comment_id=comment_id, reason=reason)

    done = see_other(f"/kudos/{kudos_id}#c-{comment_id}", toast="reported")
    return await _with_reason(request, kudos_id, report, done)


@post("/kudos/{kudos_id:str}/hiding", opt={"policy": "kudos.moderate"}, status_code=200, include_in_schema=False)
async def hide_kudos(request: AnyRequest, kudos_id: FromPath[str]) -> Response[str]:
    """Hide it, with a reason that its giver reads."""
    actor = current_actor(request)

    reverse = bool(text_of(await form_of(request), "reverse"))

    async def hide(reason: str) -> None:
        await moderation.hide_kudos(actor=actor, kudos_id=kudos_id, reason=reason, reverse_points=reverse)

    return await _with_reason(request, kudos_id, hide, see_other(f"/kudos/{kudos_id}", toast="hidden"))


@post("/kudos/{kudos_id:str}/showing", opt={"policy": "kudos.moderate"}, status_code=200, include_in_schema=False)
async def show_kudos(request: AnyRequest, kudos_id: FromPath[str]) -> Response[str]:
    """Show it again."""
    await moderation.show_kudos(actor=current_actor(request), kudos_id=kudos_id)
    return see_other(f"/kudos/{kudos_id}", toast="shown")


@post("/comments/{comment_id:str}/hiding", opt={"policy": "kudos.moderate"}, status_code=200, include_in_schema=False)
async def hide_comment(request: AnyRequest, comment_id: FromPath[str]) -> Response[str]:
    """Hide a comment, with a reason that its author reads."""
    actor = current_actor(request)
    kudos_id = await answers.kudos_of_comment(comment_id)

    async def hide(reason: str) -> None:
        await moderation.hide_comment(actor=actor, comment_id=comment_id, reason=reason)

    return await _with_reason(request, kudos_id, hide, see_other(f"/kudos/{kudos_id}#c-{comment_id}", toast="hidden"))


@post("/comments/{comment_id:str}/showing", opt={"policy": "kudos.moderate"}, status_code=200, include_in_schema=False)
async def show_comment(request: AnyRequest, comment_id: FromPath[str]) -> Response[str]:
    """Show a comment again."""
    kudos_id = await moderation.show_comment(actor=current_actor(request), comment_id=comment_id)
    return see_other(f"/kudos/{kudos_id}#c-{comment_id}", toast="shown")


async def _reports(request: AnyRequest, errors: dict[str, str]) -> Response[str]:
    actor = current_actor(request)
    reports = await details.open_reports(actor)
    return answer(
        request,
        "kudos/reports.html",
        view_of(request),
        status=422 if errors else 200,
        reports=reports,
        items=await queries.several(actor, [report.kudos_id for report in reports]),
        errors=errors,
    )


@get("/reports", opt={"policy": "kudos.moderate"}, include_in_schema=False)
async def reports_page(request: AnyRequest) -> Response[str]:
    """What waits for HR's decision."""
    return await _reports(request, {})


@post("/reports/{report_id:str}", opt={"policy": "kudos.moderate"}, status_code=200, include_in_schema=False)
async def resolve_report(request: AnyRequest, report_id: FromPath[str]) -> Response[str]:
    """Decide: hide it or leave it."""
    actor = current_actor(request)
    form = await form_of(request)
    outcome = text_of(form, "outcome")
    if outcome not in ("hidden", "kept") or not is_uuid(report_id):
        raise NotFound
    try:
        await moderation.resolve_report(
            actor=actor, report_id=report_id, outcome=outcome, reason=text_of(form, "reason")
        )
    except DomainError as error:
        if "reason" not in error.fields:
            raise
        return await _reports(request, {report_id: field_errors(error, actor.language)["reason"]})
    return see_other("/reports", toast=outcome)


ROUTES = [
    report_kudos,
    report_comment,
    hide_kudos,
    show_kudos,
    hide_comment,
    show_comment,
    reports_page,
    resolve_report,
]
