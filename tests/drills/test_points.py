"""The ledger under fire: a simulation, planted mistakes that it finds, many who spend at once, a killed server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import pytest

from api.core import database
from api.points import books, jobs, ledger, service
from api.points.errors import NotEnough
from api.points.periods import Period
from api.points.records import change_settings, rules
from api.points.rules import AccountKind
from api.points.service import Entitled, grant_allowances
from tests.databases import Kind
from tests.drills.command import serving
from tests.drills.points import simulate
from tests.drills.spending import spend_at_once
from tests.drills.stored import broken, letters, opened
from tests.drills.writers import Writers
from tests.support.house import organisation_url
from tests.support.points import switch_on


@pytest.mark.parametrize(("kind", "operations"), [("sqlite", 4_000), ("postgres", 1_000)])
async def test_whatever_happens_the_books_are_right(kind: Kind, operations: int) -> None:
    world, wrong = await simulate(organisation_url(kind), seed=20_260_302, operations=operations)
    assert wrong == []
    assert sum(world.done.values()) >= operations
    assert min(world.crashed, world.refused) > operations // 50


async def _read_check_save(changes: books.Changes, _locked: object = None, *with_rows: database.Batch) -> None:
    """Reads, checks, and saves what it has counted: what others saved in between is lost."""
    await database.together(*with_rows)
    for account, (balance, held) in changes.items():
        row = await database.fetch_one("SELECT kind, guarded, balance, held FROM account WHERE id = {}", account)
        if row is None or not row["guarded"]:
            continue
        if row["balance"] + balance < 0:
            raise NotEnough(row["kind"], available=row["balance"], needed=-balance)
        await database.execute(
            "UPDATE account SET balance = {}, held = {} WHERE id = {}",
            *(row["balance"] + balance, row["held"] + held, account),
        )


def _plant_read_check_save(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(books, "change", _read_check_save)


def _plant_hold_that_is_not_released(patch: pytest.MonkeyPatch) -> None:
    settle = ledger.settle

    async def forgetful(hold_ids: Sequence[str], state: str) -> list[str]:
        if state != "voided":
            return await settle(hold_ids, state)
        change = books.change
        patch.setattr(books, "change", _nothing)
        try:
            return await settle(hold_ids, state)
        finally:
            patch.setattr(books, "change", change)

    patch.setattr(ledger, "settle", forgetful)


async def _nothing(*_arguments: object) -> None: ...


def _plant_double_grant(patch: pytest.MonkeyPatch) -> None:
    async def generous(*, period: Period, people: Sequence[Entitled]) -> int:
        granted = await grant_allowances(period=period, people=people)
        if granted < len(people):  # somebody else was quicker: who cares

            async def again() -> None:
                present = await rules()
                await service._expire_and_grant(present, people, {one.id: present.amount for one in people})

            await database.transact(again)
        return granted

    patch.setattr(jobs, "grant_allowances", generous)


@pytest.mark.parametrize(
    ("kind", "plant", "says", "seeds"),
    [
        # One writer at a time reads what is so; on SQLite this mistake changes nothing.
        ("postgres", _plant_read_check_save, "instead of", [1]),
        ("sqlite", _plant_hold_that_is_not_released, "instead of", [1]),
        ("postgres", _plant_hold_that_is_not_released, "instead of", [1]),
        # A period must end while two grant it: not every run has that. In the second it mostly is at once.
        ("sqlite", _plant_double_grant, "allowance: ", range(2, 12)),
        ("postgres", _plant_double_grant, "allowance: ", range(2, 12)),
    ],
)
async def test_the_simulation_finds_planted_mistakes(
    kind: Kind,
    plant: Callable[[pytest.MonkeyPatch], None],
    says: str,
    seeds: Sequence[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plant(monkeypatch)
    wrong: list[str] = []
    for seed in seeds:
        _world, wrong = await simulate(organisation_url(kind), seed=seed, operations=500, check_every=25)
        if wrong:
            break
    assert any(says in fault for fault in wrong)


async def test_of_many_who_spend_at_once_exactly_what_is_covered_goes_through(kind: Kind) -> None:
    async with opened(organisation_url(kind)):
        found = await spend_at_once(2_000)
        assert found.granted == found.covered
        assert found.granted + found.refused == 2_000
        assert await broken() == []


async def test_a_killed_server_kept_every_point_and_repeats_move_none_twice(kind: Kind) -> None:
    url = organisation_url(kind)
    async with opened(url):
        await change_settings(actor=None, changes={"amount": 10_000, "amount_manager": 10_000, "amount_hr": 10_000})
        await switch_on(person_percent=100, burst_times=1_000)
    writers = Writers(points=1)
    async with serving(url, undo_seconds=1) as server:
        writing = asyncio.create_task(writers.write(server.address))
        await writers.acknowledges(60, within=30)
        await server.kill()
        await writing
    assert writers.refused == []
    async with serving(url, undo_seconds=1) as server:
        await writers.repeat_unanswered(server.address)
        server.terminate()
        await server.ended()
    async with opened(url):
        assert len(await letters()) == len(writers.acknowledged)
        assert await broken() == []
        rows = await database.fetch(
            """SELECT SUM(p.amount) AS points FROM posting p JOIN account a ON a.id = p.account_id
            JOIN transfer t ON t.id = p.transfer_id WHERE t.kind = 'kudos' AND a.kind = {}""",
            AccountKind.EARNED.value,
        )
        assert rows[0]["points"] == sum(1 + number % 2 for number in writers.acknowledged)
