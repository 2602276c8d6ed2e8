"""How long an award budget lasts."""

from __future__ import annotations

from collections.abc import Sequence

from api.core.database import Dialect


def budgets(_dialect: Dialect) -> Sequence[str]:
    """A quarter, as it was for all until now, or what human resources choose."""
    return [
        """ALTER TABLE points_settings ADD COLUMN budget_rhythm TEXT NOT NULL DEFAULT 'quarter'
            CHECK (budget_rhythm IN ('month', 'quarter', 'half', 'year'))"""
    ]
