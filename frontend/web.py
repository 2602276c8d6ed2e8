"""What every page handler needs: the reader's view, answers, forms, and a word that survives a redirect."""

from __future__ import annotations

import gzip
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import brotli  # type: ignore[import-untyped]
from litestar import Request, Response
from litestar.datastructures import Cookie, FormMultiDict
from litestar.enums import MediaType

from api.core.access.actor import Actor
from api.core.access.middleware import LANGUAGE_COOKIE, current_actor, current_language
from api.core.clock import now
from api.core.errors import DomainError
from api.core.settings import Settings
from api.people.schemas import DepartmentRef, PersonRef, initials
from frontend.assets import best_encoding
from frontend.rendering import Toast, View, fragments, page
from frontend.toasts import read_toast

AnyRequest = Request[Any, Any, Any]

TOAST_COOKIE = "gearmesh_toast"
_YEAR = 365 * 24 * 3600
_HEADERS = {"cache-control": "no-store", "vary": "HX-Request, HX-Target, Accept-Encoding"}
WORTH_COMPRESSING = 1_000
"""Bytes; less fits into one packet anyway."""


def me(actor: Actor) -> PersonRef:
    """The reader as a page names people."""
    department = DepartmentRef(actor.department_id, actor.department_code, actor.department_name, actor.department_hue)
    return PersonRef(actor.id, actor.name, initials(actor.name), department)


def htmx_target(request: AnyRequest) -> str | None:
    """The id of the element that htmx will fill ("" if it has none), None for a whole page."""
    if request.headers.get("hx-request") != "true" or request.headers.get("hx-history-restore-request"):
        return None
    return request.headers.get("hx-target", "").partition("#")[2]


def _here(request: AnyRequest) -> str:
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path


def _waiting_toast(request: AnyRequest, language: str) -> Toast | None:
    """The word that the page before left for this one."""
    code = request.cookies.get(TOAST_COOKIE)
    return read_toast(unquote(code), language) if code else None


def view_of(request: AnyRequest, *, toast: Toast | None = None) -> View:
    """What a page knows of its signed-in reader and of the request."""
    actor = current_actor(request)
    fragments.at(actor.directory_revision)
    return View(
        language=actor.language,
        time_zone=actor.time_zone,
        now=now(),
        path=_here(request),
        organisation=actor.organisation,
        theme=actor.theme,
        me=me(actor),
        roles=actor.roles,
        revision=actor.directory_revision,
        unread=actor.unread,
        waiting=actor.waiting,
        points=actor.points,
        target=htmx_target(request),
        toast=toast or _waiting_toast(request, actor.language),
    )


def outside_view(request: AnyRequest, *, organisation: str, time_zone: str) -> View:
    """The same before sign-in."""
    language = current_language(request)
    return View(
        language=language,
        time_zone=time_zone,
        now=now(),
        path=_here(request),
        organisation=organisation,
        toast=_waiting_toast(request, language),
    )


def answer(request: AnyRequest, template: str, view: View, *, status: int = 200, **context: Any) -> Response[str]:
    """A page, or the fragment of it that htmx asked for. A toast that it shows is shown this once."""
    content, headers = _compressed(page(template, view, **context), request.headers.get("accept-encoding", ""))
    response = Response(content, status_code=status, media_type=MediaType.HTML, headers=headers)
    if view.target is None and TOAST_COOKIE in request.cookies:
        response.delete_cookie(TOAST_COOKIE, path="/")
    return response


def _compressed(text: str, accept_encoding: str) -> tuple[Any, dict[str, str]]:
    """A page as this browser takes it, with its headers.

    Level 1: the feed goes from 58 kB to 12 kB; the best levels save 2 kB more for eight times the CPU. A window
    of 64 kB holds about a page and costs less than brotli's usual 4 MB.
    """
    encoding = best_encoding(accept_encoding)
    if encoding == "identity" or len(text) < WORTH_COMPRESSING:
        return text, _HEADERS
    whole = text.encode()
    content = brotli.compress(whole, quality=1, lgwin=16) if encoding == "br" else gzip.compress(whole, 1, mtime=0)
    return content, {**_HEADERS, "content-encoding": encoding}


def html(text: str) -> Response[str]:
    """A fragment that is ready."""
    return Response(text, media_type=MediaType.HTML, headers=_HEADERS)


def see_other(path: str, *, toast: str = "", cookies: list[Cookie] | None = None) -> Response[str]:
    """After a form: go and read this page (303), with a word to show there."""
    jar = list(cookies or [])
    if toast:
        jar.append(Cookie(key=TOAST_COOKIE, value=quote(toast), path="/", max_age=30, httponly=True, samesite="lax"))
    location = quote(path, safe="/?&=#%~+:@!$'()*,;")
    return Response("", status_code=303, headers={"location": location, **_HEADERS}, cookies=jar)


def language_cookie(language: str, settings: Settings) -> Cookie:
    """This browser's language, for whoever has chosen none of their own."""
    return Cookie(key=LANGUAGE_COOKIE, value=language, path="/", max_age=_YEAR, samesite="lax", secure=settings.secure)


def local_path(path: str | None, default: str = "/") -> str:
    """`path` if it is a page of ours, else `default`: nobody is sent elsewhere by a crafted link."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")) or any(c < " " for c in path):
        return default
    try:
        parts = urlsplit(path)
    except ValueError:
        return default
    return path if not parts.netloc and not parts.scheme else default


def back_to_the_feed(request: AnyRequest, kudos_id: str, toast: str) -> Response[str]:
    """After something was done to a thank-you that is gone: back to the list it was seen in."""
    there = came_from(request, "/")
    return see_other("/" if kudos_id in there else there, toast=toast)


def came_from(request: AnyRequest, default: str, anchor: str = "") -> str:
    """The page of ours that a form stood on, at the element with the id `anchor`."""
    try:
        parts = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return default
    if parts.netloc != request.headers.get("host"):
        return default
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return local_path(path, default) + (f"#{anchor}" if anchor else "")


async def form_of(request: AnyRequest) -> FormMultiDict:
    """The form that was sent."""
    return await request.form()


def text_of(form: FormMultiDict, name: str) -> str:
    """One text field; empty if it is missing or a file."""
    found = form.get(name)
    return found if isinstance(found, str) else ""


def texts_of(form: FormMultiDict, name: str) -> list[str]:
    """All values of a field."""
    return [value for value in form.getall(name, []) if isinstance(value, str)]


def field_errors(error: DomainError, language: str) -> dict[str, str]:
    """The sentences beside the fields."""
    return {name: message.text(language) for name, message in error.fields.items()}
