"""A thank-you as it stands in its form: read, shown with what is wrong beside its fields, previewed."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from litestar import Response
from litestar.datastructures import FormMultiDict
from markupsafe import Markup

from api.core.access.actor import Actor
from api.core.access.middleware import current_actor
from api.core.errors import DomainError, Invalid
from api.core.ids import is_uuid7, uuid7
from api.core.settings import Settings
from api.core.text import clean, guess_language, mentioned, render
from api.dependencies.overview import overview
from api.kudos import details
from api.kudos.rules import LONGEST_MESSAGE, LONGEST_PREVIEW, SHORTEST_MESSAGE, check_length
from api.people.mentions import store_mentions
from api.people.queries import people_refs
from api.people.schemas import PersonRef
from frontend.edges import EdgeRow, providers
from frontend.gifts import OFF, chosen_points, gift_of
from frontend.rendering import Toast
from frontend.web import AnyRequest, answer, field_errors, text_of, texts_of, view_of


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
    """How a message will look; `problem` says by how much it is too long."""

    message_html: Markup
    language: str
    problem: str


async def read_form(form: FormMultiDict, actor: Actor) -> GiveForm:
    """What was sent."""
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


async def show_form(
    request: AnyRequest,
    form: GiveForm,
    settings: Settings,
    *,
    editing: str = "",
    preview: MessagePreview | None = None,
    toast: Toast | None = None,
    first: bool = False,
) -> Response[str]:
    """The page with this form; `editing` is the id of the kudos that it changes, `first` greets whoever is new."""
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


def beside_fields(error: DomainError, actor: Actor) -> dict[str, str]:
    """The sentences by the names that the form's fields have."""
    errors = field_errors(error, actor.language)
    return {{"recipients": "to"}.get(name, name): sentence for name, sentence in errors.items()}


async def preview_of(form: GiveForm, actor: Actor) -> MessagePreview:
    """How its words will look."""
    prefer = [person.id for person in (*form.mentions, *form.to)]
    words, problem = clean(form.message)[:LONGEST_PREVIEW], ""
    try:
        check_length(words, LONGEST_MESSAGE)
    except Invalid as error:
        problem = field_errors(error, actor.language)["message"]
    text = await store_mentions(words, prefer=prefer)
    people = await people_refs(mentioned(text)[:50], actor.language)
    html = render(text, {person.id: person.name for person in people})
    return MessagePreview(Markup(html), guess_language(text, actor.language), problem)  # noqa: S704 (sanitised)
