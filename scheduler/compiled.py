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
_HEARD: Final[list[Any]] = []
"""Numba's recorder of what it compiles, once there is something to compile; a loop from its cache is not recorded."""


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


def compiling() -> bool:
    """Whether loops are being compiled now: this machine has not searched with them before."""
    begun = [1 if event.is_start else -1 for recorder in _HEARD for _at, event in list(recorder.buffer)]
    return sum(begun) > 0


def _compile() -> None:
    import numba
    from numba.core import event

    _HEARD.append(event.RecordingListener())  # type: ignore[no-untyped-call]
    event.register("numba:compile", _HEARD[0])  # type: ignore[no-untyped-call]

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
