"""One's own orders: where they stand, taking them back, the code."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from api.core.access.middleware import current_actor
from api.core.errors import DomainError, NotFound
from api.rewards import codes, redemptions, service
from api.rewards.codes import Shown
from frontend.web import AnyRequest, answer, see_other, view_of

READ = {"policy": "rewards.read"}


@get("/redemptions", opt=READ, include_in_schema=False)
async def orders_page(request: AnyRequest, before: FromQuery[str | None] = None) -> Response[str]:
    """All of them, newest first."""
    found = await redemptions.own_redemptions(current_actor(request), before=before)
    older = f"/redemptions?before={found.next}" if found.next else ""
    return answer(request, "rewards/orders.html", view_of(request), orders=found.items, older=older)


async def _show(
    request: AnyRequest, redemption_id: str, *, code: Shown | None = None, problem: str = "", status: int = 200
) -> Response[str]:
    actor = current_actor(request)
    found = await redemptions.own_redemption(actor, redemption_id)
    return answer(
        request,
        "rewards/order.html",
        view_of(request),
        status=status,
        order=found.redemption,
        steps=found.steps,
        mine=found.person_id == actor.id,
        code=code,
        problem=problem,
    )


@get("/redemptions/{redemption_id:str}", opt=READ, include_in_schema=False)
async def order_page(request: AnyRequest, redemption_id: FromPath[str]) -> Response[str]:
    """One order, step by step."""
    return await _show(request, redemption_id)


@post(
    "/redemptions/{redemption_id:str}/cancellation",
    opt={"policy": "rewards.order"},
    status_code=200,
    include_in_schema=False,
)
async def cancel(request: AnyRequest, redemption_id: FromPath[str]) -> Response[str]:
    """Take it back, as long as nothing was handed over."""
    actor = current_actor(request)
    try:
        await service.cancel(actor=actor, redemption_id=redemption_id)
    except NotFound:
        raise
    except DomainError as error:
        return await _show(request, redemption_id, problem=error.message.text(actor.language), status=error.status)
    return see_other(f"/redemptions/{redemption_id}", toast="order_cancelled")


@post("/redemptions/{redemption_id:str}/code", opt={"policy": "rewards.code"}, status_code=200, include_in_schema=False)
async def show_code(request: AnyRequest, redemption_id: FromPath[str]) -> Response[str]:
    """The code, this once."""
    actor = current_actor(request)
    try:
        shown = await codes.show_code(actor=actor, redemption_id=redemption_id)
    except NotFound:
        raise
    except DomainError as error:
        return await _show(request, redemption_id, problem=error.message.text(actor.language), status=error.status)
    return await _show(request, redemption_id, code=shown)


ROUTES = [orders_page, order_page, cancel, show_code]
