"""`python -m tests.drills.points --operations 1000000 --kind sqlite --seed 7`: the simulation, as long as you want
(or `--minutes 15`). The books are checked more and more rarely as they grow, and at the end."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import Counter
from math import inf
from time import monotonic
from typing import Any

from api.core import clock
from api.verify import verify
from tests.databases import KINDS, Kind
from tests.drills.stored import opened
from tests.support.house import organisation_url
from tests.support.ledger import redemptions
from tests.support.ledger.books import CHECKS, grant_to_all
from tests.support.ledger.operations import OPERATIONS
from tests.support.ledger.world import World

AT_ONCE = 25


async def simulate(
    url: str, *, seed: int, operations: int, check_every: int = 500, seconds: float = inf, say: Any = None
) -> tuple[World, list[str]]:
    """Let people use points until so many operations are done, or the time is over; returns the world and what was
    wrong, if anything."""
    before, world, until = clock._now, World(seed), monotonic() + seconds
    clock._now = world.clock
    weights, verbs = zip(*OPERATIONS, strict=True)
    done: Counter[str] = Counter()
    try:
        async with opened(url):
            await world.prepare()
            await redemptions.prepare(world)
            checked = 0
            while True:
                total = done.total()
                over = total >= operations or monotonic() > until
                if over or total - checked >= max(check_every, checked // 4):
                    checked = total
                    wrong = [fault for check in CHECKS for fault in await check(world)]
                    if wrong or over:
                        wrong += [f"verify: {found.says}: {found.broken}" async for found in verify() if found.broken]
                        world.done = dict(done)
                        return world, wrong
                    if say is not None:
                        say(total, world)
                chosen = world.chance.choices(verbs, weights, k=AT_ONCE)
                await asyncio.gather(*(verb(world) for verb in chosen))
                done.update(verb.__name__ for verb in chosen)
                await grant_to_all(world)
                world.jump()
    finally:
        clock._now = before


def _say(total: int, world: World) -> None:
    print(f"{total} operations, {world.refused} refused, {world.crashed} crashes", flush=True)


async def _main(kinds: list[Kind], seed: int, operations: int, check_every: int, seconds: float) -> bool:
    sound = True
    for kind in kinds:
        began = monotonic()
        world, wrong = await simulate(
            organisation_url(kind), seed=seed, operations=operations, check_every=check_every, seconds=seconds, say=_say
        )
        print(f"{kind}, seed {seed}: {sum(world.done.values()):,} operations {world.done},")
        print(f"{world.refused:,} refused, {world.crashed:,} crashes,")
        print(f"{monotonic() - began:.0f} s, {len(wrong)} violations")
        print("\n".join(wrong[:10]))
        sound = sound and not wrong
    return sound


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--operations", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--minutes", type=float, default=inf)
    parser.add_argument("--check-every", type=int, default=5_000)
    given = parser.parse_args()
    kinds, seconds = given.kind or list(KINDS), given.minutes * 60
    sys.exit(not asyncio.run(_main(kinds, given.seed, given.operations, given.check_every, seconds)))
