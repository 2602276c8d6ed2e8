"""The `gearmesh` command as a process of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READY = "Gearmesh is ready: "
WORKS = "Gearmesh works."
_PATIENCE_SECONDS = 30.0


@dataclass(frozen=True)
class Outcome:
    """How a command ended: exit status and what it said."""

    status: int
    out: str
    err: str


def environment(settings: dict[str, object]) -> dict[str, str]:
    """This process's environment with exactly these settings: `undo_seconds=1` is GEARMESH_UNDO_SECONDS=1."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GEARMESH_")}
    return kept | {f"GEARMESH_{name.upper()}": str(value) for name, value in settings.items()}


async def gearmesh(*arguments: str, stdin: str = "", **settings: object) -> Outcome:
    """Run the command to its end."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "frontend.cli", *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environment(settings),
        cwd=ROOT,
    )
    try:
        out, err = await asyncio.wait_for(process.communicate(stdin.encode()), _PATIENCE_SECONDS)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode is not None
    return Outcome(process.returncode, out.decode(), err.decode())


class Served:
    """A command that stays until it is told to end; a server that is ready at `address`."""

    def __init__(self, process: asyncio.subprocess.Process, address: str, complaints: Path) -> None:
        self.process = process
        self.address = address
        self._complaints = complaints

    @property
    def said(self) -> str:
        """Its standard error so far."""
        return self._complaints.read_text()

    def terminate(self) -> None:
        """SIGTERM, as a service manager sends it."""
        self.process.send_signal(signal.SIGTERM)

    async def kill(self) -> None:
        """SIGKILL; returns when it is gone."""
        self.process.kill()
        await self.ended()

    async def ended(self, within: float = _PATIENCE_SECONDS) -> int:
        """Its exit status, once it has one. Raises TimeoutError."""
        return await asyncio.wait_for(self.process.wait(), within)


@asynccontextmanager
async def serving(url: str, *, module: str = "frontend.cli", **settings: object) -> AsyncIterator[Served]:
    """`gearmesh serve` on any free port over the database `url`; killed at the end if it still runs.

    `module` is another main module that ends in the command.
    """
    async with _running(
        module, "serve", "--port", "0", says=READY, settings={"database_url": url, **settings}
    ) as found:
        yield found


@asynccontextmanager
async def working(url: str, *, module: str = "frontend.cli", **settings: object) -> AsyncIterator[Served]:
    """`gearmesh work` in the same way; its address is empty."""
    async with _running(module, "work", says=WORKS, settings={"database_url": url, **settings}) as found:
        yield found


@asynccontextmanager
async def _running(module: str, *arguments: str, says: str, settings: dict[str, object]) -> AsyncIterator[Served]:
    with tempfile.TemporaryDirectory() as folder:
        complaints = Path(folder) / "stderr"
        with complaints.open("wb") as stderr:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", module, *arguments),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=stderr,
                env=environment(settings),
                cwd=ROOT,
            )
        try:
            assert process.stdout is not None
            line = (await asyncio.wait_for(process.stdout.readline(), _PATIENCE_SECONDS)).decode()
            assert line.startswith(says), f"{line!r}\n{complaints.read_text()}"
            yield Served(process, line.removeprefix(says).strip(), complaints)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
