"""Benefits in kind of a month, for payroll."""

from __future__ import annotations

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.response import Stream

from api.core.access.middleware import current_actor
from api.core.clock import now
from api.core.errors import Invalid
from api.rewards import payroll
from api.rewards.benefits import time_zone
from api.rewards.fulfil_routes import csv_of, month_of_address
from api.rewards.rules import month_of
from frontend.web import AnyRequest, answer, field_errors, view_of

PAYROLL = {"policy": "payroll.read"}


@get("/payroll", opt=PAYROLL, include_in_schema=False)
async def payroll_page(
    request: AnyRequest, month: FromQuery[str] = "", after: FromQuery[str | None] = None
) -> Response[str]:
    """Each person's sums of a month, the present one unless another is chosen."""
    language = current_actor(request).language
    present = month_of(now(), await time_zone())
    errors: dict[str, str] = {}
    try:
        found = await payroll.payroll_month(language, month or present, after=after)
    except Invalid as error:
        errors = field_errors(error, language)
        found = await payroll.payroll_month(language, present)
    return answer(
        request,
        "rewards/payroll.html",
        view_of(request),
        status=422 if errors else 200,
        found=found,
        typed=month or present,
        exports=(await payroll.exports(language)).items,
        more=f"/payroll?month={found.month}&after={found.next}" if found.next else "",
        errors=errors,
    )


@get("/payroll/{month:str}", opt=PAYROLL, include_in_schema=False)
async def export(request: AnyRequest, month: FromPath[str]) -> Stream:
    """The month's list; who takes it is written down."""
    actor, month = current_actor(request), month_of_address(month.removesuffix(".csv"))
    await payroll.begin_export(actor=actor, month=month)
    return csv_of(month, actor.language)


ROUTES = [payroll_page, export]
