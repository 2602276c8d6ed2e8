"""One's own account over HTTP."""

from __future__ import annotations

from typing import Any

from litestar import Request, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from api.account import queries, service
from api.account.schemas import CreateToken, MeOut, NewToken, Preferences, SessionList, TokenList
from api.core.access.middleware import current_actor
from api.core.access.sessions import end_session, sign_out_everywhere
from api.core.access.tokens import create_token, revoke_token
from api.core.openapi import problems


@get("/me", opt={"policy": "account.read"}, tags=["Account"], responses=problems(), operation_id="getMe")
async def get_me(request: Request[Any, Any, Any]) -> MeOut:
    """The person behind the token or session."""
    return queries.me(current_actor(request))


@patch(
    "/me",
    opt={"policy": "account.change"},
    status_code=204,
    tags=["Account"],
    responses=problems(413, 422),
    operation_id="changePreferences",
)
async def change_preferences(request: Request[Any, Any, Any], data: JSONBody[Preferences]) -> None:
    """Change language, time zone or theme."""
    await service.change_preferences(
        actor=current_actor(request), language=data.language, time_zone=data.time_zone, theme=data.theme
    )


@get(
    "/sessions", opt={"policy": "account.secrets"}, tags=["Account"], responses=problems(), operation_id="listSessions"
)
async def list_sessions(request: Request[Any, Any, Any]) -> SessionList:
    """Where this person is signed in."""
    return SessionList(await queries.sessions(current_actor(request)))


@delete(
    "/sessions", opt={"policy": "account.secrets"}, tags=["Account"], responses=problems(), operation_id="endSessions"
)
async def end_sessions(request: Request[Any, Any, Any]) -> None:
    """Sign out everywhere."""
    await sign_out_everywhere(person_id=current_actor(request).id)


@delete(
    "/sessions/{session_id:str}",
    opt={"policy": "account.secrets"},
    tags=["Account"],
    responses=problems(404),
    operation_id="endSession",
)
async def end_one_session(request: Request[Any, Any, Any], session_id: FromPath[str]) -> None:
    """Sign out in one browser."""
    await end_session(person_id=current_actor(request).id, session_id=session_id)


@get("/tokens", opt={"policy": "account.secrets"}, tags=["Account"], responses=problems(), operation_id="listTokens")
async def list_tokens(request: Request[Any, Any, Any]) -> TokenList:
    """This person's API tokens."""
    return TokenList(await queries.tokens(current_actor(request)))


@post(
    "/tokens",
    opt={"policy": "account.secrets"},
    tags=["Account"],
    responses=problems(413, 422),
    operation_id="createToken",
)
async def create_api_token(request: Request[Any, Any, Any], data: JSONBody[CreateToken]) -> NewToken:
    """Make an API token; it is shown this once."""
    token_id, secret = await create_token(person_id=current_actor(request).id, name=data.name, scopes=data.scopes)
    return NewToken(token_id, secret)


@delete(
    "/tokens/{token_id:str}",
    opt={"policy": "account.secrets"},
    tags=["Account"],
    responses=problems(404),
    operation_id="revokeToken",
)
async def revoke_api_token(request: Request[Any, Any, Any], token_id: FromPath[str]) -> None:
    """Take an API token back."""
    await revoke_token(person_id=current_actor(request).id, token_id=token_id)


ROUTES = [
    get_me,
    change_preferences,
    list_sessions,
    end_sessions,
    end_one_session,
    list_tokens,
    create_api_token,
    revoke_api_token,
]
