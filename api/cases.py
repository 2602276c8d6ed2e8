"""Every kind of case that somebody has to approve."""

from __future__ import annotations

from api.approvals.kinds import ApprovalKind

CASES: tuple[ApprovalKind, ...] = ()
