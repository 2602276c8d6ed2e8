"""Sign in and out."""

from __future__ import annotations

from typing import NamedTuple

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromQuery

from api.core import database
from api.core.access.actor import Actor
from api.core.access.middleware import session_cookie_name
from api.core.access.sessions import sign_in, sign_in_demo, sign_out
from api.core.errors import Invalid, TooMany
from api.core.settings import Settings
from api.demo.known import DEMO_PEOPLE, ONE_TAP
from frontend.agents import browser_name
from frontend.web import AnyRequest, answer, form_of, language_cookie, local_path, outside_view, see_other, text_of

# The server decides when an unused sign-in ends; browsers keep no cookie longer than this.
_LONGEST = 400 * 24 * 3600


class DemoChoice(NamedTuple):
    """Somebody to look around as, in the reader's language."""

    email: str
    name: str
    role: str
    description: str


def _demo_choices(language: str) -> list[DemoChoice]:
    return [
        DemoChoice(
            person.email,
            person.name,
            person.role_de if language == "de" else person.role_en,
            person.about_de if language == "de" else person.about_en,
        )
        for person in DEMO_PEOPLE.values()
    ]


async def _show(
    request: AnyRequest, *, status: int = 200, after: str = "/", email: str = "", error: str = ""
) -> Response[str]:
    row = await database.fetch_one("SELECT name, time_zone, demo FROM organisation")
    assert row is not None  # made by the first migration
    view = outside_view(request, organisation=row["name"], time_zone=row["time_zone"])
    people = _demo_choices(view.language) if row["demo"] else []
    return answer(
        request, "access/signin.html", view, status=status, demo_people=people, next=after, email=email, error=error
    )


@get("/sign-in", opt={"policy": "visitor"}, include_in_schema=False)
async def sign_in_page(request: AnyRequest, next: FromQuery[str] = "/") -> Response[str]:
    """The first page."""
    after = local_path(next)
    if isinstance(request.scope["user"], Actor):
        return see_other(after)
    return await _show(request, after=after)


def signed_in(cookie: str, settings: Settings, after: str, *, toast: str = "") -> Response[str]:
    """Go to the page `after` with the session's cookie, which is a new one each time."""
    return see_other(
        after,
        toast=toast,
        cookies=[
            Cookie(
                key=session_cookie_name(settings),
                value=cookie,
                path="/",
                max_age=_LONGEST,
                httponly=True,
                secure=settings.secure,
                samesite="lax",
            )
        ],
    )


@post("/sign-in", opt={"policy": "public"}, status_code=200, include_in_schema=False)
async def do_sign_in(request: AnyRequest, settings: NamedDependency[Settings]) -> Response[str]:
    """Check address and password; the session's cookie is a new one each time."""
    form = await form_of(request)
    after, email = local_path(text_of(form, "next")), text_of(form, "email")
    try:
        cookie = await sign_in(
            email=email,
            password=text_of(form, "password"),
            network=request.client.host if request.client else "",
            agent=browser_name(request.headers.get("user-agent", "")),
            old_cookie=request.cookies.get(session_cookie_name(settings), ""),
            keep_days=settings.session_days,
        )
    except (Invalid, TooMany) as error:
        language = outside_view(request, organisation="", time_zone="UTC").language
        return await _show(request, status=error.status, after=after, email=email, error=error.message.text(language))
    return signed_in(cookie, settings, after)


@post("/sign-in/demo", opt={"policy": "public"}, status_code=200, include_in_schema=False)
async def do_sign_in_demo(request: AnyRequest, settings: NamedDependency[Settings]) -> Response[str]:
    """One tap, in the demo only."""
    form = await form_of(request)
    email = text_of(form, "email")
    if email not in ONE_TAP:
        return await _show(request)
    cookie = await sign_in_demo(
        email=email,
        agent=browser_name(request.headers.get("user-agent", "")),
        old_cookie=request.cookies.get(session_cookie_name(settings), ""),
        keep_days=settings.session_days,
    )
    view = outside_view(request, organisation="", time_zone="UTC")
    answered = signed_in(cookie, settings, local_path(text_of(form, "next")))
    # They read on in the language in which they were asked whom to be.
    answered.set_cookie(language_cookie(view.language, settings))
    return answered


@post("/sign-out", opt={"policy": "public"}, status_code=200, include_in_schema=False)
async def do_sign_out(request: AnyRequest, settings: NamedDependency[Settings]) -> Response[str]:
    """End this browser's session."""
    name = session_cookie_name(settings)
    if cookie := request.cookies.get(name):
        await sign_out(cookie=cookie)
    response = see_other("/sign-in", toast="signed_out")
    response.delete_cookie(name, path="/")
    return response


ROUTES = [sign_in_page, do_sign_in, do_sign_in_demo, do_sign_out]
