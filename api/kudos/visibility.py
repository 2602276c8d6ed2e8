"""Whose kudos exist for whom: the one place that says it. Everything else starts from here."""

from __future__ import annotations

from typing import Protocol


class Reader(Protocol):
    """Who wants to see something: somebody who asks, or somebody who may be told of it."""

    @property
    def id(self) -> str: ...
    @property
    def is_hr(self) -> bool: ...


def visible(actor: Reader) -> tuple[str, list[object]]:
    """The SQL condition on kudos `k` (with its arguments) for what this person may see.

    Withdrawn: nobody. Private: giver and recipients, and HR once it was reported. Hidden: giver and HR.
    """
    if actor.is_hr:
        return (
            """k.withdrawn_at IS NULL AND (NOT k.private OR k.giver_id = {} OR EXISTS (
                SELECT 1 FROM kudos_recipient r WHERE r.kudos_id = k.id AND r.person_id = {})
                OR EXISTS (SELECT 1 FROM report x WHERE x.kudos_id = k.id))""",
            [actor.id, actor.id],
        )
    return (
        """k.withdrawn_at IS NULL AND (k.hidden_at IS NULL OR k.giver_id = {})
            AND (NOT k.private OR k.giver_id = {} OR EXISTS (
                SELECT 1 FROM kudos_recipient r WHERE r.kudos_id = k.id AND r.person_id = {}))""",
        [actor.id, actor.id, actor.id],
    )
