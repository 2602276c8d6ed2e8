"""Feedback after visits and edges afterwards over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, get, patch, post, put
from litestar.params import FromPath, JSONBody, QueryParameter

from api.core.access.middleware import current_actor
from api.core.openapi import problems
from api.core.pages import PAGE
from api.rotations import feedback
from api.rotations.effect import edge_effect
from api.rotations.feedback_queries import all_feedback, past_visits, visit_feedback
from api.rotations.feedback_rules import ErrorLine, Said
from api.rotations.feedback_schemas import (
    EdgeEffect,
    FeedbackPage,
    PastVisits,
    ReportError,
    VisitFeedback,
    WriteFeedback,
)

AnyRequest = Request[Any, Any, Any]
GIVE = {"policy": "feedback.give"}
EDGES = {"policy": "departments.read"}
_TAGS = ["Visits"]
Before = Annotated[str, QueryParameter(max_length=80, description="The cursor of the page before.")]
Limit = Annotated[int, QueryParameter(ge=1, le=100)]


def _said(data: WriteFeedback) -> Said:
    return Said(
        surprised=data.surprised,
        will_change=data.will_change,
        errors=[
            ErrorLine(
                what=one.what,
                times=one.times,
                per=one.per,
                minutes=one.minutes,
                cents=one.cents,
                reverse=one.reverse,
            )
            for one in data.errors
        ],
    )


@get("/past-visits", opt=GIVE, tags=_TAGS, responses=problems(422), operation_id="listPastVisits")
async def list_past_visits(request: AnyRequest, before: Before = "", limit: Limit = PAGE) -> PastVisits:
    """Your visits and those you hosted, with what there is of feedback."""
    return await past_visits(current_actor(request), before=before, limit=limit)


@get("/feedback", opt=GIVE, tags=_TAGS, responses=problems(404, 422), operation_id="listFeedback")
async def list_feedback(request: AnyRequest, before: Before = "", limit: Limit = PAGE) -> FeedbackPage:
    """All that was sent, for HR."""
    return await all_feedback(current_actor(request), before=before, limit=limit)


@get("/past-visits/{visit_id:str}/feedback", opt=GIVE, tags=_TAGS, responses=problems(404), operation_id="readFeedback")
async def read_feedback(request: AnyRequest, visit_id: FromPath[str]) -> VisitFeedback:
    """What both sides of a visit say."""
    return await visit_feedback(current_actor(request), visit_id)


@put(
    "/past-visits/{visit_id:str}/feedback",
    opt=GIVE,
    tags=_TAGS,
    responses=problems(404, 409, 413, 422),
    operation_id="saveFeedback",
)
async def save_feedback(request: AnyRequest, visit_id: FromPath[str], data: JSONBody[WriteFeedback]) -> VisitFeedback:
    """Keep a draft."""
    actor = current_actor(request)
    await feedback.save_feedback(actor=actor, visit_id=visit_id, said=_said(data))
    return await visit_feedback(actor, visit_id)


@post(
    "/past-visits/{visit_id:str}/feedback",
    opt=GIVE,
    tags=_TAGS,
    responses=problems(404, 409, 413, 422),
    operation_id="sendFeedback",
)
async def send_feedback(request: AnyRequest, visit_id: FromPath[str], data: JSONBody[WriteFeedback]) -> VisitFeedback:
    """Send it to the other side."""
    actor = current_actor(request)
    await feedback.send_feedback(actor=actor, visit_id=visit_id, said=_said(data), idea=data.idea)
    return await visit_feedback(actor, visit_id)


@patch(
    "/past-visits/{visit_id:str}/feedback",
    opt=GIVE,
    tags=_TAGS,
    responses=problems(404, 409, 413, 422),
    operation_id="changeFeedback",
)
async def change_feedback(request: AnyRequest, visit_id: FromPath[str], data: JSONBody[WriteFeedback]) -> VisitFeedback:
    """Change what you have sent, for two weeks; all of it is replaced, and `idea` means nothing."""
    actor = current_actor(request)
    await feedback.change_feedback(actor=actor, visit_id=visit_id, said=_said(data))
    return await visit_feedback(actor, visit_id)


@get(
    "/dependencies/{dependency_id:str}/effect",
    opt=EDGES,
    tags=_TAGS,
    responses=problems(404),
    operation_id="readEdgeEffect",
)
async def read_effect(
    request: AnyRequest,
    dependency_id: FromPath[str],
    programme: Annotated[str, QueryParameter(max_length=36, description="A programme that had visits on it.")] = "",
) -> EdgeEffect:
    """An edge before and after the visits of a programme."""
    return await edge_effect(current_actor(request), dependency_id, programme)


@post(
    "/dependencies/{dependency_id:str}/errors",
    opt=GIVE,
    tags=_TAGS,
    responses=problems(403, 404, 413, 422),
    operation_id="reportError",
)
async def report_error(request: AnyRequest, dependency_id: FromPath[str], data: JSONBody[ReportError]) -> EdgeEffect:
    """An error has arrived, as somebody of one of the two departments says."""
    actor = current_actor(request)
    line = ErrorLine(what=data.what, times=data.times, per=data.per, minutes=data.minutes, cents=data.cents)
    await feedback.report_error(actor=actor, dependency_id=dependency_id, line=line)
    return await edge_effect(actor, dependency_id)


ROUTES = [
    list_past_visits,
    list_feedback,
    read_feedback,
    save_feedback,
    send_feedback,
    change_feedback,
    read_effect,
    report_error,
]
