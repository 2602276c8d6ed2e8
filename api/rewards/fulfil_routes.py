"""Handing over, and payroll, over HTTP; for HR, and administrators who hand over to HR."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Stream

from api.core.access.middleware import current_actor
from api.core.errors import Invalid, NotFound
from api.core.i18n import Language
from api.core.openapi import problems
from api.rewards import codes, payroll, redemptions, service
from api.rewards.rules import check_month
from api.rewards.schemas import (
    ExportList,
    FulfilPage,
    HandOver,
    PayrollMonth,
    RedemptionDetails,
    WaitsUntil,
    WithReason,
)

AnyRequest = Request[Any, Any, Any]
FULFIL = {"policy": "rewards.fulfil"}
PAYROLL = {"policy": "payroll.read"}
_TAGS = ["Rewards"]


@get("/fulfilment", opt=FULFIL, tags=_TAGS, responses=problems(422), operation_id="listFulfilment")
async def list_fulfilment(
    request: AnyRequest,
    show: Annotated[str, QueryParameter(description="ready, waiting, requested or done.")] = "ready",
    after: Annotated[str | None, QueryParameter(description="The `next` of the page before.")] = None,
) -> FulfilPage:
    """Orders to hand over, the oldest first; or those for a later month, not yet approved, or done. An administrator
    gets those of human resources only."""
    return await redemptions.to_fulfil(current_actor(request), show=show, after=after)


@post(
    "/redemptions/{redemption_id:str}/hand-over",
    opt=FULFIL,
    status_code=200,
    tags=_TAGS,
    responses=problems(404, 409, 413),
    operation_id="handOver",
)
async def hand_over(request: AnyRequest, redemption_id: FromPath[str], data: JSONBody[HandOver]) -> RedemptionDetails:
    """The person has it. 409 (`over_tax_limit`) if the month's limit would break and `taxed` is not said."""
    actor = current_actor(request)
    await service.hand_over(actor=actor, redemption_id=redemption_id, taxed=data.taxed)
    return await redemptions.own_redemption(actor, redemption_id)


@post(
    "/redemptions/{redemption_id:str}/wait",
    opt=FULFIL,
    status_code=200,
    tags=_TAGS,
    responses=problems(404, 409),
    operation_id="letWait",
)
async def let_wait(request: AnyRequest, redemption_id: FromPath[str]) -> WaitsUntil:
    """Hand it over next month only."""
    return WaitsUntil(await service.let_wait(actor=current_actor(request), redemption_id=redemption_id))


@post(
    "/redemptions/{redemption_id:str}/decline",
    opt=FULFIL,
    status_code=204,
    tags=_TAGS,
    responses=problems(404, 409, 413, 422),
    operation_id="declineRedemption",
)
async def decline(request: AnyRequest, redemption_id: FromPath[str], data: JSONBody[WithReason]) -> None:
    """An approved order cannot be handed over: points and piece go back, the person reads the reason."""
    await service.decline(actor=current_actor(request), redemption_id=redemption_id, reason=data.reason)


@post(
    "/redemptions/{redemption_id:str}/refund",
    opt=FULFIL,
    status_code=204,
    tags=_TAGS,
    responses=problems(404, 409, 413, 422),
    operation_id="refundRedemption",
)
async def refund(request: AnyRequest, redemption_id: FromPath[str], data: JSONBody[WithReason]) -> None:
    """Give the points of something handed over back."""
    await service.refund(actor=current_actor(request), redemption_id=redemption_id, reason=data.reason)


@post(
    "/redemptions/{redemption_id:str}/another-look",
    opt=FULFIL,
    status_code=204,
    tags=_TAGS,
    responses=problems(404),
    operation_id="allowAnotherLook",
)
async def allow_another_look(request: AnyRequest, redemption_id: FromPath[str]) -> None:
    """Somebody lost their code: they may look at it once more."""
    await codes.allow_another_look(actor=current_actor(request), redemption_id=redemption_id)


@get("/payroll/exports", opt=PAYROLL, tags=_TAGS, responses=problems(), operation_id="listPayrollExports")
async def list_exports(request: AnyRequest) -> ExportList:
    """Who took which month's list, the latest first."""
    return await payroll.exports(current_actor(request).language)


@get("/payroll/{month:str}", opt=PAYROLL, tags=_TAGS, responses=problems(404, 422), operation_id="getPayrollMonth")
async def get_month(request: AnyRequest, month: FromPath[str], after: FromQuery[str | None] = None) -> PayrollMonth:
    """A month's people with their sums."""
    return await payroll.payroll_month(current_actor(request).language, month_of_address(month), after=after)


@get(
    "/payroll/{month:str}/list",
    opt=PAYROLL,
    tags=_TAGS,
    responses=problems(404),
    media_type="text/csv",
    operation_id="exportPayroll",
)
async def export_month(request: AnyRequest, month: FromPath[str]) -> Stream:
    """The month's list as CSV; who takes it is written down."""
    actor = current_actor(request)
    await payroll.begin_export(actor=actor, month=month_of_address(month))
    return csv_of(month, actor.language)


def month_of_address(text: str) -> str:
    """A month of an address. Raises NotFound for what is none."""
    try:
        return check_month(text)
    except Invalid:
        raise NotFound from None


def csv_of(month: str, language: Language) -> Stream:
    """The answer with a list."""
    headers = {"content-disposition": f'attachment; filename="payroll-{month}.csv"', "cache-control": "no-store"}
    return Stream(payroll.export(language, month), media_type="text/csv; charset=utf-8", headers=headers)


ROUTES = [
    list_fulfilment,
    hand_over,
    let_wait,
    decline,
    refund,
    allow_another_look,
    list_exports,
    get_month,
    export_month,
]
