"""Stock: an order remembers whether it took a piece; one of an unlimited reward gives none back if HR counts later."""

from __future__ import annotations

from collections.abc import Sequence

from api.core.database import Dialect


def stock(_dialect: Dialect) -> Sequence[str]:
    return [
        "ALTER TABLE redemption ADD COLUMN from_stock BOOLEAN NOT NULL DEFAULT FALSE",
        """UPDATE redemption SET from_stock = TRUE
            WHERE reward_id IN (SELECT id FROM reward WHERE stock IS NOT NULL)""",
    ]
