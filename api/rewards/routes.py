"""The catalogue and one's own orders over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, delete, get, post
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from api.core.access.middleware import current_actor
from api.core.clock import utc
from api.core.idempotency import check_client_id, check_key
from api.core.openapi import Key, problems, repeated
from api.rewards import codes, ordering, queries, redemptions, service
from api.rewards.pictures import MEDIA_TYPE, picture
from api.rewards.schemas import Catalogue, CodeOut, OrderReward, RedemptionDetails, RedemptionPage, RewardDetails

AnyRequest = Request[Any, Any, Any]
_TAGS = ["Rewards"]


@get("/rewards", opt={"policy": "rewards.read"}, tags=_TAGS, responses=problems(422), operation_id="listRewards")
async def list_rewards(
    request: AnyRequest,
    q: Annotated[str, QueryParameter(description="Beginnings of words in title and text.", max_length=200)] = "",
    kind: FromQuery[str] = "",
    affordable: FromQuery[bool] = False,
    after: Annotated[str | None, QueryParameter(description="The `next` of the page before.")] = None,
) -> Catalogue:
    """What is offered to oneself, the cheapest first, with one's points and the month's benefits in kind."""
    return await queries.catalogue(current_actor(request), q=q, kind=kind, affordable=affordable, after=after)


@get(
    "/rewards/{reward_id:str}",
    opt={"policy": "rewards.read"},
    tags=_TAGS,
    responses=problems(404),
    operation_id="getReward",
)
async def get_reward(request: AnyRequest, reward_id: FromPath[str]) -> RewardDetails:
    """One reward as it is offered to oneself."""
    return await queries.reward(current_actor(request), reward_id)


_PICTURE = ResponseSpec(data_container=bytes, description="WebP.", media_type=MEDIA_TYPE, generate_examples=False)


@get(
    "/reward-pictures/{picture_id:str}",
    opt={"policy": "rewards.read"},
    tags=_TAGS,
    responses={200: _PICTURE, **problems(404)},
    operation_id="getRewardPicture",
)
async def get_picture(picture_id: FromPath[str]) -> Response[bytes]:
    """A picture; what is behind an id never changes."""
    headers = {
        "cache-control": "private, max-age=31536000, immutable",
        "content-disposition": "inline",
        "cross-origin-resource-policy": "same-origin",
        "x-content-type-options": "nosniff",
    }
    return Response(await picture(picture_id), media_type=MEDIA_TYPE, headers=headers)


@post(
    "/rewards/{reward_id:str}/redemptions",
    opt={"policy": "rewards.order"},
    tags=_TAGS,
    responses={
        **repeated(RedemptionDetails),
        **problems(404, 409, 413, 422),
    },
    operation_id="orderReward",
)
async def order_reward(
    request: AnyRequest, reward_id: FromPath[str], data: JSONBody[OrderReward], key: Key = None
) -> Response[RedemptionDetails]:
    """Order a reward for oneself; its points are held from here on."""
    actor = current_actor(request)
    redemption_id, fresh = await ordering.order(
        actor=actor,
        reward_id=reward_id,
        points=data.points,
        note=data.note,
        when=data.when,
        key=check_key(key),
        client_id=check_client_id(data.id),
    )
    return Response(await redemptions.own_redemption(actor, redemption_id), status_code=201 if fresh else 200)


@get(
    "/redemptions",
    opt={"policy": "rewards.read"},
    tags=_TAGS,
    responses=problems(422),
    operation_id="listRedemptions",
)
async def list_redemptions(
    request: AnyRequest,
    before: Annotated[str | None, QueryParameter(description="The `next` of the page before.")] = None,
) -> RedemptionPage:
    """One's own orders, newest first."""
    return await redemptions.own_redemptions(current_actor(request), before=before)


@get(
    "/redemptions/{redemption_id:str}",
    opt={"policy": "rewards.read"},
    tags=_TAGS,
    responses=problems(404),
    operation_id="getRedemption",
)
async def get_redemption(request: AnyRequest, redemption_id: FromPath[str]) -> RedemptionDetails:
    """An order of one's own with its steps; HR sees everybody's."""
    return await redemptions.own_redemption(current_actor(request), redemption_id)


@delete(
    "/redemptions/{redemption_id:str}",
    opt={"policy": "rewards.order"},
    status_code=204,
    tags=_TAGS,
    responses=problems(404, 409),
    operation_id="cancelRedemption",
)
async def cancel_redemption(request: AnyRequest, redemption_id: FromPath[str]) -> None:
    """Take one's own order back: the points are free again. 409 once it was declined or handed over."""
    await service.cancel(actor=current_actor(request), redemption_id=redemption_id)


@post(
    "/redemptions/{redemption_id:str}/code",
    opt={"policy": "rewards.code"},
    status_code=200,
    tags=_TAGS,
    responses=problems(404, 409),
    operation_id="showCode",
)
async def show_code(request: AnyRequest, redemption_id: FromPath[str]) -> Response[CodeOut]:
    """Look at the code, once; and again for ten minutes, should the answer get lost. In a browser only."""
    shown = await codes.show_code(actor=current_actor(request), redemption_id=redemption_id)
    return Response(CodeOut(shown.code, utc(shown.until)), headers={"cache-control": "no-store"})


ROUTES = [
    list_rewards,
    get_reward,
    get_picture,
    order_reward,
    list_redemptions,
    get_redemption,
    cancel_redemption,
    show_code,
]
