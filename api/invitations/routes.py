"""Invitations over HTTP. Links themselves are for people and their browsers: pages only."""

from __future__ import annotations

from typing import Any

from litestar import Request, get, post
from litestar.params import FromPath

from api.core.access.middleware import current_actor
from api.core.openapi import problems
from api.invitations import queries, service
from api.invitations.schemas import InvitationOut, InvitationsOut


@get(
    "/invitations",
    opt={"policy": "people.invite"},
    tags=["People"],
    responses=problems(),
    operation_id="getInvitations",
)
async def get_invitations() -> InvitationsOut:
    """How many are yet to come in."""
    return await queries.invitations()


@post(
    "/invitations",
    opt={"policy": "people.invite"},
    status_code=202,
    tags=["People"],
    responses=problems(409),
    operation_id="inviteEverybody",
)
async def invite_everybody(request: Request[Any, Any, Any]) -> InvitationsOut:
    """Invite all who have no password and no invitation that works; e-mails go out in the background."""
    await service.invite_everybody(actor=current_actor(request))
    return await queries.invitations()


@get(
    "/people/{person_id:str}/invitation",
    opt={"policy": "people.invite"},
    tags=["People"],
    responses=problems(404),
    operation_id="getInvitation",
)
async def get_invitation(person_id: FromPath[str]) -> InvitationOut:
    """Where a person stands on the way in."""
    return await queries.invitation(person_id)


@post(
    "/people/{person_id:str}/invitation",
    opt={"policy": "people.invite"},
    status_code=202,
    tags=["People"],
    responses=problems(404, 409),
    operation_id="invitePerson",
)
async def invite_person(request: Request[Any, Any, Any], person_id: FromPath[str]) -> InvitationOut:
    """Send somebody who has no password yet an e-mail with a link to choose one; again, if asked again."""
    await service.invite(actor=current_actor(request), person_id=person_id)
    return await queries.invitation(person_id)


ROUTES = [get_invitations, invite_everybody, get_invitation, invite_person]
