"""A lock file beside a SQLite database: one process serves it, and only that one checkpoints it."""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from api.core.database.errors import DatabaseInUse, DatabaseUnavailable

_PATIENCE_SECONDS = 2.0
"""A short command may hold the lock for the moment of a checkpoint."""


class FileLock:
    """Held until released or until the process ends, however it ends. Not recursive."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = database.with_name(database.name + ".lock")
        self._file: int | None = None

    @property
    def held(self) -> bool:
        return self._file is not None

    def try_acquire(self) -> bool:
        """Take the lock now or return False. The file stays behind: removing it would race."""
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(file)
        except OSError:
            os.close(file)
            return False
        self._file = file
        with suppress(OSError):
            os.ftruncate(file, 0)
            os.write(file, f"{os.getpid()}\n".encode())
        return True

    def acquire(self) -> None:
        """Take the lock or raise DatabaseInUse; DatabaseUnavailable where no file can be made beside the database."""
        patience = time.monotonic() + _PATIENCE_SECONDS
        while not self._try_or_say_why():
            if time.monotonic() > patience:
                raise DatabaseInUse(
                    f"{self._database} is already served by another process{self._holder()}. Only one process"
                    " may serve a SQLite file: stop the other one, or use PostgreSQL to run several."
                )
            time.sleep(0.05)

    def _try_or_say_why(self) -> bool:
        try:
            return self.try_acquire()
        except OSError as error:
            raise DatabaseUnavailable(f"cannot open {self._path}: {error.strerror}") from error

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _holder(self) -> str:
        with suppress(OSError, ValueError):
            return f" (process {int(self._path.read_text())})"
        return ""


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        os.lseek(file, 1 << 20, os.SEEK_SET)  # far behind the process id, which others want to read
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
