"""A linear model put together from whole arrays of columns, rows and coefficients."""

from __future__ import annotations

from typing import Final

import highspy
import numpy as np
from scipy.sparse import csr_matrix

from scheduler.solver.arrays import Bools, Floats, Ints

INFINITY: Final = float(highspy.kHighsInf)


class Rows:
    """Columns and rows in the making. All `add_*` take arrays; rows are maximised `cost` subject to bounds."""

    def __init__(self) -> None:
        self.columns = 0
        self.rows = 0
        self._cost: list[Floats] = []
        self._low: list[Floats] = []
        self._high: list[Floats] = []
        self._integer: list[Bools] = []
        self._row_low: list[Floats] = []
        self._row_high: list[Floats] = []
        self._triples: list[tuple[Ints, Ints, Floats]] = []

    def add_columns(
        self, shape: tuple[int, ...], *, cost: Floats | float, high: Floats | Ints | float, integer: bool = False
    ) -> Ints:
        """New columns from 0 to `high`; returns their indexes in `shape`."""
        count = int(np.prod(shape))
        self._cost.append(np.broadcast_to(np.asarray(cost, dtype=np.float64), shape).ravel())
        self._low.append(np.zeros(count))
        self._high.append(np.broadcast_to(np.asarray(high, dtype=np.float64), shape).ravel())
        self._integer.append(np.full(count, integer))
        found = np.arange(self.columns, self.columns + count, dtype=np.int64).reshape(shape)
        self.columns += count
        return found

    def add_rows(self, shape: tuple[int, ...], *, low: Floats | Ints | float, high: Floats | Ints | float) -> Ints:
        """New rows; returns their indexes in `shape`."""
        count = int(np.prod(shape))
        self._row_low.append(np.broadcast_to(np.asarray(low, dtype=np.float64), shape).ravel())
        self._row_high.append(np.broadcast_to(np.asarray(high, dtype=np.float64), shape).ravel())
        found = np.arange(self.rows, self.rows + count, dtype=np.int64).reshape(shape)
        self.rows += count
        return found

    def put(self, rows: Ints, columns: Ints, values: Floats | float) -> None:
        """Coefficients; arrays are broadcast against each other. What is put twice is added up."""
        one, other, value = np.broadcast_arrays(rows, columns, np.asarray(values, dtype=np.float64))
        self._triples.append((one.ravel(), other.ravel(), value.ravel()))

    def cost(self) -> Floats:
        """What each column earns."""
        return np.concatenate([*self._cost, np.zeros(0)])

    def lp(self) -> highspy.HighsLp:
        """The model for HiGHS, without integrality."""
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.columns, self.rows
        lp.col_cost_ = self.cost()
        lp.col_lower_ = np.concatenate([*self._low, np.zeros(0)])
        lp.col_upper_ = np.concatenate([*self._high, np.zeros(0)])
        lp.row_lower_ = np.concatenate([*self._row_low, np.zeros(0)])
        lp.row_upper_ = np.concatenate([*self._row_high, np.zeros(0)])
        matrix = self.matrix()
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
        lp.sense_ = highspy.ObjSense.kMaximize
        return lp

    def matrix(self) -> csr_matrix:
        """The coefficients."""
        triples = [*self._triples, (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))]
        rows, columns, values = (np.concatenate(parts) for parts in zip(*triples, strict=True))
        matrix = csr_matrix((values, (rows, columns)), shape=(self.rows, self.columns))
        matrix.eliminate_zeros()
        return matrix

    @property
    def integer(self) -> Bools:
        """Which columns take whole numbers only."""
        return np.concatenate([*self._integer, np.zeros(0, dtype=bool)])
