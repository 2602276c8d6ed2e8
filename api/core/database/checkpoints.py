"""When the writer moves SQLite's write-ahead log into the database file."""

import logging
import sqlite3
from pathlib import Path

from api.core.database.lock import FileLock

_log = logging.getLogger(__name__)

_GROUPS_BETWEEN = 128
"""The log is overwritten from its start after a checkpoint, so its size does not tell its content."""

_LARGE_BYTES = 64 * 1024 * 1024
_TRIES = 20
_BUSY_MILLISECONDS = 100
"""How long readers may hold up the truncation of a large log."""


class Checkpoints:
    """Only the process that holds the file's lock checkpoints, so that no two ever do it at once."""

    def __init__(self, path: Path, lock: FileLock) -> None:
        self._log_file = path.with_name(path.name + "-wal")
        self._lock = lock
        self._groups = 0

    @property
    def due(self) -> bool:
        """Whether there is something to move once there is time."""
        return self._groups > 0

    def after_group(self, connection: sqlite3.Connection, *, wrote: bool) -> None:
        """Checkpoint when much has gathered, or when nobody has asked for anything in a while."""
        if not wrote:
            self._checkpoint(connection, "PASSIVE")
            return
        self._groups += 1
        if self._log_bytes() > _LARGE_BYTES:
            self._checkpoint(connection, "TRUNCATE")
        elif self._groups >= _GROUPS_BETWEEN:
            self._checkpoint(connection, "PASSIVE")

    def at_stop(self, connection: sqlite3.Connection) -> None:
        """Leave one tidy file behind."""
        self._checkpoint(connection, "TRUNCATE")

    def truncate(self, connection: sqlite3.Connection) -> bool:
        """Move everything now and empty the log; False if readers of old states did not let it be for a while."""
        return any(self._checkpoint(connection, "TRUNCATE") for _try in range(_TRIES))

    def _checkpoint(self, connection: sqlite3.Connection, mode: str) -> bool:
        """Returns whether all that was wanted is done."""
        self._groups = 0
        held = self._lock.held
        try:
            if not held and not self._lock.try_acquire():
                return False
            previous = connection.execute("PRAGMA busy_timeout").fetchone()[0]
            connection.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
            try:
                busy: int = connection.execute(f"PRAGMA wal_checkpoint({mode})").fetchone()[0]
            finally:
                connection.execute(f"PRAGMA busy_timeout={previous}")
        except (sqlite3.Error, OSError):
            _log.warning("a checkpoint failed and will be tried again", exc_info=True)
            return False
        finally:
            if not held:
                self._lock.release()
        return busy == 0

    def _log_bytes(self) -> int:
        try:
            return self._log_file.stat().st_size
        except OSError:
            return 0
