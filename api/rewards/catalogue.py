"""HR's catalogue: rewards made, changed, stocked, archived. What people ordered keeps the price of that moment."""

from __future__ import annotations

from collections.abc import Mapping

from api.core import database
from api.core.access.actor import Actor
from api.core.changes import Changed, State, check_version, create, lock_directory, save, state_of
from api.core.clock import now
from api.core.errors import Conflict, Invalid
from api.core.i18n import gettext_later as _
from api.core.idempotency import claim, request_hash
from api.core.ids import is_uuid
from api.rewards.records import EDITED, REWARD, STOCK, searchable
from api.rewards.rules import Fulfilment, check_reward, check_stock

_EMPTY: State = {
    **dict.fromkeys(EDITED, ""),
    "picture_id": None,
    "motif": "gift",
    "hue": 1,
    "cents": 0,
    "points": None,
    "limit_count": None,
    "fulfilment": Fulfilment.HR.value,
    "archived_at": None,
}


async def _check_picture(state: State, before: object = None) -> None:
    picture_id = state.get("picture_id")
    if picture_id in (None, before):
        return
    there = is_uuid(str(picture_id)) and await database.fetch_one(
        "SELECT 1 FROM reward_picture WHERE id = {}", picture_id
    )
    if not there:
        raise Invalid.field("picture", _("Upload the picture first."))


@database.transaction
async def create_reward(
    *, actor: Actor, fields: Mapping[str, object], key: str | None = None, client_id: str | None = None
) -> tuple[Changed, bool]:
    """A new reward: (its id and change, whether it is new or a repeat). Raises Invalid, Conflict.

    One with codes begins with none: importing codes fills its stock.
    """
    await lock_directory()
    asked = {name: fields[name] for name in (*EDITED, "fulfilment") if name in fields}
    fingerprint = request_hash({"reward": {**asked, "stock": fields.get("stock")}})
    reward_id, fresh = await claim(person_id=actor.id, key=key, client_id=client_id, fingerprint=fingerprint)
    if not fresh:
        return Changed(reward_id, None), False
    state = check_reward({**_EMPTY, **asked})
    stock = 0 if state["fulfilment"] == Fulfilment.CODES else check_stock(fields.get("stock"))
    await _check_picture(state)
    change_id = await create(
        REWARD,
        "reward.created",
        actor_id=actor.id,
        subject_id=reward_id,
        state=state,
        more={"stock": stock, "created_at": now(), "search": searchable(state)},
    )
    return Changed(reward_id, change_id), True


@database.transaction
async def edit_reward(
    *, actor: Actor, reward_id: str, changes: Mapping[str, object], version: str | None = None
) -> Changed:
    """Change the fields given. Raises NotFound, Invalid, Conflict if it is not as `version` has seen it."""
    await lock_directory()
    before = await state_of(REWARD, reward_id)
    check_version(before, version)
    after = check_reward({**before, **{name: changes[name] for name in EDITED if name in changes}})
    await _check_picture(after, before["picture_id"])
    change_id = await save(
        REWARD,
        "reward.changed",
        actor_id=actor.id,
        subject_id=reward_id,
        before=before,
        after=after,
        more={"search": searchable(after)},
    )
    return Changed(reward_id, change_id)


@database.transaction
async def archive_reward(*, actor: Actor, reward_id: str) -> Changed:
    """Nobody can order it any more; what is ordered goes on. Doing it twice is fine. Raises NotFound."""
    return await _set_archived(actor, reward_id, "reward.archived", archived=True)


@database.transaction
async def restore_reward(*, actor: Actor, reward_id: str) -> Changed:
    """It can be ordered again; if it is not archived, nothing happens. Raises NotFound."""
    return await _set_archived(actor, reward_id, "reward.restored", archived=False)


async def _set_archived(actor: Actor, reward_id: str, kind: str, *, archived: bool) -> Changed:
    await lock_directory()
    before = await state_of(REWARD, reward_id)
    after = {**before, "archived_at": (before["archived_at"] or now()) if archived else None}
    change_id = await save(REWARD, kind, actor_id=actor.id, subject_id=reward_id, before=before, after=after)
    return Changed(reward_id, change_id)


@database.transaction
async def set_stock(*, actor: Actor, reward_id: str, stock: int | None, seen: int | None) -> Changed:
    """How many there are from now on. `seen` is the stock that the person has seen.

    Raises NotFound, Invalid, Conflict if somebody has ordered meanwhile or the stock is that of imported codes.
    """
    stock = check_stock(stock)
    await lock_directory()
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    # An order takes a piece by changing this row: from here on it waits.
    if is_uuid(reward_id):
        await database.fetch(f"SELECT 1 FROM reward WHERE id = {{}} {lock}", reward_id)
    if (await state_of(REWARD, reward_id))["fulfilment"] == Fulfilment.CODES:
        raise Conflict(_("The stock of this reward is its codes: import more, or take some out."))
    before = await state_of(STOCK, reward_id)
    if before["stock"] != seen:
        raise Conflict(_("Somebody has ordered or counted meanwhile. Look at the stock as it is now."))
    change_id = await save(
        STOCK, "stock.changed", actor_id=actor.id, subject_id=reward_id, before=before, after={"stock": stock}
    )
    return Changed(reward_id, change_id)
