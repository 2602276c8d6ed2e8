"""One's own settings: language, appearance, time zone, password, browsers and tokens."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from api.account import queries, service
from api.core.access.actor import Actor, Scope
from api.core.access.middleware import current_actor
from api.core.access.policies import scopes_of
from api.core.access.sessions import change_password, end_session, sign_out_everywhere
from api.core.access.tokens import create_token, revoke_token
from api.core.errors import DomainError
from api.core.i18n import gettext_later as _
from api.core.i18n import language_or_none
from api.core.settings import Settings
from frontend.web import (
    AnyRequest,
    answer,
    came_from,
    field_errors,
    form_of,
    language_cookie,
    local_path,
    see_other,
    text_of,
    texts_of,
    view_of,
)

SCOPES = {
    Scope.PEOPLE_READ: _("Read people and departments"),
    Scope.KUDOS_READ: _("Read thanks"),
    Scope.KUDOS_WRITE: _("Say thank you, react and comment"),
    Scope.MODERATE: _("Hide thanks and answer reports"),
    Scope.ORGANISATION: _("Change the organisation"),
    Scope.INVITE: _("Invite people"),
    Scope.ACCOUNT: _("Read and change your settings"),
    Scope.APPROVALS_READ: _("Read approvals"),
    Scope.APPROVALS_DECIDE: _("Decide approvals and name deputies"),
    Scope.AWARDS: _("Propose awards, read budgets"),
    Scope.JOBS: _("See and steer background work"),
    Scope.INTEGRATIONS: _("Manage integrations"),
    Scope.REWARDS_READ: _("Read rewards and your orders"),
    Scope.REWARDS_ORDER: _("Order rewards"),
    Scope.REWARDS_MANAGE: _("Manage rewards and hand them over"),
    Scope.PAYROLL: _("Read what goes to payroll"),
    Scope.IMPROVEMENTS: _("Feedback after visits, ideas and improvement teams"),
}
"""What a token may do, as people say it."""

_YEAR = 365 * 24 * 3600


@cache
def time_zones() -> list[str]:
    """The zones people choose from: places, not technical names."""
    areas = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    return ["UTC", *sorted(zone for zone in available_timezones() if zone.startswith(areas))]


async def _show(
    request: AnyRequest,
    *,
    errors: dict[str, str] | None = None,
    new_token: str = "",
    typed: dict[str, Any] | None = None,
) -> Response[str]:
    actor = current_actor(request)
    chosen = await queries.preferences(actor)
    own = [chosen.time_zone] if chosen.time_zone and chosen.time_zone not in time_zones() else []
    return answer(
        request,
        "people/settings.html",
        view_of(request),
        status=422 if errors else 200,
        settings=chosen,
        time_zones=[*own, *time_zones()],
        sessions=await queries.sessions(actor),
        tokens=await queries.tokens(actor),
        scopes=[scope.value for scope in scopes_of(actor.roles)],
        scope_names={scope.value: name.text(actor.language) for scope, name in SCOPES.items()},
        new_token=new_token,
        typed=typed or {},
        errors=errors or {},
    )


@get("/settings", opt={"policy": "account.secrets"}, include_in_schema=False)
async def settings_page(request: AnyRequest) -> Response[str]:
    """All of it on one page."""
    return await _show(request)


@post("/settings", opt={"policy": "account.change"}, status_code=200, include_in_schema=False)
async def save_settings(request: AnyRequest) -> Response[str]:
    """Keep language, appearance and time zone."""
    actor = current_actor(request)
    form = await form_of(request)
    try:
        await service.change_preferences(
            actor=actor,
            language=text_of(form, "language"),
            time_zone=text_of(form, "time_zone"),
            theme=text_of(form, "theme"),
        )
    except DomainError as error:
        return await _show(request, errors=field_errors(error, actor.language))
    return see_other("/settings", toast="saved")


@post("/settings/theme", opt={"policy": "account.change"}, status_code=200, include_in_schema=False)
async def save_theme(request: AnyRequest) -> Response[str]:
    """Light, dark or as the device has it; back to where one was."""
    form = await form_of(request)
    await service.change_preferences(actor=current_actor(request), theme=text_of(form, "theme"))
    return see_other(came_from(request, "/settings"))


@post("/settings/language", opt={"policy": "visitor"}, status_code=200, include_in_schema=False)
async def save_language(request: AnyRequest, settings: NamedDependency[Settings]) -> Response[str]:
    """The language, also before sign-in (then a cookie of this browser); back to where one was."""
    form = await form_of(request)
    language = language_or_none(text_of(form, "language"))
    actor = request.scope["user"]
    if isinstance(actor, Actor) and language:
        await service.change_preferences(actor=actor, language=language)
    back = local_path(text_of(form, "next"), came_from(request, "/"))
    if not language:
        return see_other(back)
    return see_other(back, cookies=[language_cookie(language, settings)])


@post("/settings/password", opt={"policy": "account.secrets"}, status_code=200, include_in_schema=False)
async def save_password(request: AnyRequest) -> Response[str]:
    """A new password; other browsers are signed out."""
    actor = current_actor(request)
    form = await form_of(request)
    try:
        await change_password(
            person_id=actor.id,
            email=actor.email,
            current=text_of(form, "current"),
            new=text_of(form, "new"),
            keep_session=actor.session,
        )
    except DomainError as error:
        if not error.fields:
            raise
        return await _show(request, errors=field_errors(error, actor.language))
    return see_other("/settings", toast="password")


@post("/settings/sessions/end", opt={"policy": "account.secrets"}, status_code=200, include_in_schema=False)
async def end_sessions(request: AnyRequest) -> Response[str]:
    """Sign out everywhere, here too."""
    await sign_out_everywhere(person_id=current_actor(request).id)
    return see_other("/sign-in", toast="signed_out_everywhere")


@post(
    "/settings/sessions/{session_id:str}/end",
    opt={"policy": "account.secrets"},
    status_code=200,
    include_in_schema=False,
)
async def end_one(request: AnyRequest, session_id: FromPath[str]) -> Response[str]:
    """Sign out one other browser."""
    await end_session(person_id=current_actor(request).id, session_id=session_id)
    return see_other("/settings", toast="session_ended")


@post("/settings/tokens", opt={"policy": "account.secrets"}, status_code=200, include_in_schema=False)
async def make_token(request: AnyRequest) -> Response[str]:
    """A new API token, shown this once."""
    actor = current_actor(request)
    form = await form_of(request)
    name, scopes = text_of(form, "name"), texts_of(form, "scopes")
    try:
        _id, secret = await create_token(person_id=actor.id, name=name, scopes=scopes)
    except DomainError as error:
        return await _show(request, errors=field_errors(error, actor.language), typed={"name": name, "scopes": scopes})
    return await _show(request, new_token=secret)


@post(
    "/settings/tokens/{token_id:str}/end", opt={"policy": "account.secrets"}, status_code=200, include_in_schema=False
)
async def end_token(request: AnyRequest, token_id: FromPath[str]) -> Response[str]:
    """Take a token back."""
    await revoke_token(person_id=current_actor(request).id, token_id=token_id)
    return see_other("/settings", toast="token_revoked")


ROUTES = [
    settings_page,
    save_settings,
    save_theme,
    save_language,
    save_password,
    end_sessions,
    end_one,
    make_token,
    end_token,
]
