"""Where the browser tests find a Chromium: one that is there, else one installed the usual ways.

The environment variable CHROMIUM names another. Only looking is quick; an installation happens once, however many
test processes ask for it at the same time.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

NAMES = (
    "chromium-headless-shell",  # the same engine without windows: the tests take half the time
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
)
PLACES = (
    "/usr/bin/chromium",
    "/usr/lib/chromium/chromium",
    "/snap/bin/chromium",
    "/opt/google/chrome/chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
PATIENCE = 600
"""Seconds that an installation may take."""

HELP = """There is no Chromium for the browser tests, and none could be installed. Any one of these helps:

  python -m playwright install --with-deps chromium    (Playwright's own; --with-deps needs root)
  apt-get install chromium-headless-shell              (Debian; or chromium)
  CHROMIUM=/path/to/chromium python -m pytest          (one that is somewhere else)

What was tried:
"""


class NoChromium(Exception):
    """There is none and none could be installed; the text says what to do."""


def executable() -> str:
    """Path of a Chromium that starts. Raises NoChromium."""
    if found := find():
        return found
    with _alone():
        return find() or _install()


def find() -> str | None:
    """A Chromium that is there and starts, or None. Raises NoChromium if CHROMIUM names one that does not start."""
    if named := os.environ.get("CHROMIUM"):
        path = shutil.which(named)
        if path is None or not _starts(path):
            raise NoChromium(f"CHROMIUM is {named!r}, but that cannot be started.")
        return path
    candidates = [*(shutil.which(name) for name in NAMES), *PLACES]
    for path in dict.fromkeys(candidates):
        if path and os.access(path, os.X_OK) and _starts(path):
            return path
    own = _playwrights_own()
    return own if own and _starts(own) else None


def _starts(path: str) -> bool:
    # A browser whose libraries are missing is there, but ends at once.
    return _run([path, "--version"], patience=60).returncode == 0


def _playwrights_own() -> str | None:
    # Asked in a process of its own: Playwright's blocking interface does not get along with a running event loop.
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    path = _run([sys.executable, "-c", code], patience=60).stdout.strip()
    return path if path and os.access(path, os.X_OK) else None


def ways() -> list[list[list[str]]]:
    """The ways of installing one here, best first; each is a list of commands."""
    found = [[[sys.executable, "-m", "playwright", "install", "chromium"]]]
    if shutil.which("apt-get"):
        root: list[str] | None = [] if os.geteuid() == 0 else ["sudo", "-n"] if shutil.which("sudo") else None
        if root is not None:
            apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
            install = [*apt, "install", "-y", "--no-install-recommends"]
            found += [[[*apt, "update"], [*install, "chromium-headless-shell"]], [[*install, "chromium"]]]
    return found


def _install() -> str:
    tried = []
    for commands in ways():
        for command in commands:
            ended = _run(command, patience=PATIENCE)
            tried.append(f"  {' '.join(command)}: ended with {ended.returncode}\n{_last_lines(ended)}")
            if ended.returncode:
                break
        if found := find():
            return found
    raise NoChromium(HELP + "\n".join(tried))


def _run(command: Sequence[str], *, patience: float) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=patience, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(command, 127, "", str(error))


def _last_lines(ended: subprocess.CompletedProcess[str]) -> str:
    lines = (ended.stderr.strip() or ended.stdout.strip()).splitlines()[-4:]
    return "\n".join(f"    {line}" for line in lines)


@contextmanager
def _alone() -> Iterator[None]:
    """Only one process of this user is in here at a time; the others wait."""
    path = Path(tempfile.gettempdir()) / f"gearmesh-chromium-{os.getuid()}.lock"
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
