"""Durable jobs: enqueued in the transaction that causes them, run by a worker, once in effect."""

from api.core.jobs.kinds import Job, JobKind, Periodic, PermanentFailure, TemporaryFailure
from api.core.jobs.leases import LostLease, finish, report
from api.core.jobs.queue import Wanted, enqueue, enqueue_all

__all__ = [
    "Job",
    "JobKind",
    "LostLease",
    "Periodic",
    "PermanentFailure",
    "TemporaryFailure",
    "Wanted",
    "enqueue",
    "enqueue_all",
    "finish",
    "report",
]
