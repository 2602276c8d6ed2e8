"""Live updates over HTTP: server-sent events with heartbeat and replay."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any

import msgspec
from litestar import Request, get
from litestar.openapi import ResponseSpec
from litestar.params import HeaderParameter, QueryParameter
from litestar.response import Stream

from api.core import live
from api.core.access.actor import Actor
from api.core.access.middleware import current_actor
from api.core.access.still import still_signed_in
from api.core.openapi import problems

HEARTBEAT_SECONDS = 15.0
_RETRY_MILLISECONDS = 2_000


class KudosEvent(msgspec.Struct, frozen=True):
    """What happened to a kudos: ids only; read the kudos itself for more."""

    kudos: str | None
    mine: bool


def _frame(event: live.LiveEvent, actor: Actor) -> bytes:
    data = msgspec.json.encode(KudosEvent(event.kudos_id, event.actor_id == actor.id))
    return b"id: %b\nevent: %b\ndata: %b\n\n" % (str(event.cursor).encode(), event.kind.encode(), data)


def _meant_for(event: live.LiveEvent, actor: Actor) -> bool:
    return event.audience is None or actor.id in event.audience


async def _following(actor: Actor, after: live.Cursor | None, kinds: frozenset[str]) -> AsyncIterator[bytes]:
    # The first bytes go out at once, so that browser and proxies know the stream is open.
    yield b"retry: %d\n: open\n\n" % _RETRY_MILLISECONDS
    async for event in live.hub().follow(after, heartbeat=HEARTBEAT_SECONDS):
        if event is None:
            if not await still_signed_in(actor):
                return
            yield b": still here\n\n"
        elif event.kind in kinds and _meant_for(event, actor):
            if not await still_signed_in(actor):
                return
            yield _frame(event, actor)


async def _replay(actor: Actor, after: live.Cursor | None, kinds: frozenset[str]) -> AsyncIterator[bytes]:
    if after is None:
        return
    for event in await live.events_after(after):
        if event.kind in kinds and _meant_for(event, actor):
            yield _frame(event, actor)


@get(
    "/events",
    opt={"policy": "events.read"},
    tags=["Kudos"],
    responses={
        200: ResponseSpec(str, description="The stream.", media_type="text/event-stream", generate_examples=False),
        **problems(),
    },
    operation_id="followEvents",
)
async def follow_events(
    request: Request[Any, Any, Any],
    last_event_id: Annotated[
        str | None, HeaderParameter(name="Last-Event-ID", description="Go on after this event, without a gap.")
    ] = None,
    after: Annotated[
        str | None, QueryParameter(description="The same, for clients that cannot send the header.")
    ] = None,
    kinds: Annotated[str, QueryParameter(description="Only events of these kinds, separated by spaces.")] = "",
    follow: Annotated[bool, QueryParameter(description="False: only what was missed, then end.")] = True,
) -> Stream:
    """What happens to thanks that this person may see, as server-sent events (ids only)."""
    actor = current_actor(request)
    start = live.Cursor.read(last_event_id) or live.Cursor.read(after)
    wanted = frozenset(kinds.split() or live.KINDS)
    content = _following(actor, start, wanted) if follow else _replay(actor, start, wanted)
    return Stream(
        content,
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


ROUTES = [follow_events]
