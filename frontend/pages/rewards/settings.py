"""In which country the house is, and which countries' benefits in kind are guarded."""

from __future__ import annotations

from litestar import Response, get, post

from api.core.access.middleware import current_actor
from api.core.errors import DomainError
from api.rewards import places
from frontend.pages.organisation.dependencies import cents_of
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, texts_of, view_of

MANAGE = {"policy": "rewards.manage"}


@get("/organisation/rewards/settings", opt=MANAGE, include_in_schema=False)
async def settings_page(request: AnyRequest) -> Response[str]:
    """The house's country and the tax rules."""
    return await _show(request)


async def _show(
    request: AnyRequest, *, errors: dict[str, str] | None = None, problem: str = "", status: int = 200
) -> Response[str]:
    found = await places.settings()
    return answer(
        request,
        "rewards/settings.html",
        view_of(request),
        status=status,
        settings=found,
        errors=errors or {},
        problem=problem,
    )


@post("/organisation/rewards/settings", opt=MANAGE, status_code=200, include_in_schema=False)
async def change_settings(request: AnyRequest) -> Response[str]:
    """Change them. A row without a limit is a country that is not guarded."""
    actor = current_actor(request)
    sent = await form_of(request)
    rules: dict[str, int] = {}
    try:
        for country, limit in zip(texts_of(sent, "rule_country"), texts_of(sent, "rule_limit"), strict=False):
            if country.strip() and limit.strip():
                cents = cents_of(limit)
                rules[country.strip().upper()] = cents if isinstance(cents, int) else -1
        changed = await places.change_settings(
            actor=actor, country=text_of(sent, "country"), rules=rules, version=text_of(sent, "version")
        )
    except DomainError as error:
        problem = "" if error.fields else error.message.text(actor.language)
        errors = field_errors(error, actor.language)
        return await _show(request, errors=errors, problem=problem, status=error.status)
    return see_other("/organisation/rewards/settings", toast=f"changed:{changed.change_id or ''}")


ROUTES = [settings_page, change_settings]
