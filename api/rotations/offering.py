"""A visit offered to a colleague: asked are only those who could make it, and the plan keeps every rule it kept."""

from __future__ import annotations

import asyncio

import msgspec

from api.approvals.service import withdraw
from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now
from api.core.errors import Conflict, Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import Language
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.people.queries import people_refs
from api.rotations import planning
from api.rotations.cases import KIND, ask_about
from api.rotations.data import Basis, basis
from api.rotations.noting import end_offers, note_answer, touch_plan
from api.rotations.planning import Fault, Leg
from api.rotations.rules import VisitState
from api.rotations.service import hold
from api.rotations.storing import insert_visits, legs
from api.rotations.visit_schemas import Candidate
from api.rotations.visiting import OwnVisit, check_ahead, own_visit

_BREAKS = _("Something has changed meanwhile: with you, this visit would break a rule of the plan.")
MOST_CANDIDATES = 24
"""Colleagues that are looked at; with more, those who have the fewest visits."""


class Trade(msgspec.Struct, frozen=True):
    """A visit with the plan it is in: its legs, the one that would change hands, and the data of now. Of `settled`
    colleagues the own visit to that department has begun, is over, off or in question: they have none to exchange."""

    visit: OwnVisit
    leg: Leg
    legs: list[Leg]
    data: Basis
    settled: frozenset[str]


async def _trade(person_id: str, visit_id: str) -> Trade:
    visit = await own_visit(person_id, visit_id)
    check_ahead(visit)
    if visit.state not in ("proposed", "accepted"):
        raise Conflict(_("This visit is not in a state in which that is possible. Look at it as it is now."))
    found = await legs(visit.plan_id)
    mine = next(leg for leg in found if (leg.person, leg.host) == (visit.person_id, visit.host_id))
    settled = await database.fetch(
        """SELECT person_id FROM visit WHERE plan_id = {} AND host_id = {} AND state <> 'cancelled'
            AND (starts_at <= {} OR state NOT IN ('proposed', 'accepted'))""",
        *(visit.plan_id, visit.host_id, now()),
    )
    data = await basis(visit.programme_id)
    return Trade(visit, mine, found, data, frozenset(row["person_id"] for row in settled))


def after(trade: Trade, person_id: str) -> list[Leg]:
    """The plan's legs with the visit in the hands of `person_id`; who goes there anyway changes times with them."""
    giver, host = trade.leg.person, trade.leg.host
    changed = []
    for leg in trade.legs:
        if leg == trade.leg:
            changed.append(Leg(person_id, leg.host, leg.block, leg.group))
        elif (leg.person, leg.host) == (person_id, host):
            changed.append(Leg(giver, leg.host, leg.block, leg.group))
        else:
            changed.append(leg)
    return changed


def _kept(instance: object, trade: Trade, person_id: str, *, whole: bool) -> bool:
    """Whether nothing breaks that was not broken before, by the independent checker.

    Without `whole` only the groups of the two are looked at, which tells most of it and takes little.
    """
    before, then = trade.legs, after(trade, person_id)
    if not whole:
        both = {trade.leg.person, person_id}
        groups = {leg.group for leg in before if leg.person in both}
        before = [leg for leg in before if leg.group in groups]
        then = [leg for leg in then if leg.group in groups]
    bare = planning.with_pins(instance, [])  # type: ignore[arg-type]

    def broken(plan: list[Leg]) -> set[tuple[str, str]]:
        return {_code(fault) for fault in planning.judge(bare, plan).faults}

    return broken(then) <= broken(before)


def _code(fault: Fault) -> tuple[str, str]:
    return fault.code, str(sorted(fault.about.items()))


async def candidates(*, actor: Actor, visit_id: str, language: Language) -> list[Candidate]:
    """Colleagues of the same department who could make this visit, with the data of now: who has the fewest visits
    first, and whoever leads the department last.

    Raises NotFound, Conflict if the visit has begun or is declined.
    """
    trade = await _trade(actor.id, visit_id)
    possible = await asyncio.to_thread(_possible, trade)
    home = await database.fetch_one("SELECT manager_id FROM department WHERE id = {}", trade.visit.home_id)
    hosts: dict[str, list[str]] = {}
    for leg in trade.legs:
        hosts.setdefault(leg.person, []).append(leg.host)
    found = [
        Candidate(one, len(hosts.get(one.id, ())), trade.leg.host in hosts.get(one.id, ()))
        for one in await people_refs(possible, language)
    ]
    return sorted(found, key=lambda one: home is not None and one.person.id == home["manager_id"])


def _possible(trade: Trade) -> list[str]:
    instance = planning.build(trade.data)
    load: dict[str, int] = {}
    for leg in trade.legs:
        load[leg.person] = load.get(leg.person, 0) + 1
    colleagues = [
        person.id
        for person in trade.data.people
        if person.home == trade.visit.home_id
        and person.takes_part
        and person.id != trade.visit.person_id
        and person.id not in trade.settled
        and trade.leg.block not in person.away
    ]
    colleagues.sort(key=lambda person: (load.get(person, 0), person))
    return [one for one in colleagues[:MOST_CANDIDATES] if _kept(instance, trade, one, whole=False)]


async def offer(*, actor: Actor, visit_id: str, person_id: str) -> str:
    """Ask this colleague to make the visit; returns the offer's id. The same colleague again is the same offer.

    Raises NotFound, Invalid beside "person" for somebody who could not, Conflict if it has begun.
    """
    trade = await _trade(actor.id, visit_id)
    if person_id not in await asyncio.to_thread(_possible, trade):
        raise Invalid.field("person", _("Choose one of the colleagues who could make this visit."))

    @database.transaction
    async def ask() -> str:
        visit = await own_visit(actor.id, visit_id, lock=True)
        check_ahead(visit)
        there = await database.fetch_one(
            "SELECT id, to_id FROM visit_offer WHERE visit_id = {} AND state = 'open'", visit_id
        )
        if there is not None and there["to_id"] == person_id:
            return str(there["id"])
        if there is not None:
            await _end(there["id"], "withdrawn")
        offer_id = uuid7()
        await database.execute(
            "INSERT INTO visit_offer (id, visit_id, from_id, to_id, state, at) VALUES ({}, {}, {}, {}, 'open', {})",
            *(offer_id, visit_id, actor.id, person_id, now()),
        )
        await record_event("visit.offered", actor_id=actor.id, subject_id=visit_id, detail=person_id)
        return offer_id

    return await ask()


async def _end(offer_id: str, state: str) -> None:
    await database.execute("UPDATE visit_offer SET state = {}, ended_at = {} WHERE id = {}", state, now(), offer_id)


async def _open(offer_id: str, column: str, person_id: str) -> database.Row:
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    row = is_uuid(offer_id) and await database.fetch_one(
        f"SELECT id, visit_id, from_id, to_id, state FROM visit_offer WHERE id = {{}} AND {column} = {{}} {lock}",
        *(offer_id, person_id),
    )
    if not row:
        raise NotFound
    return row


@database.transaction
async def withdraw_offer(*, actor: Actor, offer_id: str) -> None:
    """Keep the visit after all; calm if the offer has ended. Raises NotFound."""
    row = await _open(offer_id, "from_id", actor.id)
    if row["state"] == "open":
        await _end(offer_id, "withdrawn")
        await record_event("visit.offer_withdrawn", actor_id=actor.id, subject_id=row["visit_id"], detail=row["to_id"])


@database.transaction
async def refuse(*, actor: Actor, offer_id: str) -> None:
    """Not me; calm if the offer has ended. Raises NotFound."""
    row = await _open(offer_id, "to_id", actor.id)
    if row["state"] == "open":
        await _end(offer_id, "refused")
        await record_event("visit.offer_refused", actor_id=actor.id, subject_id=row["visit_id"], detail=row["from_id"])


async def take(*, actor: Actor, offer_id: str) -> str:
    """I make the visit: it changes hands; returns the id of the visit that is now mine.

    Who takes a visit and goes there anyway gives theirs in exchange. Raises NotFound, Conflict if the offer has
    ended or something has changed meanwhile that makes it impossible.
    """
    row = await _open(offer_id, "to_id", actor.id)
    if row["state"] != "open":
        raise Conflict(_("This offer has been taken back, or somebody has changed the visit."))
    trade = await _trade(row["from_id"], row["visit_id"])
    kept = actor.id not in trade.settled and await asyncio.to_thread(
        lambda: _kept(planning.build(trade.data), trade, actor.id, whole=True)
    )
    if not kept:
        raise Conflict(_BREAKS)

    @database.transaction
    async def hand_over() -> str:
        again = await _open(offer_id, "to_id", actor.id)
        visit = await own_visit(row["from_id"], row["visit_id"], lock=True)
        if again["state"] != "open" or visit != trade.visit:
            raise Conflict(_("This offer has been taken back, or somebody has changed the visit."))
        await _end(offer_id, "taken")
        theirs = await _to(visit.plan_id, actor.id, visit.host_id)
        mine = await _end_visit(row["visit_id"])
        other = None if theirs is None else await _end_visit(theirs)
        new_id = await _begin_visit(mine, actor.id, actor, "accepted")
        if other is not None:  # they have not seen its time yet
            await _begin_visit(other, row["from_id"], actor, "proposed")
        await touch_plan(visit.plan_id)
        return new_id

    return await hand_over()


async def _to(plan_id: str, person_id: str, host_id: str) -> str | None:
    row = await database.fetch_one(
        f"""SELECT v.id, v.state, v.starts_at FROM visit v JOIN plan n ON n.id = v.plan_id
        WHERE v.plan_id = {{}} AND v.person_id = {{}} AND v.host_id = {{}} AND v.state <> 'cancelled' {hold()}""",
        *(plan_id, person_id, host_id),
    )
    if row is not None and (row["starts_at"] <= now() or row["state"] not in ("proposed", "accepted")):
        raise Conflict(_BREAKS)
    return None if row is None else str(row["id"])


async def _end_visit(visit_id: str) -> database.Row:
    """The visit is off for its person; returns it as it was."""
    row = await database.fetch_one("SELECT * FROM visit WHERE id = {}", visit_id)
    assert row is not None
    await database.execute(
        "UPDATE visit SET state = 'cancelled', revision = revision + 1, pinned = {} WHERE id = {}", False, visit_id
    )
    await withdraw(kind=KIND, subject_id=row["uid"])
    await end_offers(visit_id)
    return row


async def _begin_visit(row: database.Row, person_id: str, actor: Actor, state: VisitState) -> str:
    """The same for somebody else, under a name of its own: calendars keep the two apart."""
    new_id = uuid7()
    columns = ("plan_id", "programme_id", "home_id", "host_id", "block", "blocks", "starts_at", "ends_at", "kind")
    await insert_visits(
        [
            {
                **{name: row[name] for name in (*columns, "group_number", "buddy_id")},
                "id": new_id,
                "uid": new_id,
                "person_id": person_id,
                "pinned": bool(row["pinned"]),
                "state": state,
            }
        ]
    )
    if state == "accepted":
        await note_answer(uid=new_id, person_id=person_id, answer=state)
    await record_event("visit.handed_over", actor_id=actor.id, subject_id=new_id, detail=row["person_id"])
    await ask_about(row["programme_id"], [(new_id, person_id)], requester_id=None)
    return new_id
