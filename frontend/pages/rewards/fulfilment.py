"""What HR hands over, and administrators to HR: the queue, and each order's next step."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from api.core.access.middleware import current_actor
from api.core.errors import DomainError, NotFound
from api.rewards import codes, redemptions, service
from api.rewards.redemptions import LISTS
from api.rewards.rules import month_after
from frontend.web import AnyRequest, answer, came_from, form_of, see_other, text_of, view_of

FULFIL = {"policy": "rewards.fulfil"}


async def _show(
    request: AnyRequest,
    *,
    show: str = "ready",
    after: str | None = None,
    refused: str = "",
    problem: str = "",
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response[str]:
    show = show if show in LISTS else "ready"
    found = await redemptions.to_fulfil(current_actor(request), show=show, after=after)
    return answer(
        request,
        "rewards/fulfilment.html",
        view_of(request),
        status=status,
        items=found.items,
        others=found.others,
        more=f"/fulfilment?show={show}&after={found.next}" if found.next else "",
        show=show,
        month_after=month_after,
        refused=refused,
        problem=problem,
        errors=errors or {},
    )


@get("/fulfilment", opt=FULFIL, include_in_schema=False)
async def fulfilment_page(
    request: AnyRequest, show: FromQuery[str] = "ready", after: FromQuery[str | None] = None
) -> Response[str]:
    """What waits to be handed over, the oldest first; or one of the other lists."""
    return await _show(request, show=show, after=after)


async def _do(request: AnyRequest, redemption_id: str, verb: Awaitable[Any], show: str, toast: str) -> Response[str]:
    """Carry it out; if that is refused, the list says why at the order."""
    try:
        await verb
    except NotFound:
        raise
    except DomainError as error:
        language = current_actor(request).language
        errors = {redemption_id: error.fields["reason"].text(language)} if "reason" in error.fields else {}
        problem = "" if errors else error.message.text(language)
        return await _show(
            request, show=show, refused=redemption_id, problem=problem, errors=errors, status=error.status
        )
    return see_other(came_from(request, "/fulfilment"), toast=toast)


@post("/fulfilment/{redemption_id:str}", opt=FULFIL, status_code=200, include_in_schema=False)
async def act(request: AnyRequest, redemption_id: FromPath[str]) -> Response[str]:
    """What the pressed button says."""
    actor = current_actor(request)
    sent = await form_of(request)
    reason, show = text_of(sent, "reason"), text_of(sent, "show")
    match text_of(sent, "do"):
        case "hand_over" | "taxed" as how:
            done = service.hand_over(actor=actor, redemption_id=redemption_id, taxed=how == "taxed")
            return await _do(request, redemption_id, done, show, "handed_over")
        case "wait":
            return await _do(
                request, redemption_id, service.let_wait(actor=actor, redemption_id=redemption_id), show, "waits"
            )
        case "decline":
            verb = service.decline(actor=actor, redemption_id=redemption_id, reason=reason)
            return await _do(request, redemption_id, verb, show, "order_declined")
        case "refund":
            verb = service.refund(actor=actor, redemption_id=redemption_id, reason=reason)
            return await _do(request, redemption_id, verb, show, "refunded")
        case "another_look":
            look = codes.allow_another_look(actor=actor, redemption_id=redemption_id)
            return await _do(request, redemption_id, look, show, "another_look")
        case _:
            raise NotFound


ROUTES = [fulfilment_page, act]
