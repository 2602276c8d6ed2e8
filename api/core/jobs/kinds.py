"""What a job is, and what a slice says of its kinds of jobs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec

from api.core.i18n import Message


class JobFailure(Exception):
    """A failure that is known and needs no traceback. The text is a code like "timeout", never a text of a person."""


class TemporaryFailure(JobFailure):
    """What the job needs is not to be had now; it is tried again later.

    `rest` says that no other job of the kind gets it either: for so many seconds this process begins none of them,
    instead of seeing thousands fail one by one.
    """

    def __init__(self, code: str = "", *, rest: float = 0.0) -> None:
        super().__init__(code)
        self.rest = rest


class PermanentFailure(JobFailure):
    """Trying again would not help."""


class ChildFailed(Exception):
    """A function in a child process (api.core.jobs.child) raised, or the child ended without a result.

    `name` is the exception's class or "ChildDied".
    """

    def __init__(self, name: str, text: str) -> None:
        super().__init__(f"{name}: {text}")
        self.name = name


class Job(msgspec.Struct, frozen=True):
    """A job in the hands of a worker. `attempts` counts this one too.

    A worker that lost its lease may still run while another has begun: an effect happens once because it shares
    a transaction with `api.core.jobs.finish(job)`, which refuses whoever lost the lease. An effect outside the
    database (an e-mail, a request) happens at least once and carries the job's id, so that its receiver can tell.
    """

    id: str
    kind: str
    subject_id: str | None
    detail: str
    attempts: int
    lease_token: str
    lease_seconds: int = 60


class JobKind(msgspec.Struct, frozen=True):
    """`run` does the work; it may be run again after a crash. Raising anything means: later, with back-off, until
    `attempts` are used up; PermanentFailure means: never again. `lease_seconds` is how long a silent worker keeps
    a job before another takes it; it is renewed while `run` runs. `at_once` is how many of the kind run in one
    process at a time. `title` says to admins what it is, like "Bring in people from a file"."""

    name: str
    run: Callable[[Job], Awaitable[None]]
    attempts: int = 10
    lease_seconds: int = 60
    at_once: int = 4
    title: Message | None = None


class Periodic(msgspec.Struct, frozen=True):
    """A job of `kind` for each period of so many seconds since the epoch (UTC), once whatever clocks, restarts
    and replicas do: its unique key is (kind, period)."""

    kind: str
    every_seconds: int
