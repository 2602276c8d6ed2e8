"""Visits in one's own calendar: a secret address, and one visit as a file."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from api.core.access.middleware import base_of, current_actor
from api.core.access.throttle import reserve_try, throttle_keys
from api.core.errors import NotFound
from api.core.settings import Settings
from api.rotations import calendars
from frontend.pages.visits.mine import OWN
from frontend.web import AnyRequest, answer, see_other, view_of

_TYPE = "text/calendar"


@get("/calendar/{token:str}", opt={"policy": "public"}, include_in_schema=False)
async def feed(request: AnyRequest, token: FromPath[str], settings: NamedDependency[Settings]) -> Response[bytes]:
    """What a calendar program gets; it has no session. Whoever guesses addresses rests."""
    try:
        found = await calendars.feed(token.removesuffix(".ics"), base_url=base_of(request, settings))
    except NotFound:
        network = request.client.host if request.client else ""
        await reserve_try(keys=throttle_keys("", network, what="calendar ")[1:])
        raise
    headers = {"etag": f'"{found.etag}"', "cache-control": "private, max-age=600"}
    if f'"{found.etag}"' in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    headers["content-disposition"] = 'inline; filename="rotations.ics"'
    return Response(found.content, media_type=_TYPE, headers=headers)


@get("/visits/{visit_id:str}/event", opt=OWN, include_in_schema=False)
async def single(request: AnyRequest, visit_id: FromPath[str], settings: NamedDependency[Settings]) -> Response[bytes]:
    """One visit as a file."""
    actor = current_actor(request)
    found = await calendars.single(actor.id, visit_id, actor.language, base_url=base_of(request, settings))
    headers = {"content-disposition": 'attachment; filename="visit.ics"', "cache-control": "no-store"}
    return Response(found.content, media_type=_TYPE, headers=headers)


@post("/rotations/calendar", opt={"policy": "account.secrets"}, status_code=200, include_in_schema=False)
async def make_address(request: AnyRequest, settings: NamedDependency[Settings]) -> Response[str]:
    """A new address, shown this once; the one before ends."""
    token = await calendars.make_address(actor=current_actor(request))
    address = calendars.address(token, base_url=base_of(request, settings))
    return answer(
        request,
        "visits/calendar.html",
        view_of(request),
        address=address,
        subscribe="webcal" + address.removeprefix("https").removeprefix("http"),
    )


@post("/rotations/calendar/removal", opt={"policy": "account.secrets"}, status_code=200, include_in_schema=False)
async def revoke_address(request: AnyRequest) -> Response[str]:
    """No calendar gets anything any more."""
    await calendars.revoke_address(actor=current_actor(request))
    return see_other("/rotations#calendar", toast="calendar_revoked")


ROUTES = [feed, single, make_address, revoke_address]
