"""A case's steps: opened, given to whoever may decide, looked at again when people change, ended."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from api.approvals.deciders import Parties, may_decide, next_up, resolve
from api.approvals.kinds import Request, kind_named
from api.approvals.rules import Decision, Rule, State, Who, remind_at, working_days_later
from api.core import database
from api.core.clock import now
from api.core.errors import NotFound
from api.core.events import record_event
from api.core.ids import is_uuid
from api.core.jobs import enqueue

REMIND = "approvals.remind"
ESCALATE = "approvals.escalate"


class Open(msgspec.Struct, frozen=True):
    """A case and its steps as they are stored, the case locked until the transaction ends."""

    row: database.Row
    steps: list[database.Row]
    rule: Rule

    @property
    def id(self) -> str:
        """The case's id."""
        return str(self.row["id"])

    @property
    def state(self) -> State:
        """Where it stands."""
        return State(self.row["state"])

    def step(self, number: int) -> database.Row | None:
        """The step of this number, if there is one."""
        return next((step for step in self.steps if step["number"] == number), None)

    def request(self, step: database.Row | None = None) -> Request:
        """The case as hooks get it; `step` is the one whose decision is carried out."""
        row = self.row
        return Request(
            id=row["id"],
            kind=row["kind"],
            subject_id=row["subject_id"],
            requester_id=row["requester_id"],
            concerned_id=row["concerned_id"],
            department_id=row["department_id"],
            amount=row["amount"],
            reason=step["reason"] if step else "",
            choice=step["choice"] if step else "",
            decided_by=step["decided_by"] if step else None,
        )


async def rule_of(kind: str) -> Rule:
    """HR's rule for a kind of case, or the kind's own."""
    row = await database.fetch_one("SELECT * FROM approval_rule WHERE kind = {}", kind)
    return kind_named(kind).rule if row is None else stored_rule(row)


def stored_rule(row: database.Row) -> Rule:
    """HR's rule as its row holds it."""
    return Rule(
        first=Who(row["first"]),
        free_up_to=row["free_up_to"],
        two_above=row["two_above"],
        hr_above=row["hr_above"],
        together=bool(row["together"]),
        due_days=row["due_days"],
    )


async def lock_case(approval_id: str) -> Open:
    """A case, locked: whoever decides, undoes, cancels or settles it does so after the others. Raises NotFound."""
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    row = is_uuid(approval_id) and await database.fetch_one(
        f"SELECT * FROM approval WHERE id = {{}} {lock}", approval_id
    )
    if not row:
        raise NotFound
    steps = await database.fetch("SELECT * FROM approval_step WHERE approval_id = {} ORDER BY number", approval_id)
    return Open(row, steps, await rule_of(row["kind"]))


async def deciders_of(approval_id: str) -> dict[int, list[str]]:
    """Who may take the open steps, by their numbers."""
    rows = await database.fetch(
        "SELECT number, person_id FROM approval_decider WHERE approval_id = {} ORDER BY person_id", approval_id
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row["number"], []).append(row["person_id"])
    return found


def parties_of(case: Open, number: int, deciders: dict[int, list[str]]) -> Parties:
    """Whose case it is, for the step of this number: nobody takes two steps, neither as deputy nor through one."""
    taken: set[str] = set()
    for step in case.steps:
        if step["number"] != number:
            taken.update(person for person in (step["decided_by"], step["decided_for"]) if person)
            asked = deciders.get(step["number"], [])
            if len(asked) == 1:
                taken.update(asked)
    row = case.row
    return Parties(
        requester_id=row["requester_id"],
        concerned_id=row["concerned_id"],
        department_id=row["department_id"],
        taken=frozenset(taken),
    )


async def open_step(case: Open, number: int) -> None:
    """Give a step to whoever may take it, with a due time."""
    at = now()
    due_at = working_days_later(at, case.rule.due_days)
    await database.execute(
        "UPDATE approval_step SET state = 'open', opened_at = {}, due_at = {} WHERE approval_id = {} AND number = {}",
        *(at, due_at, case.id, number),
    )
    step = case.step(number)
    assert step is not None
    deciders = await deciders_of(case.id)
    found = await resolve(Who(step["who"]), _first(case), parties_of(case, number, deciders))
    await _ask(case.id, number, found, "asked")
    await record_event("approval.opened", actor_id=None, subject_id=case.id, detail=str(number))
    await enqueue(REMIND, case.id, detail=str(number), run_at=remind_at(at, due_at))
    await enqueue(ESCALATE, case.id, detail=str(number), run_at=due_at)


def _first(case: Open) -> Who:
    return Who(case.steps[0]["who"])


async def _ask(approval_id: str, number: int, people: Sequence[str], why: str) -> None:
    await database.execute_many(
        """INSERT INTO approval_decider (approval_id, number, person_id, why) VALUES ({}, {}, {}, {})
        ON CONFLICT DO NOTHING""",
        [(approval_id, number, person_id, why) for person_id in people],
    )


def waits(step: database.Row | None) -> bool:
    """Whether nobody has decided this step yet, and somebody should."""
    return step is not None and step["state"] == "open" and step["decision"] == ""


async def remind(approval_id: str, number: int) -> None:
    """Remind whoever has not decided."""
    case = await lock_case(approval_id)
    if case.state is State.OPEN and waits(case.step(number)):
        await record_event("approval.reminded", actor_id=None, subject_id=case.id, detail=str(number))


async def escalate(approval_id: str, number: int) -> None:
    """Nobody has decided in time: the next one up is asked as well, with a due time of their own."""
    case = await lock_case(approval_id)
    step = case.step(number)
    if case.state is not State.OPEN or step is None or step["state"] != "open":
        return
    if step["decision"]:  # could still be undone: look again when it cannot
        await enqueue(ESCALATE, case.id, detail=str(number), run_at=step["settle_at"] + 1)
        return
    at = now()
    deciders = await deciders_of(case.id)
    present = deciders.get(number, [])
    more = await next_up(Who(step["who"]), _first(case), parties_of(case, number, deciders), present)
    due_at = working_days_later(at, case.rule.due_days)
    await database.execute(
        """UPDATE approval_step SET escalations = escalations + {}, due_at = {}
        WHERE approval_id = {} AND number = {}""",
        *(1 if more else 0, due_at if more else step["due_at"], case.id, number),
    )
    await _ask(case.id, number, more, "escalated")
    await record_event(
        "approval.escalated" if more else "approval.reminded", actor_id=None, subject_id=case.id, detail=str(number)
    )
    if more:
        await enqueue(ESCALATE, case.id, detail=str(number), run_at=due_at)


async def reroute(approval_id: str) -> None:
    """People have changed: give each step that waits to whoever may take it now, if that is somebody else."""
    case = await lock_case(approval_id)
    if case.state is not State.OPEN:
        return
    for step in case.steps:
        if not waits(step):
            continue
        number = step["number"]
        deciders = await deciders_of(case.id)
        parties = parties_of(case, number, deciders)
        before = deciders.get(number, [])
        after = await resolve(Who(step["who"]), _first(case), parties)
        if step["escalations"]:
            after = list(dict.fromkeys([*after, *await may_decide(await _working(before), parties)]))
        if set(after) == set(before):
            continue
        await database.execute("DELETE FROM approval_decider WHERE approval_id = {} AND number = {}", case.id, number)
        await _ask(case.id, number, after, "asked")
        await record_event("approval.opened", actor_id=None, subject_id=case.id, detail=str(number))


async def _working(people: Sequence[str]) -> list[str]:
    if not people:
        return []
    rows = await database.fetch(
        f"""SELECT id FROM person WHERE id IN ({database.placeholders(len(people))}) AND deactivated_at IS NULL
        ORDER BY id""",
        *people,
    )
    return [row["id"] for row in rows]


async def end(case: Open, state: State) -> None:
    """The case is over: nothing waits for anybody any more."""
    await database.execute("UPDATE approval SET state = {}, ended_at = {} WHERE id = {}", state.value, now(), case.id)
    await database.execute("DELETE FROM approval_decider WHERE approval_id = {}", case.id)
    await database.execute(
        """UPDATE approval_step SET state = CASE WHEN decision <> '' AND state = 'open' AND {} THEN 'done'
            WHEN state = 'done' THEN 'done' ELSE 'skipped' END WHERE approval_id = {}""",
        *(state is not State.CANCELLED, case.id),
    )


async def cancel(case: Open) -> None:
    """Nobody asks for it any more."""
    await end(case, State.CANCELLED)
    await kind_named(case.row["kind"]).on_cancelled(case.request())


async def settle(approval_id: str, decision_id: str) -> None:
    """The undo minute is over: carry out what was decided under `decision_id`, if it still stands."""
    case = await lock_case(approval_id)
    step = next((step for step in case.steps if step["decision_id"] == decision_id), None)
    if case.state is not State.OPEN or step is None or step["state"] != "open":
        return
    kind, number = kind_named(case.row["kind"]), step["number"]
    await database.execute(
        "UPDATE approval_step SET state = 'done' WHERE approval_id = {} AND number = {}", case.id, number
    )
    await database.execute("DELETE FROM approval_decider WHERE approval_id = {} AND number = {}", case.id, number)
    if step["decision"] == Decision.DECLINE:
        await end(case, State.DECLINED)
        await kind.on_declined(case.request(step))
        await record_event("approval.declined", actor_id=step["decided_by"], subject_id=case.id, detail=str(number))
        return
    rest = [other for other in case.steps if other["number"] != number and other["state"] != "done"]
    if not rest:
        await end(case, State.APPROVED)
        await kind.on_approved(case.request(_with_choice(case, step)))
        await record_event("approval.approved", actor_id=step["decided_by"], subject_id=case.id, detail=str(number))
        return
    await record_event("approval.passed", actor_id=step["decided_by"], subject_id=case.id, detail=str(number))
    if all(other["state"] == "later" for other in rest):
        await open_step(await lock_case(case.id), rest[0]["number"])


def _with_choice(case: Open, last: database.Row) -> database.Row:
    """The last step, or the one before whose decider ticked something."""
    return next((step for step in [last, *case.steps] if step["choice"]), last)
