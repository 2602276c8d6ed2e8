"""Numba with types: what is compiled keeps its signature for the type checker."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile to machine code at the first call, once for a machine: the result is kept beside the source."""
    return cast("Callable[P, R]", numba.njit(cache=True, nogil=True)(function))
