"""Say thank you: the form, its preview, and changing or taking back what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from markupsafe import Markup

from api.core.access.actor import Actor
from api.core.access.middleware import current_actor
from api.core.errors import Conflict, DomainError, NotFound
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, is_uuid7, uuid7
from api.core.settings import Settings
from api.core.text import clean, guess_language, mentioned, render
from api.dependencies.overview import overview
from api.kudos import details, queries, service
from api.kudos.rules import LONGEST_MESSAGE, MOST_RECIPIENTS, SHORTEST_MESSAGE
from api.people.mentions import store_mentions
from api.people.queries import department_people, people_refs, suggest_people
from api.people.schemas import PersonRef
from api.points.errors import NotEnough
from frontend.edges import EdgeRow, providers
from frontend.gifts import OFF, chosen_points, gift_of
from frontend.rendering import Toast
from frontend.toasts import TAKEN_BACK
from frontend.web import (
    AnyRequest,
    answer,
    back_to_the_feed,
    field_errors,
    form_of,
    local_path,
    see_other,
    text_of,
    texts_of,
    view_of,
)

CHOOSE = _("Choose whom you mean, or clear the name.")
NOBODY = _("Nobody here has this name. Clear it, or type another.")
SENT_BEFORE = _("You have sent a thank-you from this form already. Send again if this is another one.")


class GiveForm(msgspec.Struct, kw_only=True):
    """The form as it stands: what was typed and chosen, what was found for it, what to mend."""

    id: str = ""
    to: Sequence[PersonRef] = ()
    find: str = ""
    found: Sequence[PersonRef] = ()
    message: str = ""
    mentions: Sequence[PersonRef] = ()
    value: str = ""
    private: bool = False
    points: int = 0
    errors: dict[str, str] = {}


class MessagePreview(msgspec.Struct, frozen=True):
    """How a message will look."""

    message_html: Markup
    language: str


async def _read(form: FormMultiDict, actor: Actor) -> GiveForm:
    mentions = await people_refs(texts_of(form, "mention")[:50], actor.language)
    sent_id = text_of(form, "id")
    return GiveForm(
        id=sent_id if is_uuid7(sent_id) else uuid7(),
        to=await people_refs(texts_of(form, "to")[:200], actor.language),
        find=text_of(form, "find").strip()[:200],
        message=text_of(form, "message"),
        mentions=mentions,
        value=text_of(form, "value"),
        private=bool(text_of(form, "private")),
        points=chosen_points(form),
    )


async def _show(
    request: AnyRequest,
    form: GiveForm,
    settings: Settings,
    *,
    editing: str = "",
    preview: MessagePreview | None = None,
    toast: Toast | None = None,
    first: bool = False,
) -> Response[str]:
    actor = current_actor(request)
    known = await overview(actor.language, actor.directory_revision)
    action = f"/kudos/{editing}/edit" if editing else "/give"
    return answer(
        request,
        "kudos/give.html",
        view_of(request, toast=toast),
        status=422 if form.errors else 200,
        form=form,
        editing=bool(editing),
        action=action,
        preview_action=f"{action}/preview",
        preview=preview,
        values=await details.kept_values(actor.language, actor.directory_revision),
        minimum=SHORTEST_MESSAGE,
        limit=LONGEST_MESSAGE,
        undo_seconds=settings.undo_seconds,
        first=first,
        gift=OFF if editing else await gift_of(actor, form.to, chosen=form.points, error=form.errors.get("points", "")),
        edge=_edge(providers(known, actor.department_id), form.to),
    )


def _edge(rows: list[EdgeRow], to: Sequence[PersonRef]) -> EdgeRow | None:
    """The edge that this thank-you would run along, if it is declared."""
    wanted = {person.department.id for person in to}
    return next((row for row in rows if row.department.id in wanted), None)


@get("/give", opt={"policy": "kudos.give"}, include_in_schema=False)
async def give_page(
    request: AnyRequest,
    settings: NamedDependency[Settings],
    to: FromQuery[list[str] | None] = None,
    words: FromQuery[str] = "",
    department: FromQuery[str] = "",
    first: FromQuery[bool] = False,
) -> Response[str]:
    """The empty form, or with people chosen, or with a department's people to choose from; `words` begin the message.

    `first`: straight from accepting an invitation.
    """
    actor = current_actor(request)
    form = GiveForm(
        id=uuid7(), to=await people_refs((to or [])[:MOST_RECIPIENTS], actor.language), message=words[:LONGEST_MESSAGE]
    )
    if is_uuid(department):
        people = await department_people(department, actor.language, limit=MOST_RECIPIENTS)
        form.found = [person for person in people if person.id != actor.id]
    return await _show(request, form, settings, first=first)


@post("/give", opt={"policy": "kudos.give"}, status_code=200, include_in_schema=False)
async def give(request: AnyRequest, settings: NamedDependency[Settings]) -> Response[str]:
    """Send it; whatever is wrong is said beside its field, and nothing that was typed is lost."""
    actor = current_actor(request)
    sent = await form_of(request)
    form = await _read(sent, actor)
    if form.find:
        # Nobody thanks only themselves: one is found oneself once there are others.
        found = await suggest_people(form.find, actor.language, limit=20, without="" if form.to else actor.id)
        chosen = {person.id for person in form.to}
        form.found = [person for person in found if person.id not in chosen]
        if text_of(sent, "do") != "find" and len(form.found) < len(found):
            # Without script the name stays in its field after somebody was ticked for it: it is answered.
            form.found, form.find = [], ""
        elif text_of(sent, "do") != "find" and len(form.found) == 1:
            # Without script the name may just be typed: if it can only mean one person, it does.
            form.to, form.found, form.find = [*form.to, *form.found], [], ""
    if text_of(sent, "do") == "find":
        return await _show(request, form, settings)
    if form.find:
        # Somebody is still only typed: better ask than thank without them.
        form.errors = {"to": CHOOSE.text(actor.language) if form.found else NOBODY.text(actor.language)}
        return await _show(request, form, settings)
    try:
        kudos_id, fresh = await service.give_kudos(
            actor=actor,
            recipients=[person.id for person in form.to],
            message=form.message,
            value=form.value or None,
            private=form.private,
            undo_seconds=settings.undo_seconds,
            points=form.points,
            client_id=form.id,
            mentions=[person.id for person in form.mentions],
        )
    except NotEnough as error:
        form.errors = _beside_fields(error, actor)
        return await _show(request, form, settings)
    except Conflict:
        # The browser's back button brought a form that was sent before; what stands in it now is something new.
        form.id = uuid7()
        form.errors = {"message": SENT_BEFORE.text(actor.language)}
        return await _show(request, form, settings)
    except DomainError as error:
        if not error.fields:
            raise
        form.errors = _beside_fields(error, actor)
        return await _show(request, form, settings)
    if fresh:
        return see_other("/", toast=f"given:{kudos_id}:{settings.undo_seconds}")
    if await queries.several(actor, [kudos_id]):
        return see_other(f"/kudos/{kudos_id}")  # sent twice: it stands already
    # Taken back meanwhile, and sent again from the page before: that is a new thank-you.
    form.id = uuid7()
    form.errors = {"message": SENT_BEFORE.text(actor.language)}
    return await _show(request, form, settings)


def _beside_fields(error: DomainError, actor: Actor) -> dict[str, str]:
    """The sentences by the names that the form's fields have."""
    errors = field_errors(error, actor.language)
    return {{"recipients": "to"}.get(name, name): sentence for name, sentence in errors.items()}


async def _preview(form: GiveForm, actor: Actor) -> MessagePreview:
    prefer = [person.id for person in (*form.mentions, *form.to)]
    text = await store_mentions(clean(form.message)[:LONGEST_MESSAGE], prefer=prefer)
    people = await people_refs(mentioned(text)[:50], actor.language)
    html = render(text, {person.id: person.name for person in people})
    return MessagePreview(Markup(html), guess_language(text, actor.language))  # noqa: S704 (sanitised)


@post("/give/preview", opt={"policy": "kudos.give"}, status_code=200, include_in_schema=False)
async def preview_page(request: AnyRequest, settings: NamedDependency[Settings]) -> Response[str]:
    """How it will look; the form stays as it is."""
    actor = current_actor(request)
    form = await _read(await form_of(request), actor)
    return await _show(request, form, settings, preview=await _preview(form, actor))


@get("/kudos/{kudos_id:str}/edit", opt={"policy": "kudos.change"}, include_in_schema=False)
async def edit_page(request: AnyRequest, kudos_id: FromPath[str], settings: NamedDependency[Settings]) -> Response[str]:
    """The form with one's own words in it."""
    actor = current_actor(request)
    return await _show(request, await _stored(actor, kudos_id), settings, editing=kudos_id)


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
        form.errors = _beside_fields(error, actor) or {"message": error.message.text(actor.language)}
        return await _show(request, form, settings, editing=kudos_id)
    return see_other(f"/kudos/{kudos_id}", toast="edited")


async def _changed(request: AnyRequest, actor: Actor, kudos_id: str) -> GiveForm:
    stored = await _stored(actor, kudos_id)
    form = await _read(await form_of(request), actor)
    form.to, form.private = stored.to, stored.private
    return form


@post("/kudos/{kudos_id:str}/edit/preview", opt={"policy": "kudos.change"}, status_code=200, include_in_schema=False)
async def edit_preview(
    request: AnyRequest, kudos_id: FromPath[str], settings: NamedDependency[Settings]
) -> Response[str]:
    """How the new words will look."""
    actor = current_actor(request)
    form = await _changed(request, actor, kudos_id)
    return await _show(request, form, settings, editing=kudos_id, preview=await _preview(form, actor))


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
    return await _show(request, form, settings, toast=Toast(text=TAKEN_BACK.text(actor.language)))


@get(
    ["/give/preview", "/kudos/{kudos_id:str}/withdrawal"],
    opt={"policy": "kudos.give"},
    include_in_schema=False,
)
async def back_to_give() -> Response[str]:
    """These pages answer forms only; whoever comes back to their address (a bookmark, another language) starts anew."""
    return see_other("/give")


@get("/kudos/{kudos_id:str}/edit/preview", opt={"policy": "kudos.change"}, include_in_schema=False)
async def back_to_edit(kudos_id: FromPath[str]) -> Response[str]:
    """The same for a change under way."""
    return see_other(local_path(f"/kudos/{quote(kudos_id, safe='')}/edit"))


ROUTES = [give_page, give, preview_page, edit_page, edit, edit_preview, withdraw, back_to_give, back_to_edit]
