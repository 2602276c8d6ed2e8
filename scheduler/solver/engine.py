"""One search for one weighting: greedy start, bound, master with integers, people, then rounds of improvement."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Final, TypeVar

from scheduler.plan import Status
from scheduler.solver.arrays import Arrays, Floats
from scheduler.solver.best import Best, OnState
from scheduler.solver.exchange import as_packing, solve_packing
from scheduler.solver.first import first_plan
from scheduler.solver.flat import build_flat, flat_size, solve_flat
from scheduler.solver.highs import Solved, run_lp, run_mip
from scheduler.solver.limits import Limits, Stopped, beside
from scheduler.solver.making import Making
from scheduler.solver.master import Master, build_master, without_rings
from scheduler.solver.moves import book, change
from scheduler.solver.packing import Packing
from scheduler.solver.pins import start_from_pins
from scheduler.solver.result import state_of
from scheduler.solver.rounding import round_flows
from scheduler.solver.rounds import PARTS, PLAIN, Rounds
from scheduler.solver.search import forget
from scheduler.solver.state import State, copy_state, empty_state

R = TypeVar("R")
_HEARD: Final = 5  # parts of a round between two reports
SMALL: Final = 12_000  # variables up to which the exact model is tried first


class Search(Best):
    """Phases that improve the best plan and the bound until `limits` are over."""

    def __init__(
        self, arrays: Arrays, limits: Limits, *, precise: bool = False, on_state: OnState | None = None
    ) -> None:
        """`precise`: scores carry large weights of earlier ranks, so that only absolute differences count.

        `on_state` gets each better plan, a few times a second at most.
        """
        super().__init__(arrays, limits, precise=precise, on_state=on_state)
        self.infeasible = False
        self.work = 0
        self._making = Making(arrays, limits)
        self._base = empty_state(arrays)  # the pins and their partners
        self._rounds = Rounds(arrays, limits.seed)
        self._parts = 0
        self._better_flows: Future[Floats | None] | None = None
        self._exact_bound: Future[Solved] | None = None
        self._over = threading.Event()

    def run(self, start: State | None = None) -> None:
        """All phases."""
        try:
            if self._first(start):
                self._solve()
        except Stopped:
            pass  # what is best by then is the answer
        finally:
            self._over.set()
        self.tell("done")

    def _solve(self) -> None:
        packing = as_packing(self.arrays)
        if packing is not None:
            self._pack(packing)
            if self.enough() or (packing.settled and self.arrays.complete):
                return
        master, relaxed = self._relax()
        if self.enough():
            return
        if len(self.arrays.starts) == 1 and not self.arrays.seniority.any():
            self._exchange(master)
            if self.enough():
                return
        if flat_size(self.arrays) <= SMALL:
            self._exact()
            if self.enough():
                return
        self._load()
        if relaxed.values is not None:
            self._from_master(master, relaxed)
        if not relaxed.optimal and not self.enough():
            self._go_on(master, relaxed)
        self._improve(master)

    def _first(self, start: State | None) -> bool:
        """A first plan: the pins, then whatever fits, dear departments first."""
        self.tell("first plan")
        self.state = start
        if start is None or len(self.arrays.pins):
            pinned = start_from_pins(self.arrays, self.limits)
            base = start if isinstance(pinned, Status) else pinned
            if base is None:
                self.infeasible = pinned is Status.INFEASIBLE
                return False
            self._base = base
        self.state = copy_state(self._base if start is None else start)
        if start is None and len(self.arrays.arc) > PLAIN:
            self.offer(first_plan(self.arrays, self._base, self._making.order(), self.limits.over))
        elif start is None:
            self._making.fill(self.state, 0)
        self.tell("bound")
        return not self.enough()

    def _relax(self) -> tuple[Master, Solved]:
        def job() -> tuple[Master, Solved, float | None]:
            master = build_master(self.arrays)
            solved = run_lp(master.rows.lp(), self.limits)
            if self.arrays.complete:
                return master, solved, solved.bound
            free = build_master(without_rings(self.arrays))
            return master, solved, run_lp(free.rows.lp(), self.limits).bound

        master, solved, bound = self._beside(job)
        # Where the pins leave no plan in the relaxation, the first plan says otherwise only by rounding.
        self.prove(bound)
        self.tell("master")
        return master, solved

    def _beside(self, job: Callable[[], R]) -> R:
        """Do a job, and with a second worker go on improving the plan meanwhile."""
        if not self._two:
            return self.limits.wait(job)
        done = beside(job)
        self._load()
        while not done.done() and not self.limits.over():
            self._part(1)
        return self.limits.wait_for(done)

    def _load(self) -> None:
        """Have inner loops ready, which takes half a minute once for a machine, whatever the clock says."""
        if self.state is not None:
            self.limits.wait(partial(self._rounds.ready, copy_state(self.state)), patient=True)

    @property
    def _two(self) -> bool:
        """Whether to do two things at once: where time is the limit, since how far both come is left to chance."""
        return self.limits.workers > 1 and self.limits.options.seconds is not None and len(self.arrays.arc) > 5_000

    def _go_on(self, master: Master, relaxed: Solved) -> None:
        """Flows rounded better, then the relaxation to its end: beside the rounds if there is a second worker."""
        lp, left = master.rows.lp(), self.limits.seconds_left()
        if self._two:
            seconds = min(20.0, 0.3 * (left or 0.0))
            pool = ThreadPoolExecutor(1)
            self._better_flows = pool.submit(
                round_flows, master, relaxed, self.limits, self._making.least(master, self._base), seconds, self._over
            )
            self._exact_bound = pool.submit(run_lp, lp, self.limits, exact=True, unwanted=self._over)
            pool.shutdown(wait=False)
        elif left is None or lp.num_col_ / 20_000 < left / 5:
            self.lower(run_lp(lp, self.limits, exact=True).bound)

    def _exchange(self, master: Master) -> None:
        """With a single block the master is exact: what it plans, people can be found for."""
        left = self.limits.seconds_left()
        solved = run_mip(
            master.rows.lp(),
            master.rows.integer,
            self.limits,
            seconds=None if left is None else 0.6 * left,
            nodes=None if left is not None else max(1, self.limits.options.work) * 100,
            proof=True,
        )
        self.lower(solved.bound)
        if solved.values is not None:
            self.offer(self._making.assigned(master, solved.values, self._base))
        self.tell("master")

    def _pack(self, packing: Packing) -> None:
        """A pure exchange is a packing of cycles."""
        solve_packing(packing, self.limits, self.grain)
        start, state = int(self.arrays.starts[0]), empty_state(self.arrays)
        for cycle in packing.chosen.tolist():
            for arc in self.arrays.cycles[cycle, : self.arrays.size[cycle]].tolist():
                change(state, int(self.arrays.arc_first[arc]), start, 1)
            book(state, cycle, start, 1)
            forget(state)
        self.offer(state)
        self.lower(packing.bound)
        self.tell("exchange")

    def _exact(self) -> None:
        effort = None if self.limits.options.seconds is not None else max(1.0, float(self.limits.options.work))
        seconds = self.limits.seconds_left()
        answer = solve_flat(
            build_flat(self.arrays), self.limits, hint=self.state, effort=effort, seconds=seconds and seconds * 0.6
        )
        if answer.visits is not None:
            self.offer(state_of(self.arrays, answer))
        self.lower(answer.bound)
        self.tell("exact")

    def _from_master(self, master: Master, relaxed: Solved) -> None:
        """Round the relaxation: each number of cycles up or down, the best such choice; then find the people."""
        left = self.limits.seconds_left()
        seconds = None if left is None else min(2.5, 0.05 * left) if self._two else min(10.0, 0.15 * left)
        values = self._beside(
            lambda: round_flows(
                master, relaxed, self.limits, self._making.least(master, self._base), seconds, quick=True
            )
        )
        if self.limits.stopped() or values is None:
            return
        self.tell("people")
        self.offer(self._making.assigned(master, values, self._base))
        self.tell("improve")

    def _improve(self, master: Master) -> None:
        """Rounds of ruin and recreate, a look at the clock between any two."""
        for number in range(self.limits.options.work):
            for part in range(PARTS):
                self._look(master)
                self._part(1 if self._exact_bound is not None else self.limits.workers)
                if part % _HEARD == 0:
                    self.tell("improve")
                if self.enough():
                    break
            self.work = number + 1
            self.tell("improve")
            if self.enough():
                break

    def _look(self, master: Master) -> None:
        """Take what was done beside."""
        if self._better_flows is not None and self._better_flows.done():
            values, self._better_flows = self._better_flows.result(), None
            if values is not None:
                state = self._making.assigned(master, values, self._base)
                for _ in range(PARTS):
                    # As it has not been improved yet, it gets a little time before it is compared.
                    if not self.limits.over():
                        self._rounds.part(state, self._parts, 1)
                        self._parts += 1
                self.offer(state)
        if self._exact_bound is not None and self._exact_bound.done():
            self.lower(self._exact_bound.result().bound)
            self._exact_bound = None

    def _part(self, threads: int) -> None:
        assert self.state is not None
        self._rounds.part(self.state, self._parts, threads)
        self._parts += 1
