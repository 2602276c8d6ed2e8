"""What a child process does: see api/core/jobs/child.py. It imports little, so that it starts quickly."""

from __future__ import annotations

import ctypes
import importlib
import os
import signal
import struct
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, get_type_hints

import msgspec

_LENGTH = struct.Struct(">Q")
_NICE = 10
_AUTOGROUP = Path("/proc/self/autogroup")
_PR_SET_PDEATHSIG = 1


def main(parent: int, name: str) -> None:
    """Read the argument, run the function, send what comes of it."""
    sys.addaudithook(_keep_off_the_database)
    _end_with(parent)
    _stand_back()
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints, prints to standard error
    (length,) = _LENGTH.unpack(requests.read(_LENGTH.size))
    argument = requests.read(length)
    threading.Thread(target=_end_with_input, args=(requests,), daemon=True).start()

    def send(kind: str, content: object) -> None:
        frame = msgspec.json.encode([kind, content])
        answers.write(_LENGTH.pack(len(frame)) + frame)
        answers.flush()

    try:
        result = _call(name, argument, lambda message: send("message", message))
        send("result", result)
    except BrokenPipeError:
        os._exit(1)  # nobody waits any more
    except Exception as error:
        send("error", [type(error).__name__, str(error)])
    # No tidying up of what may be gigabytes.
    os._exit(0)


def _call(name: str, argument: bytes, say: Callable[[object], None]) -> object:
    module, _, function_name = name.partition(":")
    function: Callable[[Any, Callable[[object], None]], object] = getattr(
        importlib.import_module(module), function_name
    )
    hints = get_type_hints(function)
    hints.pop("return", None)
    return function(msgspec.json.decode(argument, type=next(iter(hints.values()), Any)), say)


def _keep_off_the_database(event: str, _arguments: tuple[Any, ...]) -> None:
    # A SQLite file has one process; a second one would undo what its writer promises.
    if event == "sqlite3.connect":
        raise RuntimeError("a child process keeps away from the database")


def _stand_back() -> None:
    """Requests go first. Linux weighs sessions before it weighs what is in them, and a child has one of its own."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
    for _try in range(3):
        try:
            _AUTOGROUP.write_text(str(_NICE))
        except BlockingIOError:  # one change each tenth of a second on the whole machine
            time.sleep(0.15)
        except OSError:  # another platform, or a machine without such groups
            return
        else:
            return


def _end_with(parent: int) -> None:
    """End when the parent does, on Linux even while the function holds Python's lock."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _end_with_input(requests: BinaryIO) -> None:
    requests.read()
    os._exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
