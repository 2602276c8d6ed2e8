"""Who decides what, as HR sets it."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.params import FromPath

from api.approvals import ruling
from api.approvals.rules import Rule, Who
from api.approvals.schemas import RuleOut
from api.core.access.middleware import current_actor
from api.core.errors import Conflict, Invalid
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, view_of

RULES = {"policy": "approvals.rules"}
_AMOUNTS = ("free_up_to", "two_above", "hr_above")


def typed(rule: RuleOut) -> dict[str, str]:
    """A rule as its form has it; amounts of money in euros."""
    found = {"first": rule.first, "due_days": str(rule.due_days), "together": "yes" if rule.together else ""}
    for name in _AMOUNTS:
        amount = getattr(rule, name)
        cents = rule.unit == "cents"
        found[name] = "" if amount is None else str(amount // 100 if cents else amount)
    return found


async def _show(
    request: AnyRequest, status: int = 200, kind: str = "", errors: dict[str, str] | None = None, **more: str
) -> Response[str]:
    rules = await ruling.rules(current_actor(request).language)
    forms = {rule.kind: typed(rule) for rule in rules}
    if kind:
        forms[kind] = {**forms[kind], **more}
    return answer(
        request,
        "organisation/rules.html",
        view_of(request),
        status=status,
        rules=rules,
        forms=forms,
        wrong=kind,
        errors=errors or {},
    )


@get("/organisation/approvals", opt=RULES, include_in_schema=False)
async def rules_page(request: AnyRequest) -> Response[str]:
    """The rules of all kinds of cases."""
    return await _show(request)


def _amount(text: str, unit: str) -> int | None:
    """A number as it was typed; -1, which the rules refuse, for anything else."""
    text = text.strip()
    if not text:
        return None
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
    return number * 100 if unit == "cents" else number


@post("/organisation/approvals/{kind_name:str}", opt=RULES, status_code=200, include_in_schema=False)
async def save_rule(request: AnyRequest, kind_name: FromPath[str]) -> Response[str]:
    """Keep it for the cases from now on."""
    actor = current_actor(request)
    form = await form_of(request)
    unit = next((rule.unit for rule in await ruling.rules(actor.language) if rule.kind == kind_name), "")
    values = {name: text_of(form, name) for name in (*_AMOUNTS, "first", "due_days", "together")}
    due = values["due_days"].strip()
    rule = Rule(
        first=Who(values["first"]) if values["first"] in list(Who) else Who.SECOND,
        free_up_to=_amount(values["free_up_to"], unit),
        two_above=_amount(values["two_above"], unit),
        hr_above=_amount(values["hr_above"], unit),
        together=bool(values["together"]),
        due_days=int(due) if due.isascii() and due.isdigit() and len(due) < 4 else 0,
    )
    try:
        await ruling.change_rule(actor=actor, kind=kind_name, rule=rule, version=text_of(form, "version"))
    except Invalid as error:
        return await _show(request, 422, kind_name, field_errors(error, actor.language), **values)
    except Conflict as error:
        return await _show(request, 409, kind_name, {"": error.message.text(actor.language)}, **values)
    return see_other("/organisation/approvals", toast="saved")


ROUTES = [rules_page, save_rule]
