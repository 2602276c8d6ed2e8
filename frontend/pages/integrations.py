"""Integrations: where else events go, how that went, and what to do when it did not. For administrators."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from api.core.access.middleware import current_actor
from api.core.errors import DomainError
from api.core.i18n import gettext_later as _
from api.core.pages import read_marker
from api.notifications import addressing, endpoints, outside
from api.people.queries import departments
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, texts_of, view_of

CHANNEL_NAMES = {
    "webhook": _("Webhook, signed"),
    "slack": _("Slack"),
    "teams": _("Microsoft Teams"),
    "mattermost": _("Mattermost"),
}
KIND_NAMES = {
    "kudos.delivered": _("Thanks are delivered"),
    "kudos.edited": _("Thanks are changed"),
    "kudos.withdrawn": _("Thanks are taken back"),
    "kudos.hidden": _("Thanks are hidden"),
    "kudos.shown": _("Thanks are shown again"),
    "comment.added": _("A comment is written"),
    "comment.edited": _("A comment is changed"),
    "comment.withdrawn": _("A comment is deleted"),
    "reaction.added": _("Somebody reacts"),
    "reaction.removed": _("A reaction is taken back"),
    addressing.TEST: _("Test"),
}
ERRORS = {
    "timeout": _("no answer within ten seconds"),
    "no_such_host": _("there is no such host"),
    "connection": _("the connection was refused or lost"),
    "tls": _("the certificate is not good"),
    "no_http": _("the answer is no HTTP"),
    "address_refused": _("the address lies inside the house; GEARMESH_WEBHOOK_ALLOW can allow it"),
    "host_refused": _("not a host that may be used"),
    "port_refused": _("only the ports 443 and 8443"),
    "scheme_refused": _("only https"),
    "sealed": _("sealed under another GEARMESH_SECRET_KEY: make a new secret, connect a chat anew"),
}


def _names(names: dict[str, Any], language: str) -> dict[str, str]:
    return {code: message.text(language) for code, message in names.items()}


async def _list(
    request: AnyRequest, *, typed: dict[str, Any] | None = None, errors: dict[str, str] | None = None
) -> Response[str]:
    actor = current_actor(request)
    return answer(
        request,
        "notifications/integrations.html",
        view_of(request),
        status=422 if errors else 200,
        endpoints=await outside.endpoints(actor.language),
        departments=await departments(actor.language),
        channels=_names(CHANNEL_NAMES, actor.language),
        kinds={kind: name for kind, name in _names(KIND_NAMES, actor.language).items() if kind != addressing.TEST},
        typed=typed or {"channel": "webhook", "kinds": ["kudos.delivered"], "language": actor.language},
        errors=errors or {},
    )


async def _one(request: AnyRequest, endpoint_id: str, *, before: str = "", secret: str = "") -> Response[str]:
    actor = current_actor(request)
    found = await outside.endpoint(endpoint_id, actor.language)
    log = await outside.deliveries(endpoint_id, before=read_marker(before))
    return answer(
        request,
        "notifications/integration.html",
        view_of(request),
        endpoint=found,
        deliveries=log.items,
        older=f"/integrations/{endpoint_id}?before={log.next}" if log.next else "",
        channels=_names(CHANNEL_NAMES, actor.language),
        kinds=_names(KIND_NAMES, actor.language),
        error_names=_names(ERRORS, actor.language),
        secret=secret,
    )


@get("/integrations", opt={"policy": "endpoints.manage"}, include_in_schema=False)
async def integrations_page(request: AnyRequest) -> Response[str]:
    """All of them, and the form for another."""
    return await _list(request)


@post("/integrations", opt={"policy": "endpoints.manage"}, status_code=200, include_in_schema=False)
async def add(request: AnyRequest) -> Response[str]:
    """Add one; a webhook's secret is shown this once."""
    actor = current_actor(request)
    form = await form_of(request)
    typed: dict[str, Any] = {name: text_of(form, name) for name in ("channel", "name", "url", "language")}
    typed |= {name: texts_of(form, name) for name in ("kinds", "departments")}
    try:
        added = await endpoints.add_endpoint(actor=actor, **typed)
    except DomainError as error:
        if not error.fields:
            raise
        return await _list(request, typed=typed, errors=field_errors(error, actor.language))
    if added.secret:
        return await _one(request, added.id, secret=added.secret)
    return see_other(f"/integrations/{added.id}", toast="saved")


@get("/integrations/{endpoint_id:str}", opt={"policy": "endpoints.manage"}, include_in_schema=False)
async def integration_page(
    request: AnyRequest, endpoint_id: FromPath[str], before: FromQuery[str] = ""
) -> Response[str]:
    """One of them, with what went there."""
    return await _one(request, endpoint_id, before=before)


@post(
    "/integrations/{endpoint_id:str}/removal",
    opt={"policy": "endpoints.manage"},
    status_code=200,
    include_in_schema=False,
)
async def remove(request: AnyRequest, endpoint_id: FromPath[str]) -> Response[str]:
    """Send nothing there any more."""
    await endpoints.remove_endpoint(actor=current_actor(request), endpoint_id=endpoint_id)
    return see_other("/integrations", toast="endpoint_removed")


@post(
    "/integrations/{endpoint_id:str}/secret",
    opt={"policy": "endpoints.manage"},
    status_code=200,
    include_in_schema=False,
)
async def rotate(request: AnyRequest, endpoint_id: FromPath[str]) -> Response[str]:
    """A new secret, shown this once; the old one signs for a day more."""
    secret = await endpoints.rotate_secret(actor=current_actor(request), endpoint_id=endpoint_id)
    return await _one(request, endpoint_id, secret=secret)


@post(
    "/integrations/{endpoint_id:str}/switch",
    opt={"policy": "endpoints.manage"},
    status_code=200,
    include_in_schema=False,
)
async def switch(request: AnyRequest, endpoint_id: FromPath[str]) -> Response[str]:
    """Stop for a while, or go on."""
    on = text_of(await form_of(request), "on") == "1"
    await endpoints.switch_endpoint(actor=current_actor(request), endpoint_id=endpoint_id, on=on)
    return see_other(f"/integrations/{endpoint_id}", toast="endpoint_on" if on else "endpoint_off")


@post(
    "/integrations/{endpoint_id:str}/test", opt={"policy": "endpoints.manage"}, status_code=200, include_in_schema=False
)
async def send_test(request: AnyRequest, endpoint_id: FromPath[str]) -> Response[str]:
    """Send something to see whether it arrives."""
    await endpoints.send_test(actor=current_actor(request), endpoint_id=endpoint_id)
    return see_other(f"/integrations/{endpoint_id}", toast="test_sent")


@post(
    "/deliveries/{delivery_id:str}/replay", opt={"policy": "endpoints.manage"}, status_code=200, include_in_schema=False
)
async def replay(request: AnyRequest, delivery_id: FromPath[str]) -> Response[str]:
    """Send it once more."""
    endpoint_id = await endpoints.replay(actor=current_actor(request), delivery_id=delivery_id)
    return see_other(f"/integrations/{endpoint_id}", toast="replayed")


ROUTES = [integrations_page, add, integration_page, remove, rotate, switch, send_test, replay]
