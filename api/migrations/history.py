"""The history: what belongs to an import is not walked through to find what stands by itself."""

from __future__ import annotations

from collections.abc import Sequence

from api.core.database import Dialect


def history(_dialect: Dialect) -> Sequence[str]:
    return [
        "CREATE INDEX change_root ON change (id) WHERE part_of IS NULL",
        "DROP INDEX change_actor",
        "CREATE INDEX change_actor ON change (actor_id, id) WHERE part_of IS NULL",
    ]
