"""In which country the house is, and which countries' benefits in kind are guarded."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from litestar import Response, get, post

from api.core.access.middleware import current_actor
from api.core.errors import DomainError
from api.rewards import places
from frontend.pages.organisation.forms import cents_of, typed_cents
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, texts_of, view_of

MANAGE = {"policy": "rewards.manage"}


class Typed(msgspec.Struct, frozen=True):
    """The form as it stands: the house's country, and (country, limit in euros) of each row."""

    country: str
    rules: Sequence[tuple[str, str]]


@get("/organisation/rewards/settings", opt=MANAGE, include_in_schema=False)
async def settings_page(request: AnyRequest) -> Response[str]:
    """The house's country and the tax rules."""
    return await _show(request)


async def _show(
    request: AnyRequest,
    typed: Typed | None = None,
    *,
    errors: dict[str, str] | None = None,
    problem: str = "",
    status: int = 200,
) -> Response[str]:
    found = await places.settings()
    stored = Typed(found.country, [(rule.country, typed_cents(rule.limit_cents)) for rule in found.rules])
    return answer(
        request,
        "rewards/settings.html",
        view_of(request),
        status=status,
        version=found.version,
        typed=typed or stored,
        errors=errors or {},
        problem=problem,
    )


@post("/organisation/rewards/settings", opt=MANAGE, status_code=200, include_in_schema=False)
async def change_settings(request: AnyRequest) -> Response[str]:
    """Change them. A row without a limit is a country that is not guarded."""
    actor = current_actor(request)
    sent = await form_of(request)
    rows = zip(texts_of(sent, "rule_country"), texts_of(sent, "rule_limit"), strict=False)
    typed = Typed(text_of(sent, "country"), [(code.strip(), limit.strip()) for code, limit in rows if code.strip()])
    rules: dict[str, int] = {}
    for code, limit in typed.rules:
        if limit:
            cents = cents_of(limit)
            rules[code.upper()] = cents if isinstance(cents, int) else -1
    try:
        changed = await places.change_settings(
            actor=actor, country=typed.country, rules=rules, version=text_of(sent, "version")
        )
    except DomainError as error:
        problem = "" if error.fields else error.message.text(actor.language)
        errors = field_errors(error, actor.language)
        # What somebody else has changed meanwhile is shown as it is now.
        return await _show(request, typed if errors else None, errors=errors, problem=problem, status=error.status)
    return see_other("/organisation/rewards/settings", toast=f"changed:{changed.change_id or ''}")


ROUTES = [settings_page, change_settings]
