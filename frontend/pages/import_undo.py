"""Take a whole import back: what that means first, then how far it is, then what stayed."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.params import FromPath

from api.administration.whole import take_import_back
from api.administration.whole_queries import whole_undo
from api.core.access.middleware import current_actor
from api.core.errors import DomainError, NotFound
from api.core.i18n import gettext_later as _
from frontend.changes import in_words, kind_label
from frontend.web import AnyRequest, answer, form_of, see_other, text_of, view_of

WRITE = {"policy": "organisation.write"}


async def _show(request: AnyRequest, import_id: str, problem: str = "") -> Response[str]:
    language = current_actor(request).language
    found, view = await whole_undo(import_id, language), view_of(request)
    if view.target == "progress" and found.state != "running":
        return Response("", headers={"hx-refresh": "true", "cache-control": "no-store"})
    return answer(
        request,
        "imports/undo.html",
        view,
        status=409 if problem else 200,
        found=found,
        staying=in_words(found.staying, language),
        kinds={kind: kind_label(kind, language) for kind in found.open},
        problem=problem,
    )


@get("/imports/{import_id:str}/undo", opt=WRITE, include_in_schema=False)
async def import_undo_page(request: AnyRequest, import_id: FromPath[str]) -> Response[str]:
    """What would be taken back and what would stay; while it runs, how far it is."""
    return await _show(request, import_id)


@post("/imports/{import_id:str}/undo", opt=WRITE, status_code=200, include_in_schema=False)
async def undo_import(request: AnyRequest, import_id: FromPath[str]) -> Response[str]:
    """Begin, once somebody has said that they are sure."""
    actor = current_actor(request)
    if text_of(await form_of(request), "sure") != "1":
        return await _show(request, import_id, _("Say first that you are sure.").text(actor.language))
    try:
        await take_import_back(actor=actor, import_id=import_id)
    except NotFound:
        raise
    except DomainError as error:
        return await _show(request, import_id, error.message.text(actor.language))
    return see_other(f"/imports/{import_id}/undo")


ROUTES = [import_undo_page, undo_import]
