"""The solver's inner loops, twice: as plain Python for small instances and compiled by Numba for large ones.

Compiling takes longer than a small instance needs altogether; it is done once for a machine and kept in Numba's
cache, under a key that changes with any of the loops (Numba itself would not notice that a callee has changed).
"""

from __future__ import annotations

import hashlib
import threading
import types
from collections.abc import Callable
from typing import Any, Final, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_LOOPS: Final[list[types.FunctionType]] = []
_COMPILED: Final[dict[str, Any]] = {}
_ONE_AT_A_TIME: Final = threading.Lock()


def loop(function: Callable[P, R]) -> Callable[P, R]:
    """Mark an inner loop. Those it calls must be marked before it."""
    assert isinstance(function, types.FunctionType)
    _LOOPS.append(function)
    return function


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The compiled twin of an inner loop."""
    with _ONE_AT_A_TIME:
        if not _COMPILED:
            _compile()
    twin: Callable[P, R] = _COMPILED[function.__name__]
    return twin


def _compile() -> None:
    import numba

    digest = hashlib.sha256()
    for function in _LOOPS:
        digest.update(function.__code__.co_code + repr(function.__code__.co_consts).encode())
    stamp = digest.hexdigest()
    for function in _LOOPS:
        twin = types.FunctionType(
            function.__code__, {**function.__globals__, **_COMPILED}, function.__name__, function.__defaults__
        )
        twin.__module__, twin.__qualname__ = function.__module__, f"{function.__name__}_{stamp[:12]}"
        _COMPILED[function.__name__] = numba.njit(cache=True, nogil=True)(twin)
