"""Planted mistakes in redemptions, each of which the simulation finds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from api.core import database
from api.points import ledger
from api.rewards import benefits, moves, service
from api.rewards.rules import RedemptionState
from tests.databases import Kind
from tests.drills.points import simulate
from tests.support.house import organisation_url


def _plant_stock_that_is_not_given_back(patch: pytest.MonkeyPatch) -> None:
    async def release(
        row: database.Row, state: RedemptionState, actor_id: str | None, reason: str = "", detail: str = ""
    ) -> None:
        await moves.move(row, state, actor_id, reason, detail)
        await ledger.void(row["transfer_id"])

    patch.setattr(service, "release", release)


def _plant_hold_that_is_not_released(patch: pytest.MonkeyPatch) -> None:
    async def release(
        row: database.Row, state: RedemptionState, actor_id: str | None, reason: str = "", detail: str = ""
    ) -> None:
        await moves.move(row, state, actor_id, reason, detail)
        await database.execute("UPDATE reward SET stock = stock + 1 WHERE id = {}", row["reward_id"])

    patch.setattr(service, "release", release)


def _plant_refund_that_payroll_never_hears_of(patch: pytest.MonkeyPatch) -> None:
    async def nothing(_redemption_id: str) -> None: ...

    patch.setattr(benefits, "take_back", nothing)


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.long)])
@pytest.mark.parametrize(
    ("plant", "says"),
    [
        (_plant_stock_that_is_not_given_back, "in stock"),
        (_plant_hold_that_is_not_released, "open orders hold their points"),
        (_plant_refund_that_payroll_never_hears_of, "what was refunded is taken back"),
    ],
)
async def test_the_simulation_finds_planted_mistakes(
    kind: Kind, plant: Callable[[pytest.MonkeyPatch], None], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    _world, wrong = await simulate(organisation_url(kind), seed=3, operations=1_200, check_every=1_200)
    assert any(says in fault for fault in wrong)
