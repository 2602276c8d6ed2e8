"""The settings of points, with their history."""

from __future__ import annotations

from collections.abc import Mapping

from api.core import database
from api.core.access.actor import Actor
from api.core.changes import Changed, Thing, check_version, lock_directory, save, state_of, version_of
from api.core.jobs import enqueue
from api.points.settings import FIELDS, PointRules, check_settings

SETTINGS = Thing("points_settings", FIELDS)
SETTINGS_ID = 1


async def rules() -> PointRules:
    """The settings as they stand, inside a transaction as it sees them."""
    row = await database.fetch_one(
        f"""SELECT {", ".join(f"s.{name}" for name in FIELDS)}, o.time_zone
        FROM points_settings s JOIN organisation o ON o.id = s.id"""
    )
    assert row is not None
    return PointRules(**row)


_kept: dict[int, PointRules] = {}


async def kept_rules(revision: int) -> PointRules:
    """The same for pages, kept while the directory's revision stays."""
    if revision not in _kept:
        found = await rules()
        _kept.clear()
        _kept[revision] = found
    return _kept[revision]


def forget_rules() -> None:
    """Another database is in use."""
    _kept.clear()


def version_of_rules(found: PointRules) -> str:
    """What a form that changes the settings has seen."""
    return version_of({name: getattr(found, name) for name in FIELDS})


@database.transaction
async def change_settings(*, actor: Actor | None, changes: Mapping[str, object], version: str | None = None) -> Changed:
    """Set what is given. Raises Invalid beside the fields, Conflict if it is not as `version` has seen it."""
    await lock_directory()
    before = await state_of(SETTINGS, SETTINGS_ID)
    check_version(before, version)
    after = check_settings({**before, **{name: changes[name] for name in FIELDS if name in changes}})
    change_id = await save(
        SETTINGS,
        "points.changed",
        actor_id=actor.id if actor else None,
        subject_id=SETTINGS_ID,
        before=before,
        after=after,
    )
    if after["enabled"] and not before["enabled"]:
        await enqueue("points.allowances")
    return Changed("", change_id)
