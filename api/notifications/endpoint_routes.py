"""Integrations over HTTP, for administrators."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, delete, get, post, put
from litestar.params import FromPath, JSONBody, QueryParameter

from api.core.access.middleware import current_actor
from api.core.idempotency import check_client_id, check_key
from api.core.openapi import Key, problems, repeated
from api.core.pages import read_marker
from api.notifications import endpoints, outside
from api.notifications.endpoint_schemas import (
    AddEndpoint,
    DeliveryPage,
    EndpointAdded,
    EndpointList,
    EndpointOut,
    NewSecret,
)

AnyRequest = Request[Any, Any, Any]
_MANAGE = {"policy": "endpoints.manage"}
_TAGS = ["Integrations"]


@get("/endpoints", opt=_MANAGE, tags=_TAGS, responses=problems(), operation_id="listEndpoints")
async def list_endpoints(request: AnyRequest) -> EndpointList:
    """Webhooks and chats that hear of events."""
    return EndpointList(await outside.endpoints(current_actor(request).language))


@post(
    "/endpoints",
    opt=_MANAGE,
    tags=_TAGS,
    responses={**repeated(EndpointAdded), **problems(404, 409, 413, 422)},
    operation_id="addEndpoint",
)
async def add_endpoint(request: AnyRequest, data: JSONBody[AddEndpoint], key: Key = None) -> Response[EndpointAdded]:
    """Have events sent somewhere. A webhook's secret is shown here and nowhere else."""
    actor = current_actor(request)
    added = await endpoints.add_endpoint(
        actor=actor,
        channel=data.channel,
        name=data.name,
        url=data.url,
        kinds=data.kinds,
        departments=data.departments,
        language=data.language,
        key=check_key(key),
        client_id=check_client_id(data.id),
    )
    found = await outside.endpoint(added.id, actor.language)
    return Response(EndpointAdded(found, added.secret), status_code=201 if added.fresh else 200)


@get("/endpoints/{endpoint_id:str}", opt=_MANAGE, tags=_TAGS, responses=problems(404), operation_id="getEndpoint")
async def get_endpoint(request: AnyRequest, endpoint_id: FromPath[str]) -> EndpointOut:
    """One of them."""
    return await outside.endpoint(endpoint_id, current_actor(request).language)


@delete("/endpoints/{endpoint_id:str}", opt=_MANAGE, tags=_TAGS, responses=problems(404), operation_id="removeEndpoint")
async def remove_endpoint(request: AnyRequest, endpoint_id: FromPath[str]) -> None:
    """Send nothing there any more, and forget what went there."""
    await endpoints.remove_endpoint(actor=current_actor(request), endpoint_id=endpoint_id)


@post(
    "/endpoints/{endpoint_id:str}/secret",
    opt=_MANAGE,
    tags=_TAGS,
    responses=problems(404, 409),
    operation_id="rotateSecret",
)
async def rotate_secret(request: AnyRequest, endpoint_id: FromPath[str]) -> NewSecret:
    """A new secret for a webhook."""
    return NewSecret(await endpoints.rotate_secret(actor=current_actor(request), endpoint_id=endpoint_id))


@put(
    "/endpoints/{endpoint_id:str}/pause",
    opt=_MANAGE,
    status_code=204,
    tags=_TAGS,
    responses=problems(404),
    operation_id="pauseEndpoint",
)
async def pause_endpoint(request: AnyRequest, endpoint_id: FromPath[str]) -> None:
    """Send nothing there for a while; what happens meanwhile is not sent later."""
    await endpoints.switch_endpoint(actor=current_actor(request), endpoint_id=endpoint_id, on=False)


@delete(
    "/endpoints/{endpoint_id:str}/pause",
    opt=_MANAGE,
    tags=_TAGS,
    responses=problems(404),
    operation_id="resumeEndpoint",
)
async def resume_endpoint(request: AnyRequest, endpoint_id: FromPath[str]) -> None:
    """Go on sending."""
    await endpoints.switch_endpoint(actor=current_actor(request), endpoint_id=endpoint_id, on=True)


@post(
    "/endpoints/{endpoint_id:str}/test",
    opt=_MANAGE,
    status_code=204,
    tags=_TAGS,
    responses=problems(404, 409),
    operation_id="tryEndpoint",
)
async def try_endpoint(request: AnyRequest, endpoint_id: FromPath[str]) -> None:
    """Send something that shows whether it arrives."""
    await endpoints.send_test(actor=current_actor(request), endpoint_id=endpoint_id)


@get(
    "/endpoints/{endpoint_id:str}/deliveries",
    opt=_MANAGE,
    tags=_TAGS,
    responses=problems(404, 422),
    operation_id="listDeliveries",
)
async def list_deliveries(
    endpoint_id: FromPath[str],
    before: Annotated[str | None, QueryParameter(description="The `next` of the page before.")] = None,
) -> DeliveryPage:
    """What went there, the newest first, and how that went. What is over goes after 30 days."""
    return await outside.deliveries(endpoint_id, before=read_marker(before))


@post(
    "/deliveries/{delivery_id:str}/replay",
    opt=_MANAGE,
    status_code=204,
    tags=_TAGS,
    responses=problems(404, 409),
    operation_id="replayDelivery",
)
async def replay_delivery(request: AnyRequest, delivery_id: FromPath[str]) -> None:
    """Send it once more, under the same id."""
    await endpoints.replay(actor=current_actor(request), delivery_id=delivery_id)


ROUTES = [
    *(list_endpoints, add_endpoint, get_endpoint, remove_endpoint, rotate_secret, pause_endpoint, resume_endpoint),
    *(try_endpoint, list_deliveries, replay_delivery),
]
