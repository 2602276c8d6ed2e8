"""HR's side over HTTP: the catalogue with all fields, pictures, codes, settings."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, delete, get, patch, post, put
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from api.core.access.middleware import current_actor
from api.core.idempotency import check_client_id, check_key
from api.core.openapi import Key, problems, repeated
from api.people.record_schemas import given
from api.rewards import catalogue, codes, pictures, places, records
from api.rewards.record_schemas import (
    ChangeRewardSettings,
    CodesImported,
    CodesOut,
    CreateReward,
    EditReward,
    ImportCodes,
    PictureOut,
    RewardItems,
    RewardRecord,
    RewardSettingsOut,
    SetStock,
)

AnyRequest = Request[Any, Any, Any]
MANAGE = {"policy": "rewards.manage"}
_TAGS = ["Rewards"]
ROOM = 64 * 1024
"""For what comes with a picture in a form."""


@get("/rewards/records", opt=MANAGE, tags=_TAGS, responses=problems(422), operation_id="listRewardRecords")
async def list_rewards(
    request: AnyRequest,
    q: Annotated[str, QueryParameter(max_length=200)] = "",
    archived: FromQuery[bool] = False,
    after: Annotated[str | None, QueryParameter(description="The `next` of the page before.")] = None,
) -> RewardItems:
    """The whole catalogue by title, or what is archived."""
    return await records.reward_items(current_actor(request).language, q=q, archived=archived, after=after)


@get("/rewards/{reward_id:str}/record", opt=MANAGE, tags=_TAGS, responses=problems(404), operation_id="getRewardRecord")
async def get_reward(reward_id: FromPath[str]) -> RewardRecord:
    """All fields of a reward in both languages."""
    return await records.reward_record(reward_id)


@post(
    "/rewards",
    opt=MANAGE,
    tags=_TAGS,
    responses={
        **repeated(RewardRecord),
        **problems(409, 413, 422),
    },
    operation_id="createReward",
)
async def create_reward(request: AnyRequest, data: JSONBody[CreateReward], key: Key = None) -> Response[RewardRecord]:
    """A new reward."""
    changed, fresh = await catalogue.create_reward(
        actor=current_actor(request), fields=given(data), key=check_key(key), client_id=check_client_id(data.id)
    )
    return Response(await records.reward_record(changed.id), status_code=201 if fresh else 200)


@patch(
    "/rewards/{reward_id:str}",
    opt=MANAGE,
    tags=_TAGS,
    responses=problems(404, 409, 413, 422),
    operation_id="editReward",
)
async def edit_reward(request: AnyRequest, reward_id: FromPath[str], data: JSONBody[EditReward]) -> RewardRecord:
    """Change a reward as it was seen; 409 if somebody has changed it meanwhile."""
    await catalogue.edit_reward(
        actor=current_actor(request), reward_id=reward_id, changes=given(data), version=data.version
    )
    return await records.reward_record(reward_id)


@put(
    "/rewards/{reward_id:str}/stock",
    opt=MANAGE,
    tags=_TAGS,
    responses=problems(404, 409, 413, 422),
    operation_id="setStock",
)
async def set_stock(request: AnyRequest, reward_id: FromPath[str], data: JSONBody[SetStock]) -> RewardRecord:
    """How many there are; 409 if somebody has ordered since it was seen."""
    await catalogue.set_stock(actor=current_actor(request), reward_id=reward_id, stock=data.stock, seen=data.seen)
    return await records.reward_record(reward_id)


@put(
    "/rewards/{reward_id:str}/archiving",
    opt=MANAGE,
    status_code=204,
    tags=_TAGS,
    responses=problems(404),
    operation_id="archiveReward",
)
async def archive_reward(request: AnyRequest, reward_id: FromPath[str]) -> None:
    """Nobody can order it any more; what is ordered goes on."""
    await catalogue.archive_reward(actor=current_actor(request), reward_id=reward_id)


@delete(
    "/rewards/{reward_id:str}/archiving",
    opt=MANAGE,
    tags=_TAGS,
    responses=problems(404),
    operation_id="restoreReward",
)
async def restore_reward(request: AnyRequest, reward_id: FromPath[str]) -> None:
    """It can be ordered again."""
    await catalogue.restore_reward(actor=current_actor(request), reward_id=reward_id)


@post(
    "/reward-pictures",
    opt=MANAGE,
    tags=_TAGS,
    responses=problems(413, 422),
    request_max_body_size=pictures.LARGEST_FILE + ROOM,
    operation_id="uploadRewardPicture",
)
async def upload_picture(request: AnyRequest) -> PictureOut:
    """Store a picture (JPEG, PNG, WebP or GIF, up to 8 MB, as the request's body) for a reward's `picture_id`."""
    return PictureOut(await pictures.store_picture(actor=current_actor(request), content=await request.body()))


@get("/rewards/{reward_id:str}/codes", opt=MANAGE, tags=_TAGS, responses=problems(404), operation_id="getCodes")
async def get_codes(reward_id: FromPath[str]) -> CodesOut:
    """How many codes are free, ordered and handed over."""
    return await codes.codes(reward_id)


@post(
    "/rewards/{reward_id:str}/codes",
    opt=MANAGE,
    tags=_TAGS,
    status_code=200,
    responses=problems(404, 409, 413, 422),
    request_max_body_size=codes.LARGEST_LIST,
    operation_id="importCodes",
)
async def import_codes(request: AnyRequest, reward_id: FromPath[str], data: JSONBody[ImportCodes]) -> CodesImported:
    """Add codes; those that the reward has or had already are left out."""
    done = await codes.import_codes(actor=current_actor(request), reward_id=reward_id, text=data.codes)
    return CodesImported(done.added, done.known)


@delete(
    "/rewards/{reward_id:str}/codes",
    opt=MANAGE,
    status_code=204,
    tags=_TAGS,
    responses=problems(404, 409),
    operation_id="removeCodes",
)
async def remove_codes(request: AnyRequest, reward_id: FromPath[str]) -> None:
    """Take out all codes that nobody has ordered."""
    await codes.remove_codes(actor=current_actor(request), reward_id=reward_id)


@get("/reward-settings", opt=MANAGE, tags=_TAGS, responses=problems(), operation_id="getRewardSettings")
async def get_settings() -> RewardSettingsOut:
    """The house's country, and the countries whose benefits in kind are guarded."""
    return await places.settings()


@put(
    "/reward-settings",
    opt=MANAGE,
    tags=_TAGS,
    responses=problems(409, 413, 422),
    operation_id="changeRewardSettings",
)
async def change_settings(request: AnyRequest, data: JSONBody[ChangeRewardSettings]) -> RewardSettingsOut:
    """Change them as they were seen."""
    await places.change_settings(
        actor=current_actor(request),
        country=data.country,
        rules={rule.country.strip().upper(): rule.limit_cents for rule in data.rules},
        version=data.version,
    )
    return await places.settings()


ROUTES = [
    list_rewards,
    get_reward,
    create_reward,
    edit_reward,
    set_stock,
    archive_reward,
    restore_reward,
    upload_picture,
    get_codes,
    import_codes,
    remove_codes,
    get_settings,
    change_settings,
]
