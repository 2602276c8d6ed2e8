"""Long computation in a process of its own: it leaves requests alone, and can be stopped at any moment.

The child (api/core/child_main.py) computes and nothing else: it gets its argument, may send messages, and its
result, all as JSON through pipes. It never opens the database; what it finds is stored here. It runs niced, its
session too, and ends with the task that waits for it and with this process, however that ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import struct
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from api.core.jobs.kinds import ChildFailed, PermanentFailure
from api.core.settings import PREFIX

_LENGTH = struct.Struct(">Q")


async def in_child(
    function: str,
    argument: object = None,
    *,
    on_message: Callable[[Any], Awaitable[object]] | None = None,
    returns: Any = Any,
) -> Any:
    """Run `function` ("module:name") with `argument` in a child process and return its result as `returns`.

    The function is `def work(argument: T, say: Callable[[object], None]) -> R`; T, R and what it says go through
    JSON by msgspec. Each message is awaited here before the next is read, so a slow `on_message` slows the child;
    what it raises ends the child. Raises PermanentFailure if the function does, and ChildFailed for all else.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "api.core.child_main", str(os.getpid()), function),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=_environment(),
        start_new_session=True,  # Ctrl+C is for us, and we end the child
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        content = msgspec.json.encode(argument)
        with contextlib.suppress(ConnectionError):  # it has ended already; its answer says why
            process.stdin.write(_LENGTH.pack(len(content)) + content)
            await process.stdin.drain()
        while True:
            kind, answer = await _receive(process.stdout)
            if kind == "result":
                return msgspec.json.decode(answer, type=returns)
            if kind == "error":
                name, text = msgspec.json.decode(answer, type=tuple[str, str])
                raise PermanentFailure(text) if name == PermanentFailure.__name__ else ChildFailed(name, text)
            if on_message is not None:
                await on_message(msgspec.json.decode(answer))
    except asyncio.IncompleteReadError:
        status = await process.wait()
        raise ChildFailed("ChildDied", f"exit status {status}") from None
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _receive(stdout: asyncio.StreamReader) -> tuple[str, msgspec.Raw]:
    (length,) = _LENGTH.unpack(await stdout.readexactly(_LENGTH.size))
    return msgspec.json.decode(await stdout.readexactly(length), type=tuple[str, msgspec.Raw])


def _environment() -> dict[str, str]:
    """Our environment without our settings; the child finds the modules that we find."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return kept | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
