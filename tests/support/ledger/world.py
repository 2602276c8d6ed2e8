"""Who takes part, what time it is, and where things break."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextvars import ContextVar
from itertools import islice
from typing import Any

from api.core import database
from api.core.access.actor import Actor, Role
from api.core.access.actors import actor_of_session
from api.core.clock import DAY, HOUR, SECOND, WEEK
from api.core.errors import DomainError
from api.points.records import change_settings
from tests.support.organisation import BILLING, OPENED_AT, PEOPLE, RADIOLOGY, REGISTRATION, Person, add_person

_JUMPS = (30 * SECOND, 2 * 60 * SECOND, HOUR, DAY, WEEK, 5 * WEEK, -HOUR, -DAY, -WEEK)
_TICK = 1_000
AMOUNT = 100
"""Everybody's allowance for a month, managers and HR included."""


class Crash(Exception):
    """The process dies between two statements; or after the commit, before anybody heard of it."""


_FUSE: ContextVar[list[int] | None] = ContextVar("fuse", default=None)


class Clock:
    """A clock that ticks with every look and jumps, also backwards."""

    def __init__(self) -> None:
        self.at = OPENED_AT

    def __call__(self) -> int:
        self.at += _TICK
        return self.at


class World:
    """The state of a run: chance, clock, people, and what was acknowledged so far."""

    def __init__(self, seed: int, people: int = 20) -> None:
        self.chance = random.Random(seed)
        self.clock = Clock()
        self.extra = [
            Person(100 + n, f"Person Number{n}", (BILLING, REGISTRATION, RADIOLOGY)[n % 3])
            for n in range(people - sum(person.active for person in PEOPLE))
        ]
        self.actors: dict[str, Actor] = {}
        self.hr: Actor
        self.periods: set[str] = set()
        self.gifts: dict[str, Gift] = {}
        self.comments: dict[str, Gift] = {}
        self.boosts: dict[str, tuple[str, int]] = {}
        self.orders: dict[str, Order] = {}
        self.pieces: dict[str, int] = {}
        self.redemptions: dict[str, tuple[str, str]] = {}
        self.done: dict[str, int] = {}
        self.refused = self.crashed = 0

    async def prepare(self) -> None:
        """Add people, switch points on, and lay fuses to all statements of the current database."""
        for person in self.extra:
            await add_person(person)
        for person in (*PEOPLE, *self.extra):
            actor = await actor_of_session(person.cookie, accept_language="en", keep_days=30)
            if actor is not None:
                self.actors[actor.id] = actor
        self.hr = next(actor for actor in self.actors.values() if Role.HR in actor.roles)
        await change_settings(
            actor=None,
            changes={
                "enabled": 1,
                "amount": AMOUNT,
                "amount_manager": AMOUNT,
                "amount_hr": AMOUNT,
                "ring_percent": 20,
                "person_percent": 100,
                "mutual_times": 2,
            },
        )
        engine: Any = database.current().engine
        engine.fetch = _fused(engine.fetch)
        engine.execute_many = _fused(engine.execute_many)

    def actor(self) -> Actor:
        """Somebody."""
        return self.actors[self.chance.choice(sorted(self.actors))]

    def recent(self, known: dict[str, Any], most: int = 40) -> str:
        """One of the last of these."""
        return self.chance.choice(list(islice(reversed(known), most))[::-1])

    def others(self, actor: Actor, most: int = 3) -> list[str]:
        """Some people besides this one."""
        rest = sorted(set(self.actors) - {actor.id})
        return self.chance.sample(rest, self.chance.randint(1, most))

    def jump(self) -> None:
        """Time passes; now and then much of it, or none, or it goes back."""
        self.clock.at += self.chance.choice(_JUMPS) if self.chance.random() < 0.3 else 10 * SECOND

    async def reliably(self, verb: Any, **arguments: Any) -> tuple[Any, bool]:
        """(What it answered, True) or (its refusal, False): crashes at random places are tried again as they were.

        A quarter are sent twice although all went well.
        """
        while True:
            fate = self.chance.random()
            fuse = [self.chance.randint(1, 30)] if fate < 0.15 else None
            token = _FUSE.set(fuse)
            try:
                result = await verb(**arguments)
            except Crash:
                self.crashed += 1
                continue
            except DomainError as error:
                self.refused += 1
                return error, False
            finally:
                _FUSE.reset(token)
            if fate > 0.75 and ("key" in arguments or "unique" in arguments):
                continue  # the answer got lost
            return result, True


class Gift:
    """Points that somebody gave with thanks or a comment, as it was acknowledged."""

    def __init__(self, giver: Actor, recipients: Sequence[str], points: int, kudos_id: str) -> None:
        self.giver = giver
        self.recipients = recipients
        self.points = points
        self.kudos_id = kudos_id
        self.gone = False
        self.ended = False
        """The thanks themselves are withdrawn or hidden: what others added went with them."""


class Order:
    """Earned points that somebody spent: "held", "posted", "voided" or "refunded"."""

    def __init__(self, person_id: str, points: int) -> None:
        self.person_id = person_id
        self.points = points
        self.state = "held"


def _fused(run: Any) -> Any:
    """The same statements, but one at which a lit fuse ends."""

    def lit() -> None:
        fuse = _FUSE.get()
        if fuse is not None and database.in_transaction():
            fuse[0] -= 1
            if fuse[0] == 0:
                raise Crash

    async def statement(*arguments: Any) -> Any:
        lit()
        return await run(*arguments)

    return statement
