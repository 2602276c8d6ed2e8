"""The feed: what people thank each other for, and the edges of one's own department beside it."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from litestar import Response, get
from litestar.params import FromQuery, QueryParameter

from api.core import live
from api.core.access.actor import Actor
from api.core.access.middleware import current_actor
from api.core.ids import is_uuid, uuid7
from api.core.pages import read_cursor
from api.dependencies.overview import Overview, overview
from api.dependencies.schemas import EdgeOut
from api.kudos import details, queries
from api.kudos.filters import FeedFilter
from api.people.queries import department_refs, people_refs
from api.people.schemas import DepartmentRef, PersonRef
from frontend.edges import EdgeRow, customers, nudge, providers
from frontend.rendering import fragments
from frontend.web import AnyRequest, answer, view_of

STREAM = "/api/v1/events"
SHOWS = {"all": "", "department": "my_department", "to_me": "to_me", "from_me": "from_me"}


class Filters(msgspec.Struct, kw_only=True):
    """What of the feed is shown, as the page names it."""

    show: str
    q: str
    edge: str
    value: str
    person: PersonRef | None
    department: DepartmentRef | None
    asked: dict[str, str]

    @property
    def url(self) -> str:
        """The address of just this part of the feed."""
        return self.but()

    @property
    def active(self) -> bool:
        """Whether anything is left out."""
        return bool(self.asked)

    def but(self, **changed: str) -> str:
        """The address with some filters changed; an empty one is dropped, the others stay."""
        asked = {name: text for name, text in {**self.asked, **changed}.items() if text}
        return f"/?{urlencode(asked)}" if asked else "/"

    def besides(self, *names: str) -> dict[str, str]:
        """The filters that a form for `names` has to carry along."""
        return {name: text for name, text in self.asked.items() if name not in names}

    @property
    def live(self) -> bool:
        """Whether new thanks are announced: only where all are shown."""
        return not self.active


class EdgeChoice(msgspec.Struct, frozen=True):
    """An entry in the list of connections: thanks flow from customer to provider."""

    key: str
    label: str


def edge_choices(known: Overview) -> list[EdgeChoice]:
    """All connections by name, in the direction in which thanks flow."""
    kept: list[EdgeChoice] | None = fragments.get(("edge choices", known.version))
    return kept or fragments.put(("edge choices", known.version), _edge_choices(known.edges))


def _edge_choices(edges: list[EdgeOut]) -> list[EdgeChoice]:
    found = [EdgeChoice(f"{e.customer.id}~{e.provider.id}", f"{e.customer.name} → {e.provider.name}") for e in edges]
    return sorted(found, key=lambda choice: choice.label)


def own_edges(actor: Actor, known: Overview) -> dict[str, Any]:
    """The own department's edges for the page's aside."""
    key = ("own edges", known.version, actor.department_id)
    kept: dict[str, Any] | None = fragments.get(key)
    if kept is None:
        needs: list[EdgeRow] = providers(known, actor.department_id)
        kept = {"needs": needs, "needed_by": customers(known, actor.department_id), "nudge": nudge(needs)}
        fragments.put(key, kept)
    return kept


@get("/", opt={"policy": "kudos.read"}, include_in_schema=False)
async def feed_page(
    request: AnyRequest,
    show: FromQuery[str] = "all",
    q: Annotated[str, QueryParameter(max_length=200)] = "",
    edge: FromQuery[str] = "",
    value: FromQuery[str] = "",
    person: FromQuery[str] = "",
    department: FromQuery[str] = "",
    before: FromQuery[str | None] = None,
) -> Response[str]:
    """The feed with its filters; everything chosen must hold."""
    actor = current_actor(request)
    giver, _sep, recipient = edge.partition("~")
    chosen = FeedFilter(
        mine=SHOWS.get(show, ""),  # type: ignore[arg-type]
        q=q,
        giver_department=giver if is_uuid(giver) and is_uuid(recipient) else "",
        recipient_department=recipient if is_uuid(giver) and is_uuid(recipient) else "",
        value=value if is_uuid(value) else "",
        person=person if is_uuid(person) else "",
        department=department if is_uuid(department) else "",
    )
    page = await queries.feed(actor, chosen, before=read_cursor(before))
    view = view_of(request)
    asked = {"show": show if show in SHOWS and show != "all" else "", "q": q, "edge": edge, "value": value}
    asked |= {"person": person, "department": department}
    asked = {name: text for name, text in asked.items() if text}
    filters = Filters(
        show=asked.get("show", "all"), q=q.strip(), edge=edge, value=value, person=None, department=None, asked=asked
    )
    older = filters.but(before=page.next) if page.next else ""
    if view.target == "older":
        return answer(request, "kudos/feed.html", view, items=page.items, older=older, filters=filters)
    if chosen.person:
        filters.person = next(iter(await people_refs([chosen.person], actor.language)), None)
    if chosen.department:
        filters.department = next(iter(await department_refs([chosen.department], actor.language)), None)
    known = await overview(actor.language, actor.directory_revision)
    return answer(
        request,
        "kudos/feed.html",
        view,
        items=page.items,
        older=older,
        filters=filters,
        stream=STREAM,
        after=live.hub().cursor,
        form_id=uuid7(),
        values=await details.kept_values(actor.language, actor.directory_revision),
        edges=edge_choices(known),
        edges_version=known.version,
        **own_edges(actor, known),
    )


ROUTES = [feed_page]
