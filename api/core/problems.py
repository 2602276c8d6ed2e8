"""Errors as problem+json (RFC 9457), in the reader's language."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, InternalServerException

from api.core.access.middleware import current_language
from api.core.database import DatabaseUnavailable
from api.core.errors import DomainError
from api.core.i18n import Language, Message
from api.core.i18n import gettext_later as _

_log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"

# What Litestar says when a client goes in the middle of its request: nobody is there to read the answer.
_CLIENT_LEFT = "client disconnected prematurely"


class Problem(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What went wrong. `detail` is for people, `code` for programs, `errors` says it member by member."""

    title: str
    status: int
    detail: str
    code: str
    type: str = "about:blank"
    errors: dict[str, str] = {}


_SENTENCES: dict[int, Message] = {
    400: _("Part of this request is not as it should be."),
    404: _("There is nothing at this address."),
    405: _("This address does not take that kind of request."),
    413: _("This is too large."),
    415: _("Send this as JSON."),
    500: _("Something went wrong on our side. It has been noted; please try again."),
    503: _("The database cannot be reached right now. Nothing is lost; please try again in a moment."),
}


def describe(error: Exception, language: Language) -> tuple[Problem, dict[str, str]]:
    """The problem behind any exception, with headers to send along. Unexpected ones are logged and kept vague."""
    if isinstance(error, DomainError):
        fields = {name: message.text(language) for name, message in error.fields.items()}
        problem = Problem(
            title=HTTPStatus(error.status).phrase,
            status=error.status,
            detail=error.message.text(language),
            code=error.code,
            errors=fields,
        )
        return problem, dict(error.headers)
    if isinstance(error, DatabaseUnavailable):
        _log.warning("database_unavailable", reason=str(error))
        return _plain(503, "unavailable", language), {"Retry-After": "2"}
    if isinstance(error, RecursionError):
        # Nothing of ours recurses: it is JSON in thousands of brackets, which the decoder gives up on like this.
        _log.warning("nested_too_deeply", exc_info=error)
        return _plain(400, "bad_request", language), {}
    if isinstance(error, HTTPException) and error.status_code < 500:
        problem = _plain(error.status_code, "bad_request" if error.status_code == 400 else "refused", language)
        problem.errors = _member_errors(error)
        return problem, dict(error.headers or {})
    if isinstance(error, InternalServerException) and error.detail == _CLIENT_LEFT:
        _log.info("client_left")
    else:
        _log.error("unexpected_error", exc_info=error)
    return _plain(500, "unexpected", language), {}


def _plain(status: int, code: str, language: Language) -> Problem:
    sentence = _SENTENCES.get(status) or _SENTENCES[400]
    return Problem(title=HTTPStatus(status).phrase, status=status, detail=sentence.text(language), code=code)


def _member_errors(error: HTTPException) -> dict[str, str]:
    extra = error.extra
    if not isinstance(extra, list):
        return {}
    found: dict[str, str] = {}
    for item in extra:
        if isinstance(item, dict) and isinstance(item.get("message"), str):
            found[str(item.get("key") or "body")] = item["message"]
    return found


def problem_response(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """The exception handler of everything below /api and of /health."""
    problem, headers = describe(error, current_language(request))
    return Response(problem, status_code=problem.status, media_type=MEDIA_TYPE, headers=headers)
