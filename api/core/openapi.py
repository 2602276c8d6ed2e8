"""How the API describes itself: OpenAPI 3.1 at /api/openapi.json, a viewer without a CDN at /api/docs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from litestar import Router
from litestar.openapi import OpenAPIConfig, ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin, OpenAPIRenderPlugin
from litestar.openapi.spec import Components, License, SecurityScheme, Tag
from litestar.params import HeaderParameter

from api import __version__
from api.core.problems import MEDIA_TYPE, Problem

Key = Annotated[
    str | None,
    HeaderParameter(name="Idempotency-Key", description="The same key and body again give the same answer."),
]
"""The header that makes a creation repeatable."""

_MEANINGS = {
    400: "Part of the request is not as it should be; `errors` says which.",
    401: "Nobody is signed in, or the token is not good.",
    403: "Not for this role or this token's scopes.",
    404: "Does not exist, or not for this person.",
    409: "Meets something that has moved on; `detail` says what.",
    413: "Larger than is taken.",
    422: "Understood, but not acceptable; `errors` says why, in the reader's language.",
    429: "Too many tries; see Retry-After.",
    503: "The database cannot be reached; try again.",
}


def problems(*statuses: int, public: bool = False) -> dict[int, ResponseSpec]:
    """The documented errors of a route: those that any may give, and `statuses`."""
    usual = (400, 503) if public else (400, 401, 403, 503)
    return {
        status: ResponseSpec(
            data_container=Problem, description=_MEANINGS[status], media_type=MEDIA_TYPE, generate_examples=False
        )
        for status in sorted({*usual, *statuses})
    }


def repeated(what: type) -> dict[int, ResponseSpec]:
    """The documented answer to a creation that was sent before."""
    said = "Sent before: the same, as it is now."
    return {200: ResponseSpec(what, description=said, generate_examples=False)}


def openapi_config(viewers: Sequence[OpenAPIRenderPlugin] = ()) -> OpenAPIConfig:
    """The description's frame. `viewers` are pages that show it (the frontend brings one)."""
    return OpenAPIConfig(
        title="Gearmesh",
        version=__version__,
        description=(
            "Thanks across departments. Send an API token (`gearmesh token EMAIL --scope ...`) as "
            "`Authorization: Bearer ...`. Errors are problem+json; the feed comes in keyset pages: pass `next` as "
            "`before`. Kudos and comments that are sent with an `Idempotency-Key` header, or with a UUIDv7 as "
            "`id`, can be sent again safely."
        ),
        license=License(name="Apache-2.0", identifier="Apache-2.0"),
        tags=[
            Tag("Kudos", "Thanks, the feed, reactions and comments."),
            Tag("People", "People, departments, dependencies, values."),
            Tag("Organisation", "For HR and admin: departments, people, dependencies, values, what was changed."),
            Tag("Moderation", "Reports to HR, hiding and showing."),
            Tag("Imports", "Lists from other systems, and lists for them."),
            Tag("Approvals", "What waits for somebody's decision, deputies, and who decides what."),
            Tag("Awards", "Awards, who was proposed, and the budgets that pay."),
            Tag("Notifications", "What somebody is told of, and what they want to be told of."),
            Tag("Integrations", "For administrators: where else events go, and how that went."),
            Tag("Rewards", "The catalogue, orders, and for HR: hand-over, codes, payroll."),
            Tag("Rotations", "For HR: programmes of job rotations, plans, their boards, publication."),
            Tag("Visits", "One's own visits: answers, offers, calendar, wishes, feedback; and a team's weeks."),
            Tag("Improvements", "Ideas, and the teams that make them come true."),
            Tag("Account", "The person behind the token or session."),
            Tag("Service", "Is it running."),
        ],
        components=Components(
            security_schemes={
                "token": SecurityScheme(type="http", scheme="bearer", description="An API token."),
                "session": SecurityScheme(
                    type="apiKey",
                    security_scheme_in="cookie",
                    name="gearmesh_session",
                    description="A browser's session.",
                ),
            }
        ),
        security=[{"token": []}, {"session": []}],
        render_plugins=[JsonRenderPlugin(), *viewers],
        openapi_router=Router(path="/api", route_handlers=[], opt={"policy": "public"}, include_in_schema=False),
        use_handler_docstrings=True,
    )
