"""The master's relaxation, kept after it is solved: prices, and bounds for instances that differ a little.

Any prices of rows bound all plans: rows at their sides, each column and each person at the best they could earn beside
what they pay. So the prices of one instance bound its neighbours at once, without solving anything; some steps of the
dual simplex method from the old basis then make them better prices for the new instance.
"""

from __future__ import annotations

import math
from typing import Final

import highspy
import numpy as np
from scipy.sparse import csc_matrix

from scheduler.solver.arrays import Arrays, Bools, Floats, Ints
from scheduler.solver.highs import SMALL_LP, dual_bound
from scheduler.solver.master import _by_arc, _room, _worth, build_master, people_in_windows, without_rings

_ENDLESS: Final = math.inf


class Relaxation:
    """Solved once by interior points with crossover, which leaves a basis. Raises ValueError if pins leave no plan."""

    def __init__(self, arrays: Arrays) -> None:
        if (arrays.pins < 0).any():
            raise ValueError("the pins leave no plan")
        self.arrays = arrays = arrays if arrays.complete else without_rings(arrays)
        self.master = build_master(arrays)
        self.lp = self.master.rows.lp()
        self.small = self.lp.num_col_ <= SMALL_LP
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("solver", "simplex" if self.small else "ipm")
        self._solver.passModel(self.lp)
        self._solver.run()
        empty = self._solver.getModelStatus() == highspy.HighsModelStatus.kModelEmpty
        if not empty and self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ValueError("the pins leave no plan")
        self._solver.setOptionValue("solver", "simplex")
        self.bound = float(self._solver.getInfo().objective_function_value)
        solution = self._solver.getSolution()
        self.duals: Floats = np.zeros(self.lp.num_row_) if empty else np.array(solution.row_dual)
        self._reduced: Floats = np.array(solution.col_dual)
        self._basis = self._solver.getBasis()
        self._flows = self._flow_columns()
        self._rest = self._side_columns()

    def seat_prices(self) -> Floats:
        """[D, T]: what one more host seat is worth."""
        return np.abs(self.duals[self.master.host])

    def staff_prices(self) -> Floats:
        """[D, T]: what one person less of minimum staffing is worth."""
        return np.abs(self.duals[self.master.staff])

    def comparable(self, after: Arrays) -> bool:
        """Whether the same arcs, starts and rewards let old prices speak about the new instance."""
        old = self.arrays
        return (
            old.shadow == after.shadow
            and old.starts.tolist() == after.starts.tolist()
            and old.arc_home.tolist() == after.arc_home.tolist()
            and old.arc_host.tolist() == after.arc_host.tolist()
            and all(np.array_equal(getattr(old, f), getattr(after, f)) for f in ("coverage", "tiers", "seniority"))
            and old.levels == after.levels
            and (not after.need_reward or _deadlines(old) == _deadlines(after))
        )

    def bound_of(self, after: Arrays) -> float:
        """What no plan of the changed instance exceeds, at the old prices; infinite if those do not say."""
        if not after.complete:
            after = without_rings(after)
        if not self.comparable(after):
            return _ENDLESS
        prices = np.maximum(self.duals, 0.0)
        rows, sides = self._sides(after)
        columns, high = self._flows, self._highs(after)
        gains = np.maximum(self._reduced[columns], 0.0)
        kept = after.keep_reward * float((after.kept & after.ok).sum()) if after.kept.size else 0.0
        total = prices[rows] @ sides + gains @ high + self._rest + kept + self._people(after)
        return float(total) + 1e-7 * max(1.0, abs(float(total)))

    def _people(self, after: Arrays) -> float:
        """What all people earn by their best visits, once each visit has paid the price of its arc."""
        net = _worth(after) - self.duals[self.master.total][after.arc]
        if self.master.seen.size:
            net = net + np.maximum(self.duals[self.master.seen], 0.0)[after.arc, after.level[after.person]]
        if self.master.by_people.size:
            due = after.deadline >= 0
            at = np.searchsorted(_deadlines(after), after.deadline[due])
            net[due] += np.maximum(self.duals[self.master.by_people], 0.0)[after.arc[due], at]
        net = np.where(after.ok.any(axis=1), net, -np.inf)
        order = np.lexsort((-net, after.person))
        person = after.person[order]
        rank = np.arange(len(order)) - np.searchsorted(person, person)
        rewards = np.pad(after.fairness, (0, int(rank.max(initial=0)) + 1))
        gains = np.maximum(0.0, net[order] + rewards[rank])
        return float(gains[rank < after.limit[person]].sum())

    def _sides(self, after: Arrays) -> tuple[Ints, Floats]:
        """Rows of capacity, staffing, windows and able people, and their sides in the changed instance."""
        master, able = self.master, _by_arc(after, after.ok[:, after.starts])
        used = master.top >= 0
        parts = [(master.host, self._needed(after)), (master.staff, after.spare)]
        parts += [(master.windows, people_in_windows(after)), (master.top[used], able[used])]
        rows = np.concatenate([index.ravel() for index, _ in parts])
        return rows, np.concatenate([side.ravel() for _, side in parts]).astype(np.float64)

    def _needed(self, after: Arrays) -> Ints:
        """[D, T]: capacity, but no more than people who could come."""
        coming = np.zeros_like(after.capacity)
        able = _by_arc(after, after.ok)
        for later in range(after.length):
            moved = np.zeros_like(able)
            moved[:, later:] = able[:, : able.shape[1] - later]
            np.add.at(coming, after.arc_host, moved)
        return np.minimum(after.capacity, coming)

    def _flow_columns(self) -> Ints:
        return np.concatenate([self.master.cycles.ravel(), self.master.shadows.ravel()]).astype(np.int64)

    def _highs(self, after: Arrays) -> Floats:
        """Upper bounds of the columns of cycles and shadow visits."""
        able = _by_arc(after, after.ok[:, after.starts])
        most = np.minimum(able, _room(after)[after.arc_host][:, after.starts])
        members = np.where(after.cycles >= 0, after.cycles, 0)
        fits = np.where((after.cycles >= 0)[:, :, None], most[members], most.max(initial=0)).min(axis=1)
        shadows = most if after.shadow else np.zeros((0, most.shape[1]))
        return np.concatenate([fits.ravel(), shadows.ravel()]).astype(np.float64)

    def _side_columns(self) -> float:
        """What columns of rewards earn at these prices: neither flows nor people."""
        rewards = np.ones(self.lp.num_col_, dtype=bool)
        rewards[self._flows] = False
        rewards[self._person_columns()] = False
        high = np.minimum(np.array(self.lp.col_upper_), max(1, len(self.arrays.arc)))
        return float((np.maximum(self._reduced, 0.0) * high)[rewards].sum())

    def _person_columns(self) -> Bools:
        """Columns that touch the rows of people or count a person's visits."""
        matrix = self.master.rows.matrix().tocsc()
        total = np.zeros(self.lp.num_row_, dtype=bool)
        total[self.master.total] = True
        found = np.zeros(self.lp.num_col_, dtype=bool)
        entry = np.repeat(np.arange(self.lp.num_col_), np.diff(matrix.indptr))
        found[entry[total[matrix.indices]]] = True
        found[self._flows] = False
        making = np.zeros(self.lp.num_row_, dtype=bool)
        making[matrix.indices[found[entry]]] = True
        for rows in (self.master.total, self.master.seen, self.master.by_people):
            making[rows.ravel()] = False
        found[entry[making[matrix.indices]]] = True
        return found

    def warm(self, after: Arrays, seconds: float, *, joined: Ints | None = None) -> tuple[float, bool]:
        """A bound of the changed instance from the old basis, and whether it is the relaxation's own value.

        People stay as they were but for those who `joined` (their numbers in `after`).
        """
        if not after.complete:
            after = without_rings(after)
        lp, solver = self.lp, highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.passModel(lp)
        columns, high = self._flows, self._highs(after)
        solver.changeColsBounds(len(columns), columns.astype(np.int32), np.zeros(len(columns)), high)
        rows, sides = self._sides(after)
        solver.changeRowsBounds(len(rows), rows.astype(np.int32), np.full(len(rows), -highspy.kHighsInf), sides)
        more = self._add_people(solver, after, np.zeros(0, dtype=np.int64) if joined is None else joined)
        basis = self._basis
        if more:
            basis = highspy.HighsBasis()
            lower, basic = highspy.HighsBasisStatus.kLower, highspy.HighsBasisStatus.kBasic
            basis.col_status = [*self._basis.col_status, *[lower] * (solver.getNumCol() - lp.num_col_)]
            basis.row_status = [*self._basis.row_status, *[basic] * (solver.getNumRow() - lp.num_row_)]
            basis.valid = True
        solver.setBasis(basis)
        solver.setOptionValue("solver", "simplex")
        if not self.small:
            solver.setOptionValue("time_limit", max(0.01, seconds))
        solver.run()
        if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            return float(solver.getInfo().objective_function_value), True
        solution = solver.getSolution()
        if not solution.dual_valid and not len(solution.row_dual):
            return _ENDLESS, False
        return dual_bound(_by_rows(solver.getLp()), np.array(solution.row_dual)), False

    def _add_people(self, solver: highspy.Highs, after: Arrays, joined: Ints) -> bool:
        worth = _worth(after)
        for person in joined.tolist():
            own = after.own[after.own_first[person] : after.own_first[person + 1]]
            if not len(own):
                continue
            making = solver.getNumRow()
            solver.addRow(0.0, 0.0, 0, np.zeros(0, dtype=np.int32), np.zeros(0))
            for option in own.tolist():
                rows, values = [int(self.master.total[after.arc[option]]), making], [1.0, 1.0]
                if self.master.seen.size:
                    rows.append(int(self.master.seen[after.arc[option], after.level[person]]))
                    values.append(-1.0)
                if self.master.by_people.size and after.deadline[option] >= 0:
                    at = _deadlines(after).index(int(after.deadline[option]))
                    rows.append(int(self.master.by_people[after.arc[option], at]))
                    values.append(-1.0)
                solver.addCol(
                    float(worth[option]), 0.0, 1.0, len(rows), np.array(rows, dtype=np.int32), np.array(values)
                )
            for number in range(int(after.limit[person])):
                reward = float(after.fairness[number]) if number < len(after.fairness) else 0.0
                solver.addCol(reward, 0.0, 1.0, 1, np.array([making], dtype=np.int32), np.array([-1.0]))
        return bool(len(joined))


def _deadlines(arrays: Arrays) -> list[int]:
    """Last starts that meet requirements, in order."""
    return sorted(set(arrays.deadline[arrays.deadline >= 0].tolist()))


def _by_rows(lp: highspy.HighsLp) -> highspy.HighsLp:
    """The same model with its coefficients row by row, as `dual_bound` wants them."""
    if lp.a_matrix_.format_ == highspy.MatrixFormat.kColwise:
        parts = lp.a_matrix_.value_, lp.a_matrix_.index_, lp.a_matrix_.start_
        matrix = csc_matrix(parts, shape=(lp.num_row_, lp.num_col_)).tocsr()
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    return lp
