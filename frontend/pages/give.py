"""Say thank you: the form and its preview."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from api.core.access.middleware import current_actor
from api.core.errors import Conflict, DomainError
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.core.settings import Settings
from api.kudos import queries, service
from api.kudos.rules import LONGEST_MESSAGE, MOST_RECIPIENTS
from api.people.queries import department_people, people_refs, suggest_people
from api.points.errors import NotEnough
from frontend.gifts import gift_of
from frontend.pages.draft import GiveForm, beside_fields, preview_of, read_form, show_form
from frontend.pages.organisation.forms import CHOOSE, NOBODY
from frontend.web import AnyRequest, answer, form_of, see_other, text_of, view_of

SENT_BEFORE = _("You have sent a thank-you from this form already. Send again if this is another one.")


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
    return await show_form(request, form, settings, first=first)


@post("/give", opt={"policy": "kudos.give"}, status_code=200, include_in_schema=False)
async def give(request: AnyRequest, settings: NamedDependency[Settings]) -> Response[str]:
    """Send it; whatever is wrong is said beside its field, and nothing that was typed is lost."""
    actor = current_actor(request)
    sent = await form_of(request)
    form = await read_form(sent, actor)
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
        return await show_form(request, form, settings)
    if form.find:
        # Somebody is still only typed: better ask than thank without them.
        form.errors = {"to": CHOOSE.text(actor.language) if form.found else NOBODY.text(actor.language)}
        return await show_form(request, form, settings)
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
        form.errors = beside_fields(error, actor)
        return await show_form(request, form, settings)
    except Conflict:
        # The browser's back button brought a form that was sent before; what stands in it now is something new.
        form.id = uuid7()
        form.errors = {"message": SENT_BEFORE.text(actor.language)}
        return await show_form(request, form, settings)
    except DomainError as error:
        if not error.fields:
            raise
        form.errors = beside_fields(error, actor)
        return await show_form(request, form, settings)
    if fresh:
        return see_other("/", toast=f"given:{kudos_id}:{settings.undo_seconds}")
    if await queries.several(actor, [kudos_id]):
        return see_other(f"/kudos/{kudos_id}")  # sent twice: it stands already
    # Taken back meanwhile, and sent again from the page before: that is a new thank-you.
    form.id = uuid7()
    form.errors = {"message": SENT_BEFORE.text(actor.language)}
    return await show_form(request, form, settings)


@get("/give/points", opt={"policy": "kudos.give"}, include_in_schema=False)
async def quick_points(request: AnyRequest) -> Response[str]:
    """The field for points, for the feed's quick form once somebody begins to write in it."""
    view = view_of(request)
    if view.target is None:
        return see_other("/give")
    return answer(request, "points/quick.html", view, gift=await gift_of(current_actor(request), []))


@post("/give/preview", opt={"policy": "kudos.give"}, status_code=200, include_in_schema=False)
async def preview_page(request: AnyRequest, settings: NamedDependency[Settings]) -> Response[str]:
    """How it will look; the form stays as it is."""
    actor = current_actor(request)
    form = await read_form(await form_of(request), actor)
    return await show_form(request, form, settings, preview=await preview_of(form, actor))


@get(
    ["/give/preview", "/kudos/{kudos_id:str}/withdrawal"],
    opt={"policy": "kudos.give"},
    include_in_schema=False,
)
async def back_to_give() -> Response[str]:
    """These pages answer forms only; whoever comes back to their address (a bookmark, another language) starts anew."""
    return see_other("/give")


ROUTES = [give_page, give, quick_points, preview_page, back_to_give]
