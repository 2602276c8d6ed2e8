"""What was changed, by whom, and taking it back."""

from __future__ import annotations

from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from api.administration.queries import history
from api.administration.service import undo
from api.core.access.middleware import current_actor
from api.core.errors import DomainError, NotFound
from frontend.changes import in_words
from frontend.web import AnyRequest, answer, came_from, see_other, view_of

WRITE = {"policy": "organisation.write"}


async def _show(
    request: AnyRequest, *, subject: str = "", part_of: str = "", before: str | None = None, problem: str = ""
) -> Response[str]:
    language = current_actor(request).language
    found = await history(language, subject=subject, part_of=part_of, before=before)
    chosen = urlencode({name: text for name, text in (("subject", subject), ("part_of", part_of)) if text})
    return answer(
        request,
        "organisation/history.html",
        view_of(request),
        status=409 if problem else 200,
        changes=in_words(found, language),
        older=f"/organisation/history?{f'{chosen}&' if chosen else ''}before={found.next}" if found.next else "",
        subject=subject,
        part_of=part_of,
        problem=problem,
    )


@get("/organisation/history", opt=WRITE, include_in_schema=False)
async def history_page(
    request: AnyRequest,
    subject: FromQuery[str] = "",
    part_of: FromQuery[str] = "",
    before: FromQuery[str | None] = None,
) -> Response[str]:
    """All changes, newest first; those of one thing, or of one import."""
    return await _show(request, subject=subject, part_of=part_of, before=before)


@post("/organisation/history/{change_id:str}/undo", opt=WRITE, status_code=200, include_in_schema=False)
async def undo_change(request: AnyRequest, change_id: FromPath[str]) -> Response[str]:
    """Take it back, and stay where one was; if that is refused, the history says why."""
    actor = current_actor(request)
    try:
        changed = await undo(actor=actor, change_id=change_id)
    except NotFound:
        raise
    except DomainError as error:
        return await _show(request, problem=error.message.text(actor.language))
    return see_other(came_from(request, "/organisation/history"), toast=f"undone:{changed.change_id or ''}")


ROUTES = [history_page, undo_change]
