"""One's own thank-you: its words changed, or all of it taken back."""

from __future__ import annotations

from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from api.core.access.actor import Actor
from api.core.access.middleware import current_actor
from api.core.errors import DomainError, NotFound
from api.core.ids import uuid7
from api.core.settings import Settings
from api.core.text import mentioned
from api.kudos import queries, service
from api.people.queries import people_refs
from frontend.pages.draft import GiveForm, beside_fields, preview_of, read_form, show_form
from frontend.rendering import Toast
from frontend.toasts import TAKEN_BACK
from frontend.web import AnyRequest, back_to_the_feed, form_of, local_path, see_other


@get("/kudos/{kudos_id:str}/edit", opt={"policy": "kudos.change"}, include_in_schema=False)
async def edit_page(request: AnyRequest, kudos_id: FromPath[str], settings: NamedDependency[Settings]) -> Response[str]:
    """The form with one's own words in it."""
    actor = current_actor(request)
    return await show_form(request, await _stored(actor, kudos_id), settings, editing=kudos_id)


async def _stored(actor: Actor, kudos_id: FromPath[str]) -> GiveForm:
    draft = await service.own_draft(actor=actor, kudos_id=kudos_id)
    item = await queries.one(actor, kudos_id)
    return GiveForm(
        to=item.card.recipients,
        message=draft.message,
        mentions=await people_refs(mentioned(item.card.message), actor.language),
        value=draft.value or "",
        private=draft.private,
    )


@post("/kudos/{kudos_id:str}/edit", opt={"policy": "kudos.change"}, status_code=200, include_in_schema=False)
async def edit(request: AnyRequest, kudos_id: FromPath[str], settings: NamedDependency[Settings]) -> Response[str]:
    """Keep the new words; the kudos is marked as edited."""
    actor = current_actor(request)
    form = await _changed(request, actor, kudos_id)
    try:
        await service.revise_kudos(
            actor=actor,
            kudos_id=kudos_id,
            message=form.message,
            value=form.value or None,
            mentions=[person.id for person in form.mentions],
        )
    except DomainError as error:
        if isinstance(error, NotFound):
            raise
        # What has no field of its own (HR hid it meanwhile) is said beside the words, which stay.
        form.errors = beside_fields(error, actor) or {"message": error.message.text(actor.language)}
        return await show_form(request, form, settings, editing=kudos_id)
    return see_other(f"/kudos/{kudos_id}", toast="edited")


async def _changed(request: AnyRequest, actor: Actor, kudos_id: str) -> GiveForm:
    stored = await _stored(actor, kudos_id)
    form = await read_form(await form_of(request), actor)
    form.to, form.private = stored.to, stored.private
    return form


@post("/kudos/{kudos_id:str}/edit/preview", opt={"policy": "kudos.change"}, status_code=200, include_in_schema=False)
async def edit_preview(
    request: AnyRequest, kudos_id: FromPath[str], settings: NamedDependency[Settings]
) -> Response[str]:
    """How the new words will look."""
    actor = current_actor(request)
    form = await _changed(request, actor, kudos_id)
    return await show_form(request, form, settings, editing=kudos_id, preview=await preview_of(form, actor))


@post("/kudos/{kudos_id:str}/withdrawal", opt={"policy": "kudos.change"}, status_code=200, include_in_schema=False)
async def withdraw(request: AnyRequest, kudos_id: FromPath[str], settings: NamedDependency[Settings]) -> Response[str]:
    """Take it back. Within the undo time the words return to the form; later it is deleted for good."""
    actor = current_actor(request)
    try:
        item = await queries.one(actor, kudos_id)
        draft = await service.withdraw_kudos(actor=actor, kudos_id=kudos_id)
    except NotFound:
        if not await service.was_taken_back(actor=actor, kudos_id=kudos_id):
            raise
        return back_to_the_feed(request, kudos_id, "gone")
    if item.undo_until is None:
        return see_other("/", toast="deleted")
    form = GiveForm(
        id=uuid7(),
        to=await people_refs(draft.recipients, actor.language),
        message=draft.message,
        mentions=await people_refs(mentioned(item.card.message), actor.language),
        value=draft.value or "",
        private=draft.private,
        points=draft.points,
    )
    return await show_form(request, form, settings, toast=Toast(text=TAKEN_BACK.text(actor.language)))


@get("/kudos/{kudos_id:str}/edit/preview", opt={"policy": "kudos.change"}, include_in_schema=False)
async def back_to_edit(kudos_id: FromPath[str]) -> Response[str]:
    """The same for a change under way."""
    return see_other(local_path(f"/kudos/{quote(kudos_id, safe='')}/edit"))


ROUTES = [edit_page, edit, edit_preview, withdraw, back_to_edit]
