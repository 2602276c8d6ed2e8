"""Coming in by a link, forgotten passwords, and inviting people."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from api.core import database
from api.core.access.actor import Role
from api.core.access.middleware import base_of, current_actor, session_cookie_name
from api.core.errors import Invalid, NotFound, TooMany
from api.core.mail import mail_in_use
from api.core.settings import Settings
from api.core.text import one_line
from api.invitations import queries, service
from api.invitations.jobs import PATHS
from api.invitations.rules import INVITATION_DAYS, Purpose
from api.people import queries as people
from frontend.agents import browser_name
from frontend.pages.access import signed_in
from frontend.web import AnyRequest, answer, field_errors, form_of, outside_view, see_other, text_of, view_of


async def _outside(request: AnyRequest, template: str, *, status: int = 200, **context: Any) -> Response[str]:
    row = await database.fetch_one("SELECT name, time_zone FROM organisation")
    assert row is not None  # made by the first migration
    view = outside_view(request, organisation=row["name"], time_zone=row["time_zone"])
    return answer(request, template, view, status=status, **context)


async def _link_page(
    request: AnyRequest, purpose: Purpose, token: str, *, errors: dict[str, str] | None = None
) -> Response[str]:
    """What a link opens: looking at it any number of times uses nothing up."""
    holder = await queries.holder(token, purpose)
    if holder is None:
        used = await queries.was_used(token, purpose)
        return await _outside(
            request, "access/link_gone.html", status=404, invited=purpose is Purpose.INVITATION, used=used
        )
    return await _outside(
        request,
        "access/choose_password.html",
        status=422 if errors else 200,
        invited=purpose is Purpose.INVITATION,
        holder=holder,
        action=f"{PATHS[purpose]}{token}",
        errors=errors or {},
    )


async def _come_in(request: AnyRequest, purpose: Purpose, token: str, settings: Settings) -> Response[str]:
    form = await form_of(request)
    try:
        cookie = await service.come_in(
            token=token,
            purpose=purpose,
            password=text_of(form, "password"),
            agent=browser_name(request.headers.get("user-agent", "")),
            old_cookie=request.cookies.get(session_cookie_name(settings), ""),
            keep_days=settings.session_days,
        )
    except NotFound:
        return await _link_page(request, purpose, token)
    except Invalid as error:
        language = outside_view(request, organisation="", time_zone="UTC").language
        return await _link_page(request, purpose, token, errors=field_errors(error, language))
    if purpose is Purpose.INVITATION:
        return signed_in(cookie, settings, "/give?first=1")
    return signed_in(cookie, settings, "/", toast="new_password")


@get("/welcome/{token:str}", opt={"policy": "public"}, include_in_schema=False)
async def welcome_page(request: AnyRequest, token: FromPath[str]) -> Response[str]:
    """Where an invitation leads."""
    return await _link_page(request, Purpose.INVITATION, token)


@post("/welcome/{token:str}", opt={"policy": "public"}, status_code=200, include_in_schema=False)
async def accept_invitation(
    request: AnyRequest, token: FromPath[str], settings: NamedDependency[Settings]
) -> Response[str]:
    """Choose the first password; then one is in."""
    return await _come_in(request, Purpose.INVITATION, token, settings)


@get("/new-password/{token:str}", opt={"policy": "public"}, include_in_schema=False)
async def new_password_page(request: AnyRequest, token: FromPath[str]) -> Response[str]:
    """Where the e-mail for a forgotten password leads."""
    return await _link_page(request, Purpose.PASSWORD, token)


@post("/new-password/{token:str}", opt={"policy": "public"}, status_code=200, include_in_schema=False)
async def choose_new_password(
    request: AnyRequest, token: FromPath[str], settings: NamedDependency[Settings]
) -> Response[str]:
    """Choose a new password; every other browser is signed out."""
    return await _come_in(request, Purpose.PASSWORD, token, settings)


@get("/forgotten-password", opt={"policy": "public"}, include_in_schema=False)
async def forgotten_page(request: AnyRequest) -> Response[str]:
    """Ask for a link, or learn whom to ask where no e-mail is sent."""
    return await _outside(request, "access/forgotten.html", mail=mail_in_use() is not None, email="", sent="", error="")


@post("/forgotten-password", opt={"policy": "public"}, status_code=200, include_in_schema=False)
async def ask_for_password(request: AnyRequest) -> Response[str]:
    """The same answer for every address."""
    if mail_in_use() is None:
        return see_other("/forgotten-password")
    email = one_line(text_of(await form_of(request), "email"))[:254]
    sent, error, status = email, "", 200
    try:
        if "@" in email:
            await service.ask_for_password(email=email, network=request.client.host if request.client else "")
        else:
            raise Invalid.field("email", service.NO_ADDRESS)
    except (Invalid, TooMany) as refused:
        language = outside_view(request, organisation="", time_zone="UTC").language
        sent, error, status = "", refused.message.text(language), refused.status
    return await _outside(
        request, "access/forgotten.html", status=status, mail=True, email=email, sent=sent, error=error
    )


async def _invite_page(request: AnyRequest, person_id: str, *, link: str = "") -> Response[str]:
    actor = current_actor(request)
    person = await people.person(person_id, actor.language)
    return answer(
        request,
        "people/invite.html",
        view_of(request),
        person=person,
        invitation=await queries.invitation(person_id),
        mail=mail_in_use() is not None,
        may_hand_over=Role.ADMIN in actor.roles,
        days=INVITATION_DAYS,
        link=link,
    )


@get("/people/{person_id:str}/invite", opt={"policy": "people.link"}, include_in_schema=False)
async def invite_page(request: AnyRequest, person_id: FromPath[str]) -> Response[str]:
    """Where somebody stands on the way in."""
    return await _invite_page(request, person_id)


@post("/people/{person_id:str}/invite", opt={"policy": "people.link"}, status_code=200, include_in_schema=False)
async def invite_person(
    request: AnyRequest, person_id: FromPath[str], settings: NamedDependency[Settings]
) -> Response[str]:
    """Send the e-mail; where there is none, show a link this once."""
    actor = current_actor(request)
    if mail_in_use() is not None:
        await service.invite(actor=actor, person_id=person_id)
        return see_other(f"/people/{person_id}/invite", toast="invited")
    purpose, token = await service.hand_over_link(actor=actor, person_id=person_id)
    # Only the person who asked reads it: their own Host header can mislead nobody else.
    return await _invite_page(request, person_id, link=f"{base_of(request, settings)}{PATHS[purpose]}{token}")


@get("/invitations", opt={"policy": "people.link"}, include_in_schema=False)
async def invitations_page(request: AnyRequest, after: FromQuery[str | None] = None) -> Response[str]:
    """Who is yet to come in; invite them all."""
    actor = current_actor(request)
    return answer(
        request,
        "people/invitations.html",
        view_of(request),
        found=await queries.invitations(),
        awaited=await queries.awaited(actor.language, after=after),
        admin=Role.ADMIN in actor.roles,
        mail=mail_in_use() is not None,
        days=INVITATION_DAYS,
    )


@post("/invitations", opt={"policy": "people.link"}, status_code=200, include_in_schema=False)
async def invite_everybody(request: AnyRequest) -> Response[str]:
    """Invite all who have no password and no invitation that works."""
    await service.invite_everybody(actor=current_actor(request))
    return see_other("/invitations")


ROUTES = [
    welcome_page,
    accept_invitation,
    new_password_page,
    choose_new_password,
    forgotten_page,
    ask_for_password,
    invite_page,
    invite_person,
    invitations_page,
    invite_everybody,
]
